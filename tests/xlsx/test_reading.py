from __future__ import annotations

from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_automation.core.table import CellError
from sheets_automation.xlsx.limits import Limits
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import tables
from tests.xlsx.raw_workbook import cells_of, rows_of, sheet_of, texts_of, workbook_with

PLAIN_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t"),
    max_size=40,
)


def value_of(folder, cell, **parts):
    return cells_of(workbook_with(folder, f'<row r="1">{cell}</row>', **parts)).get(1, {}).get(0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>7</v></c>', 7),
        ('<c r="A1" t="n"><v>-7</v></c>', -7),
        ('<c r="A1"><v>0.5</v></c>', 0.5),
        ('<c r="A1"><v>1E5</v></c>', 100000.0),
        ('<c r="A1"><v>12345678901234567890</v></c>', 12345678901234567890.0),
        ('<c r="A1"><v>1e999</v></c>', CellError("#NUM!")),
        ('<c r="A1"><v>1_0</v></c>', CellError("#VALUE!")),
        ('<c r="A1" t="str"><v>007</v></c>', "007"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c r="A1" t="d"><v>2026-04-01T09:30:00Z</v></c>', datetime.fromisoformat("2026-04-01T09:30")),
        ('<c r="A1" t="inlineStr"><is><t>山田 &amp; 佐藤&#10;</t></is></c>', "山田 & 佐藤\n"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>山</t></r><r><t>田</t></r><rPh sb="0" eb="1"><t>ヤマ</t></rPh></is></c>',
            "山田",
        ),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b _x005F_x0041_ _xD83D__xDE00_</t></is></c>', "a\rb _x0041_ 😀"),
        ('<c r="A1" t="inlineStr"><is><t>half _xD83D_</t></is></c>', "half \ufffd"),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', None),
        ("<c t='str' r='A1'><v><![CDATA[<c r=\"A1\">]]></v></c>", '<c r="A1">'),
        ('<c r="A1"><!-- <v>1</v> --><v>2</v></c>', 2),
        ('<c r="A1"><v>2</v><extLst><ext><c r="A1"><v>3</v></c></ext></extLst></c>', 2),
        ("<c><v>2</v></c>", 2),
    ],
)
def test_every_kind_of_cell_has_its_value(tmp_path, cell, value):
    found = value_of(tmp_path, cell)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="A1" t="str"><f>B1&amp;""</f><v></v></c>', None),
        ('<c r="A1"><f t="shared" si="0"/><v>3</v></c>', 3),
        ('<c r="A1"><f>1+1</f></c>', CellError("#UNCALCULATED")),
        ('<c r="A1"><f>1+1</f><v></v></c>', CellError("#UNCALCULATED")),
        ('<c r="A1"><f>1+1</f><v/></c>', CellError("#UNCALCULATED")),
    ],
)
def test_a_formula_gives_what_excel_last_calculated_or_says_that_it_never_did(tmp_path, cell, value):
    found = value_of(tmp_path, cell)

    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><t>山田</t></si>", "山田"),
        ('<si><t xml:space="preserve"> 山田 </t></si>', " 山田 "),
        ("<si><r><rPr><b/></rPr><t>山</t></r><r><t>田</t></r></si>", "山田"),
        ('<si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><phoneticPr fontId="1"/></si>', "山田"),
        ("<si><t>a_x000D_\r\nb</t></si>", "a\r\nb"),
        ("<si><t>&lt;b&gt; &#x3042;</t></si>", "<b> あ"),
        ("<si><!-- no --><t><![CDATA[<t>]]></t></si>", "<t>"),
        ("<si><!-- <si></si> --><t>山田</t></si>", "山田"),
        ('<si><!-- --><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si>', "山田"),
        ("<si/>", None),
        ("<si><t/></si>", None),
    ],
)
def test_a_shared_string_is_its_text_without_pronunciation_and_escapes(tmp_path, item, text):
    texts = texts_of(f"<si><t>other</t></si>{item}<si><t>last</t></si>")

    assert value_of(tmp_path, '<c r="A1" t="s"><v>1</v></c>', texts=texts) == text


@pytest.mark.parametrize("whole_texts_bytes", [0, 10**6])
def test_large_shared_strings_are_read_for_the_wanted_columns_only(tmp_path, whole_texts_bytes):
    path = tmp_path / "many.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    long_note = "長い備考 " * 20  # so that the texts come in several chunks
    for row in reversed(range(1500)):
        sheet.write_row(row, 0, [f"id {row}", f"name {row % 700}", f"{row} {long_note}"])
    book.close()

    rows = rows_of(path, [0, 1], Limits(whole_texts_bytes=whole_texts_bytes))

    assert [dict(row.cells) for row in rows] == [{0: f"id {row}", 1: f"name {row % 700}"} for row in range(1500)]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_rows_may_be_hidden_missing_prefixed_or_unnumbered(tmp_path, prefix):
    rows = (
        '<x:row r="2" spans="1:2" hidden="1"><x:c r="A2"><x:v>1</x:v></x:c></x:row><x:row r="3"/>'
        '<x:row r="9" hidden="0"><x:c r="A9"><x:v>2</x:v></x:c></x:row>'
    ).replace("x:", prefix)
    unnumbered = "<row><c><v>3</v></c><c/><c><v>4</v></c></row>"

    numbered = rows_of(workbook_with(tmp_path, sheet=sheet_of(rows, prefix)))

    assert [(row.number, dict(row.cells), row.hidden) for row in numbered] == [(2, {0: 1}, True), (9, {0: 2}, False)]
    assert cells_of(workbook_with(tmp_path, unnumbered)) == {1: {0: 3, 2: 4}}


def test_only_wanted_columns_are_read_and_rows_without_them_are_left_out(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="AA1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>'
        '<row r="3"><c r="XFD3"><v>4</v></c></row>'
    )
    path = workbook_with(tmp_path, rows)

    assert [dict(row.cells) for row in rows_of(path, [0, 26])] == [{0: 1, 26: 2}]
    assert [dict(row.cells) for row in rows_of(path, [16_383])] == [{16_383: 4}]
    assert rows_of(path, []) == []


def test_a_sheet_in_utf_16_or_with_an_odd_cell_far_down_is_read_all_the_same(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_000))
    odd = rows.replace('<c r="A15000">', "<c  r='A15000' >")
    utf_16 = sheet_of(odd).replace("UTF-8", "UTF-16").encode("utf-16")
    expected = [(n, {0: n}, False) for n in range(1, 20_000)]

    assert rows_of(workbook_with(tmp_path, odd)) == expected
    assert rows_of(workbook_with(tmp_path, sheet=utf_16)) == expected


# XlsxWriter does not escape an underscore before a control character that it escapes itself, so there are none here.
XML_TEXT = PLAIN_TEXT | st.lists(st.sampled_from(["_x", "0041", "_", "x", "&", "山"]), max_size=9).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(XML_TEXT.filter(lambda text: not text.startswith("=")), min_size=1, max_size=6),
    constant=st.booleans(),
)
def test_text_comes_back_as_another_program_wrote_it(tmp_path, texts, constant):
    path = tmp_path / "texts.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": constant})
    sheet = book.add_worksheet()
    for column, text in enumerate(texts):
        sheet.write_string(0, column, text)
    book.close()

    expected = {column: text for column, text in enumerate(texts) if text}

    assert cells_of(path).get(1, {}) == expected


def test_each_pass_over_a_table_gives_the_same_rows_even_when_the_file_is_gone(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>')

    with Package.open(path) as package:
        table = tables(package)["候補者"]
        first = list(table.rows())
        path.unlink()

        assert list(table.rows()) == first == rows_with(1)


def rows_with(value):
    return [(1, {0: value}, False)]
