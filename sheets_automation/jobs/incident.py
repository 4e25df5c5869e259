"""Looking back after an incident: who got what, and the apology to them: read → list → decide → send as ever.

An apology is a letter of its own kind. It is prepared, claimed, delivered and recorded as every letter is, each once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.apology import recipient_of
from sheets_automation.core.blast_radius import BlastRules
from sheets_automation.core.delivery_log import Delivery, DeliveryLog
from sheets_automation.core.incident import LetterThatLeft, apologies_due, letters_since
from sheets_automation.core.model import Candidate, LetterKind
from sheets_automation.core.refusals import address_mark, addresses_of, read_marks
from sheets_automation.core.rules import SendRules, no_holidays
from sheets_automation.core.selection import Due, Selection
from sheets_automation.core.send_window import SendWindow
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.views import Views
from sheets_automation.jobs.desk import Compose, Desk, Mailing
from sheets_automation.jobs.plan import Plan
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Workbook

_ALWAYS = SendWindow.always()
_NO_DAILY_LIMIT = 1_000_000
"""The wrong letters have used up the day's budget. What the mailbox itself allows still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which letters it is about."""

    since: datetime
    until: datetime | None = None
    only: Collection[str] = ()
    """Ids of candidates; empty for all."""

    def letters(self, situation: Situation) -> tuple[LetterThatLeft, ...]:
        """The letters of this span, by the log."""
        found = letters_since(situation.events, self.since, self.until)
        return tuple(one for one in found if not self.only or one.claim.key.candidate_id in self.only)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """Who got what, as the log knows it, and what their rows say now."""

    situation: Situation
    letters: tuple[LetterThatLeft, ...]
    rows: Mapping[str, Candidate]
    """By candidate id, those that still stand in the sheet."""

    def apology(self, letter: LetterThatLeft) -> Delivery:
        """How the apology for a letter stands."""
        return self.situation.log.delivery(letter.apology_key)


def look_back(workbook: Workbook, open_desk: OpenDesk, span: Span) -> LookBack:
    """List every letter that left, or may have, in a span; changes nothing."""
    _, situation = sit_down(workbook, open_desk)
    return LookBack(
        situation=situation,
        letters=span.letters(situation),
        rows={candidate.id: candidate for candidate in situation.candidates},
    )


def apology_desk(desk: Desk, compose: Compose, span: Span) -> Desk:
    """A desk that writes apologies to whoever got a letter in this span, and to nobody else.

    No window, no daily limit, and always a person's exact number.
    """
    rules = replace(
        desk.rules,
        window=_ALWAYS,
        is_holiday=no_holidays,
        daily_limit=_NO_DAILY_LIMIT,
        blast=BlastRules(max_letters=0),
        second_person=False,
    )

    def select(situation: Situation, log: DeliveryLog, _rules: SendRules, _now: datetime) -> Selection:
        return _selection(situation, span.letters(situation), log, rules)

    mailing = Mailing(kind=LetterKind.APOLOGY, select=select, views=_views)
    return replace(
        desk,
        rules=rules,
        compose=compose,
        mailing=mailing,
        has_referral=False,
        headings_used=(),
        attachments=(),
    )


def _selection(
    situation: Situation, letters: Sequence[LetterThatLeft], log: DeliveryLog, rules: SendRules
) -> Selection:
    by_link = read_marks(situation.snapshot.tables.get(rules.tabs.refusals))
    in_sheet = {address_mark(one) for who in situation.candidates if who.opted_out for one in addresses_of(who)}
    decided = apologies_due(letters, log, refused=by_link | in_sheet, barred=situation.erasures.barred)
    rows = {candidate.id: candidate.row for candidate in situation.candidates}

    def recipient(letter: LetterThatLeft) -> Candidate:
        return recipient_of(letter, rows.get(letter.claim.key.candidate_id, 0))

    due = [
        Due(candidate=recipient(one), key=one.apology_key, attempt=log.delivery(one.apology_key).attempts + 1)
        for one in decided.due
    ]
    skipped = [Skipped(candidate=recipient(one.letter), reason=one.reason, facts=one.facts) for one in decided.left_out]
    return Selection(due=tuple(due), skipped=tuple(skipped), rows=len(situation.candidates))


def _views(plan: Plan, _desk: Desk, _now: datetime, run_open: str | None) -> Views:
    """Nothing beside the candidates changes: what was said to them about their application stands as it was."""
    return Views(place=plan.situation.layout.place, run_open=run_open)
