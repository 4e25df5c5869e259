"""The page of `relay open` over the workbook that is open in Excel: from looking to sending."""

from collections import Counter

import pytest

from tests.excel_engine.people import OpenBookStore, save_in_excel
from tests.kill.world import DUE, in_outbox, tab
from tests.service.service_house import running_service


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "candidates.xlsx", {"候補者": tab()})


@pytest.fixture
def service(store, tmp_path):
    with running_service(f"live:{store.path}", carrier=f"outbox:{tmp_path / 'outbox'}") as running:
        yield running


def test_what_was_approved_is_sent_once_and_stands_in_the_open_workbook(service, store, tmp_path):
    lines, _ = service.send(service.approve())

    assert sorted(line["state"] for line in lines.values()) == ["sent", "sent"]
    assert in_outbox(tmp_path / "outbox") == Counter(dict.fromkeys(DUE, 1))
    sheet = store.look()["候補者"]
    column = sheet[1].index("通知状況")
    assert [row[column] for row in sheet[2:4]] == ["送信済み", "送信済み"]
    assert not store.book.is_saved


def test_the_page_shows_the_name_of_the_file(service, store):
    assert service.get("session")["workbook"]["title"] == "candidates.xlsx"


def test_what_the_person_types_without_saving_counts_at_once(service, store):
    store.book.titled("候補者").cell(3, 4).value = "内定"

    plan = service.get("plan")

    assert plan["counts"]["letters"] == 1


def test_a_cell_that_is_being_edited_is_told_on_the_page(service, store, excel, monkeypatch):
    monkeypatch.setattr("sheets_automation.workbooks.excel_live_calls.SECONDS", 0)
    excel.rejects = 100_000

    answer = service.get("plan", code=423)

    excel.rejects = 0
    assert "Enter か Esc" in answer["error"]["text"]


def test_progress_is_told_while_letters_go_out(service):
    told = []
    service.house.progress = lambda done, of: told.append((done, of))

    service.send(service.approve())

    assert told == [(2, 2)]


def test_after_the_person_has_saved_nothing_is_sent_again(service, store, tmp_path):
    service.send(service.approve())
    save_in_excel(store.book)

    assert service.get("plan")["counts"]["letters"] == 0
