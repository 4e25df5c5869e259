"""Exported tables of a whole group, invented by arithmetic, so that every figure is known; and the counting of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_automation.core.exporting.schema import SCHEMA
from sheets_automation.exports.duck import SQL_TYPES, open_database
from sheets_automation.exports.parquet_folder import PART
from sheets_automation.exports.records import ExportRecord, enter, note
from tests.bench.measure import Command, compare
from tests.bench.report import Goal, Line, at_most, lines_of

PER_WORKBOOK = 100_000
_BUDGET = 1_000
"""MB that DuckDB may use; the rest of the process comes on top."""
_AT = "2026-11-24T10:00:00+09:00"
# Of ten who apply one is hired, six are rejected, two withdraw, and one is still there; five of the six were told.
_PEOPLE = """
SELECT i, kind, strftime(day, '%Y-%m') AS month, day, substr(md5('c' || i::VARCHAR), 1, 20) AS candidate,
       CASE WHEN kind = 0 THEN 'hired' WHEN kind < 7 THEN 'rejected' WHEN kind < 9 THEN 'withdrawn' ELSE 'going' END
           AS outcome,
       CASE WHEN kind = 0 THEN 1001 ELSE 1 + i // 240 % 3 END AS place
FROM (SELECT i, i // 24 % 10 AS kind, CAST(DATE '2025-01-01' + to_months(CAST(i % 24 AS INTEGER)) AS DATE) AS day
      FROM range(?, ?) AS r(i))
"""
_TABLES = {
    "candidates": """
        SELECT candidate, CASE WHEN i % 20 < 2 THEN substr(md5('p' || (i // 20)::VARCHAR), 1, 20) END AS person,
               month AS applied_month, day AS applied_on, outcome, month AS decided_month, day + 9 AS decided_on,
               '面接' || place::VARCHAR AS stage, CASE WHEN place < 1000 THEN place END AS stage_rank, place,
               outcome = 'rejected' AS to_tell, kind BETWEEN 1 AND 5 AS told,
               CASE WHEN kind BETWEEN 1 AND 5 THEN (i % 1000) / 100 END AS days_to_letter,
               CASE WHEN kind = 6 AND i % 100 = 0 THEN 20 END AS waiting_days,
               CASE WHEN i % 20 = 1 THEN 45 END AS days_since_last, month AS part
        FROM people""",
    "labels": """
        SELECT candidate, k.kind, k.kind || (i * 7 % k.n)::VARCHAR AS label, k.kind || (i * 7 % k.n)::VARCHAR AS name,
               month AS applied_month, outcome, place, outcome = 'rejected' AS to_tell,
               people.kind BETWEEN 1 AND 5 AS told, month AS part
        FROM people, (VALUES ('medium', 11), ('opening', 307), ('tag', 5)) AS k(kind, n)""",
    "deliveries": """
        SELECT substr(md5('d' || i::VARCHAR), 1, 20) AS delivery, candidate, 'rejection' AS letter, 1 AS cycle,
               'sent' AS state, month AS at_month, day + 12 AS at_day, substr(md5('l' || i::VARCHAR), 1, 20) AS link,
               true AS has_left, month AS part
        FROM people WHERE kind BETWEEN 1 AND 5""",
    "referrals": """
        SELECT substr(md5('l' || i::VARCHAR), 1, 20) AS link, 'mirai' AS partner, month AS first_month,
               day + 14 AS clicked_on, CASE WHEN kind = 1 THEN day + 20 END AS registered_on,
               CAST(NULL AS DATE) AS hired_on, month AS part
        FROM people WHERE kind BETWEEN 1 AND 2""",
}


def exported(folder: Path, candidates: int) -> Path:
    """A folder of exported tables of so many candidates, made once."""
    if folder.exists():
        return folder
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    enter(fresh, is_personal=False)
    with TemporaryDirectory() as scratch, open_database(Path(scratch), memory="512MB", threads=2) as database:
        for number, first in enumerate(range(0, candidates, PER_WORKBOOK), start=1):
            name = f"workbook-{number:03}"
            last = min(first + PER_WORKBOOK, candidates)
            database.execute(f"CREATE OR REPLACE TEMP TABLE people AS {_PEOPLE}", [first, last])
            for table, select in _TABLES.items():
                place = fresh / f"table={table}" / f"workbook={name}"
                place.mkdir(parents=True)
                _write(database, table, select, place)
            note(fresh, ExportRecord(workbook=name, source=name, at=_AT, is_whole=True))
    return fresh.rename(folder)


def _write(database, table: str, select: str, place: Path) -> None:
    columns = ", ".join(f"CAST({name} AS {SQL_TYPES[kind]}) AS {name}" for name, kind in SCHEMA[table].items())
    options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), FILENAME_PATTERN 'part_{i}'"
    question = f"SELECT {columns}, part AS month FROM ({select})"  # noqa: S608 - our own words alone
    database.execute(f"COPY ({question}) TO '{place}' ({options}, OVERWRITE_OR_IGNORE true)")
    for month in place.iterdir():
        for count, one in enumerate(sorted(month.iterdir())):
            one.rename(month / (PART if count == 0 else f"more-{count}.parquet"))


def measure(folder: Path, candidates: int, relay: Command, runs: int) -> tuple[list[Line], list[Goal]]:
    """The whole command over so many candidates; `relay` counts `folder`."""
    exported(folder, candidates)
    costs = compare({"relay analyse --exported": relay}, runs, warm_up=False)
    [ours] = costs.values()
    work = f"count {candidates:,} exported candidates"
    goals = [
        at_most(work, "at its peak", ours.memory, 1.3 * _BUDGET, "MB"),
        at_most(work, "of CPU", ours.cpu, candidates / 200_000, "s"),
    ]
    return lines_of(work, costs), goals
