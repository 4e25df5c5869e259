-- Media, openings, tags and skills, the largest first; media with what they cost, also those from which nobody came.
WITH counted AS (
  SELECT l.kind, l.label, l.name, l.outcome, l.to_tell, l.told, COUNT(*) AS candidates
  FROM labels AS l
  CROSS JOIN period AS p
  WHERE p.first_month = '' AND p.last_month = '' OR (
    l.applied_month >= p.first_month AND (p.last_month = '' OR l.applied_month <= p.last_month)
  )
  GROUP BY l.kind, l.label, l.name, l.outcome, l.to_tell, l.told
),
spent AS (
  SELECT c.medium, c.name, SUM(c.yen / c.months) AS yen
  FROM costs AS c
  CROSS JOIN period AS p
  WHERE p.first_month = '' AND p.last_month = '' OR (
    c.in_month >= p.first_month AND (p.last_month = '' OR c.in_month <= p.last_month)
  )
  GROUP BY c.medium, c.name
),
lines AS (
  SELECT kind, label, name, outcome, to_tell, told, candidates, NULL AS yen FROM counted
  UNION ALL SELECT 'medium', medium, name, '', FALSE, FALSE, 0, yen FROM spent
),
spellings AS (
  SELECT kind, label, name, SUM(candidates) AS candidates FROM lines GROUP BY kind, label, name
),
ordered AS (
  SELECT kind, label, name, ROW_NUMBER() OVER (PARTITION BY kind, label ORDER BY candidates DESC, name) AS place
  FROM spellings
),
groups_found AS (
  SELECT
    kind,
    label,
    SUM(candidates) AS applications,
    SUM(CASE WHEN outcome = 'going' THEN candidates ELSE 0 END) AS going,
    SUM(CASE WHEN outcome = 'rejected' THEN candidates ELSE 0 END) AS rejected,
    SUM(CASE WHEN outcome = 'withdrawn' THEN candidates ELSE 0 END) AS withdrawn,
    SUM(CASE WHEN outcome = 'not_considered' THEN candidates ELSE 0 END) AS not_considered,
    SUM(CASE WHEN outcome = 'offered' THEN candidates ELSE 0 END) AS offered,
    SUM(CASE WHEN outcome = 'hired' THEN candidates ELSE 0 END) AS hired,
    SUM(CASE WHEN to_tell AND told THEN candidates ELSE 0 END) AS told,
    SUM(CASE WHEN to_tell THEN candidates ELSE 0 END) AS to_tell,
    SUM(yen) AS yen
  FROM lines
  GROUP BY kind, label
)
SELECT
  g.kind,
  g.label,
  o.name,
  g.applications,
  g.going,
  g.rejected,
  g.withdrawn,
  g.not_considered,
  g.offered,
  g.hired,
  g.told,
  g.to_tell,
  CASE WHEN ABS(g.yen - FLOOR(g.yen) - 0.5) < 0.000001 THEN 2 * ROUND(g.yen / 2) ELSE ROUND(g.yen) END AS cost
FROM groups_found AS g
JOIN ordered AS o ON o.kind = g.kind AND o.label = g.label AND o.place = 1
ORDER BY g.kind, g.applications DESC, g.label
