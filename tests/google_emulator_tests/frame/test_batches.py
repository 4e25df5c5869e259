"""Batches, written by real googleapiclient and by hand."""

from __future__ import annotations

import email.parser
from typing import Any

import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.google_emulator import Running
from tests.google_emulator_tests.frame.caller import EVERYTHING, ME, Caller

ADDRESS = "/batch/gmail/v1"


def gmail(emulator: Running) -> Any:
    """A Gmail client that was built from the emulator's own discovery document, so its batches come here too."""
    credentials = Credentials(emulator.control.token(ME, EVERYTHING))
    documents = f"http://{emulator.address}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest"
    return build("gmail", "v1", credentials=credentials, discoveryServiceUrl=documents, static_discovery=False)


def batch_of(*parts: str) -> dict[str, Any]:
    body = "".join(
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <part{n}>\r\n\r\n{part}\r\n"
        for n, part in enumerate(parts)
    )
    return {"data": f"{body}--b--".encode(), "headers": {"Content-Type": "multipart/mixed; boundary=b"}}


def opened(answer: requests.Response) -> list[tuple[str, str]]:
    """The Content-ID and the text of each part."""
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n"
    message = email.parser.Parser().parsestr(head + answer.text)
    return [(part["Content-ID"], str(part.get_payload())) for part in message.get_payload()]


def test_googleapiclient_gets_each_answer_to_its_own_request(emulator: Running) -> None:
    answers: dict[str, Any] = {}
    client = gmail(emulator)
    batch = client.new_batch_http_request(callback=lambda name, data, error: answers.update({name: data or error}))
    batch.add(client.users().drafts().create(userId="me", body={"message": {"raw": "QQ"}}), request_id="draft")
    batch.add(client.users().drafts().send(userId="me", body={"id": "none"}), request_id="send")
    batch.add(client.users().getProfile(userId="me"), request_id="profile")

    batch.execute()

    assert answers["draft"]["id"] == "r1"
    assert answers["profile"]["emailAddress"] == ME
    assert isinstance(answers["send"], HttpError)
    assert answers["send"].resp.status == 404


def test_a_part_is_laid_out_as_recorded_ones_are(caller: Caller) -> None:
    ((_, text),) = opened(caller("POST", ADDRESS, **batch_of("GET /gmail/v1/users/me/profile")))

    head, _, _ = text.replace("\r\n", "\n").partition("\n\n")
    assert head.split("\n") == [
        "HTTP/1.1 200 OK",
        "Content-Type: application/json; charset=UTF-8",
        *("Vary: Origin", "Vary: X-Origin", "Vary: Referer"),
    ]


def test_content_ids_come_back_as_responses(caller: Caller) -> None:
    answer = caller("POST", ADDRESS, **batch_of("GET /gmail/v1/users/me/profile", "GET /gmail/v1/users/me/nothing"))

    (first, profile), (second, missing) = opened(answer)
    assert [first, second] == ["<response-part0>", "<response-part1>"]
    assert profile.startswith("HTTP/1.1 200 OK")
    assert missing.startswith("HTTP/1.1 404 Not Found")


def test_a_part_may_have_its_own_token(caller: Caller) -> None:
    other = caller.emulator.control.token("other@example.co.jp", EVERYTHING)
    part = f"GET /gmail/v1/users/me/profile HTTP/1.1\r\nAuthorization: Bearer {other}\r\n\r\n"

    [(_, own), (_, outer)] = opened(caller("POST", ADDRESS, **batch_of(part, "GET /gmail/v1/users/me/profile")))

    assert "other@example.co.jp" in own
    assert ME in outer


def test_a_batch_address_reaches_its_own_api_only(caller: Caller) -> None:
    [(_, files)] = opened(caller("POST", ADDRESS, **batch_of("GET /drive/v3/files")))
    [(_, there)] = opened(caller("POST", "/batch/drive/v3", **batch_of("GET /drive/v3/files")))

    assert files.startswith("HTTP/1.1 404")
    assert there.startswith("HTTP/1.1 200")


def test_sheets_does_not_answer_in_batches(caller: Caller) -> None:
    document = caller.new_document()

    [(_, part)] = opened(caller("POST", "/batch", **batch_of(f"GET /v4/spreadsheets/{document}")))

    assert part.startswith("HTTP/1.1 501 Not Implemented")
    assert "Operation is not implemented, or supported, or enabled." in part


def test_more_than_a_hundred_parts_are_refused_before_any_is_done(caller: Caller) -> None:
    answer = caller("POST", ADDRESS, **batch_of(*["GET /gmail/v1/users/me/profile"] * 101))

    assert answer.status_code == 400
    assert answer.json()["error"] == {
        "code": 400,
        "message": "Inner request count exceeds the limit. Received: 101, Limit: 100",
        "status": "INVALID_ARGUMENT",
    }
    assert caller.emulator.control.calls("gmail.users.getProfile") == []


def test_each_part_spends_its_own_quota_and_may_fail_alone(caller: Caller) -> None:
    caller.emulator.control.quotas(gmail_user=2)

    answer = caller("POST", ADDRESS, **batch_of(*["GET /gmail/v1/users/me/profile"] * 3))

    assert [text.splitlines()[0] for _, text in opened(answer)] == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 429 Too Many Requests",
    ]


def test_what_breaks_the_connection_of_a_part_breaks_the_batch_s(caller: Caller) -> None:
    caller.emulator.control.fault("gmail.users.drafts.create", "reset_after", nth=2)
    part = 'POST /gmail/v1/users/me/drafts\r\n\r\n{"message": {"raw": "QQ"}}'

    with pytest.raises(requests.ConnectionError):
        caller("POST", ADDRESS, **batch_of(part, part, part))

    assert len(caller.emulator.control.state()["services"]["gmail"]["drafts"]) == 2
