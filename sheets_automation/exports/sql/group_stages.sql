-- The funnel of each medium, opening, tag and skill; the stages are those of stages.sql.
WITH spellings AS (
  SELECT stage_rank, stage, COUNT(*) AS candidates
  FROM candidates
  WHERE stage_rank IS NOT NULL AND stage_rank < 1000
  GROUP BY stage_rank, stage
),
ordered AS (
  SELECT stage_rank, stage, ROW_NUMBER() OVER (PARTITION BY stage_rank ORDER BY candidates DESC, stage) AS place
  FROM spellings
),
stages AS (
  SELECT stage_rank, stage FROM ordered WHERE place = 1
  UNION ALL SELECT 0, '応募'
  UNION ALL SELECT 1000, '内定'
  UNION ALL SELECT 1001, '採用'
),
standings AS (
  SELECT l.kind, l.label, l.place, l.outcome, COUNT(*) AS candidates
  FROM labels AS l
  CROSS JOIN period AS p
  WHERE p.first_month = '' AND p.last_month = '' OR (
    l.applied_month >= p.first_month AND (p.last_month = '' OR l.applied_month <= p.last_month)
  )
  GROUP BY l.kind, l.label, l.place, l.outcome
)
SELECT
  c.kind,
  c.label,
  s.stage_rank,
  s.stage,
  SUM(CASE WHEN c.place >= s.stage_rank THEN c.candidates ELSE 0 END) AS reached,
  SUM(CASE WHEN c.place > s.stage_rank OR c.place = 1001 THEN c.candidates ELSE 0 END) AS passed,
  SUM(CASE WHEN c.place = s.stage_rank AND c.outcome = 'rejected' THEN c.candidates ELSE 0 END) AS rejected,
  SUM(CASE WHEN c.place = s.stage_rank AND c.outcome = 'withdrawn' THEN c.candidates ELSE 0 END) AS withdrawn,
  SUM(CASE WHEN c.place = s.stage_rank AND c.outcome = 'not_considered' THEN c.candidates ELSE 0 END) AS not_considered,
  SUM(CASE WHEN c.place = s.stage_rank AND c.outcome IN ('going', 'offered') THEN c.candidates ELSE 0 END) AS going
FROM stages AS s
CROSS JOIN standings AS c
GROUP BY c.kind, c.label, s.stage_rank, s.stage
ORDER BY c.kind, c.label, s.stage_rank
