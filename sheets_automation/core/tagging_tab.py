"""The タグ規則 tab: one rule in a row, written and read by HR. Made once, and never written over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sheets_automation.core.analysis_forbidden import is_forbidden_label
from sheets_automation.core.condition_cells import (
    GROUP_WIDTHS,
    GROUPS,
    ROWS_ABOVE,
    USED,
    ConditionLine,
    columns_of,
    parts,
    words_of,
)
from sheets_automation.core.table import Table
from sheets_automation.core.tagging_rules import READY, Comparison, RuleProblem, TagRule
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, headings, note, title
from sheets_automation.core.view_cells import text as plain
from sheets_automation.core.views import TabView

TAB: Final = "タグ規則"
TITLE: Final = "タグ規則(どんな方に、どのタグを提案するか)"
_TAG: Final = "タグ"
HEADINGS: Final = (USED, _TAG, *GROUPS, "メモ")
_HELP: Final = (
    "1 行が 1 つの規則です。条件 1〜3 がすべて当てはまる方に、そのタグを「タグ候補」の列で提案します。",
    "「タグ」の列に書かれたものは変えません。",
    "「見出し」は候補者の表の見出しです。「見出し」と「値」は「、」で区切っていくつでも書けます。",
    "そのうち一つが当てはまれば十分です。",
    f"「比べ方」に書ける言葉: {'、'.join(Comparison)}。「まで進んだ」は選考段階に使います(例: 最終面接)。",
    "同じタグの行をいくつ書いても構いません。止めるときは「使用」を × にします。",
    "年齢・性別など、選考に使えない項目は条件にできません。",
)
_WIDTHS: Final = (6, 22, *GROUP_WIDTHS, 30)


class RulesTab(NamedTuple):
    """What the tab says: the rules that can be followed, and what is wrong with the others."""

    rules: tuple[TagRule, ...]
    problems: tuple[RuleProblem, ...] = ()


def read_rules(table: Table | None) -> RulesTab:
    """Read HR's rules, or those that come ready where the workbook has no such tab."""
    if table is None:
        return RulesTab(READY)
    rows = iter(table.rows())
    columns = next(
        (found for row in rows if (found := columns_of(row, HEADINGS, {_TAG})) or row.number > ROWS_ABOVE), {}
    )
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
    return tuple(plain(word) for word in ("○", rule.tag, *words_of(rule.conditions)))


class _Line(ConditionLine):
    """One row of the tab."""

    @property
    def is_used(self) -> bool:
        """Whether the row holds a rule that is not switched off."""
        return bool(self.groups or self.said[_TAG]) and not self.is_switched_off

    def rule(self) -> TagRule:
        """The rule, where there are no problems."""
        return TagRule(tag=self.said[_TAG], conditions=self.conditions(), cell=self.cell(_TAG))

    def problems(self) -> Iterator[RuleProblem]:
        """Everything that is wrong with the row, by cell."""
        tag = self.said[_TAG]
        if not tag:
            yield self.problem(_TAG, "タグが空です。提案するタグを書いてください。", "is empty; name a tag.")
        elif len(parts(tag)) > 1:
            yield self.problem(
                _TAG,
                "タグが二つ以上あります。1 行に一つだけにしてください。",
                "holds several tags; write one in a row.",
            )
        elif is_forbidden_label(tag):
            yield self.forbidden(_TAG, tag)
        yield from self.condition_problems()


def _no_headings(tab: str) -> RuleProblem:
    return RuleProblem(
        where=tab,
        ja="見出し「タグ」「見出し1」「比べ方1」「値1」がそろっていません。タブを消すと、次の実行で作り直します。",
        en="lacks the headings タグ, 見出し1, 比べ方1, 値1. Delete the tab, and the next run makes it anew.",
    )
