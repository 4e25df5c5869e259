"""The タグ規則 tab: one rule in a row, written and read by HR. Made once, and never written over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from sheets_automation.core.analysis_forbidden import is_forbidden_heading, is_forbidden_label
from sheets_automation.core.cells import folded, number, text
from sheets_automation.core.heading_problems import cell_name
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import Row, Table
from sheets_automation.core.tagging_rules import (
    NEEDS_NO_VALUE,
    NEEDS_NUMBER,
    READY,
    Comparison,
    Condition,
    RuleProblem,
    TagRule,
    comparison_named,
)
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, headings, note, title
from sheets_automation.core.view_cells import text as plain
from sheets_automation.core.views import TabView

TAB: Final = "タグ規則"
TITLE: Final = "タグ規則(どんな方に、どのタグを提案するか)"
_MOST_CONDITIONS: Final = 3
_TAG, _USED = "タグ", "使用"
_GROUP: Final = ("見出し", "比べ方", "値")
HEADINGS: Final = (
    _USED,
    _TAG,
    *(f"{name}{number}" for number in range(1, _MOST_CONDITIONS + 1) for name in _GROUP),
    "メモ",
)
_HELP: Final = (
    "1 行が 1 つの規則です。条件 1〜3 がすべて当てはまる方に、そのタグを「タグ候補」の列で提案します。",
    "「タグ」の列に書かれたものは変えません。",
    "「見出し」は候補者の表の見出しです。「見出し」と「値」は「、」で区切っていくつでも書けます。",
    "そのうち一つが当てはまれば十分です。",
    f"「比べ方」に書ける言葉: {'、'.join(Comparison)}。「まで進んだ」は選考段階に使います(例: 最終面接)。",
    "同じタグの行をいくつ書いても構いません。止めるときは「使用」を × にします。",
    "年齢・性別など、選考に使えない項目は条件にできません。",
)
_WIDTHS: Final = (6, 22, *(26, 12, 34) * _MOST_CONDITIONS, 30)
_ROWS_ABOVE: Final = 20
_UNUSED: Final = frozenset(map(folded, ("×", "✕", "✗", "x", "いいえ", "使わない", "なし", "no", "off", "false", "0")))
_BREAK: Final = re.compile(r"[、,，;；/／|\n]+")


class RulesTab(NamedTuple):
    """What the tab says: the rules that can be followed, and what is wrong with the others."""

    rules: tuple[TagRule, ...]
    problems: tuple[RuleProblem, ...] = ()


def read_rules(table: Table | None) -> RulesTab:
    """Read HR's rules, or those that come ready where the workbook has no such tab."""
    if table is None:
        return RulesTab(READY)
    rows = iter(table.rows())
    columns = next((found for row in rows if (found := _columns(row)) or row.number > _ROWS_ABOVE), {})
    if not columns:
        return RulesTab((), (_no_headings(table.title),))
    rules: list[TagRule] = []
    problems: list[RuleProblem] = []
    for row in rows:
        line = _Line(table.title, row, columns)
        if not line.is_used:
            continue
        if wrong := list(line.problems()):
            problems += wrong
        else:
            rules.append(line.rule())
    return RulesTab(tuple(rules), tuple(problems))


def rules_tab(tab: str, rules: Sequence[TagRule] = READY) -> TabView:
    """The tab as we make it for a workbook that has none."""
    rows: list[CellRow] = [(title(TITLE),), *((note(line),) for line in _HELP), EMPTY_ROW, headings(*HEADINGS)]
    rows += [_row(rule) for rule in rules]
    at = len(rows) - len(rules)
    return TabView(tab=tab, title=TITLE, rows=tuple(rows), widths=_WIDTHS, frozen_rows=at)


def _row(rule: TagRule) -> CellRow:
    said = [
        word
        for one in rule.conditions
        for word in ("、".join(one.headings), one.comparison.value, "、".join(one.values))
    ]
    return tuple(plain(word) for word in ("○", rule.tag, *said))


def _columns(row: Row) -> Mapping[str, int]:
    """The columns of a heading row. 見出し without a number is that of the first condition."""
    keys = {heading_key(value): column for column, value in row.cells.items()}
    found = {name: keys[key] for name in HEADINGS if (key := heading_key(name)) in keys}
    found |= {f"{name}1": keys[name] for name in _GROUP if f"{name}1" not in found and name in keys}
    return found if {_TAG, *(f"{name}1" for name in _GROUP)} <= set(found) else {}


class _Line:
    """One row of the tab, before anybody knows whether it is a rule."""

    def __init__(self, tab: str, row: Row, columns: Mapping[str, int]) -> None:
        self._tab = tab
        self._row = row
        self._columns = columns
        self.said = {name: text(row.cells.get(column)) for name, column in columns.items()}
        self.groups = [
            number
            for number in range(1, _MOST_CONDITIONS + 1)
            if any(self.said.get(f"{name}{number}") for name in _GROUP)
        ]

    @property
    def is_used(self) -> bool:
        """Whether the row holds a rule that is not switched off."""
        return bool(self.groups or self.said[_TAG]) and folded(self.said.get(_USED, "")) not in _UNUSED

    def rule(self) -> TagRule:
        """The rule, where there are no problems."""
        return TagRule(tag=self.said[_TAG], conditions=tuple(map(self._condition, self.groups)), cell=self._cell(_TAG))

    def problems(self) -> Iterator[RuleProblem]:
        """Everything that is wrong with the row, by cell."""
        tag = self.said[_TAG]
        if not tag:
            yield self._problem(_TAG, "タグが空です。提案するタグを書いてください。", "is empty; name a tag.")
        elif len(_parts(tag)) > 1:
            yield self._problem(
                _TAG,
                "タグが二つ以上あります。1 行に一つだけにしてください。",
                "holds several tags; write one in a row.",
            )
        elif is_forbidden_label(tag):
            yield self._forbidden(_TAG, tag)
        if not self.groups:
            yield self._problem(
                "見出し1", "条件がありません。見出し・比べ方・値を書いてください。", "has no condition; write one."
            )
        for group in self.groups:
            yield from self._problems_of(group)

    def _problems_of(self, group: int) -> Iterator[RuleProblem]:
        heading, how, value = (self.said.get(f"{name}{group}", "") for name in _GROUP)
        if not heading:
            yield self._problem(f"見出し{group}", "見出しが空です。表の見出しを書いてください。", "is empty.")
        for one in _parts(heading):
            if is_forbidden_heading(one):
                yield self._forbidden(f"見出し{group}", one)
        for one in _parts(value):
            if is_forbidden_label(one):
                yield self._forbidden(f"値{group}", one)
        comparison = comparison_named(how)
        if comparison is None:
            yield self._unknown_comparison(group, how)
        elif not value and comparison not in NEEDS_NO_VALUE:
            yield self._problem(f"値{group}", "値が空です。比べる言葉を書いてください。", "is empty.")
        elif comparison in NEEDS_NUMBER and number(value) is None:
            yield self._problem(
                f"値{group}",
                f"「{value}」は数ではありません。「{how}」には数を書いてください。",
                f"{value} is no number.",
            )

    def _condition(self, group: int) -> Condition:
        heading, how, value = (self.said.get(f"{name}{group}", "") for name in _GROUP)
        comparison = comparison_named(how) or Comparison.CONTAINS
        values = (value,) if comparison in NEEDS_NUMBER else _parts(value)
        return Condition(
            headings=_parts(heading), comparison=comparison, values=values, cell=self._cell(f"見出し{group}")
        )

    def _unknown_comparison(self, group: int, how: str) -> RuleProblem:
        near = get_close_matches(how, list(Comparison), n=1, cutoff=0.4)
        ja = f"もしかして「{near[0]}」ですか。" if near else ""
        known = "、".join(Comparison)
        return self._problem(
            f"比べ方{group}",
            f"「{how}」という比べ方はありません。{ja}書けるのは {known} です。"
            if how
            else f"比べ方が空です。書けるのは {known} です。",
            f"{how or 'blank'} is no way to compare; use one of {known}.",
        )

    def _forbidden(self, name: str, word: str) -> RuleProblem:
        return self._problem(
            name,
            f"「{word}」は、選考や人材の評価に使ってはいけない項目です(職業安定法 5条の5)。この規則は使いません。",
            f"{word} must not be used to judge people; the rule is not used.",
        )

    def _cell(self, name: str) -> str:
        column = self._columns.get(name, self._columns[_TAG])
        return f"{self._tab}!{cell_name(self._row.number, column)}"

    def _problem(self, name: str, ja: str, en: str) -> RuleProblem:
        return RuleProblem(where=self._cell(name), ja=ja, en=en)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in _BREAK.split(cell) if (part := text(one))))


def _no_headings(tab: str) -> RuleProblem:
    return RuleProblem(
        where=tab,
        ja="見出し「タグ」「見出し1」「比べ方1」「値1」がそろっていません。タブを消すと、次の実行で作り直します。",
        en="lacks the headings タグ, 見出し1, 比べ方1, 値1. Delete the tab, and the next run makes it anew.",
    )
