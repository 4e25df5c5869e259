"""媒体費 and 設定: the tabs of the made-up company that have nothing to do with letters, and the one that has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sheets_automation.demo_workbook.rows import working_day
from sheets_automation.demo_workbook.tally import TAKEN, Tally, write_sums
from sheets_automation.sheet_looks import Looks

COST_HEADINGS = {
    "求人媒体": 16,
    "商品名": 26,
    "求人費(税込)": 14,
    "掲載開始": 12,
    "掲載終了": 12,
    "応募総数": 10,
    "採用人数": 10,
    "採用単価": 14,
    "採用率": 10,
}
COST_TOP = 2
SETTINGS = (
    ("会社名", "株式会社みなと製作所"),
    ("担当", "人事部 採用グループ 森本"),
    (
        "署名",
        "株式会社みなと製作所\n人事部 採用グループ\n神奈川県みなと市汐見町1-2-3\n電話 045-000-0000（平日 9:00〜17:30）",
    ),
    ("連絡先", "saiyo@minato.example"),
    ("返信先", "saiyo@minato.example"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a medium costs; the period in working days from today."""

    medium: str
    product: str
    yen: int
    start: int
    end: int


COSTS = (
    Cost("リクナビNEXT", "レギュラープラン 4週", 480_000, -80, -60),
    Cost("doda", "スカウトプラン 6か月", 900_000, -120, 20),
    Cost("Wantedly", "スタンダード 6か月", 720_000, -90, 40),
    Cost("Green", "成果報酬プラン 基本料", 600_000, -100, 30),
    Cost("自社サイト", "採用ページ改修（按分）", 150_000, -200, 60),
    Cost("社員紹介", "紹介インセンティブ", 100_000, -200, 60),
    Cost("エージェント", "紹介手数料（1名）", 1_650_000, -58, -30),
    Cost("ハローワーク", "掲載無料", 0, -150, 60),
)


def draw_costs(book: Workbook, looks: Looks, tally: Tally, today: date) -> None:
    """Add 媒体費: what each medium cost and what came of it."""
    sheet = book.add_worksheet("媒体費")
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"求人媒体費　{today.year}年度", looks.title)
    for column, (heading, width) in enumerate(COST_HEADINGS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(COST_TOP, column, heading, looks.heading)
    for row, cost in enumerate(COSTS, start=COST_TOP + 1):
        _draw_period(sheet, looks, row, cost, today)
        _draw_yield(sheet, looks, row, cost, tally)
    below = COST_TOP + 1 + len(COSTS)
    write_sums(sheet, looks.total_yen, (below, COST_TOP + 1), {2: sum(cost.yen for cost in COSTS)})
    sheet.write_string(
        below + 1, 0, "※採用人数は内定を含む。エージェントの掲載期間は選考開始から請求まで。", looks.note
    )
    sheet.freeze_panes(COST_TOP + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _draw_period(sheet: Worksheet, looks: Looks, row: int, cost: Cost, today: date) -> None:
    sheet.write_string(row, 0, cost.medium, looks.text)
    sheet.write_string(row, 1, cost.product, looks.text)
    sheet.write_number(row, 2, cost.yen, looks.yen)
    for column, offset in ((3, cost.start), (4, cost.end)):
        sheet.write_datetime(row, column, working_day(today, offset), looks.day)


def _draw_yield(sheet: Worksheet, looks: Looks, row: int, cost: Cost, tally: Tally) -> None:
    applied, taken = tally.count("応募媒体", cost.medium), tally.count("応募媒体", cost.medium, TAKEN)
    line, cell = row + 1, f"$A{row + 1}"
    sheet.write_formula(row, 5, tally.formula("応募媒体", cell), looks.number, applied)
    sheet.write_formula(row, 6, tally.formula("応募媒体", cell, TAKEN), looks.number, taken)
    price = cost.yen / taken if taken else 0
    sheet.write_formula(row, 7, f"=IFERROR(C{line}/G{line},0)", looks.yen, price)
    sheet.write_formula(row, 8, f"=IFERROR(G{line}/F{line},0)", looks.percent, taken / applied)


def draw_settings(book: Workbook, looks: Looks) -> None:
    """Add 設定: how the company signs its letters."""
    sheet = book.add_worksheet("設定")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 56)
    for column, heading in enumerate(("項目", "値")):
        sheet.write_string(0, column, heading, looks.heading)
    for row, (name, value) in enumerate(SETTINGS, start=1):
        sheet.write_string(row, 0, name, looks.text)
        sheet.write_string(row, 1, value, looks.wrapped)
        sheet.set_row(row, 18 * (value.count("\n") + 1))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
