"""Single cells, written into rows of every spelling."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.row_scan import SheetScan
from sheets_automation.xlsx.sheet_digest import DigestingScan
from sheets_automation.xlsx.tags import Splice, spliced, spliced_stream
from tests.xlsx.edited import STYLES, TAB, changes_nothing, edited, framed, part, rows_in
from tests.xlsx.raw_workbook import MAIN, cells_of, sheet_of, workbook_with


def test_one_cell_changes_and_every_other_byte_of_its_row_stays(tmp_path):
    row = (
        "<row r='2'  spans=\"1:3\" ht='30'><c r=\"A2\" s='1'><v>1</v></c> "
        '<c r="C2"  s="1"  foo=\'>\'><v>3</v></c></row>'
    )
    path = workbook_with(tmp_path, row, styles=STYLES)

    new = edited(path, lambda edit: edit.set_cell(TAB, 2, 2, 4))

    assert rows_in(new) == row.replace("<v>3</v>", "<v>4</v>")


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        ("通知", ' t="inlineStr"><is><t>通知</t></is></c>'),
        (" a ", ' t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>'),
        ("<&>", ' t="inlineStr"><is><t>&lt;&amp;&gt;</t></is></c>'),
        ("_x0041_\r\0", ' t="inlineStr"><is><t>_x005F_x0041__x000D__x0000_</t></is></c>'),
        ("\ud83d", ' t="inlineStr"><is><t>\ufffd</t></is></c>'),
        (True, ' t="b"><v>1</v></c>'),
        (0.1, "><v>0.1</v></c>"),
        (None, "/>"),
        ("", "/>"),
    ],
)
def test_a_value_is_stored_so_that_it_is_read_as_meant(tmp_path, value, markup):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="2" t="s" cm="1" vm="2"><v>0</v></c></row>', styles=STYLES)

    new = edited(path, lambda edit: edit.set_cell(TAB, 1, 0, value))

    assert rows_in(new) == f'<row r="1"><c r="A1" s="2"{markup}</row>'


def test_a_date_is_shown_as_one_and_keeps_the_format_that_it_finds(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="1"/><c r="B1" s="2"/></row>', styles=STYLES)
    day = datetime.fromisoformat("2026-11-24")

    new = edited(path, lambda edit: [edit.set_cell(TAB, 1, column, day) for column in (0, 1)])

    assert rows_in(new) == '<row r="1"><c r="A1" s="1"><v>46350</v></c><c r="B1" s="3"><v>46350</v></c></row>'
    assert '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"><protection' in part(
        new, "xl/styles.xml"
    )


def test_in_a_workbook_that_counts_from_1904_the_same_day_has_another_number(tmp_path):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr date1904="1"/><sheets><sheet name="候補者" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="1"/></row>', styles=STYLES, workbook=workbook)

    new = edited(path, lambda edit: edit.set_cell(TAB, 1, 0, datetime.fromisoformat("2026-11-24T12:00")))

    assert "<v>44888.5</v>" in rows_in(new)
    assert cells_of(new) == {1: {0: datetime.fromisoformat("2026-11-24T12:00")}}


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_text_that_looks_like_a_formula_is_marked_as_text(tmp_path, sign):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', styles=STYLES)

    new = edited(path, lambda edit: edit.set_cell(TAB, 1, 0, f"{sign}1+1"))

    assert rows_in(new) == f'<row r="1"><c r="A1" s="3" t="inlineStr"><is><t>{sign}1+1</t></is></c></row>'
    assert 'quotePrefix="1"' in part(new, "xl/styles.xml")


def test_missing_cells_and_rows_are_put_where_they_belong(tmp_path):
    rows = '<row r="2" spans="2:2"><c r="B2"><v>2</v></c></row><row r="5"/>'
    path = workbook_with(tmp_path, rows, styles=STYLES)

    new = edited(
        path, lambda edit: [edit.set_cell(TAB, row, column, 7) for row in (1, 2, 3, 5, 6) for column in (0, 2)]
    )

    assert rows_in(new) == (
        '<row r="1"><c r="A1"><v>7</v></c><c r="C1"><v>7</v></c></row>'
        '<row r="2" spans="1:3"><c r="A2"><v>7</v></c><c r="B2"><v>2</v></c><c r="C2"><v>7</v></c></row>'
        '<row r="3"><c r="A3"><v>7</v></c><c r="C3"><v>7</v></c></row>'
        '<row r="5"><c r="A5"><v>7</v></c><c r="C5"><v>7</v></c></row>'
        '<row r="6"><c r="A6"><v>7</v></c><c r="C6"><v>7</v></c></row>'
    )


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData >\n</sheetData>"])
def test_a_sheet_without_rows_gets_its_first(tmp_path, empty):
    sheet = sheet_of("").replace("<sheetData></sheetData>", empty)
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    new = edited(path, lambda edit: edit.append_rows(TAB, [{0: "a"}, {1: "b"}]))

    assert cells_of(new) == {1: {0: "a"}, 2: {1: "b"}}


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_rows_and_cells_without_references_are_counted(tmp_path, prefix):
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>".replace("<", f"<{prefix}")
    sheet = sheet_of(rows.replace(f"<{prefix}/", f"</{prefix}"), prefix)
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    new = edited(path, lambda edit: [edit.set_cell(TAB, row, 1, "x") for row in (1, 2, 4)])

    assert cells_of(new) == {1: {0: 1, 1: "x"}, 2: {0: 3, 1: "x"}, 4: {1: "x"}}
    assert f"<{prefix}is><{prefix}t>x" in part(new)


def test_what_looks_like_a_cell_in_a_comment_or_cdata_is_none(tmp_path):
    rows = (
        '<!-- <row r="1"><c r="A1"/> --><row r="1"><!-- <c r="A1"><v>8</v></c> --><c r="B1"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t><![CDATA[</c></row><row r="9">]]></t></is></c></row>'
    )
    path = workbook_with(tmp_path, rows, styles=STYLES)

    new = edited(path, lambda edit: [edit.set_cell(TAB, 1, 0, 5), edit.set_cell(TAB, 2, 0, 6)])

    assert cells_of(new) == {1: {0: 5, 1: 1, 2: '</c></row><row r="9">'}, 2: {0: 6}}


def test_the_stated_size_grows_only_when_something_lies_outside(tmp_path):
    sheet = framed('<row r="1"><c r="A1"/><c r="B1"/></row>', before='<dimension ref="A1:B1"/>')
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    inside = edited(path, lambda edit: edit.set_cell(TAB, 1, 1, 5))
    assert '<dimension ref="A1:B1"/>' in part(inside)

    outside = edited(path, lambda edit: edit.set_cell(TAB, 3, 2, 5))
    assert '<dimension ref="A1:C3"/>' in part(outside)


def test_a_cell_that_is_not_there_looks_like_its_row_or_its_column(tmp_path):
    sheet = sheet_of('<row r="1" s="2" customFormat="1"/>').replace('width="9"', 'width="9" style="1"')
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    new = edited(path, lambda edit: [edit.set_cell(TAB, row, 0, 5) for row in (1, 2)])

    assert '<c r="A1" s="2"><v>5</v></c>' in rows_in(new)
    assert '<c r="A2" s="1"><v>5</v></c>' in rows_in(new)


def test_a_cell_can_look_like_another_one_of_its_row(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="1"/></row>', styles=STYLES)

    def change(edit):
        edit.set_cell(TAB, 1, 3, 5, CellStyle(like=0))

    new = edited(path, change)

    assert '<c r="D1" s="1"><v>5</v></c>' in rows_in(new)
    assert changes_nothing(new, change)


def test_writing_what_is_there_changes_nothing(tmp_path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>=1</t></is></c><c r="B1"><v>2</v></c><c r="C1" s="1"/></row>'
    path = workbook_with(tmp_path, rows, styles=STYLES)

    def change(edit):
        for column, value in enumerate(("=1", 2, None, None)):
            edit.set_cell(TAB, 1, column, value)

    new = edited(path, change)

    assert changes_nothing(new, change)
    assert not changes_nothing(new, lambda edit: edit.set_cell(TAB, 1, 1, 3))


def test_the_same_changes_give_the_same_bytes(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1"/></row>', styles=STYLES)

    files = [edited(path, lambda edit: edit.set_cell(TAB, 1, 0, "x")).read_bytes() for _ in range(2)]

    assert files[0] == files[1]


def test_clearing_what_is_not_there_changes_nothing(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1"/></row>', styles=STYLES)

    assert changes_nothing(
        path, lambda edit: [edit.set_cell(TAB, row, column, None) for row in (1, 2) for column in (0, 1)]
    )


class Pipe(io.BytesIO):
    """What zipfile cannot go back in: sizes come behind the data then, as Google and LibreOffice write them."""

    def seek(self, *_):
        raise OSError


def test_members_that_were_written_as_a_stream_are_copied_with_their_sizes(tmp_path):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1"/></row>', styles=STYLES)
    streamed = Pipe()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    path.write_bytes(streamed.getvalue())

    assert all(info.flag_bits & 0x08 for info in zipfile.ZipFile(path).infolist())

    result = edited(path, lambda edit: edit.set_cell(TAB, 1, 0, "x"))

    with zipfile.ZipFile(result) as archive:
        assert archive.testzip() is None
        assert not any(info.flag_bits & 0x08 for info in archive.infolist())


@given(st.data())
@settings(max_examples=200)
def test_splices_on_a_stream_do_what_they_do_on_the_whole(data):
    text = data.draw(st.binary(max_size=60))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    splices = [Splice(start, end, b"<%d>" % start) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    size = data.draw(st.integers(1, 20))
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    expected, at = b"", 0
    for splice in splices:
        expected, at = expected + text[at : splice.start] + splice.new, splice.end
    expected += text[at:]

    assert b"".join(spliced_stream(chunks, splices)) == expected
    assert spliced(text, splices) == expected


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("size", [1, 2, 7, 50, 1000])
def test_rows_are_found_wherever_the_chunks_end(prefix, size):
    row, cell = f"{prefix}row", f"{prefix}c"
    rows = (
        f'<{row} r="1"><{cell} r="A1"/></{row}><!-- <{row} r="9"> --><{row} r="3" />'
        f'<{row}><{cell}/></{row}>\n<{row} r="7"></{row}>'
    )
    data = sheet_of(rows, prefix).encode()
    root = data.index(b"cols")  # what the part is, is told by its first chunk

    def scan():
        return SheetScan([data[:root], *(data[i : i + size] for i in range(root, len(data), size))], "sheet")

    found = scan()
    assert [row.number for row in found.rows()] == [1, 3, 4, 7]
    assert found.tail == f"</{prefix}sheetData></{prefix}worksheet>".encode()
    for wanted in ([], [1], [2], [3, 4], [5, 9], [1, 3, 4, 7]):
        scanned = scan()
        stretches = list(scanned.rows_between(wanted))
        assert [row.number for row in stretches if row.number in wanted] == [n for n in wanted if n in {1, 3, 4, 7}]
        assert scanned.head + b"".join(row.data for row in stretches) + scanned.tail == data
        assert all(data.startswith(row.data, row.start) for row in stretches)
        digesting = DigestingScan(scan(), dict.fromkeys(wanted, ()))
        assert list(digesting.rows()) == stretches
        along = scan()
        again = list(along.rows_along(digesting.digest().plan, digesting.digest().last_gap))
        assert [row for row in again if row.number] == [row for row in stretches if row.number in wanted]
        assert along.head + b"".join(row.data for row in again) + along.tail == data


@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(0, 5)), st.text(max_size=8) | st.integers(-99, 99)))
@settings(max_examples=60)
def test_whatever_is_written_is_read_back_and_the_rest_stays(tmp_path_factory, writes):
    before = {2: {1: "前", 4: 7}, 7: {0: 1}}
    rows = (
        '<row r="2"><c r="B2" t="inlineStr"><is><t>前</t></is></c><c r="E2"><v>7</v></c></row>'
        '<row r="7"><c r="A7"><v>1</v></c></row>'
    )
    path = workbook_with(tmp_path_factory.mktemp("book"), rows, styles=STYLES)

    new = edited(path, lambda edit: [edit.set_cell(TAB, *place, value) for place, value in writes.items()])

    expected = {row: dict(cells) for row, cells in before.items()}
    for (row, column), value in writes.items():
        expected.setdefault(row, {})[column] = value
    found = cells_of(new)
    for row, cells in expected.items():
        assert found.get(row, {}) == {column: value for column, value in cells.items() if value != ""}
