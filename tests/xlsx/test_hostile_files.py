"""No file, however it was made, may kill us, hang us or fill the memory: it is read or refused."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.limits import Limits
from tests.xlsx.raw_workbook import PROLOG, SHEET, cells_of, parts_of, sheet_of, texts_of, workbook_with, zipped

ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
TEXTS = texts_of("<si><t>山田</t></si>")
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
NESTED = "<a>" * 100_000 + "</a>" * 100_000

READ_IN_A_SMALL_CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.limits import Limits
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import iter_rows
try:
    limits = Limits(max_ratio=2000)  # so that the other caps have to hold
    with Package.open(Path(sys.argv[1]), limits) as package:
        print(sum(1 for _ in iter_rows(package, package.sheets[0])))
except WorkbookUnreadable as error:
    print(error)
"""


def refusal(path, limits=None):
    with pytest.raises(WorkbookUnreadable) as caught:
        cells_of(path, limits or Limits())
    return caught.value.en


def said_by_a_small_child(path):
    command = [sys.executable, "-c", READ_IN_A_SMALL_CHILD, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def a_bomb(path, name, unit, times):
    """A workbook with a part that inflates to `times` units."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts_of(sheet_of(ROW)) | {"xl/sharedStrings.xml": TEXTS}).items():
            if part != name:
                archive.writestr(part, content)
        head, tail = (sheet_of("|") if name == SHEET else texts_of("<si><t>|</t></si>")).split("|")
        with archive.open(name, "w") as member:
            member.write(head.encode())
            for _ in range(times // 100_000):
                member.write(unit.encode() * 100_000)
            member.write(tail.encode())
    return path


@pytest.mark.parametrize(
    ("name", "unit", "times"),
    [
        (SHEET, "<row/>", 10_000_000),
        (SHEET, "<row><c/><c/></row>", 300_000),
        (SHEET, '<row r="1"><c r="A1"><v>1</v></c></row>', 1_000_000),
        (SHEET, "<a>", 10_000_000),
        (SHEET, "<!-- -->", 2_000_000),
        ("xl/sharedStrings.xml", "x", 50_000_000),
        ("xl/sharedStrings.xml", "</t></si><si><t>", 4_000_000),
    ],
)
def test_a_bomb_is_read_or_refused_within_half_a_gigabyte_and_twenty_seconds(tmp_path, name, unit, times):
    assert said_by_a_small_child(a_bomb(tmp_path / "bomb.xlsx", name, unit, times))


def test_what_inflates_a_thousandfold_is_refused_unread(tmp_path):
    assert "too large" in refusal(a_bomb(tmp_path / "bomb.xlsx", SHEET, "<row/>", 12_000_000))


def test_one_cell_in_the_last_corner_is_just_one_cell(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    assert cells_of(workbook_with(tmp_path, corner)) == {1_048_576: {16_383: 1}}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "row"),
        ('<row r="0"/>', "row"),
        ('<row r="2"/><row r="1"/>', "row 1 after row 2"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "columns"),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "shared string"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "shared string"),
        ('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "shared string"),
        (f'<row r="1"><c r="A1">{NESTED}</c></row>', "nested"),
        (f'<row r="1"><!-- --><c r="A1" x="{"x" * 2_000_000}"/></row>', "longer than a megabyte"),
        (f'<row r="1"><!-- {"x" * 2_000_000} --></row>', "longer than a megabyte"),
        (f'<row r="1"><!-- -->{"".join(f"<a{n}/>" for n in range(30_000))}</row>', "names"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "mismatched"),
        ('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>', "entity"),
        ('<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>', "reference to invalid character"),
    ],
)
def test_impossible_sheets_are_refused(tmp_path, rows, reason):
    assert reason in refusal(workbook_with(tmp_path, rows, texts=TEXTS))


def test_of_broken_shared_strings_it_is_said_that_these_are_broken(tmp_path):
    path = workbook_with(tmp_path, ROW, texts=TEXTS.removesuffix("</sst>"))

    assert "sharedStrings.xml: no element found" in refusal(path)


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "xl/workbook.xml", "_rels/.rels", SHEET, "xl/sharedStrings.xml"]
)
def test_a_doctype_is_refused_wherever_it_stands(tmp_path, name):
    parts = parts_of(sheet_of(ROW)) | {"xl/sharedStrings.xml": TEXTS}
    parts[name] = parts[name].replace(PROLOG, PROLOG + ENTITIES)

    assert "DOCTYPE" in refusal(zipped(tmp_path / "entities.xlsx", parts))


@pytest.mark.parametrize("encoding", ["shift_jis", "utf-7", "no-such-encoding"])
def test_an_encoding_that_no_workbook_uses_is_refused(tmp_path, encoding):
    sheet = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>').replace("UTF-8", encoding)

    assert "encoding" in refusal(workbook_with(tmp_path, sheet=sheet))


def test_bytes_that_are_no_utf_8_are_refused(tmp_path):
    sheet = sheet_of('<row r="1"><c r="A1" t="str"><v>?</v></c></row>').encode().replace(b"?", b"\xff")

    assert "not well-formed" in refusal(workbook_with(tmp_path, sheet=sheet))


@pytest.mark.parametrize("twin", [SHEET, "XL/Worksheets/Sheet1.XML"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path, twin):
    path = zipped(tmp_path / "twins.xlsx", parts_of(sheet_of(ROW)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(twin, sheet_of(""))

    assert "two members" in refusal(path)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_file_bytes=100), "too large"),
        (Limits(max_members=3), "too large"),
        (Limits(max_part_bytes=0, max_ratio=1), "too large"),
        (Limits(max_small_part_bytes=10), "too large"),
        (Limits(max_small_part_tags=2), "too many tags"),
        (Limits(max_member_bytes=10), "too large"),
        (Limits(max_cells=1), "too many cells"),
        (Limits(max_text_bytes=100_000), "too long"),
        (Limits(max_row_bytes=100_000), "too long"),
        (Limits(max_texts=3), "too much text"),
        (Limits(max_texts_bytes=3), "too much text"),
    ],
    ids=repr,
)
def test_each_limit_is_kept(tmp_path, limits, reason):
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in (1, 2))
    texts = texts_of("<si><t>a</t></si>" * 9 + f"<si><t>{'x' * 300_000}</t></si>")
    rows = f'{cells}<row r="3"><c r="A3" t="str"><v>{"x" * 300_000}</v></c></row>'

    assert reason in refusal(workbook_with(tmp_path, rows, texts=texts), limits)


def directory_entry(content, name):
    """Where the zip directory speaks of a member."""
    return content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))


@pytest.mark.parametrize(
    ("offset", "value", "reason"),
    [
        (8, struct.pack("<H", 1), "encrypted"),
        (10, struct.pack("<H", 12), "compression"),
        (16, struct.pack("<L", 7), "CRC"),
        (24, struct.pack("<L", 50), "CRC"),
        (24, struct.pack("<L", 2**31), "too large"),
        (20, struct.pack("<L", 2**30), "overlap"),
        (42, struct.pack("<L", 0), "differ"),
    ],
)
def test_a_zip_directory_that_lies_is_refused(tmp_path, offset, value, reason):
    path = zipped(tmp_path / "liar.xlsx", parts_of(sheet_of(ROW)) | {"xl/sharedStrings.xml": TEXTS})
    content = bytearray(path.read_bytes())
    entry = directory_entry(bytes(content), SHEET)
    content[entry + offset : entry + offset + len(value)] = value
    path.write_bytes(content)

    assert reason in refusal(path)


def test_a_zip_directory_of_a_billion_entries_is_refused_unread(tmp_path):
    path = zipped(tmp_path / "many.xlsx", parts_of(sheet_of(ROW)))
    content = path.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    path.write_bytes(content[: end + 12] + struct.pack("<L", 2**30) + content[end + 16 :])

    assert "zip directory" in refusal(path)


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    folder = tmp_path_factory.mktemp("honest")
    return workbook_with(folder, ROW, texts=TEXTS).read_bytes()


@settings(max_examples=300)
@given(data=st.data())
def test_a_file_that_is_cut_short_or_altered_anywhere_is_read_or_refused(honest, data):
    content = bytearray(honest)
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[position] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "altered.xlsx"
        path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])
        try:
            cells_of(path)
        except WorkbookUnreadable:
            return
