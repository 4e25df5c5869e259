"""要確認 tab: everybody who was not sent a letter, why, and what to do; those who need a person come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sheets_automation.core.csv_text import as_text
from sheets_automation.core.reasons import Severity
from sheets_automation.core.view_cells import (
    EMPTY_ROW,
    CellRow,
    as_of,
    big,
    headings,
    label,
    note,
    text,
    title,
    wrapped,
)
from sheets_automation.core.views import Look, TabView, ViewCell

TITLE: Final = "要確認(通知しなかった候補者)"
MOST_LINES: Final = 5_000
"""Nobody reads more, and a tab of 100,000 lines takes longer to write than the letters."""
_CELLS_SHOWN: Final = 20
_WIDTHS: Final = (13, 17, 18, 15, 46, 46)
_WORDS: Final = {
    Severity.ACT: ("対応が必要", Look.ATTENTION, "そのままでは通知が届きません。右の「すること」をお願いします。"),
    Severity.WAIT: ("待機中", Look.WAIT, "条件がそろえば、次の実行で自動的に送ります。"),
    Severity.NONE: ("対応不要", Look.QUIET, "通知の対象ではないので、このままで結構です。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One candidate who was left out."""

    cell: str
    """Where to look, e.g. "候補者!E17"."""
    candidate_id: str
    name: str
    reason: str
    """A sentence for HR."""
    advice: str = ""
    """What to do; empty where the reason says it, or where nothing is to be done."""
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Who has waited longer than promised, whatever the reason: silence is a failure too."""

    days: int
    """How long is too long."""
    cells: tuple[str, ...] = ()
    """Where they stand, e.g. "候補者!B17"."""


def review_tab(
    entries: Iterable[ReviewEntry], now: datetime, tab: str = "要確認", waiting: Waiting | None = None
) -> TabView:
    """The tab of these entries, counted on top; within a severity, the same reasons stand together.

    Equal reasons keep the order in which they were given, which should be the order of the sheet. What goes
    beyond MOST_LINES is only counted: those who need a person stand before it.
    """
    entries = list(entries)
    head = _head_rows(Counter(entry.severity for entry in entries), now, waiting)
    return TabView(
        tab=tab,
        title=TITLE,
        rows=(*head, *_list_rows(entries)),
        widths=_WIDTHS,
        frozen_rows=len(head),
        filter_row=len(head) - 1 if entries else None,
    )


def _head_rows(in_severity: Mapping[Severity, int], now: datetime, waiting: Waiting | None) -> list[CellRow]:
    """What stands above the list, its headings last."""
    counts = [(label(word), big(in_severity[s]), note(meaning)) for s, (word, _, meaning) in _WORDS.items()]
    if waiting is not None and waiting.cells:
        counts.append((label("お待たせ中"), big(len(waiting.cells)), note(_who_waits(waiting))))
    columns = headings("対応", "氏名", "候補者ID", "場所", "理由", "すること")
    return [(title(TITLE),), (as_of(now),), EMPTY_ROW, *counts, EMPTY_ROW, columns]


def _who_waits(waiting: Waiting) -> str:
    shown = "、".join(waiting.cells[:_CELLS_SHOWN]) + (" ほか" if len(waiting.cells) > _CELLS_SHOWN else "")
    return f"結果が出て {waiting.days} 日を過ぎても連絡できていない方です: {shown}"


def _list_rows(entries: Sequence[ReviewEntry]) -> list[CellRow]:
    frequency = Counter((entry.severity, entry.reason) for entry in entries)
    ranks = {severity: rank for rank, severity in enumerate(_WORDS)}

    def order(entry: ReviewEntry) -> tuple[int, int, str]:
        return ranks[entry.severity], -frequency[entry.severity, entry.reason], entry.reason

    rows = [_entry_row(entry) for entry in sorted(entries, key=order)[:MOST_LINES]]
    more = len(entries) - len(rows)
    if more:
        rows.append((note(f"ほかに {more:,} 名います。全員の一覧は relay send --json で出せます。"),))
    return rows or [(note("確認が必要な候補者はいません。"),)]


def _entry_row(entry: ReviewEntry) -> CellRow:
    word, look, _ = _WORDS[entry.severity]
    return (
        ViewCell(value=word, look=look),
        text(as_text(entry.name)),
        text(as_text(entry.candidate_id)),
        text(entry.cell),
        wrapped(entry.reason),
        wrapped(entry.advice),
    )
