"""Whatever goes wrong between writing and saving is noticed, and the old file stays."""

import re
import zipfile

import pytest

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.markup import MarkupError, check_well_formed
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.sheet_edit import NewColumn
from tests.xlsx.edited import STYLES, TAB
from tests.xlsx.raw_workbook import SHEET, sheet_of, workbook_with

ROWS = (
    '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    '<row r="2" ht="30"><c r="A2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c></row>'
)


def verify_after(tmp_path, harm):
    """Write two cells, let something happen to the members of the result, and verify it."""
    sheet = sheet_of(ROWS).replace("</sheetData>", '</sheetData><pageMargins left="1"/>')
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)
    result = tmp_path / "result.xlsx"
    with Package.open(path) as package:
        edit = Edit(package)
        edit.set_cell(TAB, 1, 1, "通知")
        edit.set_cell(TAB, 2, 1, 5.5)
        with result.open("wb") as out:
            edit.write(out)
        with zipfile.ZipFile(result) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        harm(members)
        # Packed like the old file, so that members that nothing happened to have the same compressed bytes.
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        edit.verify(result)


def in_sheet(old, new):
    """Harm that replaces something in the sheet part."""

    def harm(members):
        assert re.search(old.encode(), members[SHEET])
        members[SHEET] = re.sub(old.encode(), new.encode(), members[SHEET], count=1)

    return harm


def test_a_result_that_is_as_it_should_be_passes(tmp_path):
    verify_after(tmp_path, lambda members: None)


@pytest.mark.parametrize(
    "harm",
    [
        in_sheet("通知", "通報"),
        in_sheet("<v>5.5</v>", "<v>5.6</v>"),
        in_sheet('<c r="B1"[^>]*>.*?</c>', ""),
        in_sheet("<v>4</v>", "<v>5</v>"),
        in_sheet("<v>1</v>", "<v>2</v>"),
        in_sheet(' s="1"', ""),
        in_sheet(' ht="30"', ""),
        in_sheet('<row r="3">.*?</row>', ""),
        in_sheet('<row r="3">', '<row r="4">'),
        in_sheet("</sheetData>", '<row r="9"><c r="A9"><v>1</v></c></row></sheetData>'),
        in_sheet('left="1"', 'left="2"'),
        in_sheet("<pageMargins", "<pageMargin"),
        in_sheet("</c></row>", "</row>"),
        in_sheet('</row><row r="3">', '<row r="3">'),
        in_sheet('<row r="2"', '<row r="3"'),
        in_sheet('(<row r="2".*?</row>)(<row r="3".*?</row>)', r"\2\1"),
        in_sheet('(<row r="2".*?</row>)', r'\1<row r="4"/>'),
        in_sheet('(<row r="3".*?</row>)', r'<row r="3"><c r="A3"><v>4</v></c></row> '),
        in_sheet('<v>1</v></c>(<c r="B1".*?</c>)', r"<v>1\1</v></c>"),
        in_sheet('(<c r="A1".*?</c>)(<c r="B1".*?</c>)', r"\2\1"),
        in_sheet('(<c r="B1".*?</c>)', r"<x>\1</x>"),
        in_sheet('(<c r="B1".*?</c>)', r"<!--\1-->"),
        in_sheet('(<c r="B1".*?</c>)', r" \1"),
        in_sheet("</worksheet>", ""),
    ],
)
def test_a_sheet_that_differs_in_anything_else_is_not_saved(tmp_path, harm):
    with pytest.raises(CellRefused) as caught:
        verify_after(tmp_path, harm)

    assert caught.value.reason == "unverified"


@pytest.mark.parametrize(
    "harm",
    [
        lambda members: members.pop("xl/styles.xml"),
        lambda members: members.update({"extra.xml": b"<a/>"}),
        lambda members: members.update({"xl/styles.xml": members["xl/styles.xml"] + b" "}),
        lambda members: members.update({"xl/workbook.xml": members["xl/workbook.xml"].replace(b"calcPr", b"calc")}),
    ],
)
def test_a_member_that_is_lost_added_or_changed_is_noticed(tmp_path, harm):
    with pytest.raises(CellRefused) as caught:
        verify_after(tmp_path, harm)

    assert caught.value.reason == "unverified"


@pytest.mark.parametrize(
    ("old", "broken"),
    [(b"</sheetData>", b'</sheetData><pageMargins left="\xff"/>'), (b"<cols>", b"\x1ccols>"), (b"</cols>", b"")],
)
def test_a_sheet_that_was_broken_before_is_called_damaged_and_not_a_mistake_of_ours(tmp_path, old, broken):
    path = workbook_with(tmp_path, sheet=sheet_of(ROWS).encode().replace(old, broken), styles=STYLES)

    with Package.open(path) as package:
        edit = Edit(package)
        edit.append_columns(TAB, [NewColumn(heading="通知", width=9)], 1)

        with pytest.raises(WorkbookUnreadable, match=f"damaged .*{SHEET}"):
            _ = edit.is_empty


@pytest.mark.parametrize("markup", [b"<a><b></a>", b"<a>\x01</a>", b"<!DOCTYPE a><a/>", b"<a/><b/>", b""])
def test_a_part_of_ours_that_no_reader_could_take_is_noticed(markup):
    with pytest.raises(MarkupError):
        check_well_formed(markup)
