"""`relay import` as people type it, on a file and on a spreadsheet: its answers, exit codes and sentences."""

from __future__ import annotations

import json

import pytest

from sheets_automation.cli import main
from tests.imports.house import TAB, Team, csv_of, sheet
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_excel_file import ExcelFileStore

SATO = ("佐藤 花子", "hanako@example.com", "090-1234-2222", "営業職", "2026/11/20", "求人媒体")
IN_TAB = {"候補者ID": "C-1", "氏名": "佐藤 花子", "メールアドレス": "hanako@example.net", "応募職種": "営業職"}


@pytest.fixture(params=["excel", "google"])
def desk(request, tmp_path, monkeypatch, capsys):
    """A team, and its command line."""
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    tabs = {TAB: sheet(IN_TAB)}
    if request.param == "excel":
        store = ExcelFileStore(tmp_path / "book.xlsx", tabs)
        address = str(store.path)
    else:
        google = request.getfixturevalue("google")
        store = GoogleStore(google, tabs)
        address = f"https://docs.google.com/spreadsheets/d/{store.id}"
        monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)

    def run(*words, code=0, as_json=True):
        capsys.readouterr()
        assert main(["import", address, *map(str, words), *(["--json"] if as_json else [])]) == code
        said = capsys.readouterr()
        return json.loads(said.out) if as_json else said.out

    return Team(store, tmp_path), run


def test_a_file_is_taken_in_and_undone(desk):
    team, relay = desk
    before = team.rows()
    file = team.file(csv_of(("鈴木 学", "m@example.com", "080-1111-3333", "開発職", "2026/11/21", "Web")))

    preview = relay(file, "--preview")
    done = relay(file)
    again = relay(file)
    undone = relay("--undo", done["import_id"])

    names = ("added", "changed", "unchanged", "proposed", "refused")
    assert [preview[name] for name in names] == [1, 0, 0, 0, 0]
    assert [done[name] for name in names] == [1, 0, 0, 0, 0]
    assert [again[name] for name in names] == [0, 0, 1, 0, 0]
    assert undone["removed"] == [done["additions"][0]["candidate_id"]]
    assert team.rows() == before


def test_a_question_is_answered_in_the_tab_and_obeyed(desk):
    team, relay = desk
    asked = relay(team.file(csv_of(SATO)), code=7)

    team.answers("同じ人")
    left = relay("--resolve", code=7)

    assert [one["kind"] for one in left["proposals"]] == ["values"]  # the address that HR has typed is another one
    assert asked["proposals"][0]["candidate_ids"] == ["C-1"]
    assert "same name" in asked["proposals"][0]["evidence"]
    assert team.rows()[0]["電話番号"] == "090-1234-2222"


def test_a_refused_line_is_told_with_file_line_heading_reason_and_what_to_do(desk):
    team, relay = desk

    told = relay(team.file(csv_of(("", "", "", "営業職", "", ""))), code=7)["refusals"]

    [one] = told
    assert (one["file"], one["line"], one["heading"], one["reason"]) == ("応募者.csv", 2, "名前", "names_nobody")
    assert "Fill in this line" in one["text"]


def test_people_read_how_the_file_was_understood(desk):
    team, relay = desk

    said = relay(team.file(csv_of(SATO), encoding="cp932"), "--lang", "ja", as_json=False, code=7)

    assert "HERP" in said
    assert "Shift_JIS (CP932)" in said
    assert "確認待ち 1 名" in said


def test_no_file_and_no_option_is_a_wrong_command(desk):
    assert desk[1](code=2)["error"]["name"] == "configuration"


def test_undoing_goes_with_no_file(desk):
    team, relay = desk

    assert relay(team.file(csv_of(SATO)), "--undo", "last", code=2)["error"]["name"] == "configuration"


@pytest.mark.parametrize(
    ("language", "kind"), [("en", "no known system, UTF-8"), ("ja", "種類の分からないファイル、UTF-8")]
)
def test_a_file_of_no_known_system_is_called_so_in_the_readers_language(desk, language, kind):
    team, relay = desk
    file = team.file(csv_of(("鈴木 学", "m@example.com"), headings="氏名,メールアドレス"))

    assert kind in relay(file, "--preview", "--lang", language, as_json=False)


def test_a_name_that_is_parted_goes_into_both_columns_of_the_name(tmp_path, capsys):
    grid = [["候補者ID", "姓", "名", "メールアドレス", "選考結果"], ["C-1", "佐藤", "花子", "h@example.net", "不採用"]]
    team = Team(ExcelFileStore(tmp_path / "book.xlsx", {TAB: grid}), tmp_path)
    file = team.file(csv_of(("鈴木 学", "m@example.com"), headings="氏名,メールアドレス"))

    assert main(["import", str(team.store.path), str(file), "--preview", "--json"]) == 0

    columns = json.loads(capsys.readouterr().out)["files"][0]["columns"]
    assert [one["target"] for one in columns] == ["姓、名", "メールアドレス"]


def test_an_import_that_is_not_known_cannot_be_undone(desk):
    assert desk[1]("--undo", code=2)["error"]["name"] == "unknown_import"


def test_an_unreadable_file_ends_with_code_1(desk):
    team, relay = desk

    assert relay(team.file(b""), code=1)["error"]["name"] == "import_unreadable"


def test_the_document_says_whom_only_by_ids_and_lines(desk):
    team, relay = desk

    document = json.dumps(relay(team.file(csv_of(SATO)), code=7), ensure_ascii=False)

    assert not [word for word in ("佐藤", "hanako", "090-1234") if word in document]
