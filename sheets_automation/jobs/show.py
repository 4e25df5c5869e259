"""Showing: the status columns, the credit tab and 要確認, computed anew from the facts and safe to write again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.errors import WorkbookChanged, WorkbookError
from sheets_automation.core.headings import OWN_FIELDS, Field
from sheets_automation.core.identity import identity_problems
from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.reasons import Reason
from sheets_automation.core.review_tab import ReviewEntry, Waiting, review_tab
from sheets_automation.core.rules import SendRules
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.status_view import changed_cells, identities, own_cells, own_columns, status_line
from sheets_automation.core.table import CellValue, Table
from sheets_automation.core.views import Identity, TabView, ViewCell, Views, is_shown
from sheets_automation.core.whereabouts import cell_of
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.plan import Plan, plan_letters
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation, credit_summary, understand, zone_of
from sheets_automation.ports import Workbook

TRIES = 3  # then somebody is at work there, and the next run shows it


def show_state(workbook: Workbook, desk: Desk, run: Run, situation: Situation | None = None) -> WorkbookError | None:
    """Show where everybody stands, as known from `situation` or else read now; read again when people moved rows.

    What could not be shown is returned, not raised: the facts are in the log, and the next run shows them.
    """
    changed: WorkbookError | None = None
    for _ in range(TRIES):
        try:
            situation = situation or understand(workbook.read(), desk.rules, desk.headings_used)
            workbook.show(views_of(plan_letters(situation, desk, run), desk, run.clock()))
        except WorkbookChanged as error:
            situation, changed = None, error
        except WorkbookError as error:
            return error
        else:
            return None
    return changed


def show_plan(workbook: Workbook, plan: Plan, desk: Desk, run: Run) -> WorkbookError | None:
    """Show what a plan says; what could not be shown is returned."""
    try:
        workbook.show(views_of(plan, desk, run.clock()))
    except WorkbookError as error:
        return error
    return None


def views_of(plan: Plan, desk: Desk, now: datetime, run_open: str | None = None) -> Views:
    """Everything that differs from what the workbook shows; `run_open` stamps it before the first letter."""
    if desk.mailing:
        return desk.mailing.views(plan, desk, now, run_open)
    situation = plan.situation
    now = now.astimezone(zone_of(situation.snapshot, desk.rules))
    columns = own_columns(situation.layout)
    return Views(
        place=situation.layout.place,
        identities=identities_to_write(situation),
        columns=tuple(columns.values()),
        cells={
            candidate_id: {columns[field].heading: cell for field, cell in cells.items()}
            for candidate_id, cells in _changed(plan, desk, now).items()
        },
        tabs=_changed_tabs(plan, desk, now),
        run_open=run_open,
    )


def identities_to_write(situation: Situation) -> tuple[Identity, ...]:
    """Ids for the rows that have none."""
    return identities(situation.candidates, _typed(situation))


def _typed(situation: Situation) -> Mapping[int, tuple[CellValue, CellValue]]:
    """Name and address cells, as they stand there, of the rows that are to get an id."""
    wanted = {candidate.row for candidate in situation.candidates if candidate.id_is_new}
    if not wanted:
        return {}
    place = situation.layout.place
    rows = situation.snapshot.tables[place.tab].rows({place.name_column, place.address_column})
    return {
        row.number: (row.cells.get(place.name_column), row.cells.get(place.address_column))
        for row in rows
        if row.number in wanted
    }


def _changed(plan: Plan, desk: Desk, now: datetime) -> dict[str, dict[Field, ViewCell]]:
    """Our cells that say something else than they should, by candidate id."""
    situation = plan.situation
    skipped = {one.candidate.row: one for one in plan.skipped}
    broken = identity_problems(situation.candidates)
    shown = _shown(situation.snapshot.tables[situation.layout.place.tab], situation.layout)
    new = {field for field in OWN_FIELDS if field not in situation.layout.columns}
    changed: dict[str, dict[Field, ViewCell]] = {}
    for candidate in situation.candidates:
        line = status_line(candidate, skipped.get(candidate.row), situation.log, desk.rules.language)
        keeps = candidate.row in broken or (desk.rules.guards.require_approval and bool(candidate.stored_fingerprint))
        cells = own_cells(candidate, line, now=now, keeps_fingerprint=keeps)
        if different := changed_cells(cells, shown.get(candidate.row, {}), new):
            changed[candidate.id] = different
    return changed


def _shown(table: Table, layout: Layout) -> Mapping[int, Mapping[Field, CellValue]]:
    """What our columns show now, by row."""
    fields = {column: field for field, column in layout.columns.items() if field in OWN_FIELDS}
    if not fields:
        return {}
    return {
        row.number: {fields[column]: value for column, value in row.cells.items()} for row in table.rows(set(fields))
    }


def _changed_tabs(plan: Plan, desk: Desk, now: datetime) -> tuple[TabView, ...]:
    """Our tabs that show something else than they should."""
    rules = desk.rules
    tables = plan.situation.snapshot.tables
    wanted = (
        credit_tab(credit_summary(plan.situation, rules, now), rules.tabs.credits),
        review_tab(_entries(plan, rules.language), now, rules.tabs.review, _waiting(plan, rules)),
    )
    return tuple(view for view in wanted if not is_shown(view, tables.get(view.tab)))


def _entries(plan: Plan, language: str) -> list[ReviewEntry]:
    """Everybody who was left out and not told before, in the order of the sheet."""
    layout = plan.situation.layout
    return [
        _entry(one, cell_of(one, layout), language)
        for one in sorted(plan.skipped, key=lambda skipped: skipped.candidate.row)
        if one.reason not in {Reason.ALREADY_SENT, Reason.ERASED}
    ]


def _waiting(plan: Plan, rules: SendRules) -> Waiting:
    place = plan.situation.layout.place
    rows = sorted(candidate.row for candidate in plan.waiting)
    cells = tuple(f"{place.tab}!{cell_name(row, place.name_column)}" for row in rows)
    return Waiting(days=rules.guards.max_wait.days, cells=cells)


def _entry(one: Skipped, cell: str, language: str) -> ReviewEntry:
    """A line of 要確認: the sentence says why, what follows it says what to do."""
    stop = "。" if language == "ja" else ". "
    why, _, advice = one.text(language).partition(stop)
    return ReviewEntry(
        cell=cell,
        candidate_id=one.candidate.id,
        name=one.candidate.name,
        reason=(why + stop.strip()).replace("..", "."),
        advice=advice.strip(),
        severity=one.severity,
    )
