from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwings

from sheets_automation.core.errors import WorkbookNotFound, WorkbookUnreadable
from sheets_automation.xlsx.package import Package, Relationship
from tests.xlsx.raw_workbook import (
    MAIN,
    PROLOG,
    RELS,
    STRICT_MAIN,
    STRICT_RELS,
    cells_of,
    parts_of,
    relationships,
    sheet_of,
    workbook_with,
    zipped,
)

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
REAL_WORKBOOK = Path(xlwings.__file__).parent / "quickstart_standalone.xlsm"


def refusal(path):
    with pytest.raises(WorkbookUnreadable) as caught:
        Package.open(path)
    assert path.name in caught.value.ja
    return caught.value.en


def test_a_workbook_made_by_excel_is_taken_apart():
    with Package.open(REAL_WORKBOOK) as package:
        assert [sheet.name for sheet in package.sheets] == ["Sheet1", "_xlwings.conf"]
        assert package.workbook_part == "xl/workbook.xml"
        assert (package.styles_part, package.shared_strings_part) == ("xl/styles.xml", "xl/sharedStrings.xml")
        assert (package.is_macro_enabled, package.is_signed, package.date1904) == (True, False, False)
        assert package.content_type("xl/vbaProject.bin") == "application/vnd.ms-office.vbaproject"


def test_raw_members_make_up_the_same_file_again(tmp_path):
    with Package.open(REAL_WORKBOOK) as package, zipfile.ZipFile(REAL_WORKBOOK) as archive:
        assert package.names == tuple(archive.namelist())
        for name in package.names:
            info, compressed = package.raw(name)
            assert package.read(name) == archive.read(name) == b"".join(package.stream(name))
            assert (info.CRC, len(compressed)) == (archive.getinfo(name).CRC, archive.getinfo(name).compress_size)


def test_hidden_tabs_are_listed_and_chart_sheets_are_told_apart(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "tabs.xlsx")
    book.add_worksheet("候補者")
    book.add_worksheet("下書き").hide()
    book.add_worksheet("裏").very_hidden()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=候補者!$A$1:$A$2"})
    book.add_chartsheet("グラフ").set_chart(chart)
    book.close()

    with Package.open(tmp_path / "tabs.xlsx") as package:
        states = [(sheet.name, sheet.state) for sheet in package.sheets]

        assert states == [("候補者", "visible"), ("下書き", "hidden"), ("裏", "veryHidden")]
        assert package.chart_sheets == ("グラフ",)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"rId2", b"rId9"), (b'worksheet" Target="worksheets/sheet2', b'workshe%t" Target="worksheets/sheet2')],
    ids=["no link", "a link of no known kind"],
)
def test_a_tab_that_is_listed_and_leads_nowhere_is_damage_and_not_a_tab_less(tmp_path, old, new):
    path = tmp_path / "tabs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("候補者")
        book.add_worksheet("送信記録")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = parts[links].replace(old, new)

    with pytest.raises(WorkbookUnreadable, match="送信記録"):
        Package.open(zipped(path, parts))


def test_parts_are_found_however_their_names_are_spelt(tmp_path):
    parts = parts_of(sheet_of(ROW))
    parts["xl/Worksheets/Sheet 1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", f"{RELS}/worksheet", "/XL/worksheets/../worksheets/sheet%201.xml"),
    )

    with Package.open(zipped(tmp_path / "odd.xlsx", parts)) as package:
        assert package.sheets[0].part == "xl/Worksheets/Sheet 1.xml"
        assert package.find("XL\\worksheets\\sheet 1.XML") == "xl/Worksheets/Sheet 1.xml"
        assert package.find("xl/worksheets/sheet2.xml") is None


def test_relationships_point_to_members_or_outside(tmp_path):
    parts = parts_of(sheet_of(ROW))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(
        ("rId1", f"{RELS}/drawing", "../drawings/drawing1.xml"),
        ("rId2", f"{RELS}/hyperlink", 'https://example.co.jp/" TargetMode="External'),
    )

    with Package.open(zipped(tmp_path / "linked.xlsx", parts)) as package:
        assert package.relationships(package.sheets[0].part) == (
            Relationship(id="rId1", type=f"{RELS}/drawing", target="xl/drawings/drawing1.xml"),
            Relationship(id="rId2", type=f"{RELS}/hyperlink", target="https://example.co.jp/", external=True),
        )
        assert package.relationships("xl/styles.xml") == ()


def test_strict_workbooks_are_read_too(tmp_path):
    sheet = sheet_of(ROW).replace(MAIN, STRICT_MAIN)

    path = zipped(tmp_path / "strict.xlsx", parts_of(sheet, rels=STRICT_RELS, main=STRICT_MAIN))

    assert cells_of(path) == {1: {0: 1}}


def test_the_fingerprint_changes_when_the_file_does(tmp_path):
    path = workbook_with(tmp_path, ROW)
    copy = shutil.copy2(path, tmp_path / "copy.xlsx")

    def fingerprint():
        with Package.open(path) as package:
            return package.fingerprint

    first = fingerprint()
    again = fingerprint()
    path.chmod(0o600)
    chmodded = fingerprint()
    Path(copy).replace(path)
    replaced = fingerprint()
    os.utime(path, ns=(0, 0))
    touched = fingerprint()

    assert first == again == chmodded
    assert len({first, replaced, touched}) == 3


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(WorkbookNotFound):
        Package.open(tmp_path / "候補者.xlsx")


def test_a_folder_is_no_workbook(tmp_path):
    assert "cannot be read" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "damaged"),
        (b"\0" * 5000, "damaged"),
        ("氏名,メール\n山田,y@example.jp\n".encode("cp932"), "CSV"),
        (b"\xef\xbb\xbf<html><table>", "HTML"),
        (b"%PDF-1.7", "no Excel workbook"),
        (b"PK\x03\x04 and no end", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, ".xls"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 131_060 + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_files_of_other_kinds_are_told_apart(tmp_path, content, reason):
    path = tmp_path / "candidates.xlsx"
    path.write_bytes(content)

    assert reason in refusal(path)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, ".ods"),
        ({"notes.txt": "x"}, "without a workbook"),
        ({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}, "without a workbook"),
    ],
)
def test_zip_files_that_are_no_workbooks_are_told_apart(tmp_path, parts, reason):
    assert reason in refusal(zipped(tmp_path / "candidates.xlsx", parts))


@pytest.mark.parametrize(
    ("content_type", "reason"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "another program"),
    ],
)
def test_binary_workbooks_and_other_documents_are_refused(tmp_path, content_type, reason):
    parts = parts_of(sheet_of(ROW))
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(excel, content_type)

    assert reason in refusal(zipped(tmp_path / "candidates.xlsx", parts))


def test_a_workbook_without_tabs_is_damaged(tmp_path):
    empty = f'{PROLOG}<workbook xmlns="{MAIN}"><sheets/></workbook>'

    assert "no worksheet" in refusal(workbook_with(tmp_path, ROW, workbook=empty))


def test_a_tab_whose_part_is_missing_is_damaged(tmp_path):
    parts = parts_of(sheet_of(ROW))
    del parts["xl/worksheets/sheet1.xml"]

    assert "sheet1.xml is missing" in refusal(zipped(tmp_path / "candidates.xlsx", parts))
