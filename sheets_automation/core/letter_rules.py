"""Which letter a candidate gets: a small table, read from the top; the first rule that fits decides."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from sheets_automation.core.letter_fields import folded
from sheets_automation.core.model import Candidate, Letter

STANDARD: Final = "standard"

LANGUAGES: Final = {
    **dict.fromkeys(("ja", "jp", "jpn", "japanese", "日本語", "日", "和文"), "ja"),
    **dict.fromkeys(("en", "eng", "english", "英語", "英", "英文"), "en"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRule:
    """One line of the table. What is left empty fits everybody; what is given must be equal, not merely contained."""

    template: str
    tag: str = ""
    stage: str = ""
    language: str = ""
    opening: str = ""

    def fits(self, candidate: Candidate, language: str) -> bool:
        """Whether this rule is for the candidate."""
        return (
            (not self.tag or folded(self.tag) in map(folded, candidate.tags))
            and (not self.stage or folded(self.stage) == folded(candidate.stage))
            and (not self.language or language_code(self.language) == language)
            and (not self.opening or folded(self.opening) == folded(candidate.opening))
        )


# How far somebody came weighs more than what HR noted: whoever gave several interviews is thanked for them.
_FINAL_STAGES: Final = ("最終面接", "最終選考", "役員面接", "final interview")
DEFAULT_RULES: Final = (
    *(LetterRule(template="after_final_interview", stage=stage) for stage in _FINAL_STAGES),
    *(LetterRule(template="other_position", tag=tag) for tag in ("別ポジション適性あり", "other position")),
    *(LetterRule(template="reapply", tag=tag) for tag in ("再応募候補", "reapply")),
)


@lru_cache(maxsize=256)
def language_code(text: str, default: str = "ja") -> str:
    """The two letters for what a language cell says ("英語", "en-US"); the word itself where it is none we know."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    return LANGUAGES.get(word) or LANGUAGES.get(word.replace("_", "-").partition("-")[0]) or word or default


class LetterForm(Protocol):
    """A letter in one language, before it is about anybody."""

    @property
    def id(self) -> str:
        """Name and language, e.g. "standard.ja"."""
        ...

    @property
    def variables(self) -> Sequence[str]:
        """The headings that it names."""
        ...

    def check_variables(self, known: Collection[str]) -> None:
        """Raise LetterError for the first variable that is not among the `known` names."""
        ...

    def render(self, fields: Mapping[str, str]) -> Letter:
        """The letter for one candidate."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBook:
    """All letters of a run, and the table that chooses among them."""

    templates: Mapping[str, LetterForm]
    """By template id, e.g. "standard.ja"; one from the workbook in place of the file of the same id."""
    rules: tuple[LetterRule, ...] = DEFAULT_RULES
    default: str = STANDARD
    default_language: str = "ja"

    def choose(self, candidate: Candidate) -> LetterForm | None:
        """The candidate's letter; the default one where the rule's letter lacks the candidate's language.

        None when there is no letter in that language at all: nobody is sent one that they cannot read.
        """
        language = language_code(candidate.language, self.default_language)
        if candidate.occasion:
            return self.templates.get(f"{candidate.occasion.letter}.{language}")
        name = next((rule.template for rule in self.rules if rule.fits(candidate, language)), self.default)
        return self.templates.get(f"{name}.{language}") or self.templates.get(f"{self.default}.{language}")
