"""Conditions as HR writes them into a row: 見出し1・比べ方1・値1 … 3, in タグ規則 and in フォロー計画."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from sheets_automation.core.analysis_forbidden import is_forbidden_heading, is_forbidden_label
from sheets_automation.core.cells import folded, number, text
from sheets_automation.core.heading_problems import cell_name
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import Row
from sheets_automation.core.tagging_rules import (
    NEEDS_NO_VALUE,
    NEEDS_NUMBER,
    Comparison,
    Condition,
    RuleProblem,
    comparison_named,
)

USED: Final = "使用"
MOST_CONDITIONS: Final = 3
ROWS_ABOVE: Final = 20
"""Of title and help, at most, before the headings."""
GROUP: Final = ("見出し", "比べ方", "値")
GROUPS: Final = tuple(f"{name}{number}" for number in range(1, MOST_CONDITIONS + 1) for name in GROUP)
GROUP_WIDTHS: Final = (26, 12, 34) * MOST_CONDITIONS
_UNUSED: Final = frozenset(map(folded, ("×", "✕", "✗", "x", "いいえ", "使わない", "なし", "no", "off", "false", "0")))
_BREAK: Final = re.compile(r"[、,，;；/／|\n]+")


def columns_of(row: Row, headings: Collection[str], needed: Collection[str]) -> Mapping[str, int]:
    """The columns by heading, if this is the heading row; else none. 見出し without a number is that of the first."""
    keys = {heading_key(value): column for column, value in row.cells.items()}
    found = {name: keys[key] for name in headings if (key := heading_key(name)) in keys}
    found |= {f"{name}1": keys[name] for name in GROUP if f"{name}1" not in found and name in keys}
    return found if {*needed, *(f"{name}1" for name in GROUP)} <= set(found) else {}


def parts(cell: str) -> tuple[str, ...]:
    """What a cell lists."""
    return tuple(dict.fromkeys(part for one in _BREAK.split(cell) if (part := text(one))))


def words_of(conditions: Collection[Condition]) -> tuple[str, ...]:
    """The cells of these conditions, as HR would write them."""
    said = (("、".join(one.headings), one.comparison.value, "、".join(one.values)) for one in conditions)
    return tuple(word for group in said for word in group)


class ConditionLine:
    """One row of such a tab, before anybody knows whether it can be followed."""

    def __init__(self, tab: str, row: Row, columns: Mapping[str, int]) -> None:
        self._tab = tab
        self._row = row
        self._columns = columns
        self.said = {name: text(row.cells.get(column)) for name, column in columns.items()}
        self.groups = [
            number
            for number in range(1, MOST_CONDITIONS + 1)
            if any(self.said.get(f"{name}{number}") for name in GROUP)
        ]

    @property
    def is_switched_off(self) -> bool:
        """Whether 使用 says no."""
        return folded(self.said.get(USED, "")) in _UNUSED

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions, where there are no problems."""
        return tuple(map(self._condition, self.groups))

    def condition_problems(self) -> Iterator[RuleProblem]:
        """Everything that is wrong with the conditions, by cell."""
        if not self.groups:
            yield self.problem(
                "見出し1", "条件がありません。見出し・比べ方・値を書いてください。", "has no condition; write one."
            )
        for group in self.groups:
            yield from self._problems_of(group)

    def cell(self, name: str) -> str:
        """Where a heading's cell of this row is."""
        column = self._columns.get(name, min(self._columns.values()))
        return f"{self._tab}!{cell_name(self._row.number, column)}"

    def problem(self, name: str, ja: str, en: str) -> RuleProblem:
        """A problem with the cell under a heading."""
        return RuleProblem(where=self.cell(name), ja=ja, en=en)

    def forbidden(self, name: str, word: str) -> RuleProblem:
        """A word by which nobody may be judged."""
        return self.problem(
            name,
            f"「{word}」は、選考や人材の評価に使ってはいけない項目です(職業安定法 5条の5)。この行は使いません。",
            f"{word} must not be used to judge people; the line is not used.",
        )

    def _problems_of(self, group: int) -> Iterator[RuleProblem]:
        heading, how, value = (self.said.get(f"{name}{group}", "") for name in GROUP)
        if not heading:
            yield self.problem(f"見出し{group}", "見出しが空です。表の見出しを書いてください。", "is empty.")
        for one in parts(heading):
            if is_forbidden_heading(one):
                yield self.forbidden(f"見出し{group}", one)
        for one in parts(value):
            if is_forbidden_label(one):
                yield self.forbidden(f"値{group}", one)
        comparison = comparison_named(how)
        if comparison is None:
            yield self._unknown_comparison(group, how)
        elif not value and comparison not in NEEDS_NO_VALUE:
            yield self.problem(f"値{group}", "値が空です。比べる言葉を書いてください。", "is empty.")
        elif comparison in NEEDS_NUMBER and number(value) is None:
            yield self.problem(
                f"値{group}",
                f"「{value}」は数ではありません。「{how}」には数を書いてください。",
                f"{value} is no number.",
            )

    def _condition(self, group: int) -> Condition:
        heading, how, value = (self.said.get(f"{name}{group}", "") for name in GROUP)
        comparison = comparison_named(how) or Comparison.CONTAINS
        values = (value,) if comparison in NEEDS_NUMBER else parts(value)
        return Condition(
            headings=parts(heading), comparison=comparison, values=values, cell=self.cell(f"見出し{group}")
        )

    def _unknown_comparison(self, group: int, how: str) -> RuleProblem:
        near = get_close_matches(how, list(Comparison), n=1, cutoff=0.4)
        ja = f"もしかして「{near[0]}」ですか。" if near else ""
        known = "、".join(Comparison)
        return self.problem(
            f"比べ方{group}",
            f"「{how}」という比べ方はありません。{ja}書けるのは {known} です。"
            if how
            else f"比べ方が空です。書けるのは {known} です。",
            f"{how or 'blank'} is no way to compare; use one of {known}.",
        )
