"""`relay init` as a person types it: what it makes, and what it never replaces."""

import subprocess
import sys

import pytest

from sheets_automation.cli import main
from sheets_automation.config import Config, load_config


def test_a_macro_workbook_is_made_and_the_next_step_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["init", "候補者.xlsm", "--lang", "ja"]) == 0

    said = capsys.readouterr().out.replace("\n", "")
    assert "候補者.xlsm を作りました" in said
    assert "コンテンツの有効化" in said


@pytest.mark.parametrize(
    "words", [["候補者.xlsm"], ["候補者.xlsx"], ["--add-buttons", "見本.xlsx"]], ids=lambda words: words[0]
)
def test_whoever_gets_a_workbook_finds_a_configuration_to_fill_in_beside_it(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RELAY_CONFIG", raising=False)
    main(["init", "見本.xlsx", "--demo"])

    assert main(["init", *words, "--lang", "ja"]) == 0

    assert "relay.toml も作りました" in capsys.readouterr().out.replace("\n", "")
    assert load_config(tmp_path / "relay.toml") == Config()


@pytest.mark.parametrize("place", ["relay.toml", "config/relay.toml"])
def test_a_configuration_that_is_read_is_neither_replaced_nor_hidden(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RELAY_CONFIG", raising=False)
    (tmp_path / "config").mkdir()
    (tmp_path / place).write_text("# ours", encoding="utf-8")

    assert main(["init", "候補者.xlsm"]) == 0

    assert [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.toml")] == ["# ours"]


def test_who_gets_buttons_is_told_to_put_the_old_workbook_away(relay, tmp_path, capsys):
    relay("init", "old.xlsx")

    assert main(["init", "--add-buttons", "old.xlsx", "--out", "new.xlsm", "--lang", "en"]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "From now on use new.xlsm alone." in said
    assert "put that file away" in said


@pytest.mark.parametrize(
    "words",
    [
        ["there.xlsm"],
        ["--addin", "there.xlam"],
        ["--add-buttons", "a.xlsx", "--out", "there.xlsm"],
    ],
    ids=["workbook", "addin", "buttons"],
)
def test_a_file_that_is_there_is_never_replaced(relay, tmp_path, words):
    relay("init", "a.xlsx")
    for name in ("there.xlsm", "there.xlam"):
        (tmp_path / name).write_text("theirs")

    error = relay("init", *words, code=4)["error"]

    assert error["name"] == "workbook_not_saved"
    assert {(tmp_path / name).read_text() for name in ("there.xlsm", "there.xlam")} == {"theirs"}


def test_force_replaces_a_workbook_and_an_add_in_but_never_what_buttons_are_added_to(relay, tmp_path):
    relay("init", "a.xlsx")
    for name in ("there.xlsm", "there.xlam", "kept.xlsm"):
        (tmp_path / name).write_text("theirs")

    relay("init", "there.xlsm", "--force")
    relay("init", "--addin", "there.xlam", "--force")
    refused = relay("init", "--add-buttons", "a.xlsx", "--out", "kept.xlsm", "--force", code=4)

    assert (tmp_path / "there.xlsm").read_bytes().startswith(b"PK")
    assert (tmp_path / "there.xlam").read_bytes().startswith(b"PK")
    assert (tmp_path / "kept.xlsm").read_text() == "theirs"
    assert "--force" not in refused["error"]["text"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.xlsm", "--addin", "a.xlam"],
        ["--add-buttons", "a.xlsx", "--addin", "a.xlam"],
        ["a.xlsm", "--out", "b.xlsm"],
    ],
    ids=["nothing", "two things", "two options", "out alone"],
)
def test_exactly_one_thing_is_made_at_a_time(relay, tmp_path, words):
    assert relay("init", *words, code=2)["error"]["name"] == "configuration"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["a.xlsb"],
        ["--addin", "a.xlsm"],
        ["--add-buttons", "a.xlsx", "--out", "b.xlsx"],
        ["a.xlsm", "--demo"],
        ["missing/a.xlsm"],
    ],
    ids=["xlsb", "addin", "buttons", "demo", "folder"],
)
def test_a_name_of_which_nothing_can_be_made_is_refused_and_nothing_is_written(relay, tmp_path, words):
    assert relay("init", *words, code=4)["error"]["name"] == "workbook_not_saved"
    assert list(tmp_path.iterdir()) == []


def test_a_spreadsheet_of_google_is_left_as_it_is_and_told_what_to_do_instead(relay, tmp_path):
    error = relay("init", "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz", code=4)["error"]

    assert "make it in Drive" in error["text"]
    assert list(tmp_path.iterdir()) == []


def test_a_tab_name_of_the_configuration_that_another_tab_has_is_refused(relay, tmp_path):
    (tmp_path / "relay.toml").write_text('[workbook]\nlog_tab = "操作"\n')

    error = relay("init", "a.xlsm", code=4)["error"]

    assert error["name"] == "write_refused"
    assert not (tmp_path / "a.xlsm").exists()


def test_buttons_for_a_workbook_that_is_not_there_are_refused(relay):
    assert relay("init", "--add-buttons", "missing.xlsx", code=4)["error"]["name"] == "workbook_not_found"


def test_making_a_macro_workbook_imports_nothing_of_xlwings(tmp_path):
    code = (
        "import sys; from sheets_automation.cli import main; main(['init', 'a.xlsm']);"
        "main(['init', '--addin', 'a.xlam']); sys.exit('xlwings' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "a.xlam").is_file()
