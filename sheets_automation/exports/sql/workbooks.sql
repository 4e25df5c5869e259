-- One line for each workbook: who applied in the period, and how many of the rejected were told.
SELECT
  c.workbook,
  COUNT(CASE WHEN c.is_applied THEN 1 END) AS applications,
  COUNT(CASE WHEN c.is_applied AND c.outcome = 'hired' THEN 1 END) AS hires,
  COUNT(CASE WHEN c.is_decided AND c.to_tell AND c.told THEN 1 END) AS told,
  COUNT(CASE WHEN c.is_decided AND c.to_tell THEN 1 END) AS to_tell,
  COUNT(c.waiting_days) AS waiting
FROM (
  SELECT
    a.workbook,
    a.outcome,
    a.to_tell,
    a.told,
    a.waiting_days,
    p.first_month = '' AND p.last_month = '' OR (
      a.applied_month >= p.first_month AND (p.last_month = '' OR a.applied_month <= p.last_month)
    ) AS is_applied,
    p.first_month = '' AND p.last_month = '' OR (
      a.decided_month >= p.first_month AND (p.last_month = '' OR a.decided_month <= p.last_month)
    ) AS is_decided
  FROM candidates AS a
  CROSS JOIN period AS p
) AS c
GROUP BY c.workbook
ORDER BY c.workbook
