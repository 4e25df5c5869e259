-- The key figures over all workbooks. Reads like the tab 分析: what each figure means stands in docs/analysis.md.
-- Table `period` has one row: first_month and last_month as '2026-04', '' for open; credit_worth; small_group.
WITH seen AS (
  SELECT
    c.person,
    c.outcome,
    c.to_tell,
    c.told,
    c.days_to_letter,
    c.waiting_days,
    c.days_since_last,
    p.first_month = '' AND p.last_month = '' OR (
      c.applied_month >= p.first_month AND (p.last_month = '' OR c.applied_month <= p.last_month)
    ) AS is_applied,
    p.first_month = '' AND p.last_month = '' OR (
      c.decided_month >= p.first_month AND (p.last_month = '' OR c.decided_month <= p.last_month)
    ) AS is_decided
  FROM candidates AS c
  CROSS JOIN period AS p
),
-- Whoever stands in one row alone has no name in `person`: nobody has to be told from anybody there.
people AS (
  SELECT
    COUNT(CASE WHEN is_applied THEN 1 END) AS applications,
    COUNT(CASE WHEN is_applied AND outcome = 'hired' THEN 1 END) AS hires,
    COUNT(CASE WHEN is_decided AND to_tell THEN 1 END) AS rejected,
    COUNT(CASE WHEN is_decided AND to_tell AND told THEN 1 END) AS told,
    COUNT(waiting_days) AS waiting,
    COUNT(CASE WHEN is_applied AND person IS NULL THEN 1 END)
      + COUNT(DISTINCT CASE WHEN is_applied THEN person END) AS persons,
    COUNT(DISTINCT CASE WHEN is_applied AND days_since_last >= 30 THEN person END) AS came_back
  FROM seen
),
waits AS (
  SELECT
    days_to_letter AS days,
    ROW_NUMBER() OVER (ORDER BY days_to_letter) - 1 AS place,
    COUNT(*) OVER () - 1 AS last
  FROM seen
  WHERE is_decided AND days_to_letter IS NOT NULL
),
-- A quantile between two places counts each by how near it is.
quantiles AS (
  SELECT
    COUNT(*) AS letters,
    SUM(days * GREATEST(0, 1 - ABS(place - 0.5 * last))) AS median,
    SUM(days * GREATEST(0, 1 - ABS(place - 0.9 * last))) AS nine_of_ten
  FROM waits
),
links AS (
  SELECT
    COUNT(*) AS letters,
    COUNT(r.link) AS clicked,
    COUNT(COALESCE(r.registered_on, r.hired_on)) AS registered,
    COUNT(r.hired_on) AS hired
  FROM deliveries AS d
  CROSS JOIN period AS p
  LEFT JOIN referrals AS r ON r.workbook = d.workbook AND r.link = d.link
  WHERE d.link IS NOT NULL AND d.has_left AND (
    p.first_month = '' AND p.last_month = '' OR (
      d.at_month >= p.first_month AND (p.last_month = '' OR d.at_month <= p.last_month)
    )
  )
),
media AS (
  SELECT c.medium, SUM(c.yen / c.months) AS yen
  FROM costs AS c
  CROSS JOIN period AS p
  WHERE p.first_month = '' AND p.last_month = '' OR (
    c.in_month >= p.first_month AND (p.last_month = '' OR c.in_month <= p.last_month)
  )
  GROUP BY c.medium
),
-- A half is rounded to the even yen, as in the workbook.
spent AS (
  SELECT SUM(CASE WHEN ABS(yen - FLOOR(yen) - 0.5) < 0.000001 THEN 2 * ROUND(yen / 2) ELSE ROUND(yen) END) AS cost
  FROM media
),
credit AS (
  SELECT
    COALESCE(SUM(CASE WHEN c.entry = 'earned' AND c.on_month >= p.first_month
      AND (p.last_month = '' OR c.on_month <= p.last_month) THEN c.amount END), 0) AS earned,
    COALESCE(-SUM(CASE WHEN c.entry = 'redeemed' AND c.on_month >= p.first_month
      AND (p.last_month = '' OR c.on_month <= p.last_month) THEN c.amount END), 0) AS used,
    COALESCE(SUM(c.amount), 0) AS kept
  FROM credits AS c
  CROSS JOIN period AS p
),
hire AS (
  SELECT s.cost / NULLIF(p.hires, 0) AS yen FROM spent AS s CROSS JOIN people AS p
),
price AS (
  SELECT COALESCE(
    p.credit_worth,
    CASE WHEN ABS(h.yen - FLOOR(h.yen) - 0.5) < 0.000001 THEN 2 * ROUND(h.yen / 2) ELSE ROUND(h.yen) END
  ) AS worth
  FROM hire AS h
  CROSS JOIN period AS p
),
figures AS (
  SELECT 1 AS line, 'applications' AS figure, 'count' AS unit, applications AS part, NULL AS whole FROM people
  UNION ALL SELECT 2, 'hires', 'count', hires, NULL FROM people
  UNION ALL SELECT 3, 'hire_rate', 'rate', hires, applications FROM people
  UNION ALL SELECT 4, 'follow_up', 'rate', told, rejected FROM people
  UNION ALL SELECT 5, 'letter_median', 'days', median, letters FROM quantiles
  UNION ALL SELECT 6, 'letter_p90', 'days', nine_of_ten, letters FROM quantiles
  UNION ALL SELECT 7, 'waiting', 'count', waiting, NULL FROM people
  UNION ALL SELECT 8, 'reapplication', 'rate', came_back, persons FROM people
  UNION ALL SELECT 9, 'link_clicked', 'rate', clicked, letters FROM links
  UNION ALL SELECT 10, 'link_registered', 'rate', registered, letters FROM links
  UNION ALL SELECT 11, 'link_hired', 'rate', hired, letters FROM links
  UNION ALL SELECT 12, 'cost', 'yen', cost, NULL FROM spent
  UNION ALL SELECT 13, 'cost_per_application', 'yen', s.cost, p.applications FROM spent AS s CROSS JOIN people AS p
  UNION ALL SELECT 14, 'cost_per_hire', 'yen', s.cost, p.hires FROM spent AS s CROSS JOIN people AS p
  UNION ALL SELECT 15, 'credits_earned', 'count', earned, NULL FROM credit
  UNION ALL SELECT 16, 'credits_used', 'count', used, NULL FROM credit
  UNION ALL SELECT 17, 'credits_left', 'count', kept, NULL FROM credit
  UNION ALL SELECT 18, 'saving', 'yen', c.used, p.worth FROM credit AS c CROSS JOIN price AS p
  UNION ALL SELECT 19, 'saving_rate', 'rate', c.used * p.worth, s.cost + c.used * p.worth
    FROM credit AS c CROSS JOIN price AS p CROSS JOIN spent AS s
  UNION ALL SELECT 20, 'saving_ahead', 'yen', c.kept, p.worth FROM credit AS c CROSS JOIN price AS p
)
SELECT
  f.figure,
  f.unit,
  CASE
    WHEN f.figure IN ('saving', 'saving_ahead') THEN f.part * f.whole
    WHEN f.unit = 'rate' OR f.figure IN ('cost_per_application', 'cost_per_hire') THEN f.part / NULLIF(f.whole, 0)
    ELSE f.part
  END AS value,
  f.part,
  f.whole,
  f.unit <> 'count' AND f.figure NOT IN ('cost', 'saving', 'saving_rate', 'saving_ahead')
    AND COALESCE(f.whole, 0) < p.small_group AS is_small
FROM figures AS f
CROSS JOIN period AS p
ORDER BY f.line
