"""A whole VBA project, read by olevba and olefile and compared with one that Excel wrote."""

import io
import re
import zipfile
from pathlib import Path

import olefile
import pytest
import xlwings

from sheets_automation.vba.modules import (
    DocumentKind,
    class_module,
    document_module,
    standard_module,
)
from sheets_automation.vba.project import vba_project
from sheets_automation.vba.protection import hide
from tests.vba.olevba import decompress, macros

MADE_BY_EXCEL = Path(xlwings.__file__).parent / "quickstart_standalone.xlsm"
MODULES = [
    document_module("ThisWorkbook", DocumentKind.WORKBOOK),
    document_module("Sheet1", DocumentKind.WORKSHEET),
    document_module("Chart1", DocumentKind.CHART),
    standard_module("Large", "Sub A()\r\nEnd Sub\r\n" + "' a line of no consequence\r\n" * 4_000),
    class_module("Thing", "Public Name As String\n"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    path = tmp_path_factory.mktemp("project") / "vbaProject.bin"
    path.write_bytes(vba_project(MODULES))
    return path


def streams(data):
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        return {"/".join(path): container.openstream(path).read() for path in container.listdir()}


def made_by_excel():
    with zipfile.ZipFile(MADE_BY_EXCEL) as book:
        return streams(book.read("xl/vbaProject.bin"))


def records(directory):
    """The records of a dir stream, as (kind, content)."""
    data, at, found = decompress(directory), 0, []
    while at < len(data):
        kind, size = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 6], "little")
        size = 6 if kind == 0x09 else size
        found.append((kind, data[at + 6 : at + 6 + size]))
        at += 6 + size
    return found


def test_olevba_reads_every_module_as_it_was_written_also_one_of_more_than_64_kilobytes(project):
    assert len(MODULES[3].source) > 64 * 1024
    assert macros(project) == {module.name: module.source for module in MODULES}


def test_the_same_modules_give_the_same_bytes(project):
    assert vba_project(MODULES) == project.read_bytes()


def test_the_streams_are_those_of_a_project_made_by_excel(project):
    ours, theirs = streams(project.read_bytes()), made_by_excel()

    assert {name for name in ours if not name.startswith("VBA/") or name in theirs} <= set(theirs)
    assert {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"} <= set(ours)
    assert ours["VBA/_VBA_PROJECT"][:5] == theirs["VBA/_VBA_PROJECT"][:5]  # the mark of a compiled form that is stale


def test_the_list_of_modules_has_the_records_that_excel_writes_in_their_order(project):
    ours, theirs = (records(one["VBA/dir"]) for one in (streams(project.read_bytes()), made_by_excel()))
    references = {0x16, 0x3E, 0x0D, 0x33, 0x2F, 0x30}

    def kinds(found):
        """Without references, and of all modules, only the first."""
        plain = [kind for kind, _ in found if kind not in references]
        return [*plain[: plain.index(0x2B) + 1], plain[-1]]

    assert kinds(ours) == kinds(theirs)
    assert ours[0] == theirs[0]
    assert (0x0F, (5).to_bytes(2, "little")) in ours


def test_each_kind_of_module_is_listed_as_that(project):
    text = streams(project.read_bytes())["PROJECT"].decode()

    listed = re.findall(r"^(Document|Module|Class)=([^/\r]+)", text, re.MULTILINE)
    assert listed == [
        ("Document", "ThisWorkbook"), ("Document", "Sheet1"), ("Document", "Chart1"), ("Module", "Large"),
        ("Class", "Thing"),
    ]  # fmt: skip


def test_what_excel_hides_of_its_own_project_comes_out_the_same():
    text = made_by_excel()["PROJECT"].decode()
    project_id = re.search(r'ID="([^"]+)"', text)[1]
    hidden = dict(re.findall(r'^(CMG|DPB|GC)="([^"]+)"', text, re.MULTILINE))
    seed = int(hidden["GC"][:2], 16)

    # The bytes that are ignored are random, and so is everything behind them; what is before them is not.
    assert hide(b"\xff", project_id, seed=seed)[:6] == hidden["GC"][:6]
    for name, value in (("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")):
        assert shown(hidden[name], project_id) == shown(hide(value, project_id, seed=0x42), project_id) == value


def shown(text, project_id):
    """The value behind a hidden one, by the reading side of [MS-OVBA] 2.4.3.3."""
    data = bytes.fromhex(text)
    before, last, plain = data[1], data[2], data[0] ^ data[2]
    assert data[0] ^ data[1] == 2
    assert plain == sum(project_id.encode()) & 0xFF
    clear = bytearray()
    for byte in data[3:]:
        plain = byte ^ ((before + plain) & 0xFF)
        before, last = last, byte
        clear.append(plain)
    clear = clear[(data[0] & 6) // 2 :]
    return bytes(clear[4 : 4 + int.from_bytes(clear[:4], "little")])


def test_the_head_that_only_exported_files_have_is_left_out():
    exported = (
        'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1\nEND\nAttribute VB_Name = "Other"\n'
        "Attribute VB_Exposed = True\nOption Explicit\n"
    )

    source = class_module("Thing", exported).source

    assert source.count('Attribute VB_Name = "Thing"\r\n') == 1
    assert source.endswith("VB_Customizable = False\r\nOption Explicit\r\n")
    assert "BEGIN" not in source


@pytest.mark.parametrize("name", ["", "1st", "a-b", "操作", "n" * 32])
def test_a_name_that_no_module_can_have_is_refused(name):
    with pytest.raises(ValueError, match="no name of a module"):
        standard_module(name, "")


def test_source_in_japanese_is_refused_since_it_would_read_differently_elsewhere():
    with pytest.raises(ValueError, match="not ASCII"):
        standard_module("Thing", 'MsgBox "送信"')


def test_two_modules_of_one_name_are_refused_whatever_their_capitals():
    with pytest.raises(ValueError, match="one name"):
        vba_project([standard_module("Thing", ""), standard_module("THING", "")])
