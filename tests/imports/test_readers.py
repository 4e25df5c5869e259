"""Text files in every encoding, with every separator: what was written is what is read, line by line."""

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.core.errors import ImportUnreadable
from sheets_automation.core.importing.date_styles import DateStyle, date_style_of, read_date
from sheets_automation.core.importing.source import locate_headings
from sheets_automation.imports.encodings import find_encoding
from sheets_automation.imports.text_files import text_file
from tests.core.builders import JST

HEADINGS = ["氏名", "メールアドレス", "電話番号", "備考"]
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "cp932": "Shift_JIS (CP932)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
}
JAPANESE = "山田太郎佐藤花子高橋一郎渡辺ひらがなカタカナ東京都千代田区一番町営業職開発０１２３（）・ー"
NEC_AND_IBM = "髙﨑①②㈱№℡塚德"
# Words, as people are called: nothing that could be taken for another heading, or for nothing.
cells = st.text(alphabet=JAPANESE + 'abcXYZ019 ,;\t|"\n', min_size=1, max_size=12).filter(lambda one: one.strip())


def written(rows, encoding, delimiter):
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([HEADINGS, *rows])
    return out.getvalue().encode(encoding)


def read(data):
    file = text_file("f.csv", data)
    return file, [[row.cells.get(column, "") for column in range(4)] for row in file.tables[0].rows()]


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=8),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    delimiter=st.sampled_from(",\t;|"),
)
def test_what_was_written_is_what_is_read(rows, encoding, delimiter):
    rows = [["山田 太郎", "taro@example.com", "090-1234-5678", "東京都"], *rows]

    file, got = read(written(rows, encoding, delimiter))

    assert got == [HEADINGS, *rows]
    assert file.encoding == ENCODINGS[encoding]


def test_the_letters_of_windows_in_shift_jis_are_read():
    data = written([[NEC_AND_IBM, "a@example.com", "", "ﾀｶﾊｼ"]], "cp932", ",")

    file, got = read(data)

    assert got[1][0] == NEC_AND_IBM
    assert file.encoding == "Shift_JIS (CP932)"


def test_a_line_has_the_number_that_a_person_sees_whatever_stands_over_several_lines():
    data = '氏名,メールアドレス,備考\n"山田\n太郎",a@example.com,"一\n二\n三"\n林 葵,b@example.com,x\n'.encode()

    [table] = text_file("f.csv", data).tables

    assert [row.number for row in table.rows()] == [1, 2, 6]


def test_headings_may_stand_below_a_title():
    data = "応募者一覧\n出力日,2026/11/24\n\n氏名,メールアドレス,応募日\n山田 太郎,a@example.com,2026/11/1\n".encode()

    sheet = locate_headings(text_file("f.csv", data))

    assert sheet is not None
    assert (sheet.heading_row, list(sheet.headings.values())) == (4, ["氏名", "メールアドレス", "応募日"])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(line_end):
    data = f"氏名,メールアドレス{line_end}山田 太郎,a@example.com{line_end}林 葵,b@example.com".encode()

    assert len(read(data)[1]) == 3


def test_bytes_that_no_encoding_explains_are_refused():
    assert find_encoding(b"\xef\xbb\xbf\xff\xff") is None
    with pytest.raises(ImportUnreadable):
        text_file("f.csv", b"\xef\xbb\xbf" + "氏名,".encode() + b"\xff\xff\n")


DATES = [
    (["2026/11/05", "2026-11-6", "令和8年11月7日", "R8.11.8"], DateStyle.YEAR_FIRST, "2026-11-05"),
    (["11/05/2026", "11/25/2026"], DateStyle.MONTH_FIRST, "2026-11-05"),
    (["05/11/2026", "25/11/2026 09:30"], DateStyle.DAY_FIRST, "2026-11-05"),
    (["05.11.2026", "25.11.2026"], DateStyle.DAY_FIRST, "2026-11-05"),
    (["Nov 5, 2026", "October 30, 2026 10:00"], DateStyle.NAMED_MONTH, "2026-11-05"),
    (["5 Nov 2026", "30-Oct-2026"], DateStyle.NAMED_MONTH, "2026-11-05"),
    (["05/11/2026", "06/11/2026"], DateStyle.UNCLEAR, None),
    (["25/11/2026", "11/25/2026"], DateStyle.UNCLEAR, None),
    (["", None], DateStyle.NONE, None),
]


@pytest.mark.parametrize(("values", "style", "first"), DATES, ids=[str(one[0]) for one in DATES])
def test_the_style_of_dates_is_found_out_from_the_whole_column(values, style, first):
    assert date_style_of(values) is style

    moment = read_date(values[0], style, JST)

    assert (f"{moment.at:%Y-%m-%d}" if moment else None) == first


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_reads_the_same_in_every_style_that_is_known(day):
    texts = {
        DateStyle.YEAR_FIRST: f"{day:%Y/%m/%d}",
        DateStyle.MONTH_FIRST: f"{day:%m/%d/%Y}",
        DateStyle.DAY_FIRST: f"{day:%d.%m.%Y}",
        DateStyle.NAMED_MONTH: f"{day:%b} {day.day}, {day.year}",
    }

    assert {read_date(text, style, JST).at.date() for style, text in texts.items()} == {day}
