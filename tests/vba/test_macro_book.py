"""The workbook that `relay init candidates.xlsm` makes: its macros, its tabs, and that it works."""

import re
from datetime import datetime
from email import message_from_bytes

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.log_rows import CHECK, HEADINGS
from sheets_automation.core.table import Snapshot
from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.settings import settings
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules, xlwings_version
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import tables
from sheets_automation.xlsx.saving import replace_file
from tests.vba.books import parts
from tests.vba.olevba import findings, macros

TABS = ["操作", "候補者", "文面", "設定", "使い方", "送信記録", "紹介実績", "クレジット", "分析", "要確認"]
CONFIG = """
[company]
name = "株式会社みなと製作所"

[guards]
min_delay_hours = 0
"""


@pytest.fixture(scope="module")
def book(macro_book):
    return load_workbook(macro_book)


@pytest.fixture
def filled(macro_book, tmp_path):
    """The workbook after HR has put two candidates into it."""
    path = tmp_path / "候補者.xlsm"
    path.write_bytes(macro_book.read_bytes())
    (tmp_path / "relay.toml").write_text(CONFIG)
    with Package.open(path) as package:
        edit = Edit(package)
        rows = [
            {1: "佐藤 花子", 3: "hanako@example.com", 9: "不採用", 10: datetime.fromisoformat("2026-11-20")},
            {1: "鈴木 一郎", 3: "ichiro@example.com", 9: "選考中"},
        ]
        edit.append_rows("候補者", rows)
        replace_file(
            path,
            edit.write,
            edit.verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=tmp_path / "b",
            keep_backups=0,
        )
    return path


def test_olevba_reads_the_macros_as_they_were_written(macro_book):
    read = macros(macro_book)

    written = {module.name: module.source for module in [*button_modules(), *xlwings_modules()]}
    assert {name: read[name] for name in written} == written


def test_olevba_finds_nothing_suspicious_beyond_what_starting_python_needs(macro_book):
    found = findings(macro_book)

    assert set(found) == {"Suspicious", "IOC", "Hex String"}
    assert found["Hex String"] == {"FGA%"}  # the number of an answer in a comment
    assert found["Suspicious"] == {
        # reading where the interpreter and the folder for its messages lie
        "Environ", "environment", "ExpandEnvironmentStrings",
        # reading what an interpreter wrote when it failed, and deleting that
        "open", "Kill",
        # starting the interpreter on Windows and on a Mac
        "shell", "WScript.Shell", "run", "CreateObject", "MacScript", "applescript", "call",
        # words: a compare mode of Dictionary, "command" in comments, Chr(34) for a quote, "System Events", a comment
        "binary", "command", "Chr", "System", "Windows", "Hex Strings", "Base64 Strings",
    }  # fmt: skip
    assert {one for one in found["IOC"] if not one.startswith("http")} == {"pywintypesXX.dll", "cmd.exe", "conda.bat"}


def test_every_tab_that_has_a_name_for_macros_has_its_module(macro_book):
    modules = set(macros(macro_book))

    named = re.findall(rb'codeName="([^"]+)"', b"".join(parts(macro_book).values()))

    assert {name.decode() for name in named} <= modules
    assert {"ThisWorkbook", "RelaySheet", "RelaySettings"} <= {name.decode() for name in named}


def test_a_schema_checker_finds_nothing(macro_book):
    found = [error.description for error in OpenXmlValidator().validate(macro_book).errors]

    assert [text for text in found if "inline-string" not in text] == []


def test_the_tabs_are_those_of_a_workbook_at_work_and_only_the_settings_are_hidden(book):
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == TABS
    assert [(sheet.title, sheet.sheet_state) for sheet in book if sheet.title not in TABS] == [
        ("xlwings.conf", "veryHidden")
    ]
    assert not [sheet.title for sheet in book if sheet.title.endswith(".py")]  # xlwings would ask for a licence


def test_the_settings_stand_without_a_gap_from_the_first_row_as_xlwings_reads_them(book):
    rows = [(row[0].value, row[1].value or "") for row in book["xlwings.conf"].iter_rows(max_col=2)]

    assert rows == list(settings(xlwings_version()).items())


def test_each_button_has_its_caption_its_macro_and_its_explanation_beside_it(macro_book, book):
    (drawing,) = [data.decode() for name, data in parts(macro_book).items() if name.endswith(".vml")]

    captions = re.findall(r"<font [^>]*>([^<]+)</font>", drawing)
    bound = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    assert captions == [button.caption for button in BUTTONS] == [
        "プレビュー", "送信", "クレジット更新", "取り込み", "チェック",
    ]  # fmt: skip
    assert bound == [button.macro for button in BUTTONS]
    explained = [row[2].value for row in book["操作"].iter_rows(min_row=4, max_row=8)]
    assert explained == [button.explanation for button in BUTTONS]


def test_the_guide_speaks_of_buttons_and_not_of_commands(book):
    steps = [row[2].value for row in book["使い方"].iter_rows(min_row=3, max_row=8)]

    assert not [step for step in steps if "relay" in step]
    assert all(f"「{caption}」" in "".join(steps) for caption in ("プレビュー", "送信", "チェック"))


def test_the_candidates_are_found_and_the_log_waits_for_its_first_fact(macro_book):
    with Package.open(macro_book) as package:
        found = tables(package)
        layout = locate_candidates(Snapshot(tables=found, revision="1"))
        log = [list(row.cells.values()) for row in found["送信記録"].rows()]

    assert layout.place.tab == "候補者"
    assert log == [[*HEADINGS, CHECK]]


def test_relay_shows_who_is_due(relay, filled):
    plan = relay("send", filled.name)

    assert [letter["to"] for letter in plan["letters"]] == ["hanako@example.com"]
    assert [one["reason"] for one in plan["skipped"]] == ["in_selection"]


def test_letters_are_sent_from_it_once_and_its_macros_stay_the_same_bytes(relay, filled, tmp_path):
    before = parts(filled)

    sent = relay("send", filled.name, "--carrier", "outbox:out", "--send", "--expect", "1")
    again = relay("send", filled.name, "--carrier", "outbox:out", "--send")

    (letter,) = (tmp_path / "out" / "new").iterdir()
    after = parts(filled)
    assert (sent["sent"], again["sent"]) == (1, 0)
    assert message_from_bytes(letter.read_bytes())["To"].endswith("<hanako@example.com>")
    untouched = [name for name in before if name.endswith((".bin", ".vml")) or before[name] == after[name]]
    assert {"xl/vbaProject.bin", "xl/drawings/vmlDrawing1.vml"} <= set(untouched)
    assert [name for name in untouched if before[name] != after[name]] == []


def test_facts_go_below_the_headings_of_the_log_that_was_made_for_them(relay, filled):
    relay("send", filled.name, "--carrier", "outbox:out", "--send", "--expect", "1")

    log = load_workbook(filled)["送信記録"]
    states = [row[6].value for row in log.iter_rows(min_row=2) if row[0].value]
    assert [cell.value for cell in log[1]] == [*HEADINGS, CHECK]
    assert states == ["準備", "送信"]
    assert log["A2"].font.name == log["A3"].font.name == "Yu Gothic"


def test_the_same_moment_gives_the_same_workbook(relay, macro_book, tmp_path):
    relay("init", "again.xlsm")

    ours, theirs = parts(tmp_path / "again.xlsm"), parts(macro_book)
    assert [name for name in theirs if ours[name] != theirs[name] and name != "docProps/core.xml"] == []
