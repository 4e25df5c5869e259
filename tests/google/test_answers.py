"""What Google's refusals mean: the bodies are those of its services, as documents and recorded traffic show them."""

import json
from datetime import UTC, datetime

import pytest

from sheets_automation.google.answers import Refusal, refusal_of

SHEETS_QUOTA = {
    "error": {
        "code": 429,
        "message": "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED"},
        ],
    }
}
GMAIL_PACE = {
    "error": {
        "code": 403,
        "message": "User-rate limit exceeded.  Retry after 2026-09-11T20:00:00.000Z",
        "errors": [{"domain": "usageLimits", "reason": "userRateLimitExceeded", "message": "…"}],
    }
}
GMAIL_CAP = {
    "error": {
        "code": 429,
        "message": "User-rate limit exceeded.  Retry after 2026-09-12T20:00:00.000Z (Mail sending)",
        "errors": [{"domain": "usageLimits", "reason": "rateLimitExceeded", "message": "…"}],
    }
}


def refusal(status, body) -> Refusal:
    return refusal_of(status, json.dumps(body))


@pytest.mark.parametrize("body", [SHEETS_QUOTA, GMAIL_PACE, GMAIL_CAP])
def test_too_fast_is_recognised_in_both_bodies(body):
    assert refusal(body["error"]["code"], body).is_quota


def test_a_forbidden_sheet_is_not_taken_for_a_quota():
    body = {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}

    found = refusal(403, body)

    assert not found.is_quota
    assert found.reason == "PERMISSION_DENIED"


def test_the_moment_to_come_back_stands_in_the_sentence():
    assert refusal(403, GMAIL_PACE).retry_at == datetime(2026, 9, 11, 20, tzinfo=UTC)
    assert refusal(429, SHEETS_QUOTA).retry_at is None


def test_the_cap_of_the_day_is_told_from_the_pace_of_the_minute():
    assert refusal(429, GMAIL_CAP).is_mail_cap
    assert not refusal(403, GMAIL_PACE).is_mail_cap


@pytest.mark.parametrize("body", [b"<html>502 Bad Gateway</html>", b"", b"{", b'"x"', b"[]", b"null", b'{"error": 1}'])
def test_a_body_that_is_no_error_of_googles_still_has_its_status(body):
    found = refusal_of(502, body)

    assert found == Refusal(502, "", "")
    assert found.is_server_fault


def test_the_token_endpoint_says_its_reason_as_a_word():
    body = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}

    assert refusal(400, body).reason == "invalid_grant"


def test_an_error_in_a_list_is_read_like_any_other():
    assert refusal(503, [{"error": {"code": 503, "message": "…", "status": "UNAVAILABLE"}}]).reason == "UNAVAILABLE"
