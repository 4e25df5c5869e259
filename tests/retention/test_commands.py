"""The commands as people and programs meet them, the errand of a night, and the calls of the page."""

from __future__ import annotations

import json

import pytest

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.cli import main
from sheets_automation.core.model import DeliveryKey, LetterKind
from tests.fleet.fleet_house import FleetHouse
from tests.retention.house import LOG, TAB, letters, log_tab, row, sheet
from tests.service.service_house import running_service
from tests.workbooks.test_excel_file import ExcelFileStore

ROWS = [row(number) for number in range(1, 4)]
HIRED = row(5, 選考結果="採用")
MAIL = "Subject: result\nDate: Tue, 12 May 2026 09:00:00 +0900\nContent-Type: text/plain; charset=utf-8"
NOW, LATER = "2027-12-01T10:00:00+09:00", "2028-01-05T10:00:00+09:00"


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", NOW)
    monkeypatch.chdir(tmp_path)
    store = ExcelFileStore(tmp_path / "candidates.xlsx", {TAB: sheet(*ROWS, HIRED), LOG: log_tab(letters(ROWS))})
    (tmp_path / "outbox" / "new").mkdir(parents=True)
    for number in (1, 2, 3):
        key = DeliveryKey(candidate_id=f"C-{number}", kind=LetterKind.REJECTION)
        (tmp_path / "outbox" / "new" / letter_name(key, 1)).write_text(f"{MAIL}\n\n結果のご連絡", encoding="utf-8")
    return store


@pytest.fixture
def relay(book, capsys):
    def run(*words, code=0):
        capsys.readouterr()
        assert main([words[0], str(book.path), *map(str, words[1:]), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def test_from_the_first_look_to_the_certificate(relay, book, tmp_path, monkeypatch):
    before = book.path.read_bytes()
    look = relay("retention")
    assert (look["reached"], look["kept"], look["due"]) == (3, 1, 0)
    assert book.path.read_bytes() == before

    relay("retention", "--announce")
    assert relay("retention", "--erase", "--expect", 3, code=3)["error"]["name"] == "expectation_missed"
    monkeypatch.setenv("RELAY_NOW", LATER)
    assert relay("retention")["due"] == 3
    assert relay("retention", "--erase", "--expect", 2, code=3)["error"]["name"] == "expectation_missed"
    done = relay("retention", "--erase", "--expect", 3, "--carrier", "outbox:outbox", "--certificate", "c.html")

    assert {line["name"]: line["count"] for line in done["certificate"]["erased"]}["letters"] == 3
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    kept = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert "個人情報の消去証明" in page or "Certificate of erasure" in page
    assert len(kept["rows"]) == 3
    for one in ROWS:
        assert str(one["氏名"]) not in page
        assert str(one["候補者ID"]) not in kept["rows"]


def test_hr_sees_the_day_and_keeps_somebody_by_a_word_in_the_sheet(relay, book, monkeypatch):
    relay("retention", "--announce")
    tabs = book.look()
    head = tabs[TAB][0]
    assert tabs[TAB][1][head.index("消去予定日")].isoformat().startswith("2027-12-31")
    keep = head.index("保持期限")
    for line, word in zip(tabs[TAB][1:3], ("保留", "2028/06/30"), strict=True):
        line.extend([None] * (keep + 1 - len(line)))
        line[keep] = word
    book.save(tabs)

    monkeypatch.setenv("RELAY_NOW", LATER)

    look = relay("retention")
    assert look["due"] == 1
    assert {tuple(one["candidate_ids"]): one["obstacle"] for one in look["people"]} == {
        ("C-1",): "held",
        ("C-2",): "kept_until",
        ("C-3",): None,
        ("C-5",): "in_play",
    }


def test_one_person_is_shown_what_is_held_and_erased_at_their_word(relay, book, tmp_path):
    held = relay("person", "--person", "person1@mail.example", "--out", "p.html", "--carrier", "outbox:outbox")
    assert held["rows"][0]["cells"]["備考"].startswith("前職は会社1")
    assert [len(one["rows"]) for one in held["records"] if one["tab"] == LOG] == [2]
    assert held["letters"][0]["text"] == "結果のご連絡"
    assert "person2" not in (tmp_path / "p.html").read_text(encoding="utf-8")

    assert relay("erase", "--person", "C-1")["rows"] == [2]
    assert "person1@" in str(book.look())
    relay("erase", "--person", "C-1", "--write")
    assert "person1@" not in str(book.look())
    assert relay("erase", "--person", "C-5", "--write", code=3)["error"]["name"] == "not_erasable"
    assert relay("person", "--person", "C-77", code=2)["error"]["name"] == "unknown_candidate"


def test_the_page_announces_and_erases_the_very_people_who_were_looked_at(book):
    with running_service(book.path, config=None, now=NOW) as service:
        assert service.post("retention/announce")["announced"] == 3
    with running_service(book.path, config=None, now=LATER) as service:
        look = service.get("retention")
        assert look["due"] == 3
        refused = service.post("retention/erase", code=409, mark="another", expect=3)
        assert refused["error"]["name"] == "plan_changed"
        service.post("retention/erase", code=422, mark=look["mark"], expect=2)
        assert service.post("retention/erase", mark=look["mark"], expect=3)["people"] == 3
    assert "person1@" not in str(book.look())


def test_the_nightly_run_announces_where_it_is_asked_to_and_erases_only_where_it_may(tmp_path):
    house = FleetHouse(tmp_path)
    grid = sheet(*ROWS, HIRED)
    house.clients.append(("minato", "minato.xlsx"))
    store = ExcelFileStore(tmp_path / "minato.xlsx", {TAB: grid})
    house.write_roster(more='jobs = ["retention"]')

    first = house.run("nightly", RELAY_NOW=NOW)
    waits = house.run("nightly", RELAY_NOW=LATER)
    (tmp_path / "relay.toml").write_text("[retention]\nerase_nightly = true\n", encoding="utf-8")
    erases = house.run("nightly", RELAY_NOW=LATER)

    counts = [next(line for line in lines if line.get("errand") == "retention") for lines in (first, waits, erases)]
    assert [line["counts"].get("announced") for line in counts] == [3, 0, 0]
    assert [line["state"] for line in counts] == ["done", "needs_a_person", "done"]
    assert counts[2]["counts"]["erased"] == 3
    assert "person1" not in str(erases)
    assert "person1@" not in str(store.look())
