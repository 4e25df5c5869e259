"""The analysis of many workbooks: the SQL of this folder over exported tables, answered as any analysis is."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sheets_automation.core.analysis import Analysis, Figure, FigureId, GroupLine, MonthLine, StageLine, Unit
from sheets_automation.core.analysis_credits import share_formula, worth_formula
from sheets_automation.core.analysis_groups import MOST_GROUPS, REST
from sheets_automation.core.analysis_letters import months_shown
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.analysis_stages import Outcome
from sheets_automation.core.exporting.labels import MEDIUM, OPENING, SKILL, TAG
from sheets_automation.core.exporting.schema import SCHEMA
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.exports.duck import SQL_TYPES, open_database, quoted
from sheets_automation.exports.parquet_folder import PART
from sheets_automation.exports.records import ExportRecord, holds_personal_data, records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUERIES: Final = ("figures", "stages", "groups", "group_stages", "months", "workbooks")
_SQL: Final = Path(__file__).with_name("sql")
_WORTHS: Final = frozenset({FigureId.SAVING, FigureId.SAVING_AHEAD})
_COUNTS: Final = ("reached", "passed", "rejected", "withdrawn", "not_considered", "going")
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLine:
    """One workbook of a group."""

    name: str
    applications: int
    hires: int
    told: int
    to_tell: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnalysis:
    """The figures of all workbooks together, and the workbooks beside each other."""

    analysis: Analysis
    workbooks: tuple[WorkbookLine, ...]


def query(name: str) -> str:
    """The text of one of `QUERIES`, as DuckDB and BigQuery read it."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def analyse_exported(
    folder: Path, rules: AnalysisRules, period: Period, *, memory: str = "1GB", threads: int = 2
) -> GroupAnalysis:
    """Compute the analysis of everything that a folder holds. Raises ExportUnusable where it is no such folder."""
    holds_personal_data(folder)
    known = list(records(folder))
    with (
        tempfile.TemporaryDirectory(prefix="relay-") as scratch,
        closing(open_database(Path(scratch), memory=memory, threads=threads)) as database,
    ):
        _lay_out(database, folder)
        _set_period(database, period, rules)
        asked = {name: _ask(database, query(name)) for name in QUERIES}
        undated = _ask(database, "SELECT COUNT(*) AS rows FROM candidates WHERE applied_month IS NULL")
    as_of = max((datetime.fromisoformat(one.at) for one in known), default=datetime.now(UTC))
    return GroupAnalysis(
        analysis=_analysis(asked, rules, period, as_of, known, 0 if period.is_whole else int(undated[0]["rows"])),
        workbooks=tuple(
            WorkbookLine(
                name=str(line["workbook"]),
                **{name: int(line[name]) for name in ("applications", "hires", "told", "to_tell", "waiting")},
            )
            for line in asked["workbooks"]
        ),
    )


def _lay_out(database: DuckDBPyConnection, folder: Path) -> None:
    """Name the files as the tables that the SQL speaks of; a table of which there is nothing is an empty one."""
    for table, columns in SCHEMA.items():
        if any(folder.glob(f"table={table}/*/*/{PART}")):
            files = quoted(str(folder / f"table={table}" / "*" / "*" / PART))
            # What looks like a date or a number in the name of a folder is still a name.
            types = "hive_types={'table': VARCHAR, 'workbook': VARCHAR, 'month': VARCHAR}"
            source = f"read_parquet({files}, hive_partitioning=true, {types}, union_by_name=true)"
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM {source}")  # noqa: S608 - our own names alone
        else:
            shape = ", ".join(f"{name} {SQL_TYPES[kind]}" for name, kind in columns.items())
            database.execute(f"CREATE TABLE {table} ({shape}, workbook VARCHAR, month VARCHAR)")


def _set_period(database: DuckDBPyConnection, period: Period, rules: AnalysisRules) -> None:
    database.execute(
        "CREATE TABLE period (first_month VARCHAR, last_month VARCHAR, credit_worth BIGINT, small_group BIGINT)"
    )
    ends = [f"{day:%Y-%m}" if day else "" for day in (period.first, period.last)]
    database.execute("INSERT INTO period VALUES (?, ?, ?, ?)", [*ends, rules.credit_worth, rules.small_group])


def _ask(database: DuckDBPyConnection, question: str) -> list[Found]:
    answer = database.execute(question)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, line, strict=True)) for line in answer.fetchall()]


def _analysis(
    asked: Mapping[str, Sequence[Found]],
    rules: AnalysisRules,
    period: Period,
    as_of: datetime,
    known: Sequence[ExportRecord],
    undated: int,
) -> Analysis:
    small = rules.small_group
    groups = {kind: _groups(asked, kind, small) for kind in (MEDIUM, OPENING, TAG, SKILL)}
    months = {str(line["month"]): line for line in asked["months"]}
    return Analysis(
        as_of=as_of,
        period=period,
        small_group=small,
        figures=tuple(_figure(line) for line in asked["figures"]),
        stages=tuple(_stage(line, small) for line in asked["stages"]),
        media=groups[MEDIUM],
        openings=groups[OPENING],
        tags=groups[TAG],
        skills=groups[SKILL],
        months=tuple(_month(day, months.get(f"{day:%Y-%m}", {})) for day in months_shown(period, as_of)),
        waiting=(),
        undated=undated,
        problems=tuple(_cut_short(one) for one in known if not one.is_whole),
    )


def _figure(line: Found) -> Figure:
    wanted, value, part, whole = FigureId(line["figure"]), line["value"], line["part"], line["whole"]
    formula = ""
    if part is not None and whole and value is not None:
        if wanted in _WORTHS:
            formula = worth_formula(part, whole)
        elif wanted is FigureId.SAVING_RATE:
            formula = share_formula(part, whole)
    has_parts = whole is not None or wanted in _WORTHS
    is_wait = line["unit"] == Unit.DAYS
    return Figure(
        id=wanted,
        unit=Unit(line["unit"]),
        value=value,
        numerator=part if has_parts and not is_wait else None,
        denominator=whole,
        formula=formula,
        is_small=bool(line["is_small"]),
    )


def _stage(line: Found, small: int) -> StageLine:
    return StageLine(
        name=line["stage"], is_small=line["reached"] < small, **{name: int(line[name]) for name in _COUNTS}
    )


def _groups(asked: Mapping[str, Sequence[Found]], kind: str, small: int) -> tuple[GroupLine, ...]:
    stages: dict[str, list[StageLine]] = {}
    for line in asked["group_stages"]:
        if line["kind"] == kind:
            stages.setdefault(line["label"], []).append(_stage(line, small))
    nobody = [_stage({**line, **dict.fromkeys(_COUNTS, 0)}, small) for line in asked["stages"]]
    lines = [
        GroupLine(
            name=line["name"],
            applications=int(line["applications"]),
            outcomes={outcome: int(line[outcome.value]) for outcome in Outcome},
            stages=tuple(stages.get(line["label"], nobody)),
            told=int(line["told"]),
            to_tell=int(line["to_tell"]),
            cost=None if line["cost"] is None else int(line["cost"]),
            is_small=line["applications"] < small,
        )
        for line in asked["groups"]
        if line["kind"] == kind
    ]
    rest = lines[MOST_GROUPS:]
    return (*lines[:MOST_GROUPS], *([_together(rest, small)] if rest else []))


def _together(lines: Sequence[GroupLine], small: int) -> GroupLine:
    """One line for all that are too many to show."""
    applications = sum(line.applications for line in lines)
    costs = [line.cost for line in lines if line.cost is not None]
    columns = zip(*(line.stages for line in lines), strict=True)
    stages = [
        {"stage": column[0].name, **{name: sum(getattr(one, name) for one in column) for name in _COUNTS}}
        for column in columns
    ]
    return GroupLine(
        name=REST,
        applications=applications,
        outcomes={outcome: sum(line.outcomes[outcome] for line in lines) for outcome in Outcome},
        stages=tuple(_stage(stage, small) for stage in stages),
        told=sum(line.told for line in lines),
        to_tell=sum(line.to_tell for line in lines),
        cost=sum(costs) if costs else None,
        is_small=applications < small,
    )


def _month(day: date, line: Found) -> MonthLine:
    return MonthLine(month=day, **{name: int(line.get(name, 0)) for name in ("applied", "rejected", "sent")})


def _cut_short(one: ExportRecord) -> RecordProblem:
    return RecordProblem(
        place=one.workbook,
        ja=f"「{one.workbook}」の書き出しが途中で止まったままです。もう一度 relay export を実行してください。",
        en=f"The export of {one.workbook} was cut short. Run `relay export` for it again.",
    )
