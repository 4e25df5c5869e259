-- Every night: load what was exported, then the same queries that `relay analyse --exported` asks of DuckDB.
SET @@dataset_id = 'relay';

CREATE OR REPLACE TABLE candidates CLUSTER BY workbook, applied_month AS SELECT * FROM relay_files.candidates;
CREATE OR REPLACE TABLE labels CLUSTER BY kind, label AS SELECT * FROM relay_files.labels;
CREATE OR REPLACE TABLE deliveries CLUSTER BY workbook, at_month AS SELECT * FROM relay_files.deliveries;
CREATE OR REPLACE TABLE referrals CLUSTER BY workbook, link AS SELECT * FROM relay_files.referrals;
CREATE OR REPLACE TABLE credits AS SELECT * FROM relay_files.credits;
CREATE OR REPLACE TABLE costs AS SELECT * FROM relay_files.costs;

CREATE OR REPLACE TABLE relay_analysis.figures AS
${figures};

CREATE OR REPLACE TABLE relay_analysis.stages AS
${stages};

CREATE OR REPLACE TABLE relay_analysis.labels AS
${groups};

CREATE OR REPLACE TABLE relay_analysis.label_stages AS
${group_stages};

CREATE OR REPLACE TABLE relay_analysis.months AS
${months};

CREATE OR REPLACE TABLE relay_analysis.workbooks AS
${workbooks};
