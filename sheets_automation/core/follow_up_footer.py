"""What 特定電子メール法 asks every mail to show that speaks of one's own business: who, where, and how to refuse.

施行規則 7条–9条 (from secondary sources; counsel must confirm): the sender's name, the way to refuse and that
one may, a postal address, and where to complain.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.reasons import Reason


def footer_problem(text: str, facts: LetterFacts, refusal_url: str) -> Finding | None:
    """What the plain text of a follow-up lacks; None where all of it is there."""
    flat = "".join(text.split())
    missing = [
        (ja, en) for ja, en, value in _parts(facts, refusal_url) if not value or "".join(value.split()) not in flat
    ]
    if not missing:
        return None
    return Finding(
        Reason.FOOTER_MISSING,
        {"detail": "・".join(ja for ja, _ in missing), "detail_en": ", ".join(en for _, en in missing)},
    )


def _parts(facts: LetterFacts, refusal_url: str) -> Iterator[tuple[str, str, str]]:
    """Each part in both languages, and what has to stand in the letter."""
    yield "会社名", "the company's name", facts.company
    yield "会社住所", "its postal address", facts.postal_address
    yield "連絡先", "a contact", facts.contact
    yield "配信停止URL", "a link to refuse", refusal_url
