"""`relay export` and `relay analyse --exported` as people use them: what leaves, what does not, and what is refused."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from sheets_automation.cli import main
from tests.commands import conftest
from tests.export.scene import KEY
from tests.workbooks.google_people import GoogleStore

demo_bytes, relay, say, book = conftest.demo_bytes, conftest.relay, conftest.say, conftest.book


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("RELAY_EXPORT_KEY", KEY)


def everything_in(folder):
    """Each value of each table as text."""
    with duckdb.connect() as database:
        for path in sorted(folder.rglob("*.parquet")):
            for line in database.read_parquet(str(path)).fetchall():
                yield from map(str, line)


def names_and_addresses(relay, book):
    plan = relay("send", str(book))
    return {one["to"] for one in plan["letters"]} | {one["candidate_id"] for one in plan["letters"]}


def test_the_demo_says_the_same_exported_as_in_its_workbook(relay, book, tmp_path):
    whole = relay("analyse", str(book))

    relay("export", str(book), "--to", "out")
    exported = relay("analyse", "--exported", "out")

    assert exported["figures"] == whole["figures"]
    for table in ("stages", "months"):
        assert exported[table] == whole[table]
    assert [one for one in exported["openings"] if not one["small"]] == [
        one for one in whole["openings"] if not one["small"]
    ]
    assert [one["name"] for one in exported["workbooks"]] == ["book"]


def test_two_workbooks_are_counted_together(relay, book, tmp_path):
    shutil.copy(book, tmp_path / "other.xlsx")

    relay("export", str(book), str(tmp_path / "other.xlsx"), "--to", "out")
    found = relay("analyse", "--exported", "out")

    assert found["figures"][0]["value"] == 2 * 88
    assert [one["applications"] for one in found["workbooks"]] == [88, 88]


def test_nothing_that_leaves_says_who_somebody_is(relay, book, tmp_path):
    secret = names_and_addresses(relay, book)

    relay("export", str(book), "--to", "out")

    said = set(everything_in(tmp_path / "out"))
    assert len(said) > 200
    assert not {one for one in said if "@" in one or one in secret}


def test_a_label_that_few_share_or_that_names_somebody_is_counted_without_its_name(relay, book, tmp_path):
    relay("export", str(book), "--to", "out")

    media = {one["name"]: one["applications"] for one in relay("analyse", "--exported", "out")["media"]}
    whole = {one["name"]: one["applications"] for one in relay("analyse", str(book))["media"]}
    small = {name for name, count in whole.items() if count < 5} - set(media)
    assert sum(media.values()) == sum(whole.values()) == 88
    assert media.get("その他", 0) == sum(whole[name] for name in small)


def test_personal_data_leaves_only_when_it_is_asked_for_and_into_a_folder_of_its_own(relay, book, tmp_path):
    secret = names_and_addresses(relay, book)

    relay("export", str(book), "--to", "whole", "--with-personal-data")

    assert secret <= set(everything_in(tmp_path / "whole"))
    assert (tmp_path / "whole").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [(), ("--with-personal-data",)], ids=["anonymous", "personal"])
def test_a_folder_that_holds_other_things_is_left_alone(relay, book, tmp_path, words):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "budget.xlsx").write_bytes(b"somebody's")

    assert relay("export", str(book), "--to", "out", *words, code=1)["error"]["name"] == "export_unusable"

    assert [one.name for one in (tmp_path / "out").iterdir()] == ["budget.xlsx"]


@pytest.mark.parametrize("order", [[(), ("--with-personal-data",)], [("--with-personal-data",), ()]])
def test_data_with_and_without_names_never_lies_in_one_folder(relay, book, order):
    first, second = order
    relay("export", str(book), "--to", "out", *first)

    assert relay("export", str(book), "--to", "out", *second, code=1)["error"]["name"] == "export_unusable"


@pytest.mark.parametrize("key", ["", "short"])
def test_without_a_key_nothing_is_exported(relay, book, tmp_path, monkeypatch, key):
    monkeypatch.setenv("RELAY_EXPORT_KEY", key)

    assert relay("export", str(book), "--to", "out", code=2)["error"]["name"] == "configuration"
    assert not (tmp_path / "out").exists()


def test_another_workbook_does_not_take_the_place_of_one_of_its_name(relay, book, tmp_path):
    relay("export", str(book), "--to", "out")
    (tmp_path / "elsewhere").mkdir()
    other = shutil.copy(book, tmp_path / "elsewhere" / "book.xlsx")

    assert relay("export", str(other), "--to", "out", code=1)["error"]["name"] == "export_unusable"


def test_a_roster_names_the_workbooks_and_one_that_fails_does_not_keep_the_others(relay, book, tmp_path):
    roster = tmp_path / "workbooks.toml"
    lines = [f'[[workbooks]]\nname = "{name}"\naddress = "{name}.xlsx"\n' for name in ("gone", "book")]
    roster.write_text("\n".join(lines))

    document = relay("export", "--workbooks", str(roster), "--to", "out", code=8)

    assert document["workbooks"][0]["error"]["name"] == "workbook_not_found"
    assert document["workbooks"][1]["rows"]["candidates"] == 88


def test_people_are_told_what_was_written_and_see_the_group(say, book):
    told = say("export", str(book), "--to", "out", "--lang", "en").out

    assert "without names, addresses" in told
    shown = say("analyse", "--exported", "out", "--lang", "ja").out
    assert "フォロー率" in shown
    assert "book" in shown


def test_a_folder_that_no_export_has_written_is_not_analysed(relay, tmp_path):
    (tmp_path / "out").mkdir()

    assert relay("analyse", "--exported", "out", code=1)["error"]["name"] == "export_unusable"


@pytest.mark.parametrize("words", [(), ("book.xlsx", "--exported", "out")])
def test_an_analysis_is_of_a_workbook_or_of_an_export(relay, book, words):
    assert relay("analyse", *words, code=2)["error"]["name"] == "configuration"


def test_a_google_sheet_is_exported_as_a_file_is(google, monkeypatch, tmp_path, capsys):
    people = [["佐藤 花", f"due{n}@example.com", "営業職", "不採用", "2026/11/18"] for n in range(6)]
    store = GoogleStore(google, {"候補者": [["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"], *people]})
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    monkeypatch.setenv("RELAY_NOW", conftest.TUESDAY)

    assert main(["export", store.id, "--to", str(tmp_path / "out"), "--config", conftest.CONFIG, "--json"]) == 0

    [line] = json.loads(capsys.readouterr().out)["workbooks"]
    assert line["rows"]["candidates"] == 6
    said = set(everything_in(tmp_path / "out"))
    assert "営業職" in said
    assert not {one for one in said if "@" in one or "佐藤" in one}
    assert store.id not in str(sorted((tmp_path / "out").rglob("*")))
