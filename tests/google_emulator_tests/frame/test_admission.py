"""Who comes in with which token, and what the others are told."""

from __future__ import annotations

import pytest
import requests

from tests.google_emulator import Running
from tests.google_emulator_tests.frame.caller import AUTH, Caller

TAIL = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def test_gmail_without_a_token_wants_a_login(emulator: Running) -> None:
    answer = requests.get(f"http://{emulator.address}/gmail/v1/users/me/profile", timeout=60)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer realm=")
    assert answer.json()["error"] == {
        "code": 401,
        "message": f"Request is missing required authentication credential. {TAIL}",
        "errors": [
            {
                "message": "Login Required.",
                "domain": "global",
                "reason": "required",
                "location": "Authorization",
                "locationType": "header",
            }
        ],
        "status": "UNAUTHENTICATED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "CREDENTIALS_MISSING",
                "domain": "googleapis.com",
                "metadata": {
                    "method": "caribou.api.proto.MailboxService.GetProfile",
                    "service": "gmail.googleapis.com",
                },
            }
        ],
    }


def test_sheets_without_a_token_does_not_know_the_caller(emulator: Running) -> None:
    answer = requests.get(f"http://{emulator.address}/v4/spreadsheets/x", timeout=60)

    assert answer.json()["error"] == {
        "code": 403,
        "message": "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API.",
        "status": "PERMISSION_DENIED",
    }


@pytest.mark.parametrize("path", ["/v4/spreadsheets/x:batchUpdate", "/drive/v3/files", "/gmail/v1/users/me/drafts"])
def test_whoever_would_write_without_a_token_has_to_log_in(emulator: Running, path: str) -> None:
    answer = requests.post(f"http://{emulator.address}{path}?$.xgafv=1", json={}, timeout=60)

    assert answer.status_code == 401
    assert answer.json()["error"]["errors"][0]["message"] == "Login Required."


@pytest.mark.parametrize("path", ["/v4/spreadsheets/x", "/gmail/v1/users/me/profile", "/drive/v3/files"])
def test_a_bad_token_is_refused_by_each_api_in_its_way(emulator: Running, path: str) -> None:
    answer = requests.get(f"http://{emulator.address}{path}", headers={"Authorization": "Bearer nonsense"}, timeout=60)

    error = answer.json()["error"]
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert error["message"] == f"Request had invalid authentication credentials. {TAIL}"
    assert error["status"] == "UNAUTHENTICATED"
    assert ("errors" in error) == (not path.startswith("/v4"))


def test_a_scope_that_does_not_reach_is_named(emulator: Running) -> None:
    caller = Caller(emulator, scopes=[f"{AUTH}gmail.send"])

    error = caller.error("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "QQ"}})

    assert error["code"] == 403
    assert error["message"] == "Request had insufficient authentication scopes."
    assert error["errors"] == [
        {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
    ]
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert error["details"][0]["metadata"]["method"] == "caribou.api.proto.MailboxService.CreateDraft"


def test_a_read_only_scope_does_not_write(emulator: Running) -> None:
    caller = Caller(emulator, scopes=[f"{AUTH}spreadsheets.readonly"])

    assert caller("GET", "/v4/spreadsheets/x").status_code == 404
    assert caller("POST", "/v4/spreadsheets/x:batchUpdate", {"requests": []}).status_code == 403


@pytest.mark.parametrize("more", [[], [f"{AUTH}gmail.readonly"]])
def test_the_metadata_scope_spoils_searches_and_contents_even_beside_wider_ones(
    emulator: Running, more: list[str]
) -> None:
    caller = Caller(emulator, scopes=[f"{AUTH}gmail.metadata", *more])

    searched = caller.error("GET", "/gmail/v1/users/me/messages?q=x")
    full = caller.error("GET", "/gmail/v1/users/me/messages/1")
    metadata = caller("GET", "/gmail/v1/users/me/messages/1?format=metadata")

    assert searched["message"] == "Metadata scope does not support 'q' parameter"
    assert searched["errors"][0]["reason"] == "forbidden"
    assert full["message"] == "Metadata scope doesn't allow format FULL"
    assert metadata.status_code == 200


def test_an_api_that_is_switched_off_says_where_to_switch_it_on(caller: Caller) -> None:
    caller.emulator.control.disable_api("sheets")

    error = caller.error("GET", "/v4/spreadsheets/x")

    assert error["code"] == 403
    assert error["message"].startswith("Google Sheets API has not been used in project ")
    assert error["details"][0]["reason"] == "SERVICE_DISABLED"


def test_the_narrow_drive_scope_reaches_only_what_the_same_project_made(emulator: Running) -> None:
    narrow = f"{AUTH}drive.file"
    document = Caller(emulator).new_document()
    robot = "app@elsewhere.iam.gserviceaccount.com"
    emulator.control.share(document, robot)
    app = Caller(emulator, robot, [narrow])

    assert app("GET", f"/v4/spreadsheets/{document}").status_code == 404
    assert app("GET", f"/drive/v3/files/{document}").status_code == 404
    own = app.new_document()
    assert app("GET", f"/v4/spreadsheets/{own}").status_code == 200


def test_an_api_key_opens_what_anyone_with_the_link_may_open(emulator: Running) -> None:
    document = Caller(emulator).new_document()
    address = f"http://{emulator.address}/v4/spreadsheets/{document}"

    before = requests.get(address, params={"key": "emulator-api-key"}, timeout=60)
    emulator.control.edit("share", fileId=document, type="anyone", role="reader")
    after = requests.get(address, params={"key": "emulator-api-key"}, timeout=60)
    wrong = requests.get(address, params={"key": "x"}, timeout=60)

    assert (before.status_code, after.status_code, wrong.status_code) == (403, 200, 400)
    assert wrong.json()["error"]["message"] == "API key not valid. Please pass a valid API key."
