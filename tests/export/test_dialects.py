"""One text for DuckDB and BigQuery: each query is read as BigQuery reads it, and asks for exported columns only."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify

from sheets_automation.core.exporting.schema import SCHEMA, ColumnType
from sheets_automation.exports.group_analysis import QUERIES, query

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
