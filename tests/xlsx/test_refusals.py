"""What is refused, with the place and the reason, and before a byte is written."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import REASONS, CellRefused
from tests.xlsx.edited import STYLES, TAB, edited, framed, part
from tests.xlsx.raw_workbook import MAIN, RELS, parts_of, relationships, sheet_of, workbook_with, zipped

DOCUMENT = Path(__file__).parents[2] / "docs" / "workbook-files.md"


def refusal(path, change, **options):
    """Why a change is refused."""
    with Package.open(path) as package, pytest.raises(CellRefused) as caught:
        plan(package, change, **options)
    assert caught.value.ja
    assert "{" not in caught.value.ja + caught.value.en
    return caught.value


def plan(package, change, **options):
    edit = Edit(package, **options)
    change(edit)
    edit.write(io.BytesIO())


def set_a1(edit):
    edit.set_cell(TAB, 1, 0, "x")


def book_with_part(tmp_path, kind, name, content, sheet=""):
    """A workbook whose sheet points to one more part."""
    parts = parts_of(sheet or sheet_of('<row r="1"><c r="A1"/></row>'))
    parts["xl/styles.xml"] = STYLES
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("rId1", f"{RELS}/{kind}", f"/{name}"))
    parts[name] = content
    return zipped(tmp_path / "book.xlsx", parts)


@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f t="shared" si="0"/>', '<f t="array" ref="A1">1</f>'])
def test_a_formula_is_never_overwritten(tmp_path, formula):
    path = workbook_with(tmp_path, f'<row r="1"><c r="A1">{formula}<v>2</v></c></row>')

    refused = refusal(path, set_a1)

    assert (refused.reason, refused.tab, refused.cell) == ("formula", TAB, "A1")
    assert "「候補者」 A1: " in refused.ja
    assert '"候補者" A1: ' in refused.en


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_cells_that_a_formula_elsewhere_fills_are_refused(tmp_path, kind):
    rows = (
        f'<row r="1"><c r="A1"><f t="{kind}" ref="A1:B3">1</f><v>2</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
    )
    path = workbook_with(tmp_path, rows)

    assert refusal(path, lambda edit: edit.set_cell(TAB, 2, 1, 5)).reason == "array_formula"
    assert refusal(path, lambda edit: edit.set_cell(TAB, 3, 0, 5)).reason == "array_formula"
    edited(path, lambda edit: edit.set_cell(TAB, 4, 1, 5))


def test_of_merged_cells_only_the_first_can_be_written(tmp_path):
    sheet = framed('<row r="2"><c r="B2"/></row>', after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    path = workbook_with(tmp_path, sheet=sheet)

    for row, column in ((2, 2), (3, 1), (3, 2)):
        refused = refusal(path, lambda edit, row=row, column=column: edit.set_cell(TAB, row, column, 5))
        assert refused.reason == "merged"
        assert "B2:C3" in refused.en
    edited(path, lambda edit: edit.set_cell(TAB, 2, 1, 5))


def test_heading_and_total_rows_of_a_table_are_refused(tmp_path):
    table = f'<table xmlns="{MAIN}" id="1" name="t" displayName="t" ref="A1:B4" totalsRowCount="1"></table>'
    path = book_with_part(tmp_path, "table", "xl/tables/table1.xml", table)

    assert refusal(path, set_a1).reason == "table_header"
    assert refusal(path, lambda edit: edit.set_cell(TAB, 4, 1, 5)).reason == "table_header"
    edited(path, lambda edit: edit.set_cell(TAB, 3, 1, 5))


def test_a_pivot_table_with_its_page_fields_is_refused(tmp_path):
    pivot = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="A4:C9" rowPageCount="1"/></pivotTableDefinition>'
    path = book_with_part(tmp_path, "pivotTable", "xl/pivotTables/pivotTable1.xml", pivot)

    assert refusal(path, lambda edit: edit.set_cell(TAB, 9, 2, 5)).reason == "pivot"
    assert refusal(path, lambda edit: edit.set_cell(TAB, 2, 0, 5)).reason == "pivot"
    edited(path, lambda edit: edit.set_cell(TAB, 10, 0, 5))


def test_locked_cells_of_a_protected_sheet_are_refused_unless_we_protected_it(tmp_path):
    sheet = framed('<row r="1"><c r="A1"/><c r="B1" s="2"/></row>', after='<sheetProtection sheet="1"/>')
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    assert refusal(path, set_a1).reason == "protected"
    edited(path, lambda edit: edit.set_cell(TAB, 1, 1, 5))
    edited(path, set_a1, own_tabs={TAB})


@pytest.mark.parametrize(
    ("reason", "value"),
    [
        ("text_too_long", "あ" * 32_768),
        ("text_too_long", "😀" * 16_384),
        ("number", 10**15),
        ("number", float("nan")),
        ("date", datetime.fromisoformat("1900-02-28")),
    ],
)
def test_a_value_that_excel_cannot_hold_is_refused_at_its_cell(tmp_path, reason, value):
    path = workbook_with(tmp_path, styles=STYLES)

    refused = refusal(path, lambda edit: edit.set_cell(TAB, 3, 27, value))

    assert (refused.reason, refused.cell) == (reason, "AB3")


@pytest.mark.parametrize("place", [(1_048_577, 0), (1, 16_384), (0, 0)])
def test_there_is_nothing_beyond_the_edges(tmp_path, place):
    assert refusal(workbook_with(tmp_path), lambda edit: edit.set_cell(TAB, *place, 5)).reason == "no_room"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
    ],
)
def test_rows_and_cells_out_of_order_are_refused(tmp_path, rows):
    assert refusal(workbook_with(tmp_path, rows), set_a1).reason == "rows_unordered"


def test_a_part_in_another_encoding_or_with_a_doctype_is_refused(tmp_path):
    sheet = sheet_of("")

    utf16 = sheet.replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(workbook_with(tmp_path, sheet=utf16), set_a1).reason == "encoding"
    latin = sheet.replace("UTF-8", "iso-8859-1").encode()
    assert refusal(workbook_with(tmp_path, sheet=latin), set_a1).reason == "encoding"
    doctype = sheet.replace("<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')
    assert refusal(workbook_with(tmp_path, sheet=doctype), set_a1).reason == "doctype"


def test_without_usable_formats_plain_cells_are_written_and_others_refused(tmp_path):
    path = workbook_with(tmp_path, styles=f'<styleSheet xmlns="{MAIN}"/>')

    edited(path, set_a1)
    assert refusal(path, lambda edit: edit.set_cell(TAB, 1, 0, "=1")).reason == "styles"
    assert refusal(path, lambda edit: edit.put_tabs(made("新しい"))).reason == "styles"


def test_a_tab_that_is_not_there_is_refused(tmp_path):
    assert refusal(workbook_with(tmp_path), lambda edit: edit.set_cell("別", 1, 0, 5)).reason == "no_such_tab"


def test_a_workbook_with_a_protected_structure_gets_no_new_tab(tmp_path):
    path = workbook_with(tmp_path, styles=STYLES)
    workbook = part(path, "xl/workbook.xml").replace("<sheets>", '<workbookProtection lockStructure="1"/><sheets>')
    path = workbook_with(tmp_path, styles=STYLES, workbook=workbook)

    assert refusal(path, lambda edit: edit.put_tabs(made("新しい"))).reason == "protected_structure"


def test_a_signed_workbook_is_refused_whole(tmp_path):
    parts = parts_of(sheet_of(""))
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    main = ("rId1", f"{RELS}/officeDocument", "xl/workbook.xml")
    parts["_rels/.rels"] = relationships(main, ("rId2", origin, "_xmlsignatures/origin.sigs"))

    assert refusal(zipped(tmp_path / "book.xlsx", parts), set_a1).reason == "signed"


def made(*tabs):
    """A workbook with these tabs, as XlsxWriter makes it."""
    out = io.BytesIO()
    with Workbook(out) as book:
        for tab in tabs:
            book.add_worksheet(tab)
    return out.getvalue()


def test_every_reason_has_a_sentence_in_two_languages():
    for ja, en in REASONS.values():
        assert ja.isascii() is False
        assert en.isascii() is True


def test_the_document_names_every_kind_of_refusal():
    text = DOCUMENT.read_text(encoding="utf-8").lower()
    words = (
        "formula",
        "array",
        "merged",
        "table",
        "pivot",
        "protected",
        "signed",
        "utf-8",
        "doctype",
        "order",
        "strict",
    )

    assert [word for word in words if word not in text] == []
