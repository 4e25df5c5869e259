"""The partners' webhook: only what a partner signed a moment ago is read, and each event is kept once."""

from __future__ import annotations

import json
import logging
import sys
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from sheets_automation.core.partner_records import PartnerRecord, ReportType, read_partner_records, to_line
from sheets_automation.service.partner_spool import PartnerFiles, PartnerLines
from sheets_automation.service.partner_webhook import PartnerDesk, PartnerDoor, signature
from tests.core.builders import NOW
from tests.partners.webhook_house import OLD, OTHERS, SECRET, FullDisk, an_event, webhook
from tests.public.links_house import a_code


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with webhook(tmp_path_factory.mktemp("records")) as house:
        yield house


@pytest.fixture
def fresh(tmp_path):
    with webhook(tmp_path / "records") as house:
        yield house


def test_a_signed_event_is_kept_and_nothing_else_of_what_was_sent(fresh):
    event = an_event(name="山田 太郎", email="taro@example.com")

    answer = fresh.partner().reports(event)

    assert answer == (200, {"accepted": 1, "known": 0})
    [record] = fresh.records
    assert (record.partner, record.type, record.code) == ("mirai", ReportType.REGISTERED, event["code"])
    assert record.at.isoformat() == "2026-11-20T10:00:00+09:00"
    assert b"taro" not in fresh.kept()
    assert "山田".encode() not in fresh.kept()
    assert b"\\u5c71" not in fresh.kept()


def test_the_same_event_again_is_answered_alike_and_kept_once(fresh):
    event = an_event()
    partner = fresh.partner()

    first, again = partner.reports(event), partner.reports(event, an_event(2))
    twice = partner.reports(an_event(3, code=event["code"]), an_event(3, code=event["code"]))

    assert (first[1], again[1], twice[1]) == (
        {"accepted": 1, "known": 0},
        {"accepted": 1, "known": 1},
        {"accepted": 1, "known": 1},
    )
    assert [record.event_id for record in fresh.records] == ["evt-1", "evt-2", "evt-3"]


def test_an_id_that_said_something_else_before_is_refused_and_nothing_of_the_body_is_kept(fresh):
    partner = fresh.partner()
    partner.reports(an_event())

    status, refused = partner.reports(an_event(2), an_event(1, code=a_code()))

    assert (status, refused["error"], refused["id"]) == (409, "event_id_reused", "evt-1")
    assert len(fresh.records) == 1


def test_an_event_is_known_again_after_a_restart(tmp_path):
    event = an_event(occurred_at="2026-11-20T10:00:00.123456+09:00")
    for expected in ({"accepted": 1, "known": 0}, {"accepted": 0, "known": 1}):
        with webhook(tmp_path) as house:
            assert house.partner().reports(event) == (200, expected)


def test_two_partners_may_use_the_same_ids(fresh):
    fresh.partner().reports(an_event())

    assert fresh.partner(name="tech", secret=OTHERS).reports(an_event()) == (200, {"accepted": 1, "known": 0})


@pytest.mark.parametrize("secret", [SECRET, OLD], ids=["new", "old"])
def test_while_a_secret_changes_both_count(house, secret):
    assert house.partner(secret=secret).reports(an_event(f"rotating-{secret[0]}"))[0] == 200


def test_a_partner_may_send_signatures_by_two_secrets(house):
    body = json.dumps({"events": [an_event("both")]}).encode()
    stamp = str(int(NOW.timestamp()))
    signed = f"v1={signature(stamp, body, 'x' * 40)}, v1={signature(stamp, body, SECRET)}"

    assert house.partner().sends(body, signed=signed)[0] == 200


BODY = b'{"events": []}'


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "x" * 40},
        {"secret": OTHERS},
        {"name": "nobody"},
        {"name": "Mirai"},
    ],
    ids=["another secret", "another partner's secret", "an unknown partner", "an id in capitals"],
)
def test_whoever_cannot_sign_for_the_partner_is_turned_away(house, wrong):
    status, refused = house.partner(**wrong).reports(an_event())

    assert (status, refused["error"]) == (401, "not_signed")


@pytest.mark.parametrize(
    "sent",
    [
        {"signed": ""},
        {"timestamp": ""},
        {"timestamp": "soon"},
        {"timestamp": "-1"},
        {"timestamp": "１７９５４８１９４０"},
        {"signed": "v0=" + "0" * 64},
        {"signed": signature(str(int(NOW.timestamp())), BODY, SECRET)},
        {"signed": ",".join(["v1=x"] * 50)},
        {"signed": "v1=é"},
    ],
    ids=["no signature", "no time", "words", "negative", "wide digits", "v0", "no version", "many", "not ASCII"],
)
def test_a_signature_that_is_not_as_agreed_is_turned_away(house, sent):
    sent = {name: value.encode().decode("latin-1") for name, value in sent.items()}

    status, refused = house.partner().sends(BODY, **sent)

    assert (status, refused["error"]) == (401, "not_signed")


def test_a_changed_body_or_a_changed_time_does_not_fit_the_signature(house):
    stamp = str(int(NOW.timestamp()))
    good = f"v1={signature(stamp, BODY, SECRET)}"

    assert house.partner().sends(BODY + b" ", signed=good)[1]["error"] == "not_signed"
    assert house.partner().sends(BODY, signed=good, timestamp=str(int(stamp) + 1))[1]["error"] == "not_signed"


@pytest.mark.parametrize(("seconds", "status"), [(-300, 200), (-301, 401), (300, 200), (301, 401)])
def test_a_signature_counts_for_five_minutes(house, seconds, status):
    partner = house.partner(at=NOW + timedelta(seconds=seconds))

    answer = partner.reports(an_event(f"late{seconds}"))

    assert answer[0] == status
    assert status == 200 or answer[1]["error"] == "signed_too_long_ago"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"id": "x" * 101}, "id"),
        ({"id": 7}, "id"),
        ({"type": "clicked"}, "type"),
        ({"type": "REGISTERED"}, "type"),
        ({"code": "B2222222222C"}, "code"),
        ({"code": "taro@example.com"}, "code"),
        ({"occurred_at": "2026-11-20T10:00:00"}, "occurred_at"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"occurred_at": "2026-11-25T10:00:00+09:00"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_nothing_is_kept(house, changes, field):
    before = house.kept()

    status, refused = house.partner().reports(an_event("fine"), an_event(2, **changes))

    assert (status, refused["error"], refused["event"], refused["field"]) == (422, "event_wrong", 2, field)
    assert house.kept() == before


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", BODY, b'{"events": 7}', b"\xff\xfe", b"[" * 60_000, b'{"events": [' + b"{}," * 101 + b"{}]}"],
    ids=["nothing", "a list", "no events", "none", "a number", "no UTF-8", "deep", "too many"],
)
def test_a_body_that_is_no_list_of_events_is_refused(house, body):
    assert house.partner().sends(body)[1]["error"] == "not_json"


def test_a_large_body_is_refused(house):
    assert house.partner().sends(b" " * 65_537)[1]["error"] == "too_large"


def test_a_partner_who_comes_too_often_has_to_wait_and_the_other_does_not(tmp_path):
    clock = [0.0]
    door = PartnerDoor(secrets={"mirai": (SECRET,), "tech": (OTHERS,)})
    desk = PartnerDesk(door, PartnerFiles(tmp_path), lambda: NOW, lambda: clock[0])
    client = TestClient(Starlette(routes=[Route("/partner/{partner}/events", desk.hear, methods=["POST"])]))
    stamp = str(int(NOW.timestamp()))

    def status(name="mirai", secret=SECRET):
        headers = {"X-Relay-Timestamp": stamp, "X-Relay-Signature": f"v1={signature(stamp, BODY, secret)}"}
        answer = client.post(f"/partner/{name}/events", content=BODY, headers=headers)
        return answer.status_code, answer.headers.get("Retry-After")

    assert {status() for _ in range(120)} == {(400, None)}
    assert status() == (429, "1")
    assert status("tech", OTHERS) == (400, None)
    clock[0] += 1
    assert status() == (400, None)


def test_what_cannot_be_kept_is_not_said_to_be(tmp_path, caplog):
    with webhook(tmp_path, spool=FullDisk()) as house, caplog.at_level(logging.WARNING):
        status, refused = house.partner().reports(an_event())

    assert (status, refused["error"]) == (503, "try_again")
    assert "No space left" in caplog.text


def a_record(number=1, **facts):
    return PartnerRecord(
        **{"partner": "mirai", "event_id": f"e{number}", "type": ReportType.HIRED, "code": a_code(), "at": NOW} | facts
    )


def test_a_log_service_gives_the_records_back_and_an_event_that_two_servers_wrote_is_one(tmp_path):
    record = a_record()
    exported = json.dumps([{"jsonPayload": json.loads(to_line(record))}, {"jsonPayload": json.loads(to_line(record))}])

    assert read_partner_records(exported).records == (record,)
    assert read_partner_records('{"partner_event": "hired"}\nnot json\n').unreadable == 1


def test_files_are_kept_for_four_hundred_days_and_lines_are_written_once(tmp_path, capsys):
    files, lines = PartnerFiles(tmp_path), PartnerLines(sys.stdout)
    old, new = a_record(1), a_record(2)

    files.keep([old], NOW)
    files.keep([new], NOW + timedelta(days=401))
    assert [lines.keep([old], NOW), lines.keep([old, new], NOW)] == [1, 1]

    assert [file.name for file in tmp_path.glob("*")] == ["partner-2027-12-30.jsonl"]
    assert len(capsys.readouterr().out.splitlines()) == 2
