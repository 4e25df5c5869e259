"""選考段階: in which order the stages stand, and how far each candidate came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sheets_automation.core.cells import folded, words
from sheets_automation.core.model import Candidate, Decision


class Outcome(StrEnum):
    """What became of a candidacy at the last stage that it reached."""

    GOING = "going"  # no result yet, or a word that nobody listed
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NOT_CONSIDERED = "not_considered"
    OFFERED = "offered"
    HIRED = "hired"


STOPPED = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.NOT_CONSIDERED)
_OUTCOMES: Mapping[Decision, Outcome] = {
    Decision.IN_SELECTION: Outcome.GOING,
    Decision.UNKNOWN: Outcome.GOING,
    Decision.REJECTED: Outcome.REJECTED,
    Decision.WITHDRAWN: Outcome.WITHDRAWN,
    Decision.NOT_CONSIDERED: Outcome.NOT_CONSIDERED,
    Decision.OFFERED: Outcome.OFFERED,
    Decision.HIRED: Outcome.HIRED,
}

APPLIED, OFFER, HIRE = "応募", "内定", "採用"
OFFER_RANK, HIRE_RANK = 1000, 1001
"""Behind every stage that anybody lists."""
# Each line is one stage, in the usual order; different words for one stage are counted together.
_KNOWN = (
    "カジュアル面談|面談|casual interview|casual",
    "書類選考|書類審査|書類|document screening|resume screening|screening",
    "適性検査|適性テスト|webテスト|筆記試験|筆記|課題|課題選考|コーディングテスト|test|assessment",
    "一次面接|一次選考|1次面接|1次選考|第一次面接|一次|面接|first interview|interview",
    "二次面接|二次選考|2次面接|2次選考|第二次面接|二次|second interview",
    "三次面接|三次選考|3次面接|3次選考|第三次面接|三次|third interview",
    "最終面接|最終選考|最終|役員面接|社長面接|final interview",
)
_AT_APPLICATION = words("応募 応募受付 受付 エントリー 未対応 entry applied application")
_AT_OFFER = words("内定 内定通知 オファー オファー面談 条件提示 採用 入社 入社決定 offer hired")


class Standing(NamedTuple):
    """How far a candidate came, as a place on the ladder, and what became of them there."""

    place: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The stages in their order: application first, then those that the workbook uses, offer and hire last."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    """By folded word of the sheet."""
    unknown: tuple[tuple[str, int], ...]
    """Words whose place nobody knows, with the number of rows: they count as applications and no further."""
    ranks: tuple[int, ...]
    """Of each name, the same in every workbook that lists its stages alike: 0 for the application, 1 for the first."""

    def standing(self, candidate: Candidate) -> Standing:
        """Where this candidate stands. An offer or a hire has passed every stage, whatever the stage column says."""
        outcome = _OUTCOMES[candidate.decision]
        last = len(self.names) - 1
        if outcome is Outcome.HIRED:
            return Standing(last, outcome)
        if outcome is Outcome.OFFERED:
            return Standing(last - 1, outcome)
        return Standing(self.places.get(folded(candidate.stage), 0), outcome)


def ladder_of(candidates: Iterable[Candidate], configured: Sequence[str] = ()) -> Ladder:
    """Put the stages that stand in the workbook in order: as configured, or as is usual."""
    stages = Counter(candidate.stage for candidate in candidates if candidate.stage)
    ranks = _ranks(configured)
    used: dict[int, Counter[str]] = {}
    unknown: Counter[str] = Counter()
    for word, rows in stages.items():
        key = folded(word)
        if key in ranks:
            used.setdefault(ranks[key], Counter())[word] += rows
        elif key not in _AT_APPLICATION | _AT_OFFER:
            unknown[word] += rows
    order = sorted(used)
    names = (APPLIED, *(_commonest(used[rank]) for rank in order), OFFER, HIRE)
    places = {folded(word): place for place, rank in enumerate(order, start=1) for word in used[rank]}
    places |= {word: len(names) - 2 for word in _AT_OFFER - set(ranks)}
    numbers = (0, *(rank + 1 for rank in order), OFFER_RANK, HIRE_RANK)
    return Ladder(names=names, places=places, unknown=tuple(unknown.most_common()), ranks=numbers)


def _ranks(configured: Sequence[str]) -> Mapping[str, int]:
    lines = tuple(configured) or _KNOWN
    return {folded(word): rank for rank, line in enumerate(lines) for word in line.split("|")}


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], word))
