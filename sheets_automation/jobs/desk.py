"""The desk at which letters are written: the rules, the letters, and the words that every letter may use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sheets_automation.core.approvals import letter_mark
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.model import Attachment, Candidate, Letter, LetterKind, OutgoingLetter
from sheets_automation.core.reasons import Reason
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.rules import SendRules, no_holidays
from sheets_automation.core.selection import Selection
from sheets_automation.core.send_window import SendWindow
from sheets_automation.core.views import Views

if TYPE_CHECKING:
    from sheets_automation.jobs.plan import Plan
    from sheets_automation.jobs.situation import Situation

SAMPLE_CODE = make_code(bytes(32))
"""Stands for every referral code where people agree to a letter: the real one is drawn when it is sent."""

Select = Callable[["Situation", DeliveryLog, SendRules, datetime], Selection]
"""Decides who is due a letter, judged by a log."""

ViewsOf = Callable[["Plan", "Desk", datetime, str | None], Views]
"""What the workbook shows of a plan; the last is the run that is to be stamped as open."""

Compose = Callable[[Candidate, str], Letter | Finding]
"""Writes the letter for a candidate with a referral code ("" for none), or says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Letters of another kind than results: who is due one, and what the workbook shows of them."""

    kind: LetterKind
    select: Select
    views: ViewsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a job needs to judge and to write; made once a run, from the configuration and the workbook's own tabs."""

    rules: SendRules
    compose: Compose
    has_referral: bool = True
    """Whether letters can carry a referral link at all."""
    headings_used: Collection[str] = ()
    """Headings of the sheet that the letters use beside the fields we know."""
    attachments: tuple[Attachment, ...] = ()
    """What goes with every letter."""
    letters: Collection[str] = ()
    """The names of all letters, without their languages."""
    mailing: Mailing | None = None
    """What is written here; None for the results of a selection."""

    @property
    def kind(self) -> LetterKind:
        """Of the letters that are written here."""
        return self.mailing.kind if self.mailing else LetterKind.REJECTION

    def still_says(self, outgoing: OutgoingLetter, candidate: Candidate) -> bool:
        """Whether the letter that would be written to `candidate` now is the very one in `outgoing`."""
        return (candidate.address.value, candidate.line_user) == (
            outgoing.to_address,
            outgoing.line_user,
        ) and self.compose(candidate, outgoing.referral_code) == outgoing.letter


def at_any_time(desk: Desk) -> Desk:
    """The same desk, for which the send window is open and no decision is too fresh: for whoever only looks."""
    desk = in_open_window(desk)
    guards = replace(desk.rules.guards, min_delay=timedelta())
    return replace(desk, rules=replace(desk.rules, guards=guards))


def in_open_window(desk: Desk) -> Desk:
    """The same desk, for which the send window is open: for whoever asks what waits for it."""
    return replace(desk, rules=replace(desk.rules, window=SendWindow.always(), is_holiday=no_holidays))


def only_marked(desk: Desk, marks: Mapping[str, str], otherwise: Reason = Reason.NOT_CHOSEN) -> Desk:
    """The same desk, at which no letter is written but those of these marks (by candidate id); nobody is ever added."""
    write = desk.compose

    def compose(candidate: Candidate, code: str) -> Letter | Finding:
        if candidate.id not in marks:
            return Finding(otherwise)
        sample = write(candidate, SAMPLE_CODE if code else "")
        if isinstance(sample, Finding):
            return sample
        if letter_mark(candidate, sample, desk.attachments) != marks[candidate.id]:
            return Finding(Reason.CHANGED_DURING_RUN)
        return write(candidate, code)

    return replace(desk, compose=compose)
