"""お詫び: the letter to whoever was sent something that they should not have got. It names nobody.

Which name belongs to which address may be the very thing that went wrong, so no name of a row stands in it, and none in
its header: a second letter with a wrong name would be a second incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import LetterError
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.incident import LetterThatLeft
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.model import Address, Candidate, Decision, Letter
from sheets_automation.core.reasons import Reason
from sheets_automation.core.wording import minute_in_words

if TYPE_CHECKING:  # what looks at links takes its time, and most look-backs write no letter
    from sheets_automation.core.letter_rules import LetterForm
    from sheets_automation.core.lint_rules import LintRules

NAME: Final = "apology"
FIELD_NAMES: Final = {
    "company": "会社名",
    "contact_person": "担当",
    "contact": "連絡先",
    "signature": "署名",
    "sent_at": "送信日時",
    "first_subject": "元の件名",
    "what_happened": "経緯",
}
"""What an apology may say, English to Japanese: nothing of a row."""
OWN_FIELDS: Final = (*FIELD_NAMES, *FIELD_NAMES.values())


def recipient_of(letter: LetterThatLeft, row: int) -> Candidate:
    """Whoever reads this address, as somebody who can be written to: an address, and the words about the letter."""
    return Candidate(
        row=row,
        id=letter.apology_key.candidate_id,
        address=Address(value=letter.claim.to_address),
        decision=Decision.NOT_CONSIDERED,
        language=letter.language,
        fields={"送信日時": minute_in_words(letter.at), "元の件名": letter.claim.subject},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyComposer:
    """Writes the apology for a recipient, or says what is wrong with it. The same input gives the same letter."""

    forms: Mapping[str, LetterForm]
    """By language."""
    facts: LetterFacts
    lint: LintRules
    what_happened: str

    def __call__(self, recipient: Candidate, _code: str) -> Letter | Finding:
        """The letter, looked at as every letter is, but for the name that it must not have."""
        form = self.forms.get(recipient.language) or next(iter(self.forms.values()), None)
        if form is None:
            return Finding(Reason.NO_LETTER, {"detail": NAME})
        try:
            letter = form.render(self._fields(recipient))
        except LetterError as error:
            return Finding(Reason.LETTER_BROKEN, {"detail": error.ja, "detail_en": error.en})
        return _objection(letter, recipient.address.value or "", self.lint) or letter

    def _fields(self, recipient: Candidate) -> dict[str, str]:
        own = {
            "company": self.facts.company,
            "contact_person": self.facts.contact_person,
            "contact": self.facts.contact,
            "signature": self.facts.signature,
            "sent_at": recipient.fields["送信日時"],
            "first_subject": recipient.fields["元の件名"],
            "what_happened": self.what_happened,
        }
        return {**own, **{FIELD_NAMES[name]: value for name, value in own.items()}}


def _objection(letter: Letter, address: str, rules: LintRules) -> Finding | None:
    from sheets_automation.core.lint import lint_letter

    for found in lint_letter(letter, name="", address=address, rules=rules):
        if found.reason is not Reason.MISSING_HONORIFIC:
            return Finding(found.reason, {"detail": found.detail})
    return None
