"""The demo workbook, seen by an independent reader: a lived-in HR file with one of every trap in it."""

import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from sheets_automation.demo_workbook import build_demo_workbook, write_registrations
from sheets_automation.demo_workbook.rows import working_day
from sheets_automation.registrations_csv import read_registrations

TODAY = date(2026, 11, 24)
RESERVED = re.compile(r"(?:[\w-]+\.)*example(?:\.com|\.net|\.org|\.jp)?")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "採用管理表.xlsx"
    build_demo_workbook(path, TODAY)
    return path


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


@pytest.fixture(scope="module")
def sheet(book):
    return book["応募者一覧"]


@pytest.fixture(scope="module")
def rows(sheet):
    headings = [str(cell.value).strip("\u200b") for cell in sheet[4]]
    return [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)]


def named(rows, name):
    return [row for row in rows if name_of(row) == name]


def name_of(row):
    return f"{row['姓'] or ''} {row['名'] or ''}".strip()


def day_of(row):
    """The decision's day where it is a real date; otherwise the day before today."""
    value = row["選考結果日"]
    return value.date() if isinstance(value, datetime) else date(2026, 11, 23)


def decisions_of(rows, name):
    return [(row["応募職種"], row["選考結果"]) for row in named(rows, name)]


def test_it_holds_enough_candidates_openings_and_media_to_be_believed(rows):
    assert len(rows) >= 60
    assert len({row["応募職種"] for row in rows}) >= 5
    assert len({row["応募媒体"] for row in rows}) >= 5


def test_the_headings_stand_in_row_four_below_merged_titles_and_one_hides_an_invisible_space(sheet):
    merged = [str(area) for area in sheet.merged_cells.ranges]

    assert "A1:J1" in merged
    assert "株式会社みなと製作所" in sheet["A1"].value
    assert sheet["G4"].value == "メールアドレス\u200b"


def test_it_looks_used(sheet):
    comments = [cell.comment for row in sheet.iter_rows() for cell in row if cell.comment]
    rules = [rule.type for rules in sheet.conditional_formatting for rule in rules.rules]

    assert len(comments) >= 3
    assert {"expression", "duplicateValues", "containsText"} <= set(rules)
    assert sheet.freeze_panes == "E5"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.orientation == "landscape"


def test_drop_downs_offer_the_words_but_do_not_force_them(sheet):
    lists = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}

    assert set(lists) == {"J5", "K5", "L5", "N5", "Q5", "S5"}
    assert "不採用" in lists["N5"].formula1
    assert lists["N5"].errorStyle == "warning"


def test_a_filter_hides_one_opening_and_a_hand_hid_one_more_row(sheet, rows):
    hidden = [rows[number - 5] for number in range(5, 5 + len(rows)) if sheet.row_dimensions[number].hidden]

    wanted = sheet.auto_filter.filterColumn[0].filters.filter
    assert "アルバイト（工場内軽作業）" not in wanted
    assert Counter(row["応募職種"] in wanted for row in hidden) == {False: 7, True: 1}


def test_the_other_tabs_have_charts_and_formulas_with_their_values(path, book):
    assert book.sheetnames == ["応募者一覧", "集計", "媒体費", "設定"]
    assert len(book["集計"]._charts) == 2
    assert book["媒体費"]["F4"].value.startswith("=COUNTIFS('応募者一覧'!")

    values = load_workbook(path, data_only=True)
    assert values["媒体費"]["C12"].value == 4_600_000
    assert values["集計"]["B13"].value == len(list(book["応募者一覧"].iter_rows(min_row=5)))


def test_the_stored_values_of_the_counts_are_what_the_rows_say(path, rows):
    values = load_workbook(path, data_only=True)["集計"]

    applied = {values.cell(row, 1).value: values.cell(row, 2).value for row in range(5, 13)}
    rejected = {values.cell(row, 1).value: values.cell(row, 5).value for row in range(5, 13)}
    assert applied == Counter(row["応募媒体"] for row in rows)
    assert rejected == {m: sum(row["応募媒体"] == m and row["選考結果"] == "不採用" for row in rows) for m in applied}


def test_dates_are_written_in_every_hand(rows):
    hands = {type(row["選考結果日"]) for row in rows if row["選考結果日"]}
    texts = " ".join(row["選考結果日"] for row in rows if isinstance(row["選考結果日"], str))

    assert hands == {datetime, str, int}
    for shape in (r"20\d\d/\d+/\d+", r"令和\d+年\d+月\d+日", r"20\d\d年\d+月\d+日", r"20\d\d\.\d+\.\d+", "先週末ごろ"):
        assert re.search(shape, texts), shape


def test_the_application_date_is_shown_in_the_japanese_calendar(sheet):
    assert sheet["B5"].number_format == '[$-411]ggge"年"m"月"d"日"'
    assert isinstance(sheet["B5"].value, datetime)


@pytest.mark.parametrize(
    "word", ["不採用（辞退）", "応募者辞退", "非選考対象", "対象外", "辞退", "不採用予定", "'", "\u3000"]
)
def test_decisions_that_are_no_rejection_are_there(rows, word):
    assert any(row["選考結果"] == word for row in rows)


TRAPS = {
    "a name in two columns": lambda row: row["姓"] and row["名"],
    "a PC and a mobile address": lambda row: row["メールアドレス"] and row["携帯メール"],
    "an agency": lambda row: row["応募媒体"] == "エージェント" and row["選考結果"] == "不採用",
    "only ' in a cell": lambda row: row["連絡停止"] == "'",
    "only a blank in a cell": lambda row: row["紹介同意"] == "\u3000",
    "旧姓": lambda row: "（旧姓：" in name_of(row),
    "異体字": lambda row: "髙" in name_of(row),
    "half-width kana": lambda row: "ｱﾙﾍﾞｽ" in name_of(row),
    "a +81 phone": lambda row: row["電話番号"].startswith("+81"),
    "a tagged address": lambda row: "+doda@" in (row["メールアドレス"] or ""),
    "a full-width address": lambda row: "＠" in (row["メールアドレス"] or ""),
    "an invalid address": lambda row: "@@" in (row["メールアドレス"] or ""),
    "several addresses": lambda row: "," in (row["メールアドレス"] or ""),
    "no address": lambda row: row["メールアドレス"] is None,
    "no name": lambda row: not name_of(row),
    "a garbled name": lambda row: "\ufffd" in name_of(row),
    "a formula for a name": lambda row: name_of(row).startswith("=HYPERLINK("),
    "a formula in a note": lambda row: (row["備考"] or "").startswith("=HYPERLINK("),
    "decided today": lambda row: day_of(row) == TODAY,
    "decided in the future": lambda row: day_of(row) > TODAY,
    "decided long ago": lambda row: day_of(row).year == 2025,
    "waits too long": lambda row: day_of(row) == date(2026, 10, 28),
    "no date": lambda row: row["選考結果"] == "不採用" and row["選考結果日"] is None,
    "opted out": lambda row: row["連絡停止"] == "希望",
    "on hold": lambda row: row["タグ"] == "保留",
    "no consent": lambda row: row["選考結果"] == "不採用" and row["紹介同意"] == "×",
    "consent left blank": lambda row: row["選考結果"] == "不採用" and row["紹介同意"] is None,
    "in English": lambda row: row["選考結果"] == "不採用" and row["言語"] == "英語",
    "several tags": lambda row: "、" in (row["タグ"] or ""),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_is_there(rows, trap):
    assert [row for row in rows if TRAPS[trap](row)]


def test_one_person_applied_to_two_openings_with_every_outcome_of_the_other(rows):
    assert decisions_of(rows, "後藤 祐介") == [("品質管理", "不採用"), ("機械設計エンジニア", "内定")]
    assert decisions_of(rows, "松田 圭") == [("機械設計エンジニア", "不採用"), ("生産技術エンジニア", "不採用")]
    assert [row["選考結果"] for row in rows if row["電話番号"] == "070-0000-1874"] == ["不採用", "選考中"]
    assert [row["選考結果"] for row in rows if row["メールアドレス"] == "misaki.k@example.com"] == ["不採用", "選考中"]


def test_one_row_was_pasted_twice_and_one_couple_shares_an_address(rows):
    first, second = named(rows, "田村 浩二")
    couple = [name_of(row) for row in rows if row["メールアドレス"] == "harada-family@example.jp"]

    assert [key for key in first if first[key] != second[key]] == ["No.", "備考"]
    assert couple == ["原田 淳", "原田 裕子"]


def test_nobody_real_can_be_reached(path):
    with ZipFile(path) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    text = unicodedata.normalize("NFKC", text)

    domains = re.findall(r"[\w.+-]+@+([\w.-]+)", text) + re.findall(
        r"\bhttps?://(?!schemas\.|purl\.|www\.w3)([\w.-]+)", text
    )
    numbers = re.findall(r"(?:\+81[ -]?|0)\d\d?-(\d{3,4})-\d{4}", text)
    assert len(domains) > 80
    assert [domain for domain in domains if not RESERVED.fullmatch(domain)] == []
    assert len(numbers) > 80
    assert set(numbers) <= {"0000", "000"}


def test_no_cell_that_a_person_typed_is_a_formula(sheet):
    assert {cell.data_type for row in sheet.iter_rows(min_row=5) for cell in row} <= {"s", "n", "d"}


def test_the_same_day_gives_the_same_file(path, tmp_path):
    build_demo_workbook(tmp_path / "again.xlsx", TODAY)

    again = load_workbook(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    assert again.properties.created.date() == TODAY  # and not the moment of the making


@pytest.mark.parametrize(
    ("offset", "day"),
    [(0, date(2026, 11, 24)), (-1, date(2026, 11, 23)), (-2, date(2026, 11, 20)), (4, date(2026, 11, 30))],
)
def test_decisions_fall_on_working_days(offset, day):
    assert working_day(TODAY, offset) == day


def test_the_partners_list_holds_seven_of_the_ten_registrations_and_one_of_them_twice(tmp_path):
    path = tmp_path / "registrations.csv"
    codes = [f"CODE{n}" for n in range(20)]
    letters_left_at = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Tokyo"))

    write_registrations(path, codes, letters_left_at)

    file = read_registrations(path, ZoneInfo("Asia/Tokyo"))
    assert file.problems == ()
    assert [found.text for found in file.registrations] == [*codes[:7], codes[6]]
    assert all(letters_left_at < found.at < letters_left_at.replace(hour=16) for found in file.registrations)


def test_the_partners_list_is_encoded_as_excel_in_japan_does_it(tmp_path):
    path = tmp_path / "registrations.csv"

    write_registrations(path, ["CODE1"], datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Tokyo")))

    assert path.read_bytes().startswith("紹介コード,登録日時,種別".encode("cp932"))
