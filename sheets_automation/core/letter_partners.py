"""紹介先: to which partner a letter's link leads, where there are several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.cells import folded
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.model import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPartner:
    """A partner who gets the candidates of some openings; all others are the first partner's."""

    openings: frozenset[str]
    """Folded."""
    facts: LetterFacts
    """What letters to these candidates say of company and partner."""
    base_url: str
    """Where their links lead."""


def letter_partner(candidate: Candidate, partners: Sequence[LetterPartner]) -> LetterPartner | None:
    """The partner of this candidate's opening; None for the first partner, who needs no list."""
    if not partners or not candidate.opening:
        return None
    opening = folded(candidate.opening)
    return next((one for one in partners if opening in one.openings), None)


def facts_of(facts: LetterFacts, *, name: str, licence: str) -> LetterFacts:
    """What letters say where they lead to another partner than the first."""
    return replace(facts, partner=name, partner_licence=licence)


def partner_url(base_url: str, partner: str) -> str:
    """The address for links to one of several partners: its id stands before the code."""
    if "{code}" in base_url:
        return base_url.replace("{code}", f"{partner}/{{code}}")
    return f"{base_url.rstrip('/')}/{partner}"
