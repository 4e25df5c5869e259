"""The tables of the 分析 tab, and the charts over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheets_automation.core.analysis import Analysis, GroupLine, Rate, StageLine, WaitingLine
from sheets_automation.core.analysis_checking import counts_by
from sheets_automation.core.analysis_words import NOTHING
from sheets_automation.core.survey import SCORES, Survey, SurveyLine
from sheets_automation.core.view_cells import CellRow, headings, note, number, text
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, ViewCell

WIDTH: Final = 16
PICTURE_ROWS: Final = 13
NO_NAME: Final = "(空欄)"
_PICTURE = {"width": 900, "height": 300}
_MOST_STAGES: Final = 5
_MOST_BARS: Final = 12
_MOST_WAITING: Final = 50


def bar_chart(top: int, first_row: int, stages: int) -> ChartView:
    """The funnel, over the table that begins at `first_row` (0-based, below its headings)."""
    return _chart(ChartKind.BAR, "各段階に達した応募(件)", top, [_series("達した", 1, first_row, stages)])


def column_chart(top: int, first_row: int, groups: int) -> ChartView:
    """Applications and hires of the largest groups."""
    shown = min(groups, _MOST_BARS)
    series = [_series("応募", 1, first_row, shown), _series("採用", 3, first_row, shown)]
    return _chart(ChartKind.COLUMN, "媒体ごとの応募と採用(件)", top, series)


def line_chart(top: int, first_row: int, months: int) -> ChartView:
    """Month by month."""
    series = [
        _series(name, column, first_row, months) for column, name in enumerate(("応募", "不採用", "通知"), start=1)
    ]
    return _chart(ChartKind.LINE, "月ごとの応募・不採用・通知(件)", top, series)


def _chart(kind: ChartKind, name: str, top: int, series: Sequence[ChartSeries]) -> ChartView:
    return ChartView(kind=kind, title=name, series=tuple(series), row=top, column=0, **_PICTURE)


def _series(name: str, column: int, first_row: int, rows: int) -> ChartSeries:
    last_row = first_row + max(rows, 1) - 1
    return ChartSeries(name=name, category_column=0, value_column=column, first_row=first_row, last_row=last_row)


def funnel_rows(analysis: Analysis, first_row: int) -> list[CellRow]:
    """One line for each stage; `first_row` is the 1-based row of the headings."""
    rows = [headings("段階", "達した", "通過", "不採用", "辞退", "対象外", "結果待ち", "通過率", "離脱率", "検算(式)")]
    for row, stage in enumerate(analysis.stages, start=first_row + 1):
        counts = (stage.reached, stage.passed, stage.rejected, stage.withdrawn, stage.not_considered, stage.going)
        is_last = row == first_row + len(analysis.stages)
        rates = [ViewCell(value=NOTHING, look=Look.PERCENT)] * 2 if is_last else _pass_and_drop(stage)
        formula = f"=SUM(C{row}:G{row})"
        check = ViewCell(value=stage.reached, look=Look.NUMBER, formula=formula)
        rows.append((text(_name(stage.name)), *map(number, counts), *rates, check, _mark(is_small=stage.is_small)))
    told = (
        "通過率 = 通過 ÷ (達した − 結果待ち)、離脱率 = 1 − 通過率。先の段階にいる応募は、前の段階にも達したと数えます。"
        "検算は 通過 + 不採用 + 辞退 + 対象外 + 結果待ち で、「達した」と同じになります。"
    )
    return [*rows, (note(told),)]


def _pass_and_drop(stage: StageLine) -> list[ViewCell]:
    rate = stage.pass_rate
    return [_percent(rate), _percent(Rate(rate.whole - rate.part, rate.whole))]


def group_rows(name: str, lines: Sequence[GroupLine], first_row: int, column: str) -> list[CellRow]:
    """One line for each group; `column` is the range of candidates where formulas may count them again."""
    stages = _stages_shown(lines)
    passes = [f"{_stage_name(lines, place)} 通過率" for place in stages]
    has_costs = any(line.cost is not None for line in lines)
    costs = ["費用", "応募単価", "採用単価"] if has_costs else []
    rows = [headings(name, "応募", "内定", "採用", "採用率", *passes, "フォロー率", *costs, "検算(式)")]
    for row, line in enumerate(lines, start=first_row + 1):
        cells = [
            text(_name(line.name)),
            *map(number, (line.applications, line.offered, line.hired)),
            _percent(line.hire_rate),
            *(_percent(line.stages[place].pass_rate) for place in stages),
            _percent(Rate(line.told, line.to_tell)),
            *([_yen(line.cost), _yen(line.cost_per_application), _yen(line.cost_per_hire)] if has_costs else []),
            _counted_again(line, row, column),
            _mark(is_small=line.is_small),
        ]
        rows.append(tuple(cells))
    told = "採用率 = 採用 ÷ 応募。通過率 = 通過 ÷ その段階で結果の出た応募。フォロー率 = 通知した不採用者 ÷ 不採用者。"
    if has_costs:
        told += "応募単価 = 費用 ÷ 応募、採用単価 = 費用 ÷ 採用。"
    if column:
        told += "検算はシートの COUNTIFS で数え直した応募で、表記のゆれ(全角・半角など)があると少なくなります。"
    return [*rows, (note(told),)]


def _stages_shown(lines: Sequence[GroupLine]) -> Sequence[int]:
    """The stages behind the application whose results are known of anybody."""
    places = range(1, len(lines[0].stages) - 1)
    return [p for p in places if any(line.stages[p].pass_rate.whole for line in lines)][:_MOST_STAGES]


def _stage_name(lines: Sequence[GroupLine], place: int) -> str:
    return lines[0].stages[place].name


def _counted_again(line: GroupLine, row: int, column: str) -> ViewCell | None:
    if not column or not counts_by(line.name):
        return ViewCell(value="", look=Look.NUMBER)
    return ViewCell(value=line.applications, look=Look.NUMBER, formula=f"=COUNTIFS({column},$A{row})")


def month_rows(analysis: Analysis) -> list[CellRow]:
    """One line for each month."""
    rows = [headings("月", "応募", "不採用", "通知")]
    for line in analysis.months:
        counts = (line.applied, line.rejected, line.sent)
        rows.append((text(f"{line.month.year}年{line.month.month}月"), *map(number, counts)))
    return [*rows, (note("応募は応募日、不採用は選考結果日、通知は送信日の月に数えます。"),)]


def person_rows(waiting: Sequence[WaitingLine]) -> list[CellRow]:
    """Who waits too long: the only people whom this tab names, as 要確認 does."""
    if not waiting:
        return [(note("お待たせしている方はいません。"),)]
    rows = [headings("氏名", "応募職種", "行", "日数")]
    rows += [(text(one.name), text(one.opening), number(one.row), number(one.days)) for one in waiting[:_MOST_WAITING]]
    if (more := len(waiting) - _MOST_WAITING) > 0:
        rows.append((note(f"ほかに {more:,} 名います。理由と、することは「要確認」にあります。"),))
    return rows


def survey_rows(survey: Survey) -> list[CellRow]:
    """How content people were with our letters; no group of fewer than five."""
    words = ("とても不満", "不満", "どちらともいえない", "満足", "とても満足")
    spread = [(text(f"{score} {word}"), number(n)) for score, word, n in zip(SCORES, words, survey.counts, strict=True)]
    months = [(text(_months(one)), number(one.answers), _decimal(one.mean)) for one in survey.lines]
    return [
        headings("期間", "回答", "平均(1〜5)"),
        *months,
        (text("全体"), number(survey.answers), _decimal(survey.mean)),
        headings("答え", "回答"),
        *spread[::-1],
        (note("5 件に満たないまとまりは示しません。新しい答えは、5 件そろってから数えます。"),),
    ]


def _months(line: SurveyLine) -> str:
    ends = (f"{line.first:%Y-%m}", f"{line.last:%Y-%m}")
    return ends[0] if ends[0] == ends[1] else "〜".join(ends)


def _decimal(value: float | None) -> ViewCell:
    return ViewCell(value=NOTHING if value is None else value, look=Look.DECIMAL)


def _name(name: str) -> str:
    return name or NO_NAME


def _percent(rate: Rate) -> ViewCell:
    return ViewCell(value=NOTHING if rate.value is None else rate.value, look=Look.PERCENT)


def _yen(value: float | None) -> ViewCell:
    return ViewCell(value=NOTHING if value is None else value, look=Look.YEN)


def _mark(*, is_small: bool) -> ViewCell | None:
    return ViewCell(value="※ 少数", look=Look.QUIET) if is_small else None
