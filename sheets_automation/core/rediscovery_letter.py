"""ご案内: the ready invitation to apply for an opening. It is only written here; nothing sends it."""

from __future__ import annotations

from dataclasses import replace

from sheets_automation.core.composing import Composer
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_rules import LetterRule
from sheets_automation.core.model import Candidate, Letter

TEMPLATE = "invitation"


def invitation(composer: Composer, candidate: Candidate, opening: str) -> Letter | Finding:
    """Write the invitation, or say what is wrong with it. In it, 応募職種 is the opening that it is about.

    It goes by the same rules as every letter, and by no other template: a rejection must never invite.
    """
    book = replace(composer.book, rules=(LetterRule(template=TEMPLATE),), default=TEMPLATE)
    return replace(composer, book=book)(replace(candidate, opening=opening), "")
