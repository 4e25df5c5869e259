"""Quotas by user and project, over a minute that slides on the emulator's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.google_emulator import Running
from tests.google_emulator.accounts import project_number
from tests.google_emulator_tests.frame.caller import EVERYTHING, Caller

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
READ = ("GET", "/v4/spreadsheets/x/values/A1")
WRITE = ("POST", "/v4/spreadsheets/x:batchUpdate", {"requests": []})
NUMBER = project_number("emulator")


def test_sixty_reads_a_minute_and_no_more(caller: Caller) -> None:
    caller.emulator.control.freeze(NOON)

    statuses = [caller(*READ).status_code for _ in range(61)]

    assert statuses == [404] * 60 + [429]
    assert caller(*WRITE).status_code == 404


def test_what_was_spent_before_the_clock_was_set_back_does_not_count(caller: Caller) -> None:
    caller.emulator.control.freeze(NOON)
    assert [caller(*READ).status_code for _ in range(60)] == [404] * 60

    caller.emulator.control.freeze(NOON - timedelta(days=1))

    assert [caller(*READ).status_code for _ in range(61)] == [404] * 60 + [429]


def test_sheets_names_the_limit_and_says_nothing_of_when(caller: Caller) -> None:
    caller.emulator.control.quotas(sheets_write_user=0)

    answer = caller(*WRITE)

    assert "Retry-After" not in answer.headers
    assert answer.json()["error"] == {
        "code": 429,
        "message": "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of "
        f"service 'sheets.googleapis.com' for consumer 'project_number:{NUMBER}'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "quota_limit": "WriteRequestsPerMinutePerUser",
                    "quota_limit_value": "0",
                    "quota_location": "global",
                    "quota_metric": "sheets.googleapis.com/write_requests",
                    "quota_unit": "1/min/{project}/{user}",
                    "service": "sheets.googleapis.com",
                    "consumer": f"projects/{NUMBER}",
                },
            },
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [
                    {
                        "description": "Request a higher quota limit.",
                        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
                    }
                ],
            },
        ],
    }


def test_the_window_slides(caller: Caller) -> None:
    control = caller.emulator.control
    control.quotas(sheets_read_user=2)
    control.freeze(NOON)

    statuses = []
    for _ in range(4):
        statuses.append(caller(*READ).status_code)
        control.advance(25)

    assert statuses == [404, 404, 429, 404]


def test_users_have_their_own_and_share_the_project_s(emulator: Running) -> None:
    emulator.control.quotas(sheets_read_user=2, sheets_read_project=3)
    first, second = Caller(emulator, "a@example.co.jp"), Caller(emulator, "b@example.co.jp")

    statuses = [caller(*READ).status_code for caller in (first, first, first, second, second)]
    message = second.error(*READ)["message"]

    assert statuses == [404, 404, 429, 404, 429]
    assert "limit 'Read requests per minute' of service" in message


def test_gmail_counts_units_and_says_until_when(caller: Caller) -> None:
    control = caller.emulator.control
    control.freeze(NOON)
    control.quotas(gmail_user=25)
    draft = ("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "QQ"}})
    for _ in range(2):
        caller(*draft)
        control.advance(1)

    answer = caller(*draft)

    message = "User-rate limit exceeded.  Retry after 2026-11-05T12:01:00.000Z"
    assert answer.status_code == 429
    assert "Retry-After" not in answer.headers
    assert answer.json()["error"] == {
        "code": 429,
        "message": message,
        "errors": [{"message": message, "domain": "usageLimits", "reason": "rateLimitExceeded"}],
        "status": "RESOURCE_EXHAUSTED",
    }
    control.set_time(datetime(2026, 11, 5, 12, 1, tzinfo=UTC))
    assert caller(*draft).status_code == 200


def test_gmail_may_refuse_in_the_words_of_the_quota_service(caller: Caller) -> None:
    caller.emulator.control.quotas(gmail_user=0, gmail_words="metric")

    error = caller.error("GET", "/gmail/v1/users/me/profile")

    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["errors"][0]["reason"] == "rateLimitExceeded"
    assert error["errors"][0]["domain"] == "usageLimits"
    assert error["message"] == (
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service "
        f"'gmail.googleapis.com' for consumer 'project_number:{NUMBER}'."
    )


def test_quotas_can_be_switched_off(caller: Caller) -> None:
    caller.emulator.control.quotas(enabled=False, sheets_read_user=0)

    assert caller(*READ).status_code == 404


def test_quota_user_splits_one_account(emulator: Running) -> None:
    emulator.control.quotas(sheets_read_user=1)
    caller = Caller(emulator, scopes=EVERYTHING)

    statuses = [caller("GET", f"{READ[1]}?quotaUser={name}").status_code for name in "aab"]

    assert statuses == [404, 429, 404]
