"""The manifests for BigQuery: read as BigQuery reads them, with the export's columns and its queries word for word."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
import sqlglot
import yaml
from sqlglot import exp

from sheets_automation.core.exporting.schema import SCHEMA
from sheets_automation.exports.group_analysis import QUERIES, query
from tests.container.test_manifests import DOCUMENTS, problems, relay
from tests.export.test_dialects import BIGQUERY

ROLES = {
    "roles/bigquery.jobUser",
    "roles/run.invoker",
    "roles/secretmanager.secretAccessor",
    "roles/storage.objectUser",
    "roles/storage.objectViewer",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("deployed")
    relay("--project", "minato-relay", "--group", "hr@minato.example", "--bigquery", "--out", str(out))
    return out / "bigquery"


@pytest.fixture(scope="module")
def commands():
    both = relay("--print", "--project", "minato-relay", "--bigquery")
    return both.removeprefix(relay("--print", "--project", "minato-relay"))


def statements(path):
    """What the parser cannot read of external tables says where files lie; the rest is as in any table."""
    plain = re.sub(r"EXTERNAL (?=TABLE)|WITH PARTITION COLUMNS \([^)]*\)", "", path.read_text())
    return [one for one in sqlglot.parse(plain, read="bigquery") if one is not None]


def test_the_tables_have_the_columns_of_the_export(folder):
    found = {}
    for one in statements(folder / "tables.sql"):
        if isinstance(one, exp.Create) and one.this.find(exp.ColumnDef):
            columns = {c.name: c.kind.sql("bigquery") for c in one.this.expressions}
            found[one.this.this.name] = columns

    assert found == {
        table: {name: BIGQUERY[kind] for name, kind in columns.items()} for table, columns in SCHEMA.items()
    }


def test_each_table_reads_the_folder_of_its_name(folder):
    text = (folder / "tables.sql").read_text()

    for table in SCHEMA:
        assert f"uris = ['gs://minato-relay-relay-export/table={table}/*']" in text
        assert f"hive_partition_uri_prefix = 'gs://minato-relay-relay-export/table={table}'" in text


def test_the_nightly_script_asks_the_very_queries_of_the_package(folder):
    text = (folder / "nightly.sql").read_text()

    assert all(query(name).rstrip() in text for name in QUERIES)
    loaded = {one.this.name for one in statements(folder / "nightly.sql") if isinstance(one, exp.Create)}
    assert set(SCHEMA) <= loaded
    assert not re.search(r"\$\{", text)


def test_people_see_figures_and_only_the_analyst_sees_rows(folder):
    text = (folder / "tables.sql").read_text()

    granted = re.findall(r"GRANT `roles/bigquery\.(\w+)` ON SCHEMA (\w+) TO '(\w+):(\w+)@", text)

    assert [one for one in granted if one[2] == "group"] == [("dataViewer", "relay_analysis", "group", "hr")]
    assert {one[3] for one in granted if one[2] == "serviceAccount"} == {"analyst"}
    assert {one[0] for one in granted} == {"dataViewer", "dataEditor"}


def test_the_job_fits_the_published_schema_and_writes_into_the_bucket_alone(folder):
    schemas = json.loads((DOCUMENTS / "run.v1.json").read_text())["schemas"]
    job = yaml.safe_load((folder / "export.yaml").read_text())

    assert problems(job, schemas["Job"], schemas, "export.yaml") == []
    task = job["spec"]["template"]["spec"]["template"]["spec"]
    args = task["containers"][0]["args"]
    mounts = {one["name"]: one["mountPath"] for one in task["containers"][0]["volumeMounts"]}
    assert args[args.index("--to") + 1] == mounts["export"]
    assert "--with-personal-data" not in args


def test_no_account_gets_more_than_it_needs_and_over_the_project_only_the_right_to_ask(commands):
    assert set(re.findall(r"roles/[\w.]+", commands)) == ROLES
    over_all = re.findall(r"gcloud projects add-iam-policy-binding \S+ --role (\S+)", commands)
    assert over_all == ["roles/bigquery.jobUser"]
    subprocess.run(["bash", "-n"], input=commands, text=True, check=True)


def test_every_file_that_the_commands_name_is_written(folder, commands):
    named = set(re.findall(r"deployed/bigquery/([\w.]+)", commands))

    assert named == {path.name for path in folder.iterdir()}


def test_without_the_option_nothing_of_it_is_written(tmp_path):
    relay("--project", "minato-relay", "--out", str(tmp_path))

    assert not (tmp_path / "bigquery").exists()
