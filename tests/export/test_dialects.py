"""One text for DuckDB and BigQuery: each query is read as BigQuery reads it, and asks for exported columns only."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify

from sheets_automation.core.analysis_period import EVERYTHING
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.exporting.schema import SCHEMA, ColumnType
from sheets_automation.exports import group_analysis
from sheets_automation.exports.duck import open_database
from sheets_automation.exports.group_analysis import QUERIES, query
from tests.core.builders import JST
from tests.export.scene import YEAR, export, material

BIGQUERY = {
    ColumnType.TEXT: "STRING",
    ColumnType.WHOLE: "INT64",
    ColumnType.NUMBER: "FLOAT64",
    ColumnType.TRUTH: "BOOL",
    ColumnType.DAY: "DATE",
}
TABLES = {
    table: {name: BIGQUERY[kind] for name, kind in columns.items()} | {"workbook": "STRING"}
    for table, columns in SCHEMA.items()
} | {"period": {"first_month": "STRING", "last_month": "STRING", "credit_worth": "INT64", "small_group": "INT64"}}
# What only one of the two knows, or each means in another way.
PORTABLE = {
    "Abs", "Case", "Coalesce", "Count", "Floor", "Greatest", "Nullif", "Round", "RowNumber", "Sum", "If", "And", "Or",
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_bigquery_reads_each_query_and_finds_every_column(name):
    tree = sqlglot.parse_one(query(name), read="bigquery")

    qualified = qualify(tree, schema=TABLES, dialect="bigquery", validate_qualify_columns=True)

    assert qualified.named_selects


@pytest.mark.parametrize("name", QUERIES)
def test_both_read_the_same_and_neither_has_to_be_translated(name):
    text = query(name)
    readings = [sqlglot.parse_one(text, read=dialect) for dialect in ("bigquery", "duckdb")]

    said = [{type(one).__name__ for one in tree.find_all(exp.Func)} for tree in readings]
    assert said[0] == said[1]
    assert said[0] <= PORTABLE
    assert not list(readings[0].find_all(exp.Cast, exp.Anonymous, exp.Unnest))


def test_a_query_that_only_duckdb_understands_is_seen():
    tree = sqlglot.parse_one("SELECT quantile_cont(days_to_letter, 0.5) FROM candidates", read="duckdb")

    assert not {type(one).__name__ for one in tree.find_all(exp.Func)} <= PORTABLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An export with everything in it."""
    place = tmp_path_factory.mktemp("dialects")
    export(place, "minato", material(200, 8))
    export(place, "kita", material(50, 9, datetime(2026, 8, 1, tzinfo=JST)))
    return place


@pytest.mark.parametrize("period", [EVERYTHING, YEAR], ids=["everything", "a year"])
def test_what_bigquery_understands_gives_the_same_rows(folder, tmp_path, period):
    """Where the two mean something else by one word, the translation from BigQuery's meaning is another text."""
    with closing(open_database(tmp_path, memory="256MB", threads=1)) as database:
        group_analysis._lay_out(database, folder)
        group_analysis._set_period(database, period, AnalysisRules())
        for name in QUERIES:
            [translated] = sqlglot.transpile(query(name), read="bigquery", write="duckdb")
            ours, theirs = (database.execute(text).fetchall() for text in (query(name), translated))
            assert ours == theirs
            assert ours
