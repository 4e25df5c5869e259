"""The loop in the 分析 tab: a table with a rate between each pair of steps, and a chart over it."""

from __future__ import annotations

from sheets_automation.core.analysis_loop import LoopStep
from sheets_automation.core.analysis_loop_words import LOOP_WORDS, rate_text
from sheets_automation.core.analysis_words import NOTHING
from sheets_automation.core.view_cells import CellRow, headings, note, number, text
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, ViewCell

SECTION = "紹介の循環(不採用から採用まで)"


def loop_chart(top: int, first_row: int, steps: int) -> ChartView:
    """A bar for each step, over the table that begins at `first_row` (0-based, below its headings)."""
    counts = ChartSeries(
        name="人数・件数", category_column=0, value_column=2, first_row=first_row, last_row=first_row + steps - 1
    )
    name = "紹介の循環(名・件)"
    return ChartView(kind=ChartKind.BAR, title=name, series=(counts,), row=top, column=0, width=900, height=300)


def loop_rows(steps: tuple[LoopStep, ...], first_row: int) -> list[CellRow]:
    """One line for each step; `first_row` is the 1-based row of the headings."""
    rows: list[CellRow] = [
        headings("段階", "前からの率", "人数・件数", "分子", "分母", "検算(%)", "", "期間と定義", *[""] * 8)
    ]
    for row, step in enumerate(steps, start=first_row + 1):
        words = LOOP_WORDS[step.id]
        told = note(f"{words.period[0]}。{words.definition[0]}")
        mark = note("※") if step.is_small else None
        shown = ViewCell(value=rate_text(step), look=Look.NUMBER)  # text that stands to the right, as a number does
        rows.append((text(words.name[0]), shown, number(step.count), *_parts(step, row), mark, told))
    how = (
        "前からの率は、すぐ上の段階に対するものです。クレジットより下は、同じ方を追った割合ではありません"
        "(登録、クレジット、新しい候補者は別々の日付で数えます)。"
    )
    return [*rows, (note(how),)]


def _parts(step: LoopStep, row: int) -> tuple[ViewCell, ...]:
    """Numerator, denominator, and a formula over these two that must come to the rate."""
    if step.before is None:
        nothing = ViewCell(value="", look=Look.NUMBER)  # whose heading stands to the right, too
        return nothing, nothing, nothing
    value = NOTHING if step.rate is None else step.rate
    formula = f'=IF(E{row}=0,"{NOTHING}",D{row}/E{row})'
    return number(step.count), number(step.before), ViewCell(value=value, look=Look.PERCENT, formula=formula)
