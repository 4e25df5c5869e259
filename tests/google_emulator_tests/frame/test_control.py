"""The control address: reset, clock, edits, the log of calls and the ledger of letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.google_emulator import Running
from tests.google_emulator.control import Refused
from tests.google_emulator_tests.frame.caller import ME, Caller

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


def title(caller: Caller, document: str) -> str:
    found: str = caller("GET", f"/v4/spreadsheets/{document}").json()["properties"]["title"]
    return found


def test_a_reset_forgets_everything(caller: Caller) -> None:
    control = caller.emulator.control
    caller.new_document()
    control.fault("*", "refuse", times=None)
    control.freeze(NOON)

    control.reset()

    state = control.state()
    assert state["services"]["drive"]["files"] == []
    assert (state["faults"], state["calls"]) == ([], {})
    assert abs(control.now() - datetime.now(UTC)) < timedelta(minutes=5)
    assert caller("GET", "/gmail/v1/users/me/profile").status_code == 401


def test_ids_repeat_from_reset_to_reset(emulator: Running) -> None:
    first = Caller(emulator).new_document()
    emulator.control.reset()

    assert Caller(emulator).new_document() == first


def test_the_clock_runs_stops_and_jumps(emulator: Running) -> None:
    control = emulator.control
    control.freeze(NOON)
    stopped = control.now()
    control.advance(90)
    later = control.now()
    control.run()

    assert (stopped, later) == (NOON, NOON + timedelta(seconds=90))
    assert control.now() >= later


def test_answers_are_stamped_by_the_emulator_s_clock(caller: Caller) -> None:
    caller.emulator.control.freeze(NOON)

    answer = caller("GET", "/gmail/v1/users/me/profile")

    assert answer.headers["Date"] == "Thu, 05 Nov 2026 12:00:00 GMT"


def test_a_person_edits_at_once(caller: Caller) -> None:
    document = caller.new_document("before")

    caller.emulator.control.edit("retitle", spreadsheetId=document, title="by hand")

    assert title(caller, document) == "by hand"


def test_a_person_edits_between_two_calls(caller: Caller) -> None:
    document = caller.new_document("before")
    caller.emulator.control.edit_before(
        "sheets.spreadsheets.get", "retitle", nth=2, spreadsheetId=document, title="by hand"
    )

    assert [title(caller, document) for _ in range(3)] == ["before", "by hand", "by hand"]


def test_a_person_edits_while_the_answer_is_on_its_way(caller: Caller) -> None:
    document = caller.new_document("before")
    caller.emulator.control.edit_after("sheets.spreadsheets.get", "retitle", spreadsheetId=document, title="by hand")

    assert [title(caller, document) for _ in range(2)] == ["before", "by hand"]
    assert caller.emulator.control.state()["editsWaiting"] == []


def test_an_edit_that_nobody_offers_is_refused_at_once(emulator: Running) -> None:
    with pytest.raises(Refused, match="dance"):
        emulator.control.edit("dance")
    with pytest.raises(Refused, match="dance"):
        emulator.control.edit_before("sheets.*", "dance")


def test_every_call_is_logged_with_its_cost(caller: Caller) -> None:
    caller("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "QQ"}})
    caller("GET", "/v4/nothing")

    made, unknown = caller.emulator.control.calls()

    assert (made["method"], made["user"], made["status"], made["units"]) == ("gmail.users.drafts.create", ME, 200, 10)
    assert (unknown["method"], unknown["path"], unknown["status"]) == ("unknown", "/v4/nothing", 404)
    assert caller.emulator.control.state()["quota"] == {"gmail": 10}


def test_the_log_can_be_emptied_to_count_from_here(caller: Caller) -> None:
    caller("GET", "/gmail/v1/users/me/profile")

    caller.emulator.control.forget_calls()

    assert caller.emulator.control.calls() == []


def test_the_ledger_has_every_letter_that_left(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.users.drafts.send", "status", effect=True)
    draft = caller("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "QUJD"}}).json()["id"]

    failed = caller("POST", "/gmail/v1/users/me/drafts/send", {"id": draft})

    assert failed.status_code == 503
    assert caller.emulator.control.ledger() == [{"mailbox": ME, "raw": "QUJD"}]


def test_the_control_address_lists_itself(emulator: Running) -> None:
    with pytest.raises(Refused, match="POST /emulator/reset"):
        emulator.control._ask("GET", "help")


def test_a_planned_edit_that_breaks_is_told_as_a_problem_and_harms_no_call(caller: Caller) -> None:
    document = caller.new_document()
    caller.emulator.control.edit_before("sheets.spreadsheets.get", "share", fileId="nothing")

    assert caller("GET", f"/v4/spreadsheets/{document}").status_code == 200
    assert len(caller.emulator.control.state()["problems"]) == 1
