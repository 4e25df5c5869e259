"""The desk at which letters are written: the rules, the letters, and the words that every letter may use."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sheets_automation.core.guards import Finding
from sheets_automation.core.model import Attachment, Candidate, Letter, OutgoingLetter
from sheets_automation.core.rules import SendRules

Compose = Callable[[Candidate, str], Letter | Finding]
"""Writes the letter for a candidate with a referral code ("" for none), or says what is wrong with it."""


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

    def still_says(self, outgoing: OutgoingLetter, candidate: Candidate) -> bool:
        """Whether the letter that would be written to `candidate` now is the very one in `outgoing`."""
        return (
            candidate.address.value == outgoing.to_address
            and self.compose(candidate, outgoing.referral_code) == outgoing.letter
        )
