"""Consent: a person's word that somebody agrees to follow-ups, or no longer does; and who agrees as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sheets_automation.core.consents import Consent, ConsentWord, fold_consents, mark_of, read_consents, to_row
from sheets_automation.core.dates import date_time
from sheets_automation.core.errors import ConfigurationError, WorkbookError
from sheets_automation.core.rules import TabNames
from sheets_automation.core.views import Views
from sheets_automation.jobs.import_candidates import identities_of
from sheets_automation.jobs.plan import refuse_unknown
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down, zone_of
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody said, and how we know."""

    agrees: bool
    source: str = ""
    wording: str = ""
    on: date | None = None
    """The day on which it was said; None for this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one row stands."""

    candidate_id: str
    row: int
    agrees: bool
    refused: bool
    """Asked for no letters at all, which counts more."""
    fact: Consent | None
    """What is on record; None where only the sheet says it so far."""


def list_consents(workbook: Workbook, open_desk: OpenDesk) -> tuple[Standing, ...]:
    """Everybody of whom the sheet or the record says something that counts."""
    desk, situation = sit_down(workbook, open_desk)
    return standings(situation, desk.rules.tabs)


def standings(situation: Situation, tabs: TabNames) -> tuple[Standing, ...]:
    """Where each row stands of which the sheet or the record says something that counts."""
    known = fold_consents(read_consents(situation.snapshot.tables.get(tabs.consents)))
    return tuple(
        Standing(
            candidate_id=one.id,
            row=one.row,
            agrees=one.news is True and not one.opted_out,
            refused=one.opted_out,
            fact=known.about(one),
        )
        for one in situation.candidates
        if one.news is not None
    )


def record_consents(workbook: Workbook, open_desk: OpenDesk, run: Run, ids: Sequence[str], word: Word) -> int:
    """Append what was said; the number of facts.

    Raises WorkbookError for a row without an address, ConfigurationError for a day that is still to come, or a consent
    to nobody knows what: it would prove nothing.
    """
    if word.agrees and not word.wording:
        raise ConfigurationError(
            "何に同意をいただいたか(同意文の版)が分かりません。設定ファイルの [follow_up] wording か、記録のときに"
            "書いてください。",
            "Nobody knows to which version of the text this is a consent. "
            "Write it into [follow_up] wording, or with the record.",
        )
    desk, situation = sit_down(workbook, open_desk)
    refuse_unknown(ids, situation)
    now = run.clock().astimezone(zone_of(situation.snapshot, desk.rules))
    said_at = _said_at(word, now)
    rows = {one.id: one for one in situation.candidates}
    facts = []
    for candidate_id in dict.fromkeys(ids):
        candidate = rows.get(candidate_id)
        if candidate is None or not (mark := mark_of(candidate)):
            raise WorkbookError(
                f"候補者ID {candidate_id} の行に、使えるメールアドレスがありません。先に直してください。",
                f"The row of {candidate_id} has no usable address; correct it first.",
            )
        facts.append(
            Consent(
                fact_id=run.next_referral_event_id(),
                at=said_at,
                word=ConsentWord.GIVEN if word.agrees else ConsentWord.WITHDRAWN,
                mark=mark,
                candidate_id=candidate_id,
                wording=word.wording if word.agrees else "",
                source=word.source,
                actor=run.actor,
                recorded_at=now,
            )
        )
    workbook.append({desk.rules.tabs.consents: [to_row(fact) for fact in facts]})
    # A withdrawal holds for the id, which would follow from the address where the row has none yet. But no word waits
    # for a sheet that somebody has open: the next run gives the row the same id.
    if named := identities_of(situation, set(ids)):
        with suppress(WorkbookError):
            workbook.show(Views(place=situation.layout.place, identities=named))
    return len(facts)


def day_said(text: str) -> date | None:
    """The day that a person typed, in any spelling that a cell may have; None for an empty text."""
    if not text.strip():
        return None
    if found := date_time(text, UTC):  # whatever the zone: a day on the calendar is meant
        return found.at.date()
    raise ConfigurationError(
        f"うかがった日の「{text}」は日付として読めません。2026-10-03 のように書いてください。",
        f"The day {text} is no date; write it like 2026-10-03.",
    )


def _said_at(word: Word, now: datetime) -> datetime:
    if word.on is None or word.on == now.date():
        return now
    if word.on > now.date():
        raise ConfigurationError(
            f"うかがった日({word.on:%Y/%m/%d})が未来の日付です。日付を確かめてください。",
            f"The day on which it was said ({word.on}) is in the future. Check the date.",
        )
    # Of a day without its hour, what stops news is taken for the last word: nobody knows which came first.
    return datetime.combine(word.on, time.min if word.agrees else time.max, now.tzinfo)
