"""A day's work in `relay serve`: several spreadsheets, people and instances, and no word about any of them."""

import json

import pytest

from sheets_automation.service.gate import Actor, Visit
from sheets_automation.service.planning import Planner
from tests.service.cloud_service import (
    HANAKO,
    KEY,
    MAILBOX,
    NAMES,
    PROXIED,
    TARO,
    Visitor,
    running_cloud,
    store_of,
    write_config,
)

OTHERS = ("田中 一", "田中 二")


@pytest.fixture
def store(google):
    return store_of(google, HANAKO, TARO)


@pytest.fixture
def other(google):
    return store_of(google, HANAKO, names=OTHERS)


@pytest.fixture
def config(store, other, tmp_path):
    return write_config(tmp_path, store.id, f"https://docs.google.com/spreadsheets/d/{other.id}/edit#gid=0")


@pytest.fixture
def cloud(google, config):
    with running_cloud(google, config) as cloud:
        yield cloud


@pytest.fixture
def hanako(cloud, store):
    return cloud.visitor(store.id)


def names_in(plan):
    return {letter["name"] for letter in plan["letters"]}


def test_from_looking_to_sending_with_the_address_of_whoever_did_it_in_the_log(google, hanako, store):
    plan = hanako.get("plan")
    letters = hanako.post("letters", ids=[plan["letters"][0]["id"]], plan=plan["plan"])["letters"]
    hanako.post("test", ids=[plan["letters"][0]["id"]], to=HANAKO)
    approval = hanako.post("approvals", plan=plan["plan"], without=[plan["letters"][3]["id"]])["approval"]
    sent = hanako.send(approval)
    undone = hanako.post("undo", approval=approval)

    assert MAILBOX in letters[0]["from"]
    assert [line["state"] for line in sent.values()] == ["sent"] * 3
    assert undone["withdrawn"] == 0
    assert {run["actor"] for run in hanako.get("runs")} == {f"{HANAKO} (sidebar)"}
    assert len(google.control.ledger()) == 4  # three, and the test letter


def test_a_test_letter_goes_to_whoever_is_signed_in_and_to_nobody_else(google, hanako):
    ids = [hanako.get("plan")["letters"][0]["id"]]

    for address in (TARO, "hanako@elsewhere.example", "hanako+x@minato.example"):
        assert hanako.post("test", code=422, ids=ids, to=address)["error"]["name"] == "not_for_oneself"
    assert google.control.ledger() == []
    assert hanako.post("test", ids=ids, to=HANAKO.upper())["sent"] == 1


def test_a_browser_behind_the_proxy_does_the_same_and_the_log_says_so(google, store, other, tmp_path):
    with running_cloud(google, write_config(tmp_path, store.id, iap_audience=PROXIED)) as cloud:
        browser = cloud.browser(store.id)

        browser.send(browser.approve())

        assert browser.get("runs")[0]["actor"] == f"{HANAKO} (browser)"


def test_two_spreadsheets_are_never_mixed_up(cloud, store, other):
    first, second = cloud.visitor(store.id), cloud.visitor(other.id)
    plans = [(one.get("plan"), two.get("plan")) for one, two in [(first, second), (first, second)]]

    for one, two in plans:
        assert (names_in(one), names_in(two)) == ({*NAMES}, {*OTHERS})
    ids = [letter["id"] for letter in plans[0][0]["letters"]]
    assert second.ask("GET", f"/api/letters/{ids[0]}", params={"plan": plans[0][0]["plan"]}).status_code in {404, 409}
    assert second.post("approvals", code=409, plan=plans[0][0]["plan"])["error"]["name"] == "plan_changed"


def test_an_approval_holds_for_its_own_spreadsheet_alone(google, cloud, hanako, other):
    approval = hanako.approve()
    second = cloud.visitor(other.id)

    for path in ("send", "undo"):
        assert second.post(path, code=409, approval=approval)["error"]["name"] == "approval_void"

    assert google.control.ledger() == []


def test_whoever_may_edit_one_sheet_cannot_send_what_was_approved_in_another(cloud, other):
    approval = cloud.visitor(other.id).approve()

    refused = cloud.visitor(other.id, TARO).post("send", code=403, approval=approval)

    assert refused["error"]["name"] == "not_allowed"


class TestSeveralInstances:
    """Cloud Run starts as many as it likes; they know each other by the secret and the log alone."""

    def test_go_on_with_what_another_one_began(self, google, config, hanako, store):
        approval = hanako.approve()
        first = hanako.post("send", approval=approval, seconds=0)
        with running_cloud(google, config) as second:
            lines = second.visitor(store.id).send(approval)

        assert first["left"] == 4
        assert sorted(line["state"] for line in lines.values()) == ["sent"] * 4
        assert len(google.control.ledger()) == 4

    def test_heed_what_was_taken_back_at_another_one(self, google, config, hanako, store):
        approval = hanako.approve()
        with running_cloud(google, config) as second:
            second.visitor(store.id).post("undo", approval=approval)

        assert hanako.post("send", code=409, approval=approval)["error"]["name"] == "approval_void"
        assert google.control.ledger() == []

    def test_accept_the_old_key_beside_the_new_one_and_sign_with_the_new(self, google, config, hanako, store):
        new = "second-signing-key-of-these-tests-987654321"
        approval = hanako.approve()
        with running_cloud(google, config, key=f"{new} {KEY}") as second:
            visitor = second.visitor(store.id)
            by_old = visitor.post("send", approval=approval, seconds=0)
            by_new = visitor.approve()
            assert by_old["left"] == len(visitor.send(by_new)) == 4
        hanako.post("send", code=409, approval=by_new)

    def test_refuse_what_a_stranger_has_signed(self, google, config, hanako, store):
        with running_cloud(google, config, key="a-key-of-somebody-else-entirely-0123456789") as strange:
            approval = strange.visitor(store.id).approve()

        assert hanako.post("send", code=409, approval=approval)["error"]["name"] == "approval_void"


def test_two_people_are_two_addresses_whatever_their_capitals(google, store, other, config, tmp_path):
    text = (tmp_path / "cloud.toml").read_text().replace("second_person = false", "second_person = true")
    (tmp_path / "cloud.toml").write_text(text)
    with running_cloud(google, config) as cloud:
        hanako, taro = cloud.visitor(store.id), cloud.visitor(store.id, TARO)
        plan = hanako.get("plan")["plan"]

        proposed = hanako.post("approvals", plan=plan)
        again = cloud.visitor(store.id, "HANAKO@minato.example").post("approvals", code=403, plan=plan)
        approved = taro.post("approvals", plan=plan)

    assert proposed["state"] == "proposed"
    assert again["error"]["name"] == "second_person_needed"
    assert approved["state"] == "approved"


def test_whoever_asks_too_fast_waits_and_nobody_else_does(google, config, store):
    slow = dict.fromkeys(("read", "letters", "write", "send", "test", "small"), 2)
    with running_cloud(google, config, paces=slow) as cloud:
        answers = [cloud.visitor(store.id).ask("GET", "/api/session") for _ in range(3)]
        colleague = cloud.visitor(store.id, TARO).ask("GET", "/api/session")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert colleague.status_code == 200


def test_plans_that_nobody_can_use_any_more_are_forgotten(cloud, store, other):
    now = [0.0]
    planner = Planner(lambda: now[0])
    rooms = [
        cloud.house.room(
            Visit(actor=Actor(name="x"), workbook=f"https://docs.google.com/spreadsheets/d/{one.id}"), "ja"
        )
        for one in (store, other)
    ]
    planner.view(rooms[0])
    now[0] = 21.0

    planner.view(rooms[1])

    assert list(planner._views) == [(rooms[1].workbook, rooms[1].mailing)]


def test_the_access_log_says_which_call_and_how_it_ended_and_nothing_of_anybody(google, cloud, hanako, store, other):
    plan = hanako.get("plan")
    one = plan["letters"][0]
    hanako.ask("GET", f"/api/letters/{one['id']}", params={"plan": plan["plan"]})
    hanako.ask("GET", f"/api/letters/{one['id']}", params={"plan": "x"})
    hanako.ask("GET", f"/{one['name']}/{one['address']}")
    hanako.ask(one["id"].replace("-", "").upper(), "/api/plan")
    cloud.visitor(other.id, TARO).ask("GET", "/api/session")
    Visitor(cloud.root).ask("GET", f"/api/letters/{one['id']}")
    google.control.fault("drive.permissions.list", "status", status=503, every=1)
    hanako.ask("POST", "/api/settle", json={"ids": [one["id"]], "word": "sent"})

    written = cloud.access_log()
    lines = [json.loads(line) for line in written]

    told = [(line["method"], line["route"], line["status"], line.get("error")) for line in lines]
    assert told == [
        ("GET", "/api/plan", 200, None),
        ("GET", "/api/letters/{id}", 200, None),
        ("GET", "/api/letters/{id}", 409, "plan_changed"),
        ("GET", "/{name:path}", 404, "not_found"),
        ("OTHER", "-", 400, "bad_request"),
        ("GET", "-", 403, "not_allowed"),
        ("GET", "-", 401, "not_signed_in"),
        ("POST", "-", 503, "workbook_unreachable"),
    ]
    assert lines[-1]["severity"] == "ERROR"
    said = "\n".join(written)
    private = {one["id"], one["name"], one["address"], HANAKO, TARO, store.id, other.id, "eyJ"}
    assert [word for word in private if word in said] == []
