"""Rebuilding a log: which facts the letters that were found add to those that are left, and of whom nothing is known.

Nothing is invented. A letter that was found is a fact; that none was found says nothing, since mail is deleted, and
may have left from elsewhere. Whoever may have been told is therefore held until a person says what happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import product
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.delivery_log import Delivery, DeliveryEvent, DeliveryLog, EventKind
from sheets_automation.core.log_salvage import in_time
from sheets_automation.core.message import letter_key
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, DeliveryState, LetterKind
from sheets_automation.core.sent_mail import FoundLetter, parts_of

_CYCLES: Final = range(1, 6)
"""Which a letter of an earlier version may be of: it does not say so itself."""
_TOLD = {DeliveryState.SENT, DeliveryState.UNCERTAIN}
_LEFT = {EventKind.SENT, EventKind.UNCERTAIN}
_TITLE_LENGTH: Final = 31  # Excel's limit for the name of a tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A letter that the log did not know of, or not how it ended."""

    letter: FoundLetter
    key: DeliveryKey
    is_new: bool
    """Whether even its claim was missing: then facts are surely lost. A claim without an end is no more than open."""


@dataclass(slots=True, kw_only=True)
class Rebuilding:
    """The facts of a log while it is being rebuilt."""

    events: list[DeliveryEvent]
    restored: list[Restored] = field(default_factory=list)
    contradicted: set[str] = field(default_factory=set)
    """Ids of facts that somebody changed: the letter itself says otherwise."""
    unknown: int = 0
    """Letters of nobody here: of another workbook in the same outbox, perhaps."""

    @property
    def is_damaged(self) -> bool:
        """Whether the letters show that facts are missing or were changed."""
        return bool(self.contradicted) or any(one.is_new for one in self.restored)


def rebuild(
    kept: Sequence[DeliveryEvent], letters: Iterable[FoundLetter], candidates: Sequence[Candidate]
) -> Rebuilding:
    """Add what the letters tell to what is left. Does not interact with anything, only decides."""
    letters = sorted(letters, key=lambda one: (one.at, one.reference))
    contradicted = _contradicted(letters, kept)
    left = [event for event in kept if event.event_id not in contradicted]
    work = Rebuilding(events=left, contradicted=contradicted)
    index, who = _Index(left), _Recogniser(candidates, kept)
    added: list[DeliveryEvent] = []
    for letter in letters:
        known = index.known_of(letter)
        key = known.key or who.key_of(letter)
        if key is None:
            work.unknown += not letter.is_sample
        elif not known.is_complete:
            work.restored.append(Restored(letter=letter, key=key, is_new=known.claim is None))
            attempt = known.claim.attempt if known.claim else index.next_attempt(key, letter)
            added += _facts(letter, key, known, attempt)
    timed = [*in_time(left), *in_time(added)]
    work.events = [event for _, event in sorted(timed, key=lambda one: one[0])]
    return work


def may_have_been_told(
    candidates: Iterable[Candidate], log: DeliveryLog, shown: Mapping[int, str]
) -> Iterator[Candidate]:
    """Whoever may have had a letter that nobody knows of now.

    These are all who are rejected and not known to be told, and those of whom our columns still say it: `shown`, by
    row. Columns alone never lead to a letter, but they may well keep one back.
    """
    for candidate in candidates:
        delivery = log.delivery(log.current_key(candidate.id, LetterKind.REJECTION))
        if delivery.state in _TOLD or _is_stopped(delivery, candidate) or _is_told_elsewhere(candidate, log):
            continue
        if candidate.decision is Decision.REJECTED or candidate.row in shown:
            yield candidate


def aside_title(tab: str, now: datetime, taken: Collection[str]) -> str:
    """A free title for the old tab."""
    stamp = f"{now:%Y%m%d-%H%M%S}"
    for number in range(1, len(taken) + 2):
        end = f" 旧 {stamp}" + (f"-{number}" if number > 1 else "")
        if (title := tab[: _TITLE_LENGTH - len(end)] + end) not in taken:
            return title
    raise ValueError("more titles than tabs")


def _is_stopped(delivery: Delivery, candidate: Candidate) -> bool:
    """Whether no letter goes to this address anyway, as long as it stands there."""
    is_back = delivery.state in {DeliveryState.BOUNCED, DeliveryState.REFUSED}
    return is_back and delivery.claim is not None and delivery.claim.to_address == candidate.address.value


def _is_told_elsewhere(candidate: Candidate, log: DeliveryLog) -> bool:
    """Whether a letter is known that went to this address, under whatever id."""
    addresses = (candidate.address.value, *candidate.more_addresses)
    keys = (key for one in addresses if one for key in log.by_address.get(match_key(one), ()))
    return any(log.delivery(key).state in _TOLD for key in keys)


def _contradicted(letters: Iterable[FoundLetter], kept: Sequence[DeliveryEvent]) -> set[str]:
    """Ids of facts that somebody changed: the letter carries the digest of its own key and address."""
    index = _Index(kept)
    known = ((letter, index.known_of(letter)) for letter in letters if letter.letter_key)
    return {one for letter, found in known if found.contradicts(letter) for one in found.ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is left in the log of one letter."""

    claim: DeliveryEvent | None
    sent: DeliveryEvent | None
    """That it left, or may have."""
    ends: Sequence[DeliveryEvent] = ()

    @property
    def ids(self) -> set[str]:
        """Of all that the log says of it."""
        return {event.event_id for event in (self.sent, self.claim, *self.ends) if event is not None}

    @property
    def key(self) -> DeliveryKey | None:
        """Whose letter it is, as the log says."""
        told = self.claim or self.sent
        return told.key if told else None

    @property
    def is_complete(self) -> bool:
        """Whether the log has both the claim and that the letter left."""
        return self.claim is not None and any(e.kind is EventKind.SENT for e in (self.sent, *self.ends) if e)

    def contradicts(self, letter: FoundLetter) -> bool:
        """Whether the log says that the letter was another one's."""
        address = self.claim.to_address if self.claim else letter.to_address
        told = {event.key for event in (self.claim, self.sent, *self.ends) if event is not None}
        return any(letter_key(key, address) != letter.letter_key for key in told)


class _Index:
    """The facts that are left, by everything that a letter can be known by."""

    def __init__(self, events: Sequence[DeliveryEvent]) -> None:
        claims = [event for event in events if event.kind is EventKind.PREPARED]
        self._claims = {claim.event_id: claim for claim in claims}
        self._by_mark = {part: claim for claim in claims for part in parts_of(claim.reference)}
        self._sent = {e.reference: e for e in events if e.kind in _LEFT and e.reference}
        self._ends: dict[str, list[DeliveryEvent]] = defaultdict(list)
        for event in events:
            if event.claim_id:
                self._ends[event.claim_id].append(event)
        self._attempts: dict[DeliveryKey, int] = defaultdict(int)
        for claim in claims:
            self._attempts[claim.key] = max(claim.attempt, self._attempts[claim.key])

    def known_of(self, letter: FoundLetter) -> _Known:
        """What is left of a letter."""
        sent = self._sent.get(letter.reference)
        claim = self._by_mark.get(letter.claim_mark) or self._claims.get(sent.claim_id if sent else "")
        return _Known(claim=claim, sent=sent, ends=self._ends.get(claim.event_id, ()) if claim else ())

    def next_attempt(self, key: DeliveryKey, letter: FoundLetter) -> int:
        """The number of the attempt that a letter without a claim was."""
        attempt = letter.attempt or self._attempts[key] + 1
        self._attempts[key] = max(attempt, self._attempts[key])
        return attempt


class _Recogniser:
    """Tells whose letter it is by the digest in its header, which only the right id and address give."""

    def __init__(self, candidates: Sequence[Candidate], kept: Sequence[DeliveryEvent]) -> None:
        self._by_address: dict[str, dict[str, None]] = defaultdict(dict)
        for candidate in candidates:
            for address in (candidate.address.value, *candidate.more_addresses):
                self._by_address[match_key(address or "")][candidate.id] = None
        for event in kept:
            self._by_address[match_key(event.to_address)][event.key.candidate_id] = None
        self._ids = dict.fromkeys(one for ids in self._by_address.values() for one in ids)

    def key_of(self, letter: FoundLetter) -> DeliveryKey | None:
        """The key; for a letter of this workbook whose row is gone one that stands for no row, and None for others."""
        likely = self._by_address.get(match_key(letter.to_address), {})
        cycles = (letter.told.cycle,) if letter.told.cycle else _CYCLES
        for candidate_id, kind, cycle in product((*likely, *self._ids), LetterKind, cycles):
            key = DeliveryKey(candidate_id=candidate_id, kind=kind, cycle=cycle)
            if letter_key(key, letter.to_address) == letter.letter_key:
                return key
        if letter.is_of_workbook and not letter.is_sample and letter.letter_key:
            return DeliveryKey(
                candidate_id=f"X-{letter.letter_key[:16]}", kind=letter.told.kind or LetterKind.REJECTION
            )
        return None


def _facts(letter: FoundLetter, key: DeliveryKey, known: _Known, attempt: int) -> Iterator[DeliveryEvent]:
    """The facts that are missing of a letter. Their ids follow from the letter: found twice, they count once."""
    name = "F" + sha256(f"{letter.carrier}\0{letter.reference}".encode("utf-8", "surrogatepass")).hexdigest()[:15]
    claim = known.claim or DeliveryEvent(
        event_id=known.sent.claim_id if known.sent and known.sent.claim_id else f"{name}-0001",
        at=letter.at,
        run_id=f"F-{letter.at:%Y%m%d}",
        key=key,
        kind=EventKind.PREPARED,
        attempt=attempt,
        carrier=letter.carrier,
        reference=letter.claim_reference,
        to_address=letter.to_address,
        template=letter.told.template,
        subject=letter.subject,
        referral_code=letter.referral_code,
        detail="rebuilt",
    )
    if known.claim is None:
        yield claim
    if known.sent is None or known.sent.kind is not EventKind.SENT:
        yield replace(
            claim,
            event_id=f"{name}-0002",
            at=letter.at,
            kind=EventKind.SENT,
            claim_id=claim.event_id,
            reference=letter.reference,
            to_address="",
            template="",
            subject="",
            referral_code="",
            detail="rebuilt",
            actor="",
        )
