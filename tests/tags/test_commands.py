"""`relay tag` as people and programs meet it, and the errand of a night."""

import json

import openpyxl
import pytest
from xlsxwriter import Workbook

from sheets_automation.cli import main
from tests.fleet.fleet_house import FleetHouse, summary
from tests.tags.house import HEADING, RULES_TAB, row, rules, sheet

STRONG = ("スキル強", "スキル", "含む", "Python", "選考段階", "まで進んだ", "最終面接")


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    path = tmp_path / "candidates.xlsx"
    write(path, {"候補者": sheet(row(1, スキル="Python", タグ="VIP"), row(2, スキル="Go"))})
    return path


def write(path, tabs):
    with Workbook(path) as made:
        for title, grid in tabs.items():
            tab = made.add_worksheet(title)
            for number, cells in enumerate(grid):
                tab.write_row(number, 0, cells)


def cells(path, heading):
    head, *body = openpyxl.load_workbook(path)["候補者"].iter_rows(values_only=True)
    return [line[head.index(heading)] for line in body]


def relay(capsys, *words, code=0):
    assert main(["tag", *map(str, words), "--lang", "ja"]) == code
    return capsys.readouterr().out


def test_without_write_the_file_stays_as_it_is(book, capsys):
    before = book.read_bytes()

    out = relay(capsys, book)

    assert book.read_bytes() == before
    assert "スキル強: 1 名" in out
    assert "書き込みはしていません" in out


def test_a_program_is_told_each_proposal_with_its_reason(book, capsys):
    document = json.loads(relay(capsys, book, "--json"))

    assert document["proposed"] == {"スキル強": 1, "再応募候補": 2}
    assert document["proposals"][0] == {
        "candidate_id": "C-1",
        "row": 2,
        "tag": "スキル強",
        "why": "スキルに「Python」がある、選考段階が「最終面接」まで進んでいる、選考結果が「不採用」であるため",
    }


def test_write_fills_our_column_and_accept_only_the_rows_that_are_named(book, capsys):
    relay(capsys, book, "--write")
    assert cells(book, HEADING) == ["スキル強、再応募候補", "再応募候補"]
    assert cells(book, "タグ") == ["VIP", None]

    relay(capsys, book, "--accept", "--only", "C-1")

    assert cells(book, "タグ") == ["VIP、スキル強、再応募候補", None]
    assert cells(book, HEADING) == [None, "再応募候補"]


def test_an_unknown_id_is_refused(book, capsys):
    assert main(["tag", str(book), "--accept", "--only", "C-9"]) == 2
    assert "C-9" in capsys.readouterr().err
    assert cells(book, "タグ") == ["VIP", None]


def test_a_broken_rule_is_told_by_its_cell_and_leaves_something_for_a_person(book, capsys):
    write(book, {"候補者": sheet(row(1)), RULES_TAB: rules(("強", "スキル", "含め", "Go"))})

    out = relay(capsys, book, code=7)

    assert "タグ規則!D4" in out


def test_a_night_proposes_tags_only_where_the_roster_asks_for_them(tmp_path):
    house = FleetHouse(tmp_path)
    for name in ("minato", "kita"):
        house.clients.append((name, f"{name}.xlsx"))
        write(tmp_path / f"{name}.xlsx", {"候補者": sheet(row(1, スキル="Python"))})
    house.write_roster()
    text = (tmp_path / "workbooks.toml").read_text(encoding="utf-8")
    asks = 'address = "kita.xlsx"\njobs = ["tags"]'
    (tmp_path / "workbooks.toml").write_text(text.replace('address = "kita.xlsx"', asks), encoding="utf-8")

    lines = house.run("nightly")

    assert summary(lines)["counts"]["tags_proposed"] == 2
    assert cells(tmp_path / "kita.xlsx", HEADING) == ["スキル強、再応募候補"]
    assert HEADING not in next(openpyxl.load_workbook(tmp_path / "minato.xlsx")["候補者"].iter_rows(values_only=True))
    assert not any("山田" in json.dumps(line, ensure_ascii=False) for line in lines)
