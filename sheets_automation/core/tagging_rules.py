"""タグ規則 as data: a tag, and up to three conditions that all have to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sheets_automation.core.cells import folded


class Comparison(StrEnum):
    """比べ方: how a cell is compared. The value is the word in the tab."""

    CONTAINS = "含む"
    LACKS = "含まない"
    EQUALS = "等しい"
    DIFFERS = "等しくない"
    REACHED = "まで進んだ"  # of a stage: this one or any later
    AT_LEAST = "以上"
    AT_MOST = "以下"
    WITHIN_DAYS = "日以内"
    DAYS_AGO = "日以上前"
    FILLED = "記入あり"
    BLANK = "記入なし"


_SPELLINGS = {
    Comparison.CONTAINS: "含む を含む がある あり いずれかを含む 部分一致 contains has",
    Comparison.LACKS: "含まない を含まない がない lacks",
    Comparison.EQUALS: "等しい が等しい と等しい 一致 である = == is equals",
    Comparison.DIFFERS: "等しくない 以外 ではない でない <> != isnot",
    Comparison.REACHED: "まで進んだ まで まで進む 以降 に進んだ reached",
    Comparison.AT_LEAST: "以上 >= atleast",
    Comparison.AT_MOST: "以下 <= atmost",
    Comparison.WITHIN_DAYS: "日以内 日間以内 withindays",
    Comparison.DAYS_AGO: "日以上前 日より前 daysago",
    Comparison.FILLED: "記入あり 空でない 入力あり filled",
    Comparison.BLANK: "記入なし 空 空欄 入力なし blank",
}
_BY_WORD = {folded(word): one for one, line in _SPELLINGS.items() for word in line.split()}
NEEDS_NO_VALUE = frozenset({Comparison.FILLED, Comparison.BLANK})
NEEDS_NUMBER = frozenset({Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.WITHIN_DAYS, Comparison.DAYS_AGO})


def comparison_named(word: str) -> Comparison | None:
    """The comparison that HR means, in any of its spellings."""
    return _BY_WORD.get(folded(word).replace(" ", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """条件: something that has to be true of a row."""

    headings: tuple[str, ...]
    """As HR wrote them. With several, one of them is enough; to lack something, or to be blank, all of them."""
    comparison: Comparison
    values: tuple[str, ...] = ()
    """One of them is enough."""
    cell: str = ""
    """Where it stands, for messages."""


class Conditional(Protocol):
    """Whatever holds for rows that fulfil its conditions."""

    @property
    def conditions(self) -> Sequence[Condition]:
        """All of them have to be true."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """規則: whoever fulfils every condition is proposed the tag."""

    tag: str
    conditions: tuple[Condition, ...]
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProblem:
    """A cell of the tab that HR has to put right, or should know of."""

    where: str
    ja: str
    en: str

    def text(self, language: str) -> str:
        """The sentence in one language."""
        return self.ja if language == "ja" else self.en


_SKILLS = ("スキル", "保有スキル", "資格", "職務経歴", "備考")
_ASSESSED = ("評価", "総合評価コメント", "面接メモ", "備考")
_REJECTED = Condition(headings=("選考結果",), comparison=Comparison.EQUALS, values=("不採用",))


def _came_to(stage: str) -> Condition:
    return Condition(headings=("選考段階",), comparison=Comparison.REACHED, values=(stage,))


READY = (
    TagRule(
        tag="スキル強",
        conditions=(
            Condition(
                headings=_SKILLS,
                comparison=Comparison.CONTAINS,
                values=("Python", "Java", "TypeScript", "AWS", "CAD", "簿記", "法人営業", "マネジメント"),
            ),
            _came_to("最終面接"),
            _REJECTED,
        ),
    ),
    TagRule(tag="再応募候補", conditions=(_came_to("二次面接"), _REJECTED)),
    TagRule(
        tag="別ポジション適性あり",
        conditions=(
            Condition(
                headings=_ASSESSED,
                comparison=Comparison.CONTAINS,
                values=("別ポジション", "別職種", "他ポジション", "他職種", "他部署", "別部署"),
            ),
            _REJECTED,
        ),
    ),
)
"""What a workbook without rules of its own begins with; HR changes it in the tab."""
