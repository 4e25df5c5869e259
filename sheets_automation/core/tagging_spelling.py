"""Labels that are probably one and the same: proposals for a person to tidy up, and never done by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz.distance import OSA

from sheets_automation.core.cells import folded
from sheets_automation.core.model import Candidate
from sheets_automation.core.tagging_words import folded_text

_MOST_COMPARED = 1_000
"""Distinct labels; whoever has more than these keeps sentences in the column, not tags."""
_SHORTEST = 4
"""Of two words with fewer characters nearly every pair is one step apart."""
# By hand: what HR teams write for one another's words. Each line is one tag, the first word the proposal.
_SYNONYMS = (
    "スキル強 スキル高 スキル◎ スキルあり 高スキル 即戦力",
    "再応募候補 再応募可 再応募歓迎 再チャレンジ 再アプローチ 要再アプローチ 掘り起こし",
    "別ポジション適性あり 別ポジション 別職種適性あり 他ポジション 他職種適性 別ポジ",
    "保留 ペンディング hold pending",
    "送信しない 送信不可 送信停止 送付不要 メール不可",
)
_SYNONYM = {folded_text(word): line.split()[0] for line in _SYNONYMS for word in line.split()[1:]}


class Likeness(StrEnum):
    """Why two labels are taken for one."""

    WRITING = "writing"  # the same but for width, case, kana, blanks, or a long vowel
    TYPO = "typo"  # one slip of the hand apart
    SYNONYM = "synonym"  # different words that teams use for the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidying:
    """Write `instead` for `label`."""

    label: str
    instead: str
    people: int
    """How many rows have it."""
    likeness: Likeness

    def why(self, language: str) -> str:
        """Why, in one language."""
        ja, en = _WHY[self.likeness]
        return ja if language == "ja" else en


_WHY = {
    Likeness.WRITING: ("表記だけが違います", "only the spelling differs"),
    Likeness.TYPO: ("一字違いです(打ち間違いかもしれません)", "one slip apart; perhaps a typo"),
    Likeness.SYNONYM: ("同じ意味で使われる言葉です", "used for the same thing"),
}


def tidyings(candidates: Iterable[Candidate], known: Sequence[str] = ()) -> tuple[Tidying, ...]:
    """Propose to write labels alike. The commoner one stays; a tag of the rules (`known`) stays before any other."""
    people = Counter(tag for one in candidates for tag in one.tags)
    found: dict[str, Tidying] = {}
    for label, instead, likeness in _pairs(people, frozenset(map(folded, known))):
        found.setdefault(label, Tidying(label=label, instead=instead, people=people[label], likeness=likeness))
    return tuple(sorted(found.values(), key=lambda one: (-one.people, one.label)))


def _pairs(people: Counter[str], known: frozenset[str]) -> Iterator[tuple[str, str, Likeness]]:
    labels = sorted(people, key=lambda label: (folded(label) not in known, -people[label], label))[:_MOST_COMPARED]
    keys = {label: _key(label) for label in labels}
    for stays, goes in combinations(labels, 2):
        if keys[stays] == keys[goes]:
            yield goes, stays, Likeness.WRITING
    for label in labels:
        instead = _SYNONYM.get(folded_text(label))
        if instead and folded(label) not in known:
            yield label, instead, Likeness.SYNONYM
    for stays, goes in combinations(labels, 2):
        if folded(goes) not in known and _is_slip(keys[stays], keys[goes]):
            yield goes, stays, Likeness.TYPO


def _key(label: str) -> str:
    return "".join(character for character in folded_text(label) if character.isalnum() and character != "ー")


def _is_slip(one: str, other: str) -> bool:
    """Tell whether a single letter differs; a digit that differs (2025卒, 2026卒) is no slip."""
    if min(len(one), len(other)) < _SHORTEST or [*filter(str.isdigit, one)] != [*filter(str.isdigit, other)]:
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1
