"""The same page over a Google spreadsheet and a Gmail mailbox."""

import pytest

from tests.commands.conftest import CONFIG
from tests.service.service_house import running_service
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_sorts_the_sheet, recruiter_writes

TAB = "候補者"
MAILBOX = "saiyo@minato.example"
HEADINGS = ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"]
NAMES = ("佐藤 花", "佐藤 学", "佐藤 葵", "佐藤 光")


@pytest.fixture
def store(google):
    due = [[name, f"sato{n}@example.com", "営業職", "不採用", "2026/11/18"] for n, name in enumerate(NAMES)]
    waiting = [
        [f"鈴木 {kanji}", f"suzuki{n}@example.com", "営業職", "選考中", None] for n, kanji in enumerate("海陸空翔")
    ]
    return GoogleStore(google, {TAB: [HEADINGS, *due, *waiting]})


@pytest.fixture
def service(google, store):
    address = f"https://docs.google.com/spreadsheets/d/{store.id}"
    environ = {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    with running_service(address, carrier=f"gmail:{MAILBOX}", config=CONFIG, environ=environ) as service:
        yield service


def test_every_letter_and_every_person_left_out_links_to_its_cell(service, store):
    plan = service.get("plan")

    links = [letter["link"] for letter in plan["letters"]]
    (group,) = plan["left_out"]
    begin = f"https://docs.google.com/spreadsheets/d/{store.id}/edit#gid="
    assert all(link.startswith(begin) for link in links)
    assert sorted(link.rpartition("=")[2] for link in links) == ["A2", "A3", "A4", "A5"]
    assert {person["link"].rpartition("=")[2] for person in group["people"]} == {"D6", "D7", "D8", "D9"}
    assert service.get("session")["workbook"]["kind"] == "google"


def test_looking_writes_nothing(service, store):
    before = store.look()

    plan = service.get("plan")
    service.post("letters", ids=[plan["letters"][0]["id"]], plan=plan["plan"])
    for call in ("uncertain", "credits", "check", "analysis", "runs"):
        service.get(call)

    assert store.look() == before


def test_what_was_approved_is_sent_once_even_if_somebody_sorts_the_sheet(service, store):
    approval = service.approve()
    recruiter_sorts_the_sheet(store, TAB, 1)

    lines, _ = service.send(approval)
    again, _ = service.send(approval)

    assert {line["name"]: line["state"] for line in lines.values()} == dict.fromkeys(NAMES, "sent")
    assert all("&range=" in line["link"] for line in lines.values())
    assert again == {}
    assert service.get("runs")[0]["sent"] == 4


def test_a_row_that_changed_after_the_approval_gets_nothing(service, store):
    changed = service.get("plan")["letters"][1]
    approval = service.approve()
    recruiter_writes(store, TAB, changed["row"], 3, "内定")

    lines, _ = service.send(approval)

    assert lines[changed["id"]]["reason"] == "offered"
    assert sorted(line["state"] for line in lines.values()) == ["left_out", "sent", "sent", "sent"]


def test_what_was_taken_back_never_goes_from_another_process_either(service, google, store):
    approval = service.approve()
    environ = {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    with running_service(service.house.workbook, carrier=f"gmail:{MAILBOX}", environ=environ) as other:
        other.house.keys = service.house.keys

        undone = other.post("undo", approval=approval)
        refused = service.post("send", code=409, approval=approval)

    assert undone["withdrawn"] == 4
    assert refused["error"]["name"] == "approval_void"
    assert service.get("runs")[0]["sent"] == 0


def test_a_stretch_that_is_over_leaves_no_drafts_and_the_next_goes_on(service, google):
    approval = service.approve()

    first = service.post("send", approval=approval, seconds=0)
    lines, _ = service.send(approval)

    assert (first["left"], first["done"]) == (4, False)
    assert {line["state"] for line in lines.values()} == {"sent"}


def test_a_sheet_that_is_not_there_or_not_shared_says_so(service, store):
    service.house.workbook = service.house.workbook.replace(store.id, "1" * len(store.id))

    refused = service.browser.get("/api/plan")

    assert refused.status_code in {403, 404}
    assert refused.json()["error"]["name"].startswith("workbook_")
