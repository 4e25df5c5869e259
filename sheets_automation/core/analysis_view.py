"""分析 tab: key figures with their definitions, then funnel, media, openings, tags, months, and who waits too long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sheets_automation.core.analysis import Analysis, Figure, FigureId, GroupLine, Unit
from sheets_automation.core.analysis_checking import Checking
from sheets_automation.core.analysis_loop_table import SECTION as LOOP_SECTION
from sheets_automation.core.analysis_loop_table import loop_chart, loop_rows
from sheets_automation.core.analysis_tables import (
    PICTURE_ROWS,
    WIDTH,
    bar_chart,
    column_chart,
    funnel_rows,
    group_rows,
    line_chart,
    month_rows,
    person_rows,
    survey_rows,
)
from sheets_automation.core.analysis_words import FIGURE_WORDS, NOTHING, in_words
from sheets_automation.core.headings import Field
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, as_of, headings, label, note, section, text, title
from sheets_automation.core.views import ChartView, Look, TabView, ViewCell

TITLE: Final = "採用の分析"
_WIDTHS: Final = (26, 19, *[11] * (WIDTH - 2))
_GREAT: Final = (
    FigureId.FOLLOW_UP,
    FigureId.LETTER_MEDIAN,
    FigureId.WAITING,
    FigureId.HIRES,
    FigureId.COST_PER_HIRE,
    FigureId.LINK_REGISTERED,
    FigureId.SAVING,
)
_LOOKS: Final = {Unit.COUNT: Look.NUMBER, Unit.RATE: Look.PERCENT, Unit.DAYS: Look.DECIMAL, Unit.YEN: Look.YEN}
_MOST_PROBLEMS: Final = 10
SMALL: Final = "※"
"""Stands beside a figure over few."""


def analysis_tab(analysis: Analysis, tab: str = "分析", checking: Checking | None = None) -> TabView:
    """The tab of an analysis. `checking` says where the candidates stand, for formulas that count them again."""
    page = _Page()
    page.add((title(TITLE),), (as_of(analysis.as_of),), (note(_scope(analysis)),))
    page.add(*_great_rows(analysis), EMPTY_ROW, *_problem_rows(analysis))
    page.section("指標の一覧")
    page.add(*_figure_rows(analysis, len(page.rows) + 1))
    page.section("選考の流れ(ファネル)", starts_page=True)
    page.chart(lambda top, row: bar_chart(top, row, len(analysis.stages)))
    page.add(*funnel_rows(analysis, len(page.rows) + 1))
    checked = checking or Checking()
    _groups(page, "応募媒体", analysis.media, checked.column(Field.MEDIUM), charted=True)
    _groups(page, "応募職種", analysis.openings, checked.column(Field.OPENING), starts_page=True)
    _groups(page, "タグ", analysis.tags, "")
    _groups(page, "スキル", analysis.skills, "")
    if analysis.loop:
        page.section(LOOP_SECTION, starts_page=True)
        page.chart(lambda top, row: loop_chart(top, row, len(analysis.loop)))
        page.add(*loop_rows(analysis.loop, len(page.rows) + 1))
    page.section("月ごとの動き", starts_page=True)
    page.chart(lambda top, row: line_chart(top, row, len(analysis.months)))
    page.add(*month_rows(analysis))
    if analysis.survey.answers:
        page.section("ご連絡への満足度(アンケート)")
        page.add(*survey_rows(analysis.survey))
    page.section(f"お待たせ中({len(analysis.waiting):,} 名)")
    page.add(*person_rows(analysis.waiting))
    return TabView(
        tab=tab,
        title=TITLE,
        rows=tuple(page.rows),
        widths=_WIDTHS,
        frozen_rows=2,
        charts=tuple(page.charts),
        page_starts=tuple(page.starts),
    )


class _Page:
    """The rows of the tab, from the top down."""

    def __init__(self) -> None:
        self.rows: list[CellRow] = []
        self.charts: list[ChartView] = []
        self.starts: list[int] = []

    def add(self, *rows: CellRow) -> None:
        self.rows += rows

    def section(self, name: str, *, starts_page: bool = False) -> None:
        if starts_page:
            self.starts.append(len(self.rows))
        self.add(EMPTY_ROW, (section(name), *[section("")] * (WIDTH - 1)))

    def chart(self, draw: Callable[[int, int], ChartView]) -> None:
        """Leave room for a chart of the table below it."""
        top = len(self.rows)
        self.add(*[EMPTY_ROW] * PICTURE_ROWS)
        self.charts.append(draw(top, len(self.rows) + 1))


def _groups(
    page: _Page,
    name: str,
    lines: Sequence[GroupLine],
    column: str,
    *,
    charted: bool = False,
    starts_page: bool = False,
) -> None:
    if not lines:
        return
    page.section(f"{name}ごと", starts_page=starts_page)
    if charted:
        page.chart(lambda top, row: column_chart(top, row, len(lines)))
    page.add(*group_rows(name, lines, len(page.rows) + 1, column))


def _scope(analysis: Analysis) -> str:
    scope = (
        f"期間: {analysis.period.text('ja')}。{SMALL} は {analysis.small_group} 未満からの値で、偶然に左右されます。"
    )
    if analysis.undated:
        scope += f"応募日のない {analysis.undated:,} 行は、期間に入れられないので数えていません。"
    if analysis.withheld:
        scope += f"年齢・性別などにあたるタグとスキル {analysis.withheld:,} 種類では集計しません。"
    return scope


def _great_rows(analysis: Analysis) -> list[CellRow]:
    return [EMPTY_ROW, *(_great_row(analysis.figure(wanted)) for wanted in _GREAT)]


def _great_row(figure: Figure) -> CellRow:
    words = FIGURE_WORDS[figure.id]
    mark = f"{SMALL} " if figure.is_small else ""
    told = f"{mark}{_made_of(figure)}{words.definition[0]}。"
    return label(words.name[0]), ViewCell(value=in_words(figure), look=Look.BIG_NUMBER), None, note(told)


def _made_of(figure: Figure) -> str:
    if figure.formula:
        return f"{figure.formula}。"
    if figure.denominator is None:
        return ""
    if figure.numerator is None:
        return f"{figure.denominator:,.0f} 通。"
    return f"{figure.numerator:,.0f} ÷ {figure.denominator:,.0f}。"


def _problem_rows(analysis: Analysis) -> list[CellRow]:
    told = [problem.ja for problem in analysis.problems[:_MOST_PROBLEMS]]
    if more := len(analysis.problems) - len(told):
        told.append(f"ほかに {more:,} 件あります。全部は relay analyse --json で出せます。")
    if analysis.unknown_stages:
        listed = "、".join(f"{word}({rows:,})" for word, rows in analysis.unknown_stages[:_MOST_PROBLEMS])
        told.append(
            f"順序の分からない段階: {listed}。応募とだけ数えます。設定の analysis.stages に順に書いてください。"
        )
    if not told:
        return []
    mark = ViewCell(value=f"要確認 {len(told)} 件", look=Look.ATTENTION)
    return [(mark,), *((note(line),) for line in told)]


def _figure_rows(analysis: Analysis, first_row: int) -> list[CellRow]:
    """`first_row` is the 1-based row of the headings."""
    rows = [headings("指標", "値", "分子", "分母", "検算(式)", "", "期間と定義", *[""] * (WIDTH - 7))]
    for number, figure in enumerate(analysis.figures, start=first_row + 1):
        words = FIGURE_WORDS[figure.id]
        definition = note(f"{words.period[0]}。{words.definition[0]}{f'。{figure.formula}' if figure.formula else ''}")
        mark = note(SMALL) if figure.is_small else None
        rows.append((text(words.name[0]), *_values(figure, number), mark, definition))
    return rows


def _values(figure: Figure, row: int) -> Sequence[ViewCell]:
    """Value, numerator, denominator, and a formula over these two that must come to the same."""
    look = _LOOKS[figure.unit]
    value = _shown(figure.value, look, figure.unit)
    parts = [_shown(part, Look.NUMBER, None) for part in (figure.numerator, figure.denominator)]
    if figure.numerator is None or figure.denominator is None:
        return value, *parts, ViewCell(value="", look=Look.NUMBER)
    formula = f'=IF(D{row}=0,"{NOTHING}",C{row}/D{row})'
    if figure.id in {FigureId.SAVING, FigureId.SAVING_AHEAD}:
        formula = f"=C{row}*D{row}"
    return value, *parts, ViewCell(value=value.value, look=look, formula=formula)


def _shown(value: float | None, look: Look, unit: Unit | None) -> ViewCell:
    if value is None:
        return ViewCell(value=NOTHING if unit else "", look=look)
    return ViewCell(value=value, look=look)
