"""What came back for which letter: bounces and answers, each tied to a letter of ours or to none.

A mail is never believed alone. A bounce counts only when it points at a letter that we sent: by the letter's secret
word in what is returned, by the conversation, or by the address that the log has. Whoever forges one without these
changes nothing; whoever has them can at most stop letters to that address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.bounces import MailKind, Understood
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.model import DeliveryKey

_LEFT = {EventKind.SENT, EventKind.UNCERTAIN}
_STAYED = {EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN}
_BOUNCES_WITHIN: Final = timedelta(days=7)
"""Mailers give up after five days. Beyond, an address alone does not say which mail came back."""
_CLOCKS_DIFFER_BY: Final = timedelta(minutes=5)
_SHARED_DOMAINS: Final = {"gmail.com", "googlemail.com"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter that left or may have, as the log knows it."""

    claim_id: str
    key: DeliveryKey
    attempt: int
    carrier: str
    to_address: str
    left_at: datetime
    references: tuple[str, ...] = ()
    """The carrier's own handles, of the claim and of the letter that left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMail:
    """A mail in the inbox that may be about a letter."""

    reference: str
    """The inbox's own handle: what is recorded once is not looked at again."""
    at: datetime
    understood: Understood
    conversation_of: str = ""
    """The claim id of the letter in whose conversation it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What an inbox found."""

    mails: tuple[ReturnedMail, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    """Claim ids by the secret word in the letter's header, of those letters that have one."""
    is_whole: bool = True
    """False when there was more than one look can take in; the older part was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A fact to record: this letter came back, or was answered."""

    kind: EventKind
    """BOUNCED or REPLIED."""
    letter: SentLetter
    at: datetime
    reference: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the mails come to."""

    returns: tuple[Return, ...] = ()
    delayed: int = 0
    automatic: int = 0
    unrelated: int = 0
    """Bounces and mails of people that point at no letter of ours, or say what was known."""


def sent_letters(events: Sequence[DeliveryEvent]) -> tuple[SentLetter, ...]:
    """Every letter that left or may have, in the order of the log."""
    ends: dict[str, DeliveryEvent] = {}
    for event in events:
        if event.kind in _LEFT or (event.kind in _STAYED and event.claim_id not in ends):
            ends[event.claim_id] = event
    return tuple(
        _letter(claim, ends.get(claim.event_id))
        for claim in events
        if claim.kind is EventKind.PREPARED and not _stayed(ends.get(claim.event_id))
    )


def recorded_mails(events: Iterable[DeliveryEvent]) -> frozenset[str]:
    """References of the mails that are in the log."""
    return frozenset(e.reference for e in events if e.kind in {EventKind.BOUNCED, EventKind.REPLIED})


def recorded_bounces(events: Iterable[DeliveryEvent]) -> frozenset[str]:
    """Claim ids of the letters that are known to have come back."""
    return frozenset(e.claim_id for e in events if e.kind is EventKind.BOUNCED)


def judge(
    post: Post,
    letters: Sequence[SentLetter],
    known_bounces: Collection[str],
    own_addresses: Collection[str],
    now: datetime,
) -> Judged:
    """Tie each mail to its letter; `known_bounces` are claim ids. Does not interact with anything, only decides."""
    index = _Index(post, letters)
    back = set(known_bounces)
    returns: list[Return] = []
    for mail in sorted(post.mails, key=lambda mail: mail.at):
        letter = _letter_of(mail, index, own_addresses)
        is_bounce = mail.understood.kind is MailKind.BOUNCE
        if letter is None or (is_bounce and letter.claim_id in back):
            continue
        returns.append(_return(mail, letter, now))
        if is_bounce:
            back.add(letter.claim_id)
    kinds = Counter(mail.understood.kind for mail in post.mails)
    return Judged(
        returns=tuple(returns),
        delayed=kinds[MailKind.DELAY],
        automatic=kinds[MailKind.AUTOMATIC],
        unrelated=kinds[MailKind.BOUNCE] + kinds[MailKind.PERSON] - len(returns),
    )


def _letter_of(mail: ReturnedMail, index: _Index, own_addresses: Collection[str]) -> SentLetter | None:
    """The letter that this mail says something about."""
    if mail.understood.kind is MailKind.BOUNCE:
        return index.letter_of_bounce(mail)
    if mail.understood.kind is not MailKind.PERSON:
        return None
    letter = index.conversation(mail)
    return letter if letter and _is_answer(mail.understood.sender, letter, own_addresses) else None


class _Index:
    """The letters, by everything that a mail can point with."""

    def __init__(self, post: Post, letters: Sequence[SentLetter]) -> None:
        self._by_claim = {letter.claim_id: letter for letter in letters}
        self._words = post.words
        self._carry_a_word = set(post.words.values())
        self._by_address: dict[str, list[SentLetter]] = {}
        for letter in letters:
            self._by_address.setdefault(match_key(letter.to_address), []).append(letter)

    def conversation(self, mail: ReturnedMail) -> SentLetter | None:
        """The letter in whose conversation a mail lies."""
        return self._by_claim.get(mail.conversation_of)

    def letter_of_bounce(self, mail: ReturnedMail) -> SentLetter | None:
        """The letter that came back. The word decides, then the conversation, then the address."""
        said = mail.understood
        if said.letter:  # that of another workbook, or of a sample, is none of ours
            return self._by_claim.get(self._words.get(said.letter, ""))
        letter = self.conversation(mail)
        if letter is None:
            return self._by_failed_address(mail)
        if said.recipients:  # a colleague who was written to in the same conversation is not the candidate
            return letter if match_key(letter.to_address) in map(match_key, said.recipients) else None
        return letter if said.letter is None else None

    def _by_failed_address(self, mail: ReturnedMail) -> SentLetter | None:
        said = mail.understood
        candidates = [
            letter
            for address in said.recipients or said.mentioned
            for letter in self._by_address.get(match_key(address), ())
            if -_CLOCKS_DIFFER_BY <= mail.at - letter.left_at <= _BOUNCES_WITHIN
            # A mail that is returned without our word is no letter of ours, where ours have one.
            and (said.letter is None or letter.claim_id not in self._carry_a_word)
        ]
        return max(candidates, key=lambda letter: letter.left_at, default=None)


def _is_answer(sender: str, letter: SentLetter, own_addresses: Collection[str]) -> bool:
    """Whether it is the person who writes, from whichever address, and not one of us."""
    if not sender:
        return False
    if match_key(sender) == match_key(letter.to_address):
        return True
    own_domains = {address.rpartition("@")[2].casefold() for address in own_addresses} - _SHARED_DOMAINS
    is_own = match_key(sender) in map(match_key, own_addresses)
    return not is_own and sender.rpartition("@")[2].casefold() not in own_domains


def _return(mail: ReturnedMail, letter: SentLetter, now: datetime) -> Return:
    is_bounce = mail.understood.kind is MailKind.BOUNCE
    return Return(
        kind=EventKind.BOUNCED if is_bounce else EventKind.REPLIED,
        letter=letter,
        at=min(mail.at, now).astimezone(now.tzinfo),
        reference=mail.reference,
        detail=mail.understood.detail if is_bounce else "",
    )


def _letter(claim: DeliveryEvent, end: DeliveryEvent | None) -> SentLetter:
    return SentLetter(
        claim_id=claim.event_id,
        key=claim.key,
        attempt=claim.attempt,
        carrier=claim.carrier,
        to_address=claim.to_address,
        left_at=end.at if end else claim.at,
        references=tuple(reference for reference in (claim.reference, end.reference if end else "") if reference),
    )


def _stayed(end: DeliveryEvent | None) -> bool:
    return end is not None and end.kind in _STAYED
