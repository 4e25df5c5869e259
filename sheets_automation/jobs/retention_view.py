"""消去予定日 and 保持期限: the columns in which HR sees whom the clock reaches, and objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from sheets_automation.core.erased import is_erased
from sheets_automation.core.reasons import Severity
from sheets_automation.core.retention import (
    DUE_HEADING,
    KEEP_HEADING,
    RetentionPlan,
    RetentionScene,
    plan_retention,
)
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look, OwnColumn, ViewCell, Views, same_value
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.import_candidates import identities_of
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, select, understand, zone_of
from sheets_automation.ports import Workbook

ERASED = "消去済み"
_WIDTH = 14


def retention_plan(situation: Situation, desk: Desk, run: Run) -> RetentionPlan:
    """Where everybody's clock stands."""
    rules = desk.rules
    now = run.clock().astimezone(zone_of(situation.snapshot, rules))
    selection = select(situation, situation.log, rules, now)
    awaited = {due.candidate.row for due in selection.due}
    awaited |= {one.candidate.row for one in selection.skipped if one.severity is Severity.WAIT}
    scene = RetentionScene(
        log=situation.log,
        events=situation.events,
        erasures=situation.erasures,
        now=now,
        awaited=awaited,
        keeps=_column(situation, KEEP_HEADING),
    )
    return plan_retention(situation.candidates, scene, rules.retention)


def show_retention(workbook: Workbook, open_desk: OpenDesk, run: Run) -> None:
    """Show the days anew, where the column is there."""
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    situation = understand(snapshot, desk.rules)
    if situation.layout.column_of(DUE_HEADING) is not None:
        workbook.show(views_of_retention(situation, retention_plan(situation, desk, run)))


def views_of_retention(situation: Situation, plan: RetentionPlan, dues: Mapping[str, date] | None = None) -> Views:
    """Both columns, as far as they say something else; `dues` are days that are being announced."""
    shown = _column(situation, DUE_HEADING)
    days = {**{one: clock.due for clock in plan.clocks for one in clock.ids}, **(dues or {})}
    cells: dict[str, dict[str, ViewCell]] = {}
    for one in situation.candidates:
        day = days.get(one.id)
        wanted: CellValue = datetime.combine(day, time()) if day else None
        if is_erased(one.address.value):
            wanted = ERASED
        if not same_value(wanted, shown.get(one.row)):
            cells[one.id] = {DUE_HEADING: ViewCell(value=wanted, look=Look.DATE if day else Look.QUIET)}
    is_new = situation.layout.column_of(KEEP_HEADING) is None
    return Views(
        place=situation.layout.place if cells or is_new else None,
        identities=identities_of(situation, set(dues or ())),
        columns=(
            OwnColumn(heading=DUE_HEADING, width=_WIDTH, look=Look.DATE),
            OwnColumn(heading=KEEP_HEADING, width=_WIDTH),
        ),
        cells=cells,
    )


def _column(situation: Situation, heading: str) -> Mapping[int, CellValue]:
    """What stands under a heading, by row."""
    column = situation.layout.column_of(heading)
    if column is None:
        return {}
    rows = situation.snapshot.tables[situation.layout.place.tab].rows({column})
    return {row.number: row.cells[column] for row in rows}
