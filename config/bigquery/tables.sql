-- The exported files as tables of BigQuery, and who may see what. Run once (config/bigquery/commands.sh), and again after an
-- update: nothing that is loaded is lost. The columns are those of the export; a test compares them.
CREATE SCHEMA IF NOT EXISTS relay_files OPTIONS (location = '${region}', description = 'Exported files, as they lie in the bucket');
CREATE SCHEMA IF NOT EXISTS relay OPTIONS (location = '${region}', description = 'The same rows, loaded every night');
CREATE SCHEMA IF NOT EXISTS relay_analysis OPTIONS (location = '${region}', description = 'Figures only: what people may look at');

CREATE OR REPLACE EXTERNAL TABLE relay_files.candidates (
  candidate STRING, person STRING, applied_month STRING, applied_on DATE, outcome STRING, decided_month STRING,
  decided_on DATE, stage STRING, stage_rank INT64, place INT64, to_tell BOOL, told BOOL, days_to_letter FLOAT64,
  waiting_days INT64, days_since_last FLOAT64
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=candidates/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=candidates'
);

CREATE OR REPLACE EXTERNAL TABLE relay_files.labels (
  candidate STRING, kind STRING, label STRING, name STRING, applied_month STRING, outcome STRING, place INT64,
  to_tell BOOL, told BOOL
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=labels/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=labels'
);

CREATE OR REPLACE EXTERNAL TABLE relay_files.deliveries (
  delivery STRING, candidate STRING, letter STRING, cycle INT64, state STRING, at_month STRING, at_day DATE,
  link STRING, has_left BOOL
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=deliveries/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=deliveries'
);

CREATE OR REPLACE EXTERNAL TABLE relay_files.referrals (
  link STRING, partner STRING, first_month STRING, clicked_on DATE, registered_on DATE, hired_on DATE
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=referrals/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=referrals'
);

CREATE OR REPLACE EXTERNAL TABLE relay_files.credits (
  partner STRING, entry STRING, amount INT64, on_month STRING, on_day DATE
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=credits/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=credits'
);

CREATE OR REPLACE EXTERNAL TABLE relay_files.costs (
  medium STRING, name STRING, in_month STRING, yen INT64, months INT64
)
WITH PARTITION COLUMNS (workbook STRING, month STRING)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://${bucket}/table=costs/*'],
  hive_partition_uri_prefix = 'gs://${bucket}/table=costs'
);

-- Which months the figures are of, '' for open; what a credit is worth (NULL: what a hire costs); when a group is small.
CREATE TABLE IF NOT EXISTS relay.period AS
SELECT '' AS first_month, '' AS last_month, CAST(NULL AS INT64) AS credit_worth, 5 AS small_group;

GRANT `roles/bigquery.dataViewer` ON SCHEMA relay_files TO 'serviceAccount:analyst@${project}.iam.gserviceaccount.com';
GRANT `roles/bigquery.dataEditor` ON SCHEMA relay TO 'serviceAccount:analyst@${project}.iam.gserviceaccount.com';
GRANT `roles/bigquery.dataEditor` ON SCHEMA relay_analysis TO 'serviceAccount:analyst@${project}.iam.gserviceaccount.com';
GRANT `roles/bigquery.dataViewer` ON SCHEMA relay_analysis TO 'group:${group}';
