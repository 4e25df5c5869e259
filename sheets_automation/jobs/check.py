"""Checking: everything that is wrong with the workbook, the letters and the settings, all at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.circulation import number_problems
from sheets_automation.core.errors import (
    ConfigurationError,
    HeadingProblem,
    LogDamaged,
    SheetsAutomationError,
    TabNotOurs,
)
from sheets_automation.core.excessive_columns import excessive_columns
from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.stops import frozen
from sheets_automation.core.table import Snapshot
from sheets_automation.core.views import is_free
from sheets_automation.core.whereabouts import MAY_LIE_IN_THE_LETTER, cell_of
from sheets_automation.core.wording import first_rows_in_words
from sheets_automation.jobs.desk import Desk, at_any_time
from sheets_automation.jobs.follow_up import campaigns_in
from sheets_automation.jobs.plan import Plan, plan_letters
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import views_of
from sheets_automation.jobs.situation import Situation, credit_summary, understand


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProblem:
    """One thing to put right."""

    where: str
    """A cell, a tab, a file or a setting."""
    name: str
    """A stable identifier."""
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found while the desk was made."""

    warnings: Sequence[SheetsAutomationError] = ()
    """Settings of the workbook that were not taken over."""
    problems: Sequence[SheetsAutomationError] = ()
    """Headings and letters that stop everything."""
    links: Sequence[SheetsAutomationError] = ()
    """What the public links lack."""
    news: Sequence[SheetsAutomationError] = ()
    """What the follow-ups lack that HR has planned."""


def find_problems(snapshot: Snapshot, desk: Desk, found: Found, run: Run, *, title: str) -> Iterator[CheckProblem]:
    """Everything that is wrong, as far as it can be told; `title` is the workbook's."""
    tabs = desk.rules.tabs
    yield from problems_of_errors(found.warnings, tabs.settings)
    yield from problems_of_errors(found.links, "links.refusal_url")
    yield from problems_of_errors(found.news, "[follow_up]")
    headings = [error for error in found.problems if isinstance(error, HeadingProblem)]
    yield from problems_of_errors(headings, title)
    for error in found.problems:
        if error not in headings:
            yield from problems_of_errors([error], _place_of(error, tabs.letters))
    if headings:
        return  # who stands in which row cannot be told
    try:
        situation = understand(snapshot, desk.rules, desk.headings_used)
    except LogDamaged as error:
        yield from problems_of_errors([error], tabs.log)
        rest = {title: table for title, table in snapshot.tables.items() if title != tabs.log}
        situation = understand(replace(snapshot, tables=rest), desk.rules, desk.headings_used)
    yield from problems_of_workbook(situation, desk, run)


def _place_of(error: SheetsAutomationError, letters_tab: str) -> str:
    return "[letters]" if isinstance(error, ConfigurationError) else letters_tab


def problems_of_workbook(situation: Situation, desk: Desk, run: Run) -> Iterator[CheckProblem]:
    """What is wrong with the rows, the headings and the records."""
    for stop in situation.stops[:1]:
        error = frozen(stop)
        yield CheckProblem(where=stop.cell or desk.rules.tabs.log, name=error.name, ja=error.ja, en=error.en)
    plan = plan_letters(situation, at_any_time(desk), run)
    yield from problems_of_rows(plan, desk.rules.tabs.letters)
    for view in views_of(plan, desk, run.clock()).tabs:
        if not is_free(view, situation.snapshot.tables.get(view.tab)):
            yield from problems_of_errors([TabNotOurs(view.tab)], view.tab)
    credits_ = credit_summary(situation, desk.rules, run.clock())
    unknown = number_problems(situation.candidates, credits_.uses, situation.layout)
    for problem in (*credits_.problems, *unknown):
        yield CheckProblem(where=problem.place, name="record", ja=problem.ja, en=problem.en)
    for row in campaigns_in(situation.snapshot, desk.rules, desk.letters, situation.layout).problems:
        yield CheckProblem(where=row.where, name="campaign", ja=row.ja, en=row.en)
    yield from columns_not_to_be_kept(situation.layout)


def problems_of_rows(
    plan: Plan, letters_tab: str, reasons: Container[Reason] = frozenset(Reason)
) -> Iterator[CheckProblem]:
    """The rows in which somebody has to do something for one of these reasons, from the first down.

    What stops several letters alike comes from their template or a setting, and is told once.
    """
    groups: dict[object, list[Skipped]] = {}
    for one in sorted(plan.skipped, key=lambda skipped: skipped.candidate.row):
        if one.severity is Severity.ACT and one.reason in reasons:
            alike = one.text("ja") if one.reason in MAY_LIE_IN_THE_LETTER else one.candidate.row
            groups.setdefault(alike, []).append(one)
    for first, *others in groups.values():
        if others:
            yield _of_letters([first, *others], letters_tab)
        else:
            where = cell_of(first, plan.situation.layout)
            yield CheckProblem(where=where, name=first.reason.value, ja=first.text("ja"), en=first.text("en"))


def _of_letters(stopped: Sequence[Skipped], letters_tab: str) -> CheckProblem:
    one, rows = stopped[0], first_rows_in_words([each.candidate.row for each in stopped])
    return CheckProblem(
        where=letters_tab,
        name=one.reason.value,
        ja=f"{one.text('ja')}(この文面の {len(stopped)} 人: 行 {rows})",
        en=f"{one.text('en')} (the letters of {len(stopped)} people: rows {rows})",
    )


def columns_not_to_be_kept(layout: Layout) -> Iterator[CheckProblem]:
    """Headings of what an employer must not collect, or does not need for a selection."""
    for column, heading, is_forbidden in excessive_columns(layout):
        where = f"{layout.place.tab}!{cell_name(layout.place.heading_row, column)}"
        if is_forbidden:
            yield CheckProblem(
                where=where,
                name="column_not_to_be_kept",
                ja=f"「{heading}」は、選考で集めてはならない個人情報のおそれがあります。必要がなければ列ごと消してください。",
                en=f"“{heading}” may be personal data that must not be collected for selection. Delete it if unneeded.",
            )
        else:
            yield CheckProblem(
                where=where,
                name="column_excessive",
                ja=f"「{heading}」は、選考の判断に使えない項目です。集計にも使いません。要らなければ列ごと消してください。",
                en=f"“{heading}” is no ground for a decision, and is not counted by. Delete it if unneeded.",
            )


def problems_of_errors(errors: Iterable[SheetsAutomationError], where: str) -> Iterator[CheckProblem]:
    """Errors that were found while letters and settings were read."""
    for error in errors:
        yield CheckProblem(where=where, name=error.name, ja=error.ja, en=error.en)
