"""Rebuilding a lost log, one straight line: read → look into the sent mail → decide → write → show.

What is left of the log and what the carrier still has become the new log. Whoever may have been told without a trace
is held for a person, and the old tab is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.headings import Field
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rebuild import Restored, aside_title, may_have_been_told, rebuild
from sheets_automation.core.log_rows import certificate, to_row
from sheets_automation.core.log_salvage import Salvage, salvage
from sheets_automation.core.model import Candidate, LetterKind
from sheets_automation.core.sent_mail import SentMail, parts_of
from sheets_automation.core.table import CellValue
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, understand
from sheets_automation.ports import LogKeeper, SentLetters

_TOLD_WORDS = {"送信済み", "要確認", "不達"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildPlan:
    """What a rebuilding writes, or would write."""

    run_id: str
    since: datetime
    sent: SentMail
    desk: Desk
    kept: int = 0
    """Facts of the old log that stay."""
    dropped: int = 0
    """Rows of the old log that are no facts any more, or that a letter contradicts."""
    restored: tuple[Restored, ...] = ()
    held: tuple[Candidate, ...] = ()
    """Who may have been told, and has to wait for a person's word."""
    unknown: int = 0
    """Letters of nobody in this workbook."""
    events: tuple[DeliveryEvent, ...] = ()
    """The new log; empty where the old one is whole."""
    aside: str = ""
    """The title under which the old tab is kept; empty where there is none."""

    @property
    def is_needed(self) -> bool:
        """Whether anything is missing or changed in the log."""
        return bool(self.events)


def plan_rebuild(
    workbook: LogKeeper, letters: SentLetters, open_desk: OpenDesk, run: Run, look_back: timedelta
) -> RebuildPlan:
    """Find out what a rebuilding would write; touches nothing."""
    snapshot = workbook.read()
    log_tab = open_desk(snapshot).rules.tabs.log
    left = salvage(snapshot.tables.get(log_tab))
    since = run.clock() - look_back
    sent = letters.look(since, _marks(left))
    # Read again: looking through a mailbox takes minutes, and people go on working.
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    table = snapshot.tables.get(log_tab)
    left = salvage(table)
    tables = {title: one for title, one in snapshot.tables.items() if title != log_tab}
    situation = understand(replace(snapshot, tables=tables), desk.rules, desk.headings_used)
    work = rebuild(left.kept, sent.letters, situation.candidates)
    plan = RebuildPlan(run_id=run.id, since=since, sent=sent, desk=desk, kept=len(left.kept), unknown=work.unknown)
    if left.is_whole and not work.is_damaged and not workbook.lost_facts():
        return plan
    log, shown = fold(work.events), _shown_as_told(situation)
    held = tuple(may_have_been_told(situation.candidates, log, shown))
    lost = (run.lost(log.current_key(one.id, LetterKind.REJECTION), one, shown.get(one.row, "")) for one in held)
    facts = [*work.events, *lost]
    return replace(
        plan,
        kept=len(left.kept) - len(work.contradicted),
        dropped=left.rows_lost + len(work.contradicted),
        restored=tuple(work.restored),
        held=held,
        events=(*facts, run.rebuilt(certificate(facts))),
        aside=aside_title(log_tab, run.clock(), snapshot.tables) if table else "",
    )


def rebuild_log(workbook: LogKeeper, plan: RebuildPlan, run: Run) -> WorkbookError | None:
    """Write what was planned, and show it; what could not be shown is returned."""
    if plan.is_needed:
        workbook.replace_facts(plan.desk.rules.tabs.log, [to_row(event) for event in plan.events], plan.aside)
    return show_state(workbook, plan.desk, run)


def _marks(left: Salvage) -> Collection[str]:
    """What names the letters whose claims are still there."""
    claims = (event.reference for event in left.kept if event.kind is EventKind.PREPARED)
    return {part for reference in claims for part in parts_of(reference)}


def _shown_as_told(situation: Situation) -> Mapping[int, str]:
    """Rows of which our own columns say that a letter left or may have, with what stands there."""
    columns = situation.layout.columns
    status, when = columns.get(Field.LETTER_STATUS, -1), columns.get(Field.LETTER_AT, -1)
    rows = situation.snapshot.tables[situation.layout.place.tab].rows({status, when} - {-1})
    found = ((row.number, row.cells.get(status), row.cells.get(when)) for row in rows)
    heading_row = situation.layout.place.heading_row
    return {
        number: " ".join(_text(value) for value in (word, at) if value)
        for number, word, at in found
        if number > heading_row and (word in _TOLD_WORDS or at)
    }


def _text(value: CellValue) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
