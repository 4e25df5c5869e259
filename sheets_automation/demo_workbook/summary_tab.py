"""集計: the made-up HR team's own counts by medium and by opening, with their charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from sheets_automation.demo_workbook.candidates_tab import MEDIA, OPENINGS
from sheets_automation.demo_workbook.tally import OUTCOMES, TAKEN, Tally, write_sums
from sheets_automation.sheet_looks import BLUE, SERIES, Looks

TAB = "集計"
GROUPS = ((), *OUTCOMES.values())  # the first counts every application
RATE_COLUMN = len(GROUPS) + 1
CHART_COLUMN = RATE_COLUMN + 2
GRID = {"major_gridlines": {"visible": True, "line": {"color": "#E3E8EE"}}, "line": {"none": True}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One table of counts: a row for each word of a heading."""

    heading: str
    words: tuple[str, ...]
    top: int

    @property
    def last(self) -> int:
        """The 0-based row of the last word."""
        return self.top + len(self.words)

    def series(self, column: int, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - XlsxWriter's own vocabulary
        """One column of the table as a chart series."""
        return {
            "name": [TAB, self.top, column],
            "categories": [TAB, self.top + 1, 0, self.last, 0],
            "values": [TAB, self.top + 1, column, self.last, column],
            **properties,
        }


MEDIA_COUNTS = Breakdown(heading="応募媒体", words=MEDIA, top=3)
OPENING_COUNTS = Breakdown(heading="応募職種", words=OPENINGS, top=20)


def draw_summary(book: Workbook, looks: Looks, tally: Tally, today: date) -> None:
    """Add the tab to `book`."""
    sheet = book.add_worksheet(TAB)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, RATE_COLUMN, 13)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "応募状況の集計", looks.title)
    sheet.write_string(
        1, 0, f"応募者一覧から自動集計（{today:%Y/%m/%d} 時点）　採用率＝内定・採用 ÷ 応募数", looks.note
    )
    for counts in (MEDIA_COUNTS, OPENING_COUNTS):
        _draw_counts(sheet, looks, tally, counts)
    _place(sheet, _media_chart(book), MEDIA_COUNTS.top, "応募媒体ごとの応募数と選考結果の内訳")
    _place(sheet, _openings_chart(book), OPENING_COUNTS.top, "応募職種ごとの応募数")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _draw_counts(sheet: Worksheet, looks: Looks, tally: Tally, counts: Breakdown) -> None:
    for column, text in enumerate((counts.heading, "応募数", *OUTCOMES, "採用率")):
        sheet.write_string(counts.top, column, text, looks.heading)
    for row, word in enumerate(counts.words, start=counts.top + 1):
        sheet.write_string(row, 0, word, looks.text)
        for column, decisions in enumerate(GROUPS, start=1):
            formula = tally.formula(counts.heading, f"$A{row + 1}", decisions)
            sheet.write_formula(row, column, formula, looks.number, tally.count(counts.heading, word, decisions))
        rate = tally.count(counts.heading, word, TAKEN) / tally.count(counts.heading, word)
        sheet.write_formula(row, RATE_COLUMN, f"=IFERROR(D{row + 1}/B{row + 1},0)", looks.percent, rate)
    sums = {
        column: sum(tally.count(counts.heading, word, decisions) for word in counts.words)
        for column, decisions in enumerate(GROUPS, start=1)
    }
    write_sums(sheet, looks.total, (counts.last + 1, counts.top + 1), sums)
    sheet.write_blank(counts.last + 1, RATE_COLUMN, None, looks.total)


def _media_chart(book: Workbook) -> Chart:
    chart: Chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in enumerate(SERIES, start=2):
        chart.add_series(MEDIA_COUNTS.series(column, fill={"color": colour}, gap=60))
    chart.set_title({"name": "応募媒体別の応募数", "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(GRID)
    return chart


def _openings_chart(book: Workbook) -> Chart:
    chart: Chart = book.add_chart({"type": "bar"})
    chart.add_series(OPENING_COUNTS.series(1, fill={"color": BLUE}, data_labels={"value": True}, gap=50))
    chart.set_title({"name": "応募職種別の応募数", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def _place(sheet: Worksheet, chart: Chart, row: int, description: str) -> None:
    chart.set_size({"width": 640, "height": 290})
    sheet.insert_chart(row, CHART_COLUMN, chart, {"description": description})
