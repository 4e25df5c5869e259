"""The desk at which letters are written: the rules, the letters, and the words that every letter may use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from sheets_automation.core.approvals import letter_mark
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.model import Attachment, Candidate, Letter, OutgoingLetter
from sheets_automation.core.reasons import Reason
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.rules import SendRules

SAMPLE_CODE = make_code(bytes(32))
"""Stands for every referral code where people agree to a letter: the real one is drawn when it is sent."""

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
        return (candidate.address.value, candidate.line_user) == (
            outgoing.to_address,
            outgoing.line_user,
        ) and self.compose(candidate, outgoing.referral_code) == outgoing.letter


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
