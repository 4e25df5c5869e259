"""The words of the house as data. docs/design words: Candidate, Letter, Delivery, Receipt … and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Decision(StrEnum):
    """選考結果: what became of one candidacy."""

    IN_SELECTION = "in_selection"  # 選考中
    REJECTED = "rejected"  # 不採用: the only one that is ever written to
    OFFERED = "offered"  # 内定
    HIRED = "hired"  # 採用
    WITHDRAWN = "withdrawn"  # 辞退
    NOT_CONSIDERED = "not_considered"  # 対象外
    UNKNOWN = "unknown"  # a word that the configuration does not list: never guessed


class LetterKind(StrEnum):
    """通知の種類: what a letter is for; part of the delivery key."""

    REJECTION = "rejection"
    FOLLOW_UP = "follow_up"  # news to people who agreed to it, long after the result
    APOLOGY = "apology"  # to whoever was sent a letter that they should not have got


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address cell holds, once it has been read."""

    value: str | None
    """Normalised: NFKC, trimmed, domain in lower case and IDNA ASCII form. None when it cannot be written to."""
    problem: str | None = None
    """Why `value` is None: "missing", "invalid" or "several"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """きっかけ: why somebody is sent a follow-up now."""

    campaign: str
    """Its name in the フォロー tab."""
    letter: str
    """The letter's name without its language, e.g. "check_in"."""
    why: str
    """What of the row the campaign speaks to, in words for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What another column of the row, or a further line of the person, says that cannot be true beside the decision."""

    decision_heading: str
    other_heading: str
    other_word: str
    other_row: int = 0
    """The row of a further line; 0 where it is the same row."""


LETTER_HEADER = "X-Relay-Letter"
"""A header of ours in letters that come back: the workbook's mark, a dot, the letter's word. Message-ID is replaced."""
NO_FIELDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """候補者: one row of the candidates tab, parsed. One person considered for one opening."""

    row: int
    id: str
    """From the id column; where that is blank, the id that the next run will write there."""
    id_is_new: bool = False
    stored_fingerprint: str = ""
    """What the fingerprint column held."""
    name: str = ""
    """For people, blanks folded; empty when missing."""
    name_key: str = ""
    """For matching: 異体字, width and case folded."""
    address: Address
    more_addresses: tuple[str, ...] = ()
    """Of further address columns: for matching only, never written to."""
    phone: str = ""
    """Normalised digits with +country, for matching; empty when unusable."""
    decision: Decision
    decision_text: str = ""
    contradiction: Contradiction | None = None
    """The first word in a further column for decisions or stages, or in a line below that goes on with the same person,
    that contradicts the decision."""
    decided_at: datetime | None = None
    """Aware. A date without a time counts as the end of that day."""
    decided_at_problem: bool = False
    """The cell holds something that is not a date."""
    first_seen_at: datetime | None = None
    """When a run of ours first saw this rejection: the clock where there is no decision date."""
    applied_at: datetime | None = None
    opening: str = ""
    medium: str = ""
    stage: str = ""
    tags: tuple[str, ...] = ()
    opted_out: bool = False
    consent: bool | None = None
    """To letters with a referral link: True, False, or None where the workbook does not say."""
    approved: bool = False
    from_agency: bool = False
    language: str = ""
    hidden: bool = False
    is_barred: bool = False
    """An erasure of this person has begun."""
    line_user: str = field(default="", repr=False)
    """The LINE chat that this very person opened with a code from a letter; empty for none."""
    line_links: int = 0
    """How often the row was linked by LINE before."""
    credit: str = ""
    """クレジット番号 of the use by which this person was found; empty for everybody else."""
    news: bool | None = None
    """Whether the person agreed to follow-ups: True, False, or None where nobody knows."""
    occasion: Occasion | None = None
    """What a follow-up is about; None for results."""
    fields: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)
    """The row's other cells by heading, for the letters that ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """文面: a rendered subject, text and HTML for one candidate."""

    template: str
    """Name of the template, e.g. "standard.ja"."""
    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryKey:
    """Identity of a letter: there is one delivery per key, whatever happens."""

    candidate_id: str
    kind: LetterKind
    cycle: int = 1


def whole_run(run_id: str) -> str:
    """The run of which this one is a stretch, or itself."""
    return run_id.partition(".")[0]


class DeliveryState(StrEnum):
    """送信状態, folded from the log. `SENT` means that the carrier accepted the letter, not that it arrived."""

    PREPARED = "prepared"  # claimed by a run that has not said how it ended
    SENT = "sent"
    FAILED = "failed"  # surely not sent, for a passing reason: the next run tries again
    REFUSED = "refused"  # surely not sent, for a lasting reason: not again until the address changes
    WITHDRAWN = "withdrawn"  # claimed, then dropped before commit; as if nothing had happened
    UNCERTAIN = "uncertain"  # may have been sent: only a person settles it
    BOUNCED = "bounced"  # the carrier accepted it, the receiving side gave it back: not again until the address changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with every letter."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """A letter with everything a carrier needs to deliver it."""

    key: DeliveryKey
    attempt: int
    """1 for the first claim of this key, and one more for each claim after it; with the key, names the letter."""
    to_name: str
    to_address: str
    letter: Letter
    referral_code: str = ""
    attachments: tuple[Attachment, ...] = ()
    line_user: str = field(default="", repr=False)
    """The person's chat with our LINE account, for the carrier that needs it; empty for none."""
    why: str = field(default="", repr=False)
    """For the log: the campaign and the reason for a follow-up; empty for results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A letter that is ready and can be committed once, or was found impossible to prepare."""

    outgoing: OutgoingLetter
    reference: str = ""
    """The carrier's own handle (draft id, file name), recorded in the log with the claim."""
    failure: Receipt | None = None
    """Set when the carrier could not prepare this letter; it is then never committed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the carrier says of one letter."""

    state: DeliveryState
    """SENT, FAILED, REFUSED or UNCERTAIN; after `resolve` also WITHDRAWN: surely not sent, and never will be."""
    reference: str = ""
    detail: str = ""
    """For the log, e.g. "550 5.1.1": the code only, never an address or text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the log knows of a letter that was prepared and whose end nobody recorded."""

    key: DeliveryKey
    attempt: int
    reference: str
    to_address: str
    run_id: str
