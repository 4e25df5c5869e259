"""Reading what came back, one straight line: read → look into the inbox → judge → append → show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.returns import (
    Judged,
    Post,
    SentLetter,
    judge,
    recorded_bounces,
    recorded_mails,
    sent_letters,
)
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, sit_down
from sheets_automation.ports import Inbox, Workbook

LOOK_BACK = timedelta(days=30)
_CLOCKS_DIFFER_BY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What came back since the last look."""

    run_id: str
    since: datetime
    judged: Judged
    looked_at: int
    """Mails in the letters' conversations or from mailers that were not known yet."""
    is_whole: bool
    """False when the inbox held more than one look takes in; the oldest were left out."""
    not_shown: WorkbookError | None
    """Why the status columns are not up to date; the facts are safe, and the next run shows them."""


def sync(
    workbook: Workbook, inbox: Inbox, open_desk: OpenDesk, run: Run, look_back: timedelta = LOOK_BACK
) -> SyncReport:
    """Record bounces and answers, each once however often it is found, and show them.

    Every look goes back the same span: searches lag behind, and what is in the log already is not looked at again.
    """
    desk, situation = sit_down(workbook, open_desk)
    letters = sent_letters(situation.events)
    now = run.clock()
    since = _since(letters, now - look_back)
    post = inbox.look(letters, since, recorded_mails(situation.events)) if letters else Post()
    judged = judge(post, letters, recorded_bounces(situation.events), inbox.addresses, now)
    events = [run.returned(found) for found in judged.returns]
    if events:
        workbook.append({desk.rules.tabs.log: [to_row(event) for event in events]})
    return SyncReport(
        run_id=run.id,
        since=since,
        judged=judged,
        looked_at=len(post.mails),
        is_whole=post.is_whole,
        not_shown=show_state(workbook, desk, run, situation.after(events)),
    )


def _since(letters: tuple[SentLetter, ...], earliest: datetime) -> datetime:
    """Nothing comes back before the first letter left."""
    first = min((letter.left_at for letter in letters), default=earliest)
    return max(first - _CLOCKS_DIFFER_BY, earliest)
