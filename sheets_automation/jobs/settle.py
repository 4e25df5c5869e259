"""Settling: a person says what became of a letter that the program cannot know about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sheets_automation.core.delivery_log import Delivery, DeliveryEvent, EventKind, address_key
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryState, LetterKind
from sheets_automation.core.moments import ago
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.plan import refuse_unknown
from sheets_automation.jobs.run import A_RUN_IS_DEAD_AFTER, Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down, understand, who_is_due
from sheets_automation.ports import Workbook


class Word(StrEnum):
    """What a person can say of a letter."""

    SENT = "sent"
    AGAIN = "again"
    REOPEN = "reopen"
    HOLD = "hold"
    RELEASE = "release"


_IN_DOUBT: set[DeliveryState | None] = {
    DeliveryState.UNCERTAIN,
    DeliveryState.PREPARED,
    DeliveryState.FAILED,
    DeliveryState.REFUSED,
    DeliveryState.BOUNCED,
}
_MAY_SAY: dict[Word, set[DeliveryState | None]] = {
    Word.SENT: _IN_DOUBT | {None},  # None: told in another way, or by a run whose journal is lost
    Word.AGAIN: _IN_DOUBT,
    Word.REOPEN: {DeliveryState.SENT},
    Word.HOLD: {None, DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.BOUNCED},
    Word.RELEASE: set(),
}
_NOT_GONE: set[DeliveryState | None] = {None, DeliveryState.FAILED, DeliveryState.REFUSED}
"""A person may say that this letter goes on, where one before it was answered."""
_UNTIL_SAID = {Reason.TOO_MANY_FAILURES, Reason.ADDRESS_BOUNCED, Reason.RECORD_LOST}
_SAID = {Word.SENT: EventKind.SETTLED_SENT, Word.HOLD: EventKind.HELD, Word.RELEASE: EventKind.RELEASED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was settled, what could not be, and what is still open."""

    settled: tuple[str, ...] = ()
    not_settled: tuple[tuple[str, DeliveryState | None], ...] = ()
    """Candidates whose letter is in no state for this word, with that state."""
    open: tuple[Delivery, ...] = ()
    not_shown: WorkbookError | None = None


def list_open(workbook: Workbook, open_desk: OpenDesk) -> Settlement:
    """The letters that wait for a person's word."""
    _, situation = sit_down(workbook, open_desk)
    return Settlement(open=_open(situation))


def give_up_journal(workbook: Workbook, open_desk: OpenDesk, run: Run) -> Settlement:
    """Go on without the journal of an unfinished run: what it sent since it began, its carrier alone knows."""
    desk, situation = sit_down(workbook, open_desk)
    not_shown = show_state(workbook, desk, run)
    return Settlement(open=_open(situation), not_shown=not_shown)


def settle(
    workbook: Workbook,
    open_desk: OpenDesk,
    run: Run,
    ids: Sequence[str],
    word: Word,
    *,
    note: str = "",
    kind: LetterKind = LetterKind.REJECTION,
) -> Settlement:
    """Record a person's word about the letters of these candidates, and show it."""
    desk, situation = sit_down(workbook, open_desk)
    refuse_unknown(ids, situation)
    events: list[DeliveryEvent] = []
    wrong: list[tuple[str, DeliveryState | None]] = []
    for candidate_id in dict.fromkeys(ids):
        delivery = situation.log.delivery(situation.log.current_key(candidate_id, kind))
        is_free = workbook.single_run or not _is_at_work(delivery, run)
        if is_free and may_say(word, delivery, situation):
            events.append(_event(delivery, word, run, note, _bounced_address(delivery, situation)))
        else:
            wrong.append((candidate_id, delivery.state))
    if not events:
        return Settlement(not_settled=tuple(wrong), open=_open(situation))
    workbook.append({desk.rules.tabs.log: [to_row(event) for event in events]})
    not_shown = show_state(workbook, desk, run)
    return Settlement(
        settled=tuple(event.key.candidate_id for event in events),
        not_settled=tuple(wrong),
        open=_open(understand(workbook.read(), desk.rules, desk.headings_used)),
        not_shown=not_shown,
    )


def _is_at_work(delivery: Delivery, run: Run) -> bool:
    """Whether a run may be sending this letter right now: it has not asked yet what people say of it."""
    return (
        delivery.state is DeliveryState.PREPARED
        and delivery.at is not None
        and delivery.at > ago(run.clock(), A_RUN_IS_DEAD_AFTER)
    )


def may_say(word: Word, delivery: Delivery, situation: Situation) -> bool:
    """Whether the letter is in a state for this word."""
    is_stopped = bool(_bounced_address(delivery, situation)) or _is_off_record(delivery, situation)
    again = is_stopped and word is Word.AGAIN and delivery.state is None
    released = delivery.held is not None and word is Word.RELEASE
    key = delivery.key
    may_begin = key.kind is LetterKind.FOLLOW_UP or key.cycle > 1  # who answered a result may have had no news
    goes_on = word is Word.REOPEN and delivery.state in _NOT_GONE and may_begin
    return delivery.state in _MAY_SAY[word] or again or released or goes_on


def stopped(situation: Situation, desk: Desk, now: datetime) -> Iterator[tuple[Skipped, Delivery]]:
    """Who gets no letter until a person says "send again", beside those whose letter is in doubt."""
    for one in who_is_due(situation, situation.log, desk, now).skipped:
        delivery = situation.log.delivery(situation.log.current_key(one.candidate.id, desk.kind))
        is_open = delivery.state in {DeliveryState.UNCERTAIN, DeliveryState.PREPARED}
        if one.reason in _UNTIL_SAID and not is_open and may_say(Word.AGAIN, delivery, situation):
            yield one, delivery


def _is_off_record(delivery: Delivery, situation: Situation) -> bool:
    """Whether the log was rebuilt and knows nothing of this letter."""
    return situation.log.rebuilt_at is not None and delivery.key not in situation.log.deliveries


def _bounced_address(delivery: Delivery, situation: Situation) -> str:
    """The address of this candidate's row if letters came back from it, for this or for another row."""
    rows = (candidate for candidate in situation.candidates if candidate.id == delivery.key.candidate_id)
    addresses = (candidate.address.value or "" for candidate in rows)
    return next((address for address in addresses if address_key(address) in situation.log.bounced), "")


def _event(delivery: Delivery, word: Word, run: Run, note: str, bounced_address: str) -> DeliveryEvent:
    if word is Word.REOPEN:
        is_new = delivery.state not in _NOT_GONE or delivery.key.cycle == 1
        key = replace(delivery.key, cycle=delivery.key.cycle + is_new)
        return run.word(Delivery(key=key), EventKind.REOPENED, note=note)
    if word in _SAID:
        return run.word(delivery, _SAID[word], note=note)
    return run.word(delivery, EventKind.SETTLED_AGAIN, note=note, to_address=bounced_address)


def _open(situation: Situation) -> tuple[Delivery, ...]:
    return (*situation.log.uncertain(), *situation.log.unfinished())
