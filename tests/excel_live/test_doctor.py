"""`relay excel doctor` on computers of every kind, and what it says to do."""

import json
import plistlib
import sys

import pytest

from sheets_automation.cli import main
from sheets_automation.workbooks.excel_live_calls import load_xlwings
from sheets_automation.workbooks.excel_live_computer import Computer
from tests.excel_live.computers import found, windows, without_excel


@pytest.fixture
def macro_book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "candidates.xlsm", "--json"]) == 0
    return tmp_path / "candidates.xlsm"


def test_a_windows_computer_with_excel_is_fine():
    looked = found(windows())

    assert looked["excel"].ja == "Excel 16"
    assert looked["excel"].error is None
    assert looked["macros"].error is None


def test_a_windows_computer_without_excel_is_told_what_to_install():
    assert "デスクトップ版" in found(without_excel())["excel"].error.ja


def test_linux_is_told_honestly_that_there_is_no_excel():
    assert "no Excel here" in found(Computer("linux"))["excel"].error.en


@pytest.mark.parametrize("is_installed", [True, False])
def test_a_mac_needs_the_script_of_just_this_version(tmp_path, is_installed):
    info = tmp_path / "Microsoft Excel.app" / "Contents" / "Info.plist"
    info.parent.mkdir(parents=True)
    info.write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.90"}))
    scripts = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel"
    scripts.mkdir(parents=True)
    version = load_xlwings().__version__ if is_installed else "0.1.0"
    (scripts / f"xlwings-{version}.applescript").touch()

    looked = found(Computer("darwin", home=tmp_path, applications=tmp_path, python="/tools/bin/python"))

    assert looked["excel"].ja == "Excel 16.90"
    assert (looked["bridge"].error is None) is is_installed
    if not is_installed:
        assert "/tools/bin/xlwings runpython install" in looked["bridge"].error.ja


def test_buttons_of_this_version_are_fine(macro_book):
    looked = found(windows(), macro_book)

    assert looked["buttons"].error is None


def test_buttons_of_another_version_are_told(macro_book, monkeypatch):
    monkeypatch.setattr(load_xlwings(), "__version__", "0.99.0")

    told = found(windows(), macro_book)["buttons"].error.ja

    assert "0.99.0" in told
    assert "relay init --add-buttons candidates.xlsm --out" in told
    assert "relay init --addin relay.xlam" in told  # a workbook that has other macros gets none of ours


def test_a_program_that_is_not_there_is_told(macro_book):
    assert "インストール" in found(windows(), macro_book)["interpreter"].error.ja


def test_a_workbook_without_buttons_is_no_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["init", "plain.xlsx", "--json"])

    assert found(windows(), tmp_path / "plain.xlsx")["buttons"].error is None


def test_a_workbook_that_cannot_be_read_hides_nothing_else(tmp_path):
    (tmp_path / "broken.xlsm").write_bytes(b"x")

    looked = found(windows(), tmp_path / "broken.xlsm")

    assert looked["buttons"].error is not None
    assert "keyring" in looked


def test_the_command_tells_excel_and_all_that_the_doctor_tells(macro_book, capsys):
    capsys.readouterr()

    code = main(["excel", "doctor", "candidates.xlsm", "--json"])

    names = [check["name"] for check in json.loads(capsys.readouterr().out)["checks"]]
    assert code == 7
    assert names[:3] == ["excel", "xlwings", "buttons"]
    assert {"python", "workbook", "writing", "company", "sender"} <= set(names)


def test_an_add_in_is_looked_at_as_one_and_never_asked_for_candidates(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["init", "--addin", "relay.xlam", "--json"])

    looked, _ = doctor(capsys, "excel", "doctor", "relay.xlam")

    assert (looked["buttons"]["ok"], looked["workbook"]["ok"]) == (True, True)
    assert "carrier" not in looked  # each workbook has a configuration of its own
    wrong = {name for name, check in looked.items() if not check["ok"]}
    assert wrong <= {"excel", "interpreter", "keyring"}  # of the computer


def test_the_command_shows_people_what_to_do(macro_book, capsys):
    capsys.readouterr()

    main(["excel", "doctor", "candidates.xlsm", "--lang", "ja"])

    shown = capsys.readouterr().out
    assert "このコンピューターには Excel がありません" in shown.replace("\n", "") or sys.platform != "linux"
    assert "relay excel doctor" in shown


def doctor(capsys, *words):
    """What the command finds, by name, and how it ends."""
    capsys.readouterr()
    code = main([*words, "--json"])
    return {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}, code


def test_buttons_without_a_carrier_are_told_since_they_read_nothing_but_the_configuration(macro_book, capsys):
    looked, code = doctor(capsys, "excel", "doctor", "candidates.xlsm")

    assert "[sender]" in looked["carrier"]["text"]
    assert (looked["carrier"]["ok"], code) == (False, 7)


def test_whatever_is_wrong_with_excel_nothing_says_that_all_is_ready(macro_book, capsys, tmp_path):
    config = '[company]\nname = "みなと"\n[sender]\naddress = "a@example.co.jp"\ncarrier = "outbox:out"\n'
    (tmp_path / "relay.toml").write_text(config, encoding="utf-8")
    capsys.readouterr()

    code = main(["excel", "doctor", "candidates.xlsm", "--lang", "ja"])

    shown = capsys.readouterr().out.replace("\n", "")
    assert code == 7
    assert "準備ができています" not in shown
    assert "もう一度 relay excel doctor を実行" in shown


@pytest.mark.parametrize("words", [("excel", "doctor"), ("doctor",)])
class TestConfiguration:
    def test_that_is_read_is_named(self, macro_book, capsys, tmp_path, words):
        looked, _ = doctor(capsys, *words, str(macro_book))

        assert str(tmp_path / "relay.toml") in looked["configuration"]["text"]

    def test_that_is_not_there_is_told_with_where_it_was_looked_for(self, macro_book, capsys, tmp_path, words):
        (tmp_path / "relay.toml").unlink()

        looked, _ = doctor(capsys, *words, str(macro_book))

        assert "none" in looked["configuration"]["text"]
        assert str(tmp_path / "relay.toml") in looked["configuration"]["text"]
        assert str(tmp_path / "config" / "relay.toml") in looked["configuration"]["text"]

    def test_to_whose_name_notepad_has_put_its_ending_is_told(self, macro_book, capsys, tmp_path, words):
        (tmp_path / "relay.toml").rename(tmp_path / "relay.toml.txt")

        looked, code = doctor(capsys, *words, str(macro_book))

        assert "Rename it to relay.toml" in looked["configuration"]["text"]
        assert (looked["configuration"]["ok"], code) == (False, 7)
