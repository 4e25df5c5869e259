"""承認: that people looked at letters and agreed to them, as facts in the log, one for each letter.

A fact names the letter by its mark: a digest of all that the candidate would see. Any change of it voids the agreement,
since the letter then has another mark. The last word about a letter counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sheets_automation.core.delivery_log import APPROVAL_KINDS, DeliveryEvent, EventKind
from sheets_automation.core.model import Attachment, Candidate, DeliveryKey, Letter

_MARK_LENGTH = 24  # 96 bits: nobody finds another letter with the same mark


def letter_mark(candidate: Candidate, letter: Letter, attachments: Collection[Attachment] = ()) -> str:
    """A digest of who gets this letter and of everything in it; a letter with a sample code stands for all codes."""
    files = [f"{one.name}\0{sha256(one.content).hexdigest()}" for one in attachments]
    parts = (candidate.id, candidate.address.value or "", candidate.name, letter.template, letter.subject)
    return _digest((*parts, letter.text, letter.html, *files))


def plan_mark(marks: Mapping[str, str], left_out: Iterable[str]) -> str:
    """A digest of a whole plan: every letter with its candidate, and who is left out."""
    lines = (f"{candidate_id} {mark}" for candidate_id, mark in sorted(marks.items()))
    return _digest((*lines, "", *sorted(left_out)))


def _digest(parts: Iterable[str]) -> str:
    digest = sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return digest.hexdigest()[:_MARK_LENGTH]


def person_of(actor: str) -> str:
    """Who stands behind an entry of 操作した人, without the place from which they acted."""
    return actor.partition(" (")[0].strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The last word about one letter."""

    word: DeliveryEvent
    proposed: DeliveryEvent | None = None
    """The proposal that it is about, or answers."""

    @property
    def mark(self) -> str:
        """The letter that it is about."""
        return self.word.reference

    @property
    def is_approved(self) -> bool:
        """Whether the letter may go, as far as people are concerned."""
        return self.word.kind is EventKind.APPROVED

    @property
    def is_proposed(self) -> bool:
        """Whether somebody waits for another person's word."""
        return self.word.kind is EventKind.PROPOSED

    @property
    def by_two(self) -> bool:
        """Whether two different people agreed."""
        return (
            self.is_approved
            and self.proposed is not None
            and person_of(self.proposed.actor) != person_of(self.word.actor)
        )


def fold_agreements(events: Iterable[DeliveryEvent]) -> Mapping[DeliveryKey, Agreement]:
    """The last word about each letter, from the events of the log in order."""
    found: dict[DeliveryKey, Agreement] = {}
    for event in events:
        if event.kind not in APPROVAL_KINDS:
            continue
        before = found.get(event.key)
        answered = before.proposed if before and before.is_proposed and before.mark == event.reference else None
        found[event.key] = Agreement(word=event, proposed=event if event.kind is EventKind.PROPOSED else answered)
    return found
