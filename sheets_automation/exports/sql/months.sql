-- Month by month, each thing in the month in which it happened, whatever the period.
WITH happened AS (
  SELECT applied_month AS month, COUNT(*) AS applied, 0 AS rejected, 0 AS sent
  FROM candidates WHERE applied_month IS NOT NULL GROUP BY applied_month
  UNION ALL
  SELECT decided_month, 0, COUNT(*), 0
  FROM candidates WHERE decided_month IS NOT NULL AND outcome = 'rejected' GROUP BY decided_month
  UNION ALL
  SELECT at_month, 0, 0, COUNT(*)
  FROM deliveries WHERE at_month IS NOT NULL AND state = 'sent' GROUP BY at_month
)
SELECT month, SUM(applied) AS applied, SUM(rejected) AS rejected, SUM(sent) AS sent
FROM happened
GROUP BY month
ORDER BY month
