"""媒体費用: what HR noted of the costs of media, read from its tab and divided by months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction

from sheets_automation.core.analysis_period import EVERYTHING, Period, months_between, read_period
from sheets_automation.core.cells import folded, number, text
from sheets_automation.core.dates import date_time
from sheets_automation.core.headings import heading_key
from sheets_automation.core.layout import cell_name
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.core.table import CellValue, Row, Table

_ROWS_TO_SEARCH = 30
# Those of the media-cost sheet of エントリーポケット, and what people write.
_HEADINGS: Mapping[str, Sequence[str]] = {
    "medium": ("媒体", "応募媒体", "求人媒体", "媒体名", "応募経路", "medium"),
    "cost": ("費用", "費用(税込)", "求人費(税込)", "求人費", "金額", "媒体費用", "cost"),
    "period": ("期間", "年月", "対象月", "月", "period", "month"),
    "first": ("掲載開始", "掲載開始日", "開始", "開始日", "from"),
    "last": ("掲載終了", "掲載終了日", "終了", "終了日", "to"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumCost:
    """One line of costs."""

    medium: str
    """Folded, for comparing."""
    yen: int
    period: Period
    """Both ends, or neither: then it counts only where everything is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """All of them, and which lines cannot be counted."""

    lines: tuple[MediumCost, ...] = ()
    problems: tuple[RecordProblem, ...] = ()

    def within(self, period: Period) -> Mapping[str, int]:
        """Yen by medium, in a period; a line that reaches beyond it counts by its months."""
        found: dict[str, Fraction] = {}
        for line in self.lines:
            if (share := _share(line, period)) is not None:
                found[line.medium] = found.get(line.medium, Fraction()) + line.yen * share
        return {medium: round(yen) for medium, yen in found.items()}


def _share(line: MediumCost, period: Period) -> Fraction | None:
    if period.is_whole:
        return Fraction(1)
    if line.period.first is None or line.period.last is None:
        return None
    months = months_between(line.period.first, line.period.last)
    inside = sum(map(period.holds_month, months))
    return Fraction(inside, len(months)) if inside else None


def read_costs(table: Table | None, zone: tzinfo) -> Costs:
    """Read the tab of costs; where there is none, there are none."""
    if table is None:
        return Costs()
    rows = table.rows()
    columns = next((found for row in rows if (found := _columns(row)) or row.number >= _ROWS_TO_SEARCH), {})
    if not columns:
        return Costs(problems=(_no_headings(table.title),))
    lines: list[MediumCost] = []
    problems: list[RecordProblem] = []
    for row in rows:
        line = _read(row, columns, table.title, zone)
        if isinstance(line, MediumCost):
            lines.append(line)
        elif line is not None:
            problems.append(line)
    return Costs(lines=tuple(lines), problems=tuple(problems))


def _columns(row: Row) -> Mapping[str, int]:
    """Where each thing stands, if this is the row of headings."""
    at = {heading_key(value): column for column, value in sorted(row.cells.items(), reverse=True)}
    found = {
        name: at[key]
        for name, headings in _HEADINGS.items()
        for key in map(heading_key, reversed(headings))
        if key in at
    }
    return found if {"medium", "cost"} <= set(found) else {}


def _read(row: Row, columns: Mapping[str, int], tab: str, zone: tzinfo) -> MediumCost | RecordProblem | None:
    cells = {name: row.cells.get(column) for name, column in columns.items()}
    medium, cost = folded(cells["medium"]), cells["cost"]
    if medium in {"", "合計", "計", "総計", "小計"}:
        return None if medium or not text(cost) else _problem(tab, row.number, columns["medium"], "媒体", "the medium")
    if not text(cost):
        return None
    yen = number(cost)
    if yen is None or yen < 0:
        return _problem(tab, row.number, columns["cost"], "費用", "the cost")
    try:
        period = _period(cells, zone)
    except ValueError:
        at = columns.get("period", columns.get("first", columns["cost"]))
        return _problem(tab, row.number, at, "期間", "the period")
    return MediumCost(medium=medium, yen=round(yen), period=period)


def _period(cells: Mapping[str, CellValue], zone: tzinfo) -> Period:
    if text(cells.get("period")):
        months = [*_months(cells["period"], zone)]
        return Period(first=months[0].first, last=months[0].last) if months else EVERYTHING
    ends = [next(_months(cells.get(name), zone), EVERYTHING) for name in ("first", "last")]
    first, last = ends[0].first or ends[1].first, ends[1].last or ends[0].last
    if first and last and first > last:
        raise ValueError
    return Period(first=first, last=last)


def _months(value: CellValue, zone: tzinfo) -> Iterator[Period]:
    """The months that a cell names: a date means its month. Raises ValueError where it names none."""
    if not text(value):
        return
    if not isinstance(value, datetime | float | int):
        try:
            period = read_period(text(value))
        except ValueError:
            pass
        else:
            if period.first is None or period.last is None:
                raise ValueError(text(value))  # an open period cannot be divided by months
            yield period
            return
    moment = date_time(value, zone)
    if moment is None:
        raise ValueError(text(value))
    month = moment.at.date().replace(day=1)
    yield Period(first=month, last=month)


def _problem(tab: str, row: int, column: int, ja: str, en: str) -> RecordProblem:
    place = f"{tab}!{cell_name(row, column)}"
    return RecordProblem(
        place=place,
        ja=f"{place}: {ja}を読み取れないので、この行の費用は数えていません。",
        en=f"{place}: {en} cannot be read, so the cost in this row is not counted.",
    )


def _no_headings(tab: str) -> RecordProblem:
    return RecordProblem(
        place=tab,
        ja=f"シート「{tab}」に「媒体」と「費用」の見出しがないので、費用は数えていません。",
        en=f'Sheet "{tab}" lacks the headings 媒体 and 費用, so no costs are counted.',
    )
