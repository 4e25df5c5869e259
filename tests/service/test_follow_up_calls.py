"""News over HTTP: planned, agreed to and sent as results are, each by its own word; who agrees; what went to whom."""

import openpyxl
import pytest

from sheets_automation.core.model import DeliveryState
from tests.follow_up.command_house import configure
from tests.follow_up.house import campaign, past, plan_sheet
from tests.service.service_house import delivered
from tests.workbooks.google_people import GoogleStore

NEWS = {"mailing": "follow_up"}
WEDNESDAY = "2026-11-25T10:00:00+09:00"


@pytest.fixture
def team(opened, tmp_path):
    """A team that asked two people in spring whether they want to hear from it; only one has said yes."""
    rows = [past("佐藤 花", "sato@example.com"), past("鈴木 一郎", "suzuki@example.com", フォロー同意="")]
    book = openpyxl.Workbook()
    book.active.title = "候補者"
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(tmp_path / "book.xlsx")

    def open_page(**settings):
        return opened(tmp_path / "book.xlsx", **open_settings(tmp_path, **settings))

    return open_page


def open_settings(folder, *, address="news@minato.example", actor="hanako"):
    configure(folder, address=address)
    key = {"RELAY_LINK_KEY": "a-key-for-tests-that-nobody-can-guess"}
    facts = {"carrier": f"outbox:{folder / 'out'}", "config": str(folder / "relay.toml"), "actor": actor}
    return {**facts, "environ": key}


def plan_of(service):
    return service.get("plan", **NEWS)


def say_news(service, call, code=200, **body):
    """Post a call about news."""
    answer = service.browser.post(f"/api/{call}", params={**NEWS, "lang": "ja"}, json=body)
    assert answer.status_code == code, answer.text[:500]
    return answer.json()


def switch_on(folder, **cells):
    """What HR does in フォロー計画: take the × of the first campaign away, and perhaps a slip in another cell of it."""
    book = openpyxl.load_workbook(folder / "book.xlsx")
    sheet = book["フォロー計画"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "×")
    for column, value in ({"A": "○"} | cells).items():
        sheet[f"{column}{row}"] = value
    book.save(folder / "book.xlsx")
    return row


def test_hr_begins_with_the_tab_and_news_goes_once_by_its_own_approval(team, tmp_path):
    service = team()
    assert plan_of(service)["campaigns"] == {"tab": "フォロー計画", "is_there": False, "link": None, "campaigns": []}
    assert say_news(service, "campaigns")["made"] is True
    row = switch_on(tmp_path)

    plan = plan_of(service)
    (campaign,) = plan["campaigns"]["campaigns"]
    (letter,) = plan["letters"]
    shown = say_news(service, "letters", ids=[letter["id"]], plan=plan["plan"])["letters"][0]
    approval = say_news(service, "approvals", plan=plan["plan"])["approval"]
    sent = say_news(service, "send", approval=approval)
    again = say_news(service, "send", approval=approval)

    assert (campaign["name"], campaign["letters"], campaign["cell"]) == ("半年後のご連絡", 1, f"フォロー計画!C{row}")
    assert (letter["name"], letter["campaign"]) == ("佐藤 花", "半年後のご連絡")
    assert letter["why"] == "選考結果が「不採用」である、選考結果日が 227 日前(180 日以上前)である"
    assert "news@minato.example" in shown["from"]
    assert [one["state"] for one in sent["sent"]] == ["sent"]
    assert (sent["done"], again["sent"]) == (True, [])
    assert len(delivered(tmp_path / "out")) == 1
    (told,) = service.get("follow-ups")["follow_ups"]
    assert (told["name"], told["campaign"], told["state"], told["why"]) == (
        "佐藤 花", "半年後のご連絡", DeliveryState.SENT, letter["why"],
    )  # fmt: skip
    assert service.get("follow-ups", candidate="C-999")["follow_ups"] == []
    (proof,) = service.get("consents")["people"]
    assert (proof["name"], proof["agrees"], proof["wording"], proof["source"]) == (
        "佐藤 花", True, "2026-04", "列「フォロー同意」",
    )  # fmt: skip
    assert [run["sent"] for run in service.get("runs", **NEWS) if run["sent"]] == [1]
    assert not any(run["sent"] for run in service.get("runs"))
    assert service.get("plan")["counts"]["sent_before"] == 0


def test_the_number_that_lets_everything_go_again_counts_news_too(team, tmp_path):
    service = team()
    say_news(service, "campaigns")
    switch_on(tmp_path)

    frozen = service.post("freeze", because="宛先の取り違え")

    assert (frozen["waiting"], service.get("plan")["held_up"], plan_of(service)["held_up"]) == (1, 1, None)
    assert service.post("thaw", code=422, expect=0)["error"]["name"] == "expectation_missed"
    assert service.post("thaw", expect=1)["stops"] == []
    assert service.get("plan")["held_up"] is None


def test_whoever_agreed_to_news_has_not_agreed_to_results(team, tmp_path):
    service = team()
    say_news(service, "campaigns")
    switch_on(tmp_path)
    approval = say_news(service, "approvals", plan=plan_of(service)["plan"])["approval"]

    refused = [service.post(call, code=409, approval=approval)["error"]["name"] for call in ("send", "undo")]

    assert refused == ["approval_void", "approval_void"]
    assert delivered(tmp_path / "out") == []
    assert say_news(service, "undo", approval=approval)["withdrawn"] == 1


def test_a_word_of_mouth_is_recorded_with_its_source_and_counts_at_once(team, tmp_path):
    service = team()
    say_news(service, "campaigns")
    switch_on(tmp_path)
    people = {one["name"]: one["id"] for group in plan_of(service)["left_out"] for one in group["people"]}
    suzuki = people["鈴木 一郎"]

    nothing = service.post("consents", code=400, ids=[suzuki], agrees=True)
    given = service.post("consents", ids=[suzuki], agrees=True, source="電話", on="2026-10-03")
    due = [one["name"] for one in plan_of(service)["letters"]]
    service.post("consents", ids=[suzuki], agrees=False, source="電話")

    assert "出所" in nothing["error"]["text"]
    assert given["recorded"] == 1
    said = next(one for one in given["people"] if one["id"] == suzuki)
    assert (said["agrees"], said["source"], said["wording"]) == (True, "電話", "2026-04")
    assert said["actor"].startswith("hanako")
    assert (said["at"][:10], said["recorded_at"][:10]) == ("2026-10-03", "2026-11-24")
    assert due == ["佐藤 花", "鈴木 一郎"]
    assert [one["name"] for one in plan_of(service)["letters"]] == ["佐藤 花"]


def test_a_word_about_news_is_no_word_about_the_result(team, tmp_path):
    service = team()
    say_news(service, "campaigns")
    switch_on(tmp_path)
    (letter,) = plan_of(service)["letters"]

    done = say_news(service, "settle", ids=[letter["id"]], word="sent", note="手紙で")

    assert (done["settled"], plan_of(service)["letters"]) == (1, [])
    assert [one["id"] for one in service.get("follow-ups")["follow_ups"]] == [letter["id"]]
    assert {group["reason"] for group in service.get("plan")["left_out"]} == {"decision_too_old"}


def test_what_news_needs_and_lacks_is_a_problem_of_its_plan_and_of_no_other(team, tmp_path):
    service = team(address="saiyo@minato.example")
    say_news(service, "campaigns")
    switch_on(tmp_path)

    plan = plan_of(service)
    refused = say_news(service, "approvals", code=422, plan=plan["plan"])

    assert [(one["name"], one["stops"]) for one in plan["problems"]] == [("configuration", True)]
    assert "[sender] address" in plan["problems"][0]["text"]
    assert refused["error"]["name"] == "configuration"
    assert service.get("plan")["problems"] == []
    assert "[sender] address" in next(one["text"] for one in service.get("check")["problems"] if not one["cell"])


def test_a_slip_in_a_row_of_hrs_plan_is_told_with_its_cell(team, tmp_path):
    service = team()
    say_news(service, "campaigns")
    row = switch_on(tmp_path, D="伝書鳩")

    (problem,) = plan_of(service)["problems"]

    assert (problem["cell"], problem["stops"]) == (f"フォロー計画!D{row}", False)
    assert "伝書鳩" in problem["text"]


@pytest.fixture
def on_google(google, opened, tmp_path):
    """The same team on a spreadsheet, with a plan that HR has slipped in."""
    rows = [past("佐藤 花", "sato@example.com"), past("鈴木 一郎", "suzuki@example.com")]
    campaigns = plan_sheet([campaign(送信手段="伝書鳩")]).grid()
    store = GoogleStore(
        google, {"候補者": [list(rows[0]), *(list(row.values()) for row in rows)], "フォロー計画": campaigns}
    )
    facts = open_settings(tmp_path)
    facts["environ"] |= {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    return opened(f"https://docs.google.com/spreadsheets/d/{store.id}", **facts)


def test_on_google_a_slip_links_to_its_cell_and_the_sheet_has_its_title_once_it_was_read(on_google):
    before = on_google.get("session")["workbook"]

    (problem,) = plan_of(on_google)["problems"]
    after = on_google.get("session", **NEWS)["workbook"]

    assert problem["link"].endswith("&range=D5")
    assert before["title"] == before["address_shown"]
    assert after["title"] not in ("", after["address_shown"])
