"""Composing: choose the letter, fill it in, look at it once more. A finding stops that letter, never the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets_automation.core.errors import LetterError
from sheets_automation.core.follow_up_footer import footer_problem
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_fields import (
    OWN_FIELDS,
    LetterFacts,
    LineInvitation,
    folded,
    letter_fields,
    nowhere,
    uninvited,
)
from sheets_automation.core.letter_partners import LetterPartner, letter_partner
from sheets_automation.core.letter_rules import LetterBook, language_code
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Candidate, Letter
from sheets_automation.core.reasons import Reason
from sheets_automation.core.referral_codes import referral_url

if TYPE_CHECKING:
    from sheets_automation.core.lint import Finding as LintFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Writes the letter for a candidate, or says what is wrong with it. The same input gives the same letter."""

    book: LetterBook
    facts: LetterFacts
    lint: LintRules
    referral_base_url: str
    invite: Callable[[Candidate], LineInvitation] = uninvited
    """How a letter asks its reader to LINE."""
    refusal_url: Callable[[Candidate], str] = nowhere
    """Where its reader refuses further letters."""
    survey_url: Callable[[Candidate], str] = nowhere
    """Where its reader says how content they are."""
    by_line: bool = False
    """Whether the letters go by LINE: in bubbles, and with the word that ends them instead of the footer of mail."""
    partners: tuple[LetterPartner, ...] = ()
    """Beside the first, whom `facts` and `referral_base_url` speak of."""

    def __call__(self, candidate: Candidate, referral_code: str) -> Letter | Finding:
        """The letter with this referral code ("" leaves the referral paragraph out)."""
        template = self.book.choose(candidate)
        if template is None:
            language = language_code(candidate.language, self.book.default_language)
            return Finding(Reason.NO_LETTER, {"detail": language})
        partner = letter_partner(candidate, self.partners)
        base_url = partner.base_url if partner else self.referral_base_url
        link = referral_url(base_url, referral_code) if referral_code else ""
        facts = partner.facts if partner else self.facts
        try:
            refusal_url = self.refusal_url(candidate)
            more = (self.invite(candidate), refusal_url, self.survey_url(candidate))
            letter = template.render(letter_fields(candidate, facts, link, *more))
        except LetterError as error:
            return Finding(Reason.LETTER_BROKEN, {"detail": error.ja, "detail_en": error.en})
        from sheets_automation.core.lint import lint_letter  # with the first letter

        found = lint_letter(letter, name=candidate.name, address=candidate.address.value or "", rules=self.lint)
        if found:
            return _first(found[0])
        if self.by_line:
            return _for_line(letter)
        return (footer_problem(letter.text, facts, refusal_url) if candidate.occasion else None) or letter

    def headings_used(self) -> frozenset[str]:
        """What the letters name beside our own words: headings of the sheet that have to be read for them."""
        used = {name for template in self.book.templates.values() for name in template.variables}
        return frozenset(name for name in used if folded(name) not in _OURS)


_OURS = frozenset(map(folded, OWN_FIELDS))
_SUBJECTS = {
    "empty": "件名が空です",
    "line_break": "件名に改行があります",
    "too_long": "件名が長すぎます",
}


def _for_line(letter: Letter) -> Letter | Finding:
    """The letter as a chat shows it, or why none can."""
    from sheets_automation.core.line_message import line_problem, with_way_out  # few send by LINE

    letter = with_way_out(letter)
    return line_problem(letter) or letter


def _first(found: LintFinding) -> Finding:
    """What stops the letter, in the words of the guards."""
    facts = {"detail": _SUBJECTS.get(found.detail, found.detail), "detail_en": found.detail.replace("_", " ")}
    return Finding(found.reason, facts if found.reason is Reason.SUBJECT_PROBLEM else {"detail": found.detail})
