"""事故対応: who got which letter since a moment, by the log alone, and who is to be told that we are sorry.

The rows of the sheet may be what went wrong, so nothing here is taken from them but what they say now, beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.delivery_log import Delivery, DeliveryEvent, DeliveryLog, EventKind
from sheets_automation.core.erased import is_erased
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.wording import day_in_words, minute_in_words

_ENDS: Mapping[EventKind, DeliveryState] = {
    EventKind.SENT: DeliveryState.SENT,
    EventKind.UNCERTAIN: DeliveryState.UNCERTAIN,
    EventKind.BOUNCED: DeliveryState.BOUNCED,
    EventKind.FAILED: DeliveryState.FAILED,
    EventKind.REFUSED: DeliveryState.REFUSED,
    EventKind.WITHDRAWN: DeliveryState.WITHDRAWN,
}
_LATER_LETTER: Final = re.compile(r"-L[0-9]+\Z")
_STAYED = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterThatLeft:
    """One letter that left, or may have."""

    claim: DeliveryEvent
    """With its address, subject and template."""
    state: DeliveryState
    """SENT, UNCERTAIN, BOUNCED, or PREPARED while nobody knows how it ended."""
    at: datetime
    """When it left, or was last known to be under way."""
    number: int
    """Which letter to this candidate it was, from 1: with the candidate's id it names the letter for ever."""
    replied_at: datetime | None = None

    @property
    def apology_key(self) -> DeliveryKey:
        """Of the one apology for this letter."""
        candidate_id = self.claim.key.candidate_id
        # One id a letter: whoever had two letters at two addresses is told at both.
        return DeliveryKey(
            candidate_id=candidate_id if self.number == 1 else f"{candidate_id}-L{self.number}", kind=LetterKind.APOLOGY
        )

    @property
    def language(self) -> str:
        """Of the letter, by the name of its template."""
        return self.claim.template.rpartition(".")[2]


def ids_behind(candidate_id: str, kind: str) -> tuple[str, ...]:
    """Whom a letter of this id and kind was about: an apology for a later letter has an id of its own."""
    behind = _LATER_LETTER.sub("", candidate_id) if kind == LetterKind.APOLOGY else candidate_id
    return (candidate_id,) if behind == candidate_id else (candidate_id, behind)


def letters_since(
    events: Iterable[DeliveryEvent], since: datetime, until: datetime | None = None
) -> tuple[LetterThatLeft, ...]:
    """Every letter that left, or may have, from one moment to another, in the order in which they left.

    Apologies are not among them: they are the answer, and no part of what happened.
    """
    found = [one for one in _all_letters(events) if one.at >= since and (until is None or one.at <= until)]
    return tuple(sorted(found, key=lambda one: (one.at, one.claim.event_id)))


def _all_letters(events: Iterable[DeliveryEvent]) -> Iterable[LetterThatLeft]:
    claims: dict[str, tuple[DeliveryEvent, int]] = {}
    states: dict[str, DeliveryState] = {}
    moments: dict[str, datetime] = {}
    replies: dict[str, datetime] = {}
    numbers: Counter[str] = Counter()
    for event in events:
        if event.kind is EventKind.PREPARED and event.key.kind is not LetterKind.APOLOGY:
            if event.event_id not in claims:
                numbers[event.key.candidate_id] += 1
                claims[event.event_id] = event, numbers[event.key.candidate_id]
                states[event.event_id], moments[event.event_id] = DeliveryState.PREPARED, event.at
        elif event.claim_id in claims and event.kind in _ENDS:
            states[event.claim_id] = _ENDS[event.kind]
            if event.kind is not EventKind.BOUNCED:
                moments[event.claim_id] = event.at
        elif event.claim_id in claims and event.kind is EventKind.REPLIED:
            replies[event.claim_id] = event.at
    for claim_id, (claim, number) in claims.items():
        if states[claim_id] not in _STAYED:
            yield LetterThatLeft(
                claim=claim,
                state=states[claim_id],
                at=moments[claim_id],
                number=number,
                replied_at=replies.get(claim_id),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoApology:
    """A letter for which no apology goes now, and why."""

    letter: LetterThatLeft
    reason: Reason
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologies:
    """For which letters an apology is due, and for which it is not."""

    due: tuple[LetterThatLeft, ...]
    left_out: tuple[NoApology, ...]


def apologies_due(
    letters: Sequence[LetterThatLeft], log: DeliveryLog, *, refused: Collection[str], barred: Collection[str]
) -> Apologies:
    """Decide about every letter of the list; nobody who is not on it is ever added. One apology an address.

    These guards differ from those of results, and why: an apology goes at any hour and beyond the day's limit, since
    silence does harm; whether a row is rejected, old or held says nothing about what was already sent to it. What holds
    is that each goes once, only to an address that was written to, only on a person's exact number, and that whoever
    refused our mail is told in another way. `refused` are marks of addresses, `barred` ids of candidates whose erasure
    has begun.
    """
    due: dict[str, LetterThatLeft] = {}
    left_out: list[NoApology] = []
    told = _apologies_at(letters, log)
    for letter in letters:
        address = match_key(letter.claim.to_address)
        finding = _obstacle(letter, refused, barred) or _under_way(log.delivery(letter.apology_key))
        finding = finding or _told(letter, told.get(address, ()))
        if finding is None and address in due:
            finding = Reason.PERSON_TOLD_BY_OTHER_ROW, {"rows": due[address].claim.key.candidate_id}
        if finding is None:
            due[address] = letter
        else:
            left_out.append(NoApology(letter=letter, reason=finding[0], facts=finding[1]))
    return Apologies(due=tuple(due.values()), left_out=tuple(left_out))


Obstacle = tuple[Reason, Mapping[str, str]]


def _obstacle(letter: LetterThatLeft, refused: Collection[str], barred: Collection[str]) -> Obstacle | None:
    """Why no apology goes for this very letter."""
    if letter.state is DeliveryState.BOUNCED:
        return Reason.ADDRESS_BOUNCED, {"when": day_in_words(letter.at)}
    if letter.state is DeliveryState.PREPARED:
        return Reason.LETTER_UNFINISHED, {}
    if not letter.claim.to_address or letter.claim.carrier == "line":
        return Reason.NOT_REACHED_BY_MAIL, {"detail": letter.claim.carrier}
    if is_erased(letter.claim.to_address) or letter.claim.key.candidate_id in barred:
        return Reason.ERASED, {}
    return (Reason.OPTED_OUT, {}) if address_mark(letter.claim.to_address) in refused else None


def _under_way(apology: Delivery) -> Obstacle | None:
    """What became of this apology before, where that stops another try."""
    match apology.state:
        case DeliveryState.UNCERTAIN:
            return Reason.LETTER_UNCERTAIN, {"when": minute_in_words(apology.at)}
        case DeliveryState.PREPARED:
            return Reason.LETTER_UNFINISHED, {}
        case DeliveryState.REFUSED | DeliveryState.BOUNCED:
            return Reason.ADDRESS_REFUSED, {"detail": apology.detail}
        case _:
            return None


def _apologies_at(letters: Iterable[LetterThatLeft], log: DeliveryLog) -> Mapping[str, Sequence[Delivery]]:
    """Every apology that was made, or may have been, by the address that it was made to."""
    by_key = {one.apology_key: one.claim.to_address for one in letters}  # what was said by telephone has no address
    found: dict[str, list[Delivery]] = {}
    for one in log.deliveries.values():
        if one.key.kind is LetterKind.APOLOGY and one.is_told:
            address = one.claim.to_address if one.claim else by_key.get(one.key, "")
            found.setdefault(match_key(address), []).append(one)
    return found


def _told(letter: LetterThatLeft, apologies: Iterable[Delivery]) -> Obstacle | None:
    """An apology is for every letter before it, whichever letters were looked at when it was sent."""
    for one in apologies:
        if one.at is not None and (one.key == letter.apology_key or one.at >= letter.claim.at):
            return Reason.ALREADY_SENT, {"when": minute_in_words(one.at)}
    return None
