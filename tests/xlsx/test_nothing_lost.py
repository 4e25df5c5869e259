"""Workbooks of other projects, changed by us: every byte that is not ours stays, or the write is refused whole."""

import re
import shutil
import warnings
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import xlwings
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, TabView, ViewCell
from sheets_automation.workbooks.excel_drawing import draw
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.saving import replace_file
from sheets_automation.xlsx.sheet_edit import NewColumn
from tests.xlsx.feature_book import make_feature_book

CORPUS = Path(__file__).parent / "corpus"
REFUSED = {"pyexcel-strict.xlsx", "xlsx-populate-encrypted.xlsx"}
BOOKS = sorted(
    path
    for folder in (CORPUS, Path(xlwings.__file__).parent)
    for path in folder.glob("*.xls[xm]")
    if path.name not in REFUSED
)
OPENPYXL_FAILS_ON = {"agate_excel-covid_19-iss.xlsx", "xlsx-populate-ranges.xlsx"}  # as they are, before we touch them
OURS = {"[content_types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
FAR_ROW, FAR_COLUMN = 5000, 60
WRITTEN = {FAR_ROW: "=1+1", FAR_ROW + 1: 42, FAR_ROW + 2: datetime.fromisoformat("2026-11-24T09:03")}


def view():
    """A small tab of ours with a chart."""
    rows = (("クレジット", None), ("10月", 3), ("11月", 4))
    cells = tuple(tuple(ViewCell(value=value) for value in row if value is not None) for row in rows)
    series = ChartSeries(name="登録", category_column=0, value_column=1, first_row=1, last_row=2)
    chart = ChartView(kind=ChartKind.COLUMN, title="登録", series=(series,), row=0, column=3)
    return TabView(tab="クレジット", title="クレジット", rows=cells, charts=(chart,))


def change(package):
    """Three cells, a column and a tab."""
    edit = Edit(package)
    tab = package.sheets[0].name
    for row, value in WRITTEN.items():
        edit.set_cell(tab, row, FAR_COLUMN, value)
    edit.append_columns(tab, [NewColumn(heading="通知状況", width=12)], 1)
    edit.put_tabs(draw([view()]))
    return edit


def changed(path):
    with Package.open(path) as package:
        edit = change(package)
        replace_file(
            path,
            edit.write,
            edit.verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=path.parent / "backups",
            keep_backups=1,
        )


@pytest.fixture(scope="module")
def feature_book(tmp_path_factory):
    path = tmp_path_factory.mktemp("features") / "features.xlsx"
    make_feature_book(path)
    return path


@pytest.fixture(scope="module", params=[*BOOKS, "features"], ids=lambda book: getattr(book, "name", book))
def original(request, feature_book):
    return feature_book if request.param == "features" else request.param


@pytest.fixture(scope="module")
def book(original, tmp_path_factory):
    copy = tmp_path_factory.mktemp("changed") / original.name
    copy.write_bytes(original.read_bytes())
    changed(copy)
    return copy


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(path):
    """Every cell of every tab, as an independent reader sees it, with its number format."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (str(getattr(cell.value, "text", cell.value)), cell.number_format, cell.font.b)
        for sheet in book.worksheets
        for cell in sheet._cells.values()  # iter_rows() makes a cell of every blank up to the last one
        if cell.value is not None
    }


def test_every_part_that_is_not_ours_is_the_same_bytes(original, book):
    before, after = parts(original), parts(book)
    with Package.open(original) as package:
        sheet = package.sheets[0]
        tables = {link.target for link in package.relationships(sheet.part) if link.kind == "table"}
    may_change = OURS | {sheet.part.lower()} | {table.lower() for table in tables}

    assert set(before) <= set(after)
    assert [name for name in before if name.lower() not in may_change and before[name] != after[name]] == []


def test_an_independent_reader_finds_every_old_cell_and_the_new_ones(original, book):
    if original.name in OPENPYXL_FAILS_ON:
        return
    before, after = cells(original), cells(book)
    with Package.open(original) as package:
        tab = package.sheets[0].name
    column = "BI"

    assert {place: after.get(place) for place in before} == before
    assert after[tab, f"{column}{FAR_ROW}"][0] == "=1+1"
    assert after[tab, f"{column}{FAR_ROW + 1}"][0] == "42"
    assert after["クレジット", "B2"][0] == "3"


def test_text_that_looks_like_a_formula_is_stored_as_text(original, book):
    if original.name in OPENPYXL_FAILS_ON:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cell = load_workbook(book).worksheets[0].cell(FAR_ROW, FAR_COLUMN + 1)

    assert cell.data_type in {"s", "inlineStr"}
    assert cell.quotePrefix


def test_doing_the_same_again_changes_nothing(book):
    with Package.open(book) as package:
        edit = Edit(package)
        for row, value in WRITTEN.items():
            edit.set_cell(package.sheets[0].name, row, FAR_COLUMN, value)
        edit.put_tabs(draw([view()]))

        assert edit.is_empty


def test_a_schema_checker_finds_nothing_that_it_did_not_find_before(original, book):
    before, after = (Counter(complaints(path)) for path in (original, book))

    assert after - before == Counter()


def complaints(path):
    """What an independent checker of the schemas has to say, without the places, which move.

    Left out is its advice that Excel will move inline strings to the shared ones when it saves: it may.
    """
    found = (error.description for error in OpenXmlValidator().validate(path).errors)
    return [re.sub(r"[A-Z]+\d+|\d+", "#", text) for text in found if "inline-string" not in text]


def test_a_tab_that_is_replaced_leaves_no_part_behind(book, tmp_path):
    book = Path(shutil.copy(book, tmp_path))
    before = set(parts(book))
    with Package.open(book) as package:
        edit = Edit(package)
        edit.put_tabs(
            draw([TabView(tab="クレジット", title="クレジット", rows=((ViewCell(value="短い", look=Look.TITLE),),))])
        )
        replace_file(
            book,
            edit.write,
            edit.verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=book.parent,
            keep_backups=0,
        )

    gone = before - set(parts(book))
    kinds = sorted(re.sub(r"\d+", "", name.rpartition("/")[2]) for name in gone)
    assert kinds == ["chart.xml", "drawing.xml", "drawing.xml.rels", "sheet.xml.rels"]


def test_a_strict_workbook_is_refused_and_stays_as_it_was(tmp_path):
    path = tmp_path / "strict.xlsx"
    path.write_bytes((CORPUS / "pyexcel-strict.xlsx").read_bytes())

    with pytest.raises(CellRefused, match="Strict"):
        changed(path)

    assert path.read_bytes() == (CORPUS / "pyexcel-strict.xlsx").read_bytes()


def test_an_encrypted_workbook_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(WorkbookUnreadable, match="remove the password"):
        Package.open(CORPUS / "xlsx-populate-encrypted.xlsx")
