"""Everything that can go wrong between a client and Google, on demand."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from tests.google_emulator_tests.frame.caller import Caller

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
CREATE = "gmail.users.drafts.create"
DRAFT = ("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "QQ" * 400}})
PROFILE = ("GET", "/gmail/v1/users/me/profile")


def drafts(caller: Caller) -> int:
    return len(caller.emulator.control.state()["services"]["gmail"]["drafts"])


def came(caller: Caller) -> bool:
    """Whether a draft came to be, sooner or later."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        if drafts(caller) == 1:
            return True
        time.sleep(0.02)
    return False


def test_the_nth_call_fails_and_the_others_do_not(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.*", "status", nth=2, status=503)

    statuses = [caller(*PROFILE).status_code for _ in range(4)]

    assert statuses == [200, 503, 200, 200]


def test_a_fault_may_come_again_and_again(caller: Caller) -> None:
    caller.emulator.control.fault("GET /gmail/*", "status", nth=2, every=2, times=None, status=500)

    statuses = [caller(*PROFILE).status_code for _ in range(6)]
    caller.emulator.control.clear_faults()

    assert statuses == [200, 500] * 3
    assert caller(*PROFILE).status_code == 200


def test_an_error_in_json_is_of_the_api_that_fails(caller: Caller) -> None:
    caller.emulator.control.fault("*", "status", times=2, status=503)

    gmail, sheets = caller.error(*PROFILE), caller.error("GET", "/v4/spreadsheets/x")

    message = "The service is currently unavailable."
    assert sheets == {"code": 503, "message": message, "status": "UNAVAILABLE"}
    assert gmail["errors"] == [{"message": message, "domain": "global", "reason": "backendError"}]


def test_an_error_may_have_its_own_words(caller: Caller) -> None:
    caller.emulator.control.fault(
        CREATE, "status", status=403, message="Daily Limit Exceeded", reason="dailyLimitExceeded"
    )

    error = caller.error(*DRAFT)

    assert error["errors"] == [
        {"message": "Daily Limit Exceeded", "domain": "usageLimits", "reason": "dailyLimitExceeded"}
    ]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_error_page_is_no_json(caller: Caller, status: int) -> None:
    caller.emulator.control.fault("*", "html", status=status)

    answer = caller(*PROFILE)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert f"<b>{status}.</b>" in answer.text


def test_a_good_token_may_be_refused_in_mid_run(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.*", "unauthorized", nth=2)

    statuses = [caller(*PROFILE).status_code for _ in range(3)]

    assert statuses == [200, 401, 200]


def test_an_answer_may_be_cut_off_after_the_effect(caller: Caller) -> None:
    caller.emulator.control.fault(CREATE, "cut_body")

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        caller(*DRAFT)

    assert drafts(caller) == 1


@pytest.mark.parametrize(("kind", "made"), [("reset_before", 0), ("reset_after", 1), ("refuse", 0)])
def test_a_connection_breaks_before_or_after_the_effect(caller: Caller, kind: str, made: int) -> None:
    caller.emulator.control.fault(CREATE, kind)

    with pytest.raises(requests.ConnectionError) as broken:
        caller(*DRAFT)

    assert drafts(caller) == made
    assert ("reset by peer" in str(broken.value)) == kind.startswith("reset")


@pytest.mark.parametrize("kind", ["status", "html", "unauthorized"])
def test_an_error_may_hide_that_the_effect_happened(caller: Caller, kind: str) -> None:
    caller.emulator.control.fault(CREATE, kind, effect=True, status=500)

    answer = caller(*DRAFT)

    assert answer.status_code in {401, 500}
    assert drafts(caller) == 1


def test_an_effect_may_come_long_after_the_client_gave_up(caller: Caller) -> None:
    control = caller.emulator.control
    control.freeze(NOON)
    control.fault(CREATE, "late", seconds=30)

    with pytest.raises(requests.ConnectionError):
        caller(*DRAFT)
    before = drafts(caller)
    control.advance(31)

    assert (before, drafts(caller)) == (0, 1)


def test_a_late_effect_comes_by_itself_where_the_clock_runs(caller: Caller) -> None:
    caller.emulator.control.fault(CREATE, "late", seconds=0.1)

    with pytest.raises(requests.ConnectionError):
        caller(*DRAFT)

    assert came(caller)


def test_a_client_may_be_left_waiting_until_it_gives_up_itself(caller: Caller) -> None:
    caller.emulator.control.fault(CREATE, "late", seconds=0, hold=5)

    with pytest.raises(requests.Timeout):
        caller.session.post(f"http://{caller.emulator.address}{DRAFT[1]}", json=DRAFT[2], timeout=(60, 0.3))

    assert came(caller)


def test_answers_may_take_their_time(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.*", "latency", times=None, seconds=0.2)

    began = time.monotonic()
    status = caller(*PROFILE).status_code

    assert status == 200
    assert time.monotonic() - began >= 0.2


def test_signing_in_may_fail_too(caller: Caller) -> None:
    caller.emulator.control.fault("token", "html", status=502)

    answer = requests.post(f"http://{caller.emulator.address}/token", data={}, timeout=60)

    assert answer.status_code == 502


def test_a_rule_that_makes_no_sense_is_refused(caller: Caller) -> None:
    from tests.google_emulator.control import Refused

    with pytest.raises(Refused, match="'explode' is not a valid Kind"):
        caller.emulator.control.fault("*", "explode")


def test_the_state_tells_which_faults_fired(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.*", "status", nth=2)
    for _ in range(3):
        caller(*PROFILE)

    state: dict[str, Any] = caller.emulator.control.state()

    assert state["faults"] == [{"match": "gmail.*", "kind": "status", "seen": 3, "fired": 1}]
    assert [call["faults"] for call in caller.emulator.control.calls()] == [[], ["status"], []]
