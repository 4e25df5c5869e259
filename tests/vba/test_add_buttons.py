"""Buttons for workbooks of other projects: a new file, and every part that is not ours byte for byte as it was.

Longer than a module should be because it is one job, on every kind of workbook that it may meet.
"""

import re
import shutil
import sqlite3
import stat
import warnings
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheets_automation.core.errors import WorkbookNotSaved, WriteRefused
from sheets_automation.demo_workbook import build_demo_workbook
from sheets_automation.macros import macro_book
from sheets_automation.macros.macro_book import add_buttons
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules
from sheets_automation.xlsx.macro_part import has_project
from sheets_automation.xlsx.package import Package
from tests.vba.books import parts, with_parts
from tests.vba.olevba import macros
from tests.xlsx.feature_book import make_feature_book
from tests.xlsx.test_nothing_lost import BOOKS, CORPUS, OPENPYXL_FAILS_ON, cells, complaints

LISTS = {"[content_types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
WITHOUT_MACROS = [book for book in BOOKS if not any("vbaproject" in name.lower() for name in parts(book))]


@pytest.fixture(scope="module", params=[*WITHOUT_MACROS, "features"], ids=lambda book: getattr(book, "name", book))
def original(request, tmp_path_factory):
    if request.param != "features":
        return request.param
    path = tmp_path_factory.mktemp("features") / "features.xlsx"
    make_feature_book(path)
    return path


@pytest.fixture(scope="module")
def buttoned(original, tmp_path_factory):
    copy = tmp_path_factory.mktemp("buttoned") / f"{original.stem}.xlsm"
    add_buttons(original, copy)
    return copy


@pytest.fixture
def plain(tmp_path):
    """A workbook as HR has it, in a folder of its own."""
    path = tmp_path / "応募者.xlsx"
    build_demo_workbook(path, date(2026, 11, 24))
    return path


def test_every_part_is_the_same_bytes_but_for_the_lists_that_name_the_new_ones(original, buttoned):
    before, after = parts(original), parts(buttoned)

    assert set(before) <= set(after)
    assert [name for name in before if name.lower() not in LISTS and before[name] != after[name]] == []
    kinds = Counter(re.sub(r"\d*\.", ".", name.rpartition("/")[2]) for name in set(after) - set(before))
    assert kinds == {"sheet.xml": 2, "sheet.xml.rels": 1, "vmlDrawing.vml": 1, "vbaProject.bin": 1}


def test_an_independent_reader_finds_every_old_cell_and_both_new_tabs(original, buttoned):
    if original.name in OPENPYXL_FAILS_ON:
        return
    before, after = cells(original), cells(buttoned)

    assert {place: after.get(place) for place in before} == before
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tabs = load_workbook(buttoned).sheetnames
    assert tabs[-2:] == ["操作", "xlwings.conf"]


def test_olevba_reads_our_macros_and_a_module_for_each_name_of_a_tab(original, buttoned):
    read = macros(buttoned)

    written = {module.name: module.source for module in [*button_modules(), *xlwings_modules()]}
    named = {name for data in parts(original).values() for name in re.findall(rb'codeName="(\w+)"', data[:5_000])}
    assert {name: read.get(name) for name in written} == written
    assert {name.decode() for name in named} <= set(read)


def test_a_schema_checker_finds_nothing_that_it_did_not_find_before(original, buttoned):
    assert Counter(complaints(buttoned)) - Counter(complaints(original)) == Counter()


def test_the_workbook_says_that_it_has_macros_and_opens_as_one(buttoned):
    with Package.open(buttoned) as package:
        assert package.is_macro_enabled
        assert has_project(package)


def test_the_same_workbook_gives_the_same_bytes(original, buttoned, tmp_path):
    add_buttons(original, tmp_path / "again.xlsm")

    assert (tmp_path / "again.xlsm").read_bytes() == buttoned.read_bytes()


@pytest.mark.parametrize("book", [book for book in BOOKS if book not in WITHOUT_MACROS], ids=lambda book: book.name)
def test_a_workbook_with_macros_of_its_own_is_refused_and_told_of_the_add_in(book, tmp_path):
    with pytest.raises(WriteRefused, match="--addin"):
        add_buttons(book, tmp_path / "new.xlsm")

    assert list(tmp_path.iterdir()) == []


def test_a_strict_workbook_is_refused_and_nothing_is_left_behind(tmp_path):
    with pytest.raises(WriteRefused, match="Strict"):
        add_buttons(CORPUS / "pyexcel-strict.xlsx", tmp_path / "new.xlsm")

    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_has_such_a_tab_already_is_refused(plain, tmp_path):
    workbook = parts(plain)["xl/workbook.xml"].replace("設定".encode(), "操作".encode())
    taken = with_parts(plain, tmp_path / "taken.xlsx", {"xl/workbook.xml": workbook})

    with pytest.raises(WriteRefused, match="a tab named"):
        add_buttons(taken, tmp_path / "new.xlsm")


def test_a_template_is_refused(plain, tmp_path):
    types = parts(plain)["[Content_Types].xml"].replace(b"sheet.main+xml", b"template.main+xml")
    template = with_parts(plain, tmp_path / "template.xlsx", {"[Content_Types].xml": types})

    with pytest.raises(WriteRefused, match="template"):
        add_buttons(template, tmp_path / "new.xlsm")


def test_a_tab_whose_module_has_the_name_of_one_of_ours_is_refused(plain, tmp_path):
    sheet = parts(plain)["xl/worksheets/sheet1.xml"].replace(b"<sheetPr", b'<sheetPr codeName="Dictionary"', 1)
    clash = with_parts(plain, tmp_path / "clash.xlsx", {"xl/worksheets/sheet1.xml": sheet})

    with pytest.raises(WriteRefused, match='code name "dictionary"'):
        add_buttons(clash, tmp_path / "new.xlsm")


def test_a_part_that_nobody_points_to_and_that_has_the_name_of_ours_stays(plain, tmp_path):
    stray = with_parts(plain, tmp_path / "stray.xlsx", {"xl/vbaProject.bin": b"theirs"})

    add_buttons(stray, tmp_path / "new.xlsm")

    after = parts(tmp_path / "new.xlsm")
    assert after["xl/vbaProject.bin"] == b"theirs"
    assert b'Target="vbaProject1.bin"' in after["xl/_rels/workbook.xml.rels"]


def test_a_workbook_whose_type_stands_for_every_xml_part_is_declared_by_name(plain, tmp_path):
    types = parts(plain)["[Content_Types].xml"]
    (main,) = re.findall(rb'<Override PartName="/xl/workbook.xml" ContentType="([^"]+)"/>', types)
    types = re.sub(rb'<Override PartName="/xl/workbook.xml"[^>]*>', b"", types)
    types = types.replace(b'Extension="xml" ContentType="application/xml"', b'Extension="xml" ContentType="%b"' % main)
    source = with_parts(plain, tmp_path / "by_default.xlsx", {"[Content_Types].xml": types})

    add_buttons(source, tmp_path / "new.xlsm")

    with Package.open(tmp_path / "new.xlsm") as package:
        assert package.is_macro_enabled
        assert not any("macroenabled" in package.content_type(sheet.part) for sheet in package.sheets)


def test_a_workbook_that_may_have_macros_and_has_none_gets_buttons_too(plain, tmp_path):
    types = parts(plain)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    source = with_parts(plain, tmp_path / "no_macros.xlsm", {"[Content_Types].xml": types})

    add_buttons(source, tmp_path / "new.xlsm")

    assert "RelayButtons" in macros(tmp_path / "new.xlsm")


def test_a_workbook_whose_structure_is_protected_is_refused(plain, tmp_path):
    workbook = parts(plain)["xl/workbook.xml"].replace(
        b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>'
    )
    source = with_parts(plain, tmp_path / "protected.xlsx", {"xl/workbook.xml": workbook})

    with pytest.raises(WriteRefused, match="structure"):
        add_buttons(source, tmp_path / "new.xlsm")

    assert not (tmp_path / "new.xlsm").exists()


def test_a_workbook_whose_own_module_has_another_name_keeps_it(plain, tmp_path):
    workbook = parts(plain)["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr codeName="DieseArbeitsmappe" ')
    source = with_parts(plain, tmp_path / "renamed.xlsx", {"xl/workbook.xml": workbook})

    add_buttons(source, tmp_path / "new.xlsm")

    assert "00020819" in macros(tmp_path / "new.xlsm")["DieseArbeitsmappe"]


def test_a_file_that_appears_while_the_new_one_is_written_is_not_lost(plain, tmp_path, monkeypatch):
    new = tmp_path / "new.xlsm"
    verify = macro_book.verify_package

    def somebody_saves(*words):
        verify(*words)
        new.write_text("theirs")

    monkeypatch.setattr(macro_book, "verify_package", somebody_saves)
    with pytest.raises(WorkbookNotSaved, match="is there already"):
        add_buttons(plain, new)

    assert new.read_text() == "theirs"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.xlsm", plain.name]


def test_the_new_file_is_open_to_the_same_people(plain, tmp_path):
    plain.chmod(0o640)

    add_buttons(plain, tmp_path / "new.xlsm")

    assert stat.S_IMODE((tmp_path / "new.xlsm").stat().st_mode) == 0o640


def test_the_command_makes_a_new_file_beside_the_workbook_and_leaves_that_as_it_was(relay, plain):
    before = plain.read_bytes()

    made = relay("init", "--add-buttons", plain.name)["made"]

    assert made == ["応募者.xlsm", "relay.toml"]
    assert plain.read_bytes() == before
    assert relay("send", "応募者.xlsm")["planned"] == relay("send", plain.name)["planned"] > 0


def test_letters_that_left_before_the_buttons_came_are_known_to_the_new_workbook(relay, plain, config):
    sent = relay("send", plain.name, "--carrier", "outbox:out", "--send")["sent"]

    relay("init", "--add-buttons", plain.name)

    again = relay("send", "応募者.xlsm", "--carrier", "outbox:out", "--send")
    assert sent > 0
    assert again["sent"] == 0
    old, new = (facts(plain.parent / ".relay" / f"応募者.{suffix}.journal") for suffix in ("xlsx", "xlsm"))
    assert new[: len(old)] == old != []


def test_facts_that_only_the_journal_knows_come_along(relay, plain, config, tmp_path):
    kept = tmp_path / "kept.xlsx"
    shutil.copy(plain, kept)
    sent = relay("send", plain.name, "--carrier", "outbox:out", "--send")["sent"]
    shutil.copy(kept, plain)  # somebody restores the workbook from before the letters

    relay("init", "--add-buttons", plain.name)

    assert sent > 0
    assert relay("send", "応募者.xlsm", "--carrier", "outbox:out", "--send")["sent"] == 0


def test_the_journal_of_another_workbook_of_the_new_name_is_never_taken_for_this_one(relay, plain):
    folder = plain.parent / ".relay"
    folder.mkdir()
    (folder / "応募者.xlsm.journal").write_bytes(b"")

    error = relay("init", "--add-buttons", plain.name, code=4)["error"]

    assert error["name"] == "workbook_not_saved"
    assert not (plain.parent / "応募者.xlsm").exists()


def test_where_the_workbook_is_refused_no_journal_is_left_under_the_new_name(relay, plain, config):
    relay("send", plain.name, "--carrier", "outbox:out", "--send")
    types = parts(plain)["[Content_Types].xml"].replace(b"sheet.main+xml", b"template.main+xml")
    refused = with_parts(plain, plain.with_name("refused.xlsx"), {"[Content_Types].xml": types})
    refused.replace(plain)

    relay("init", "--add-buttons", plain.name, code=4)

    assert not (plain.parent / ".relay" / "応募者.xlsm.journal").exists()


def test_nobody_can_send_from_the_old_workbook_while_the_new_one_is_made(relay, plain, config):
    relay("send", plain.name, "--carrier", "outbox:out", "--send")
    plain.with_name(f"~${plain.name}").write_bytes(b"\x06User")

    error = relay("init", "--add-buttons", plain.name, code=4)["error"]

    assert error["name"] == "workbook_busy"


def test_a_workbook_that_somebody_has_open_is_not_copied_without_what_they_have_not_saved(relay, plain):
    plain.with_name(f"~${plain.name}").write_bytes(b"\x06User")

    error = relay("init", "--add-buttons", plain.name, code=4)["error"]

    assert error["name"] == "workbook_busy"
    assert not (plain.parent / ".relay").exists()


@pytest.fixture
def config(tmp_path):
    (tmp_path / "relay.toml").write_text(
        '[company]\nname = "株式会社みなと製作所"\n[guards]\nmax_letters_per_run = 99\n'
    )


def facts(journal):
    with sqlite3.connect(journal) as database:
        return database.execute("SELECT tab, cells FROM facts ORDER BY number").fetchall()


def test_the_corpus_has_workbooks_with_names_for_macros_and_with_macros():
    with_names = [book for book in WITHOUT_MACROS if b'codeName="' in b"".join(parts(book).values())]

    assert len(WITHOUT_MACROS) > 10
    assert with_names
    assert len(BOOKS) > len(WITHOUT_MACROS)
    assert all(Path(book).is_file() for book in BOOKS)
