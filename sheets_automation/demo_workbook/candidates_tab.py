"""応募者一覧: the tab that the made-up HR team works in, with all that such tabs collect over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sheets_automation.demo_workbook.rows import Cell, DemoRow
from sheets_automation.sheet_looks import GREEN_FILL, GREY, NAVY, RED, YELLOW_FILL, Looks

TAB = "応募者一覧"
HEADING_ROW = 3  # 0-based: below the title, a line of notes and the bands
FIRST_ROW = HEADING_ROW + 1
SPARE_ROWS = 200  # drop-downs and colours reach below the last candidate, for those to come

OPENINGS = (
    "機械設計エンジニア",
    "生産技術エンジニア",
    "品質管理",
    "法人営業",
    "経理・財務",
    "Webマーケティング",
    "アルバイト（工場内軽作業）",
)
MEDIA = ("リクナビNEXT", "doda", "Wantedly", "Green", "自社サイト", "社員紹介", "エージェント", "ハローワーク")
STAGES = ("書類選考", "一次面接", "二次面接", "最終面接")
LEFT = ("辞退", "応募者辞退", "不採用（辞退）", "対象外", "非選考対象")
DECISIONS = ("選考中", "不採用", "内定", "採用", *LEFT)
FILTERED_OUT = "アルバイト（工場内軽作業）"  # somebody looked at the permanent posts only and left the filter on
HIDDEN_BY_HAND = "竹内 美月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the tab."""

    heading: str
    width: float
    look: str = "text"
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column(heading="No.", width=5, look="middle"),
    Column(heading="応募日", width=16, look="wareki"),
    Column(heading="姓", width=15),
    Column(heading="名", width=11),
    Column(heading="フリガナ", width=19),
    Column(heading="年齢", width=6, look="middle"),
    # The invisible space came along when the heading was pasted from a web page.
    Column(heading="メールアドレス\u200b", width=30),
    Column(heading="携帯メール", width=21),
    Column(heading="電話番号", width=18, look="middle"),
    Column(heading="応募職種", width=25, choices=OPENINGS),
    Column(heading="応募媒体", width=14, choices=MEDIA),
    Column(heading="選考段階", width=11, look="middle", choices=STAGES),
    Column(heading="面接対応者", width=11, look="middle"),
    Column(heading="選考結果", width=14, look="middle", choices=DECISIONS),
    Column(heading="選考結果日", width=16, look="day"),
    Column(heading="タグ", width=26),
    Column(heading="紹介同意", width=9, look="middle", choices=("○", "×")),
    Column(heading="連絡停止", width=9, look="middle"),
    Column(heading="言語", width=8, look="middle", choices=("日本語", "英語")),
    Column(heading="更新日", width=8, look="short_day"),
    Column(heading="備考", width=56),
)
WHOLE_ROW = (0, len(COLUMNS) - 1)
BANDS = (("応募者", 0, 8), ("応募内容", 9, 10), ("選考", 11, 14), ("連絡・共有", 15, 20))
NOTES_OF_COLLEAGUES = {
    "小林 美咲": "森本: 品質管理に再応募された佐々木さんと電話番号が同じです。通知する前に声をかけてください。",
    "後藤 祐介": "岡部: 機械設計の選考を優先で。",
    "松本 健": "西田: 合否のご連絡がまだのようです。至急お願いします！",
}


def column_of(heading: str) -> int:
    """The 0-based place of a heading."""
    return [column.heading.rstrip("\u200b") for column in COLUMNS].index(heading)


def draw_candidates(book: Workbook, looks: Looks, rows: Sequence[DemoRow], today: date) -> None:
    """Add the tab to `book`."""
    sheet = book.add_worksheet(TAB)
    sheet.set_tab_color(NAVY)
    last_row = HEADING_ROW + len(rows)
    _draw_top(sheet, looks, today)
    for number, row in enumerate(rows, start=1):
        _draw_row(sheet, looks, number, row)
    _offer_choices(sheet, last_row + SPARE_ROWS)
    _colour(book, sheet, last_row + SPARE_ROWS)
    _filter(sheet, last_row)
    _prepare_printing(sheet, last_row)


def _draw_top(sheet: Worksheet, looks: Looks, today: date) -> None:
    sheet.merge_range(0, 0, 0, 9, f"株式会社みなと製作所　採用管理表　{today.year}年度", looks.title)
    sheet.merge_range(1, 0, 1, 9, f"更新日：{today:%Y/%m/%d}　　担当：人事部 採用グループ　森本・西田", looks.note)
    sheet.write_string(1, 10, "※黄色＝要確認　　フィルターは使い終わったら解除してください", looks.note)
    for text, first, last in BANDS:
        sheet.merge_range(2, first, 2, last, text, looks.band)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADING_ROW, place, column.heading, looks.heading)
    for row, height in enumerate((30, 18, 16, 24)):
        sheet.set_row(row, height)
    sheet.freeze_panes(FIRST_ROW, column_of("フリガナ"))


def _draw_row(sheet: Worksheet, looks: Looks, number: int, row: DemoRow) -> None:
    place = HEADING_ROW + number
    for index, column in enumerate(COLUMNS):
        value = number if column.heading == "No." else row.cells.get(column.heading.rstrip("\u200b"))
        _write(sheet, (place, index), value, _look(looks, column, value))
    note = NOTES_OF_COLLEAGUES.get(row.name)
    if note:
        sheet.write_comment(place, column_of("姓"), note, {"x_scale": 1.6, "font_name": "Yu Gothic"})
    hidden = row.text("応募職種") == FILTERED_OUT or row.name == HIDDEN_BY_HAND
    sheet.set_row(place, 19, None, {"hidden": hidden})


def _look(looks: Looks, column: Column, value: Cell | None) -> Format:
    text = str(value)
    if column.heading == "備考" and any(word in text for word in ("直接連絡しない", "連絡不要", "送らない")):
        return looks.warning
    if column.heading == "備考" and "？" in text:
        return looks.marked
    if column.heading == "選考結果日" and isinstance(value, int):
        return looks.middle  # pasted without its date format
    look: Format = getattr(looks, column.look)
    return look


def _write(sheet: Worksheet, place: tuple[int, int], value: Cell | None, look: Format) -> None:
    if value is None:
        sheet.write_blank(*place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, look)
    elif isinstance(value, int):
        sheet.write_number(*place, value, look)
    else:
        sheet.write_string(*place, value, look)  # never a formula: a candidate typed one


def _offer_choices(sheet: Worksheet, last_row: int) -> None:
    for place, column in enumerate(COLUMNS):
        if column.choices:
            # A warning, not a stop: that is how words nobody foresaw get into such sheets.
            choices = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(FIRST_ROW, place, last_row, place, choices)


def _colour(book: Workbook, sheet: Worksheet, last_row: int) -> None:
    decisions = column_of("選考結果")
    for words, area, properties in (
        (("内定", "採用"), WHOLE_ROW, {"bg_color": GREEN_FILL}),
        (LEFT, WHOLE_ROW, {"font_color": GREY, "bg_color": "#F3F4F6"}),
        (("不採用",), (decisions, decisions), {"font_color": RED, "bg_color": "#FBE9E7"}),
        (("選考中",), (decisions, decisions), {"font_color": NAVY, "bg_color": "#E3EDF7"}),
    ):
        cell = xl_rowcol_to_cell(FIRST_ROW, decisions, col_abs=True)
        criteria = "=OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")"
        rule = {"type": "formula", "criteria": criteria, "format": book.add_format(properties)}
        sheet.conditional_format(FIRST_ROW, area[0], last_row, area[1], rule)
    phones = column_of("電話番号")
    twice = {"type": "duplicate", "format": book.add_format({"bg_color": YELLOW_FILL})}
    sheet.conditional_format(FIRST_ROW, phones, last_row, phones, twice)
    hold = {"type": "text", "criteria": "containing", "value": "保留", "format": book.add_format({"font_color": RED})}
    sheet.conditional_format(FIRST_ROW, column_of("タグ"), last_row, column_of("タグ"), hold)


def _filter(sheet: Worksheet, last_row: int) -> None:
    sheet.autofilter(HEADING_ROW, 0, last_row, len(COLUMNS) - 1)
    sheet.filter_column_list(column_of("応募職種"), [opening for opening in OPENINGS if opening != FILTERED_OUT])


def _prepare_printing(sheet: Worksheet, last_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3, as for every wide list in a Japanese office
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADING_ROW)
    sheet.print_area(0, 0, last_row, len(COLUMNS) - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&9社外秘　個人情報を含みます&C&9&P / &N&R&9&F")
