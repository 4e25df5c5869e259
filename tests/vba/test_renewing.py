"""Buttons of an older version, which newer ones replace; all else that a workbook holds stays, others' macros too."""

import re

import pytest
from openpyxl import load_workbook

from sheets_automation.core.errors import WriteRefused
from sheets_automation.macros.macro_book import add_buttons
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules, xlwings_version
from sheets_automation.vba.compound_file import compound_file
from sheets_automation.vba.modules import DocumentKind, class_module, document_module, standard_module
from sheets_automation.vba.reading import _streams, decompress, stored_modules, stream_names
from tests.vba.books import parts, with_modules, with_parts
from tests.vba.libreoffice import probe
from tests.vba.olevba import macros
from tests.xlsx.test_nothing_lost import BOOKS

DOCUMENTS = [
    document_module("ThisWorkbook", DocumentKind.WORKBOOK),
    *(document_module(name, DocumentKind.WORKSHEET) for name in ("RelaySheet", "RelaySettings")),
]
PROJECT = "xl/vbaProject.bin"


def changed(modules, name, old, new):
    """The modules, one of them with another source."""
    return [type(one)(one.kind, one.name, one.source.replace(old, new)) if one.name == name else one for one in modules]


def ours():
    return [*DOCUMENTS, *button_modules(), *xlwings_modules()]


@pytest.fixture(scope="module")
def older(macro_book, tmp_path_factory):
    """A workbook with buttons of a version before this one, which somebody has filled in."""
    modules = changed(ours(), "xlwings", 'XLWINGS_VERSION As String = "', 'XLWINGS_VERSION As String = "0.1.')
    modules = changed(modules, "RelayButtons", "RelayCheck()", "RelayInspect()")
    path = with_modules(macro_book, tmp_path_factory.mktemp("older") / "older.xlsm", modules)
    (texts,) = [name for name, data in parts(path).items() if b"INTERPRETER_WIN" in data]
    shown = re.sub(r"%APPDATA%[^<]*python\.exe", r"D:\\relay\\python.exe", parts(path)[texts].decode())
    shown = shown.replace(f"<t>{xlwings_version()}</t>", "<t>0.1.0</t>")
    return with_parts(path, path.with_name("filled.xlsm"), {texts: shown.encode()})


def settings_of(path):
    rows = load_workbook(path)["xlwings.conf"].iter_rows(max_col=2, values_only=True)
    return dict(rows)


def test_older_buttons_become_those_of_this_version_and_every_other_part_stays_the_same_bytes(older, tmp_path):
    add_buttons(older, tmp_path / "new.xlsm")

    before, after = parts(older), parts(tmp_path / "new.xlsm")
    read = macros(tmp_path / "new.xlsm")
    assert {one.name: read[one.name] for one in ours()[3:]} == {one.name: one.source for one in ours()[3:]}
    assert {"ThisWorkbook", "RelaySheet", "RelaySettings"} <= set(read)
    assert set(before) == set(after)
    differ = {name for name in before if before[name] != after[name]}
    assert len(differ - {PROJECT, "xl/styles.xml", "[Content_Types].xml"}) == 1  # the settings


def test_the_settings_are_of_this_version_and_start_the_program_that_they_started(older, tmp_path):
    add_buttons(older, tmp_path / "new.xlsm")

    was, now = settings_of(older), settings_of(tmp_path / "new.xlsm")
    assert was["INTERPRETER_WIN"] == now["INTERPRETER_WIN"] == r"D:\relay\python.exe"
    assert was["RELAY_XLWINGS_VERSION"] != now["RELAY_XLWINGS_VERSION"]
    assert load_workbook(tmp_path / "new.xlsm")["xlwings.conf"].sheet_state == "veryHidden"


def test_libreoffice_opens_the_workbook_and_lists_the_new_macros(older, tmp_path):
    add_buttons(older, tmp_path / "new.xlsm")

    answer = probe(tmp_path / "new.xlsm", tmp_path)

    assert ["module", "VBAProject", "RelayButtons"] in answer
    assert [words[1] for words in answer if words[0] == "sheet" and words[2] != "True"] == ["xlwings.conf"]


FOREIGN = {
    "a module": [*ours(), standard_module("Module1", "Sub Mine()\nEnd Sub\n")],
    "a class": [*ours(), class_module("Mine", "Public Name As String\n")],
    "a macro of a sheet": changed(
        ours(), "RelaySheet", "VB_Customizable = True\r\n", "VB_Customizable = True\r\nSub Mine()\r\nEnd Sub\r\n"
    ),
    "a macro among ours": changed(
        ours(), "RelayButtons", "Public Sub RelaySend", "Sub Mine()\r\nEnd Sub\r\n\r\nPublic Sub RelaySend"
    ),
    "a macro in that of xlwings": changed(
        ours(), "xlwings", '"xlwings"\r\n', '"xlwings"\r\n  private  static function Mine()\r\nEnd Function\r\n'
    ),
    "no notice": changed(ours(), "RelayButtons", "' The buttons of sheets_automation.", "' Theirs."),
    "another xlwings": [
        *DOCUMENTS, *button_modules(), standard_module("xlwings", "Sub RunPython()\nEnd Sub\n"), xlwings_modules()[1]
    ],
    "a part of ours alone": [*DOCUMENTS, *button_modules()],
}  # fmt: skip


@pytest.mark.parametrize("modules", FOREIGN.values(), ids=FOREIGN)
def test_macros_of_somebody_else_stay_untouched_and_the_add_in_is_told(macro_book, tmp_path, modules):
    book = with_modules(macro_book, tmp_path / "theirs.xlsm", modules)

    with pytest.raises(WriteRefused, match="--addin"):
        add_buttons(book, tmp_path / "new.xlsm")

    assert not (tmp_path / "new.xlsm").exists()


SIGNATURE = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature"
 Target="signature.bin"/></Relationships>"""


def with_a_form(project):
    """The project with what Excel keeps of a form."""
    streams = dict(_streams(project))
    outside = {name: streams.pop(name) for name in ("PROJECT", "PROJECTwm")}
    return compound_file({"VBA": streams, **outside, "UserForm1": {"f": b"theirs", "o": b""}})


@pytest.mark.parametrize(
    "change",
    [
        lambda book: {"xl/_rels/vbaProject.bin.rels": SIGNATURE, "xl/signature.bin": b"theirs"},
        lambda book: {PROJECT: with_a_form(book[PROJECT])},
        lambda book: {"xl/workbook.xml": book["xl/workbook.xml"].replace(b'"xlwings.conf"', b'"theirs"')},
    ],
    ids=["a signature", "a form", "no settings of ours"],
)
def test_what_belongs_to_somebody_else_beside_our_macros_stays_untouched(macro_book, tmp_path, change):
    book = with_parts(macro_book, tmp_path / "theirs.xlsm", change(parts(macro_book)))

    with pytest.raises(WriteRefused, match="--addin"):
        add_buttons(book, tmp_path / "new.xlsm")


@pytest.mark.parametrize("harm", [lambda data: data[:700], lambda data: b"x" * 2000, lambda data: data[:-600]])
def test_a_project_that_cannot_be_read_stays_untouched(macro_book, tmp_path, harm):
    book = with_parts(macro_book, tmp_path / "broken.xlsm", {PROJECT: harm(parts(macro_book)[PROJECT])})

    with pytest.raises(WriteRefused, match="--addin"):
        add_buttons(book, tmp_path / "new.xlsm")


def test_the_command_renews_the_buttons_into_a_new_file(relay, older, tmp_path):
    (tmp_path / "book.xlsm").write_bytes(older.read_bytes())

    made = relay("init", "--add-buttons", "book.xlsm", "--out", "renewed.xlsm")["made"]

    assert made[0] == "renewed.xlsm"
    assert (tmp_path / "book.xlsm").read_bytes() == older.read_bytes()
    assert "RelayCheck" in macros(tmp_path / "renewed.xlsm")["RelayButtons"]


@pytest.mark.parametrize(
    "book",
    [book for book in BOOKS if any("vbaproject.bin" in one.lower() for one in parts(book))],
    ids=lambda one: one.name,
)
def test_projects_that_excel_has_saved_are_read_as_olevba_reads_them(book):
    (project,) = [data for name, data in parts(book).items() if name.lower().endswith("vbaproject.bin")]

    read = {one.name: one.source for one in stored_modules(project)}

    assert read == macros(book)
    assert {"dir", "PROJECT", "_VBA_PROJECT"} <= stream_names(project)


@pytest.mark.parametrize("container", [b"", b"\x02", b"\x01\x00\x00", b"\x01\x03\xb0\x01\x00\x00\x00"])
def test_what_is_no_compressed_source_is_refused(container):
    with pytest.raises(ValueError, match=r"no|reference"):
        decompress(container)
