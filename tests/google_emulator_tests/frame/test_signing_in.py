"""Signing in with real google-auth: service accounts, people, and what stops working when."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account
from google_auth_oauthlib.flow import InstalledAppFlow

from tests.google_emulator import Running
from tests.google_emulator.redirect import authorized_session, transport_to
from tests.google_emulator_tests.frame.caller import AUTH

ROBOT = "mailer@company.iam.gserviceaccount.com"
MAILBOX = "saiyo@example.co.jp"
COMPOSE = f"{AUTH}gmail.compose"
PROFILE = "https://gmail.googleapis.com/gmail/v1/users/me/profile"


def robot(emulator: Running, *scopes: str, subject: str | None = None) -> service_account.Credentials:
    key = emulator.control.service_account_key(ROBOT)
    made: service_account.Credentials = service_account.Credentials.from_service_account_info(
        key, scopes=list(scopes), subject=subject
    )
    return made


def refusal(credentials: Any, emulator: Running) -> dict[str, str]:
    with pytest.raises(RefreshError) as raised:
        credentials.refresh(transport_to(emulator.address))
    told: dict[str, str] = raised.value.args[1]
    return told


def person(emulator: Running, *scopes: str) -> user_credentials.Credentials:
    info = emulator.control.user_credentials(MAILBOX, scopes)
    made: user_credentials.Credentials = user_credentials.Credentials.from_authorized_user_info(info)
    return made


def test_a_service_account_signs_in_with_its_key(emulator: Running) -> None:
    session = authorized_session(robot(emulator, COMPOSE), emulator.address)

    assert session.get(PROFILE).json()["emailAddress"] == ROBOT


def test_it_may_act_for_a_mailbox_only_if_that_was_granted(emulator: Running) -> None:
    told = refusal(robot(emulator, COMPOSE, subject=MAILBOX), emulator)

    assert told == {
        "error": "unauthorized_client",
        "error_description": "Client is unauthorized to retrieve access tokens using this method, or client not "
        "authorized for any of the scopes requested.",
    }


def test_with_the_grant_it_is_the_mailbox(emulator: Running) -> None:
    emulator.control.grant_delegation(ROBOT, [COMPOSE])
    session = authorized_session(robot(emulator, COMPOSE, subject=MAILBOX), emulator.address)

    assert session.get(PROFILE).json()["emailAddress"] == MAILBOX


def test_one_scope_beyond_the_grant_refuses_all(emulator: Running) -> None:
    emulator.control.grant_delegation(ROBOT, [COMPOSE])

    told = refusal(robot(emulator, COMPOSE, f"{AUTH}gmail.modify", subject=MAILBOX), emulator)

    assert told["error"] == "unauthorized_client"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"client_email": "nobody@company.iam.gserviceaccount.com"}, "Invalid grant: account not found"),
        ({"private_key": "another"}, "Invalid JWT Signature."),
    ],
)
def test_a_key_that_is_not_the_account_s_is_refused(emulator: Running, spoil: dict[str, str], words: str) -> None:
    other = emulator.control.service_account_key("other@company.iam.gserviceaccount.com")
    key = {**emulator.control.service_account_key(ROBOT), **spoil}
    if spoil.get("private_key"):
        key["private_key"] = other["private_key"]
    credentials = service_account.Credentials.from_service_account_info(key, scopes=[COMPOSE])

    assert refusal(credentials, emulator) == {"error": "invalid_grant", "error_description": words}


def test_a_mailbox_that_is_gone_is_nobody(emulator: Running) -> None:
    emulator.control.grant_delegation(ROBOT, [COMPOSE])
    emulator.control.delete_account(MAILBOX)

    told = refusal(robot(emulator, COMPOSE, subject=MAILBOX), emulator)

    assert told == {"error": "invalid_grant", "error_description": "Invalid email or User ID"}


@pytest.mark.parametrize("scopes", [["gmail"], [f"{AUTH}gmail.compose", "no scope"]])
def test_a_scope_that_is_none_is_refused(emulator: Running, scopes: list[str]) -> None:
    told = refusal(robot(emulator, *scopes), emulator)

    assert told == {
        "error": "invalid_scope",
        "error_description": "Invalid OAuth scope or ID token audience provided.",
    }


def test_a_person_s_refresh_token_brings_access_tokens(emulator: Running) -> None:
    credentials = person(emulator, COMPOSE)
    session = authorized_session(credentials, emulator.address)

    assert session.get(PROFILE).json()["emailAddress"] == MAILBOX


def test_a_token_ends_after_an_hour_and_the_client_gets_another(emulator: Running) -> None:
    session = authorized_session(person(emulator, COMPOSE), emulator.address)
    session.get(PROFILE)
    emulator.control.advance(3600)

    assert session.get(PROFILE).status_code == 200
    assert [call["status"] for call in emulator.control.calls("gmail.users.getProfile")] == [200, 401, 200]
    assert len(emulator.control.calls("token")) == 2


def test_after_revocation_neither_token_works(emulator: Running) -> None:
    credentials = person(emulator, COMPOSE)
    session = authorized_session(credentials, emulator.address)
    session.get(PROFILE)
    answer = requests.post(f"http://{emulator.address}/revoke", data={"token": credentials.refresh_token}, timeout=60)

    assert (answer.status_code, answer.json()) == (200, {})
    assert refusal(credentials, emulator) == {
        "error": "invalid_grant",
        "error_description": "Token has been expired or revoked.",
    }
    used = requests.get(
        f"http://{emulator.address}/gmail/v1/users/me/profile",
        headers={"Authorization": f"Bearer {credentials.token}"},
        timeout=60,
    )
    assert used.status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "error", "words"),
    [
        ({"grant_type": "magic"}, 400, "unsupported_grant_type", "Invalid grant_type: magic"),
        ({"grant_type": "refresh_token"}, 400, "invalid_request", "Could not determine client ID from request."),
        (
            {"grant_type": "refresh_token", "client_id": "x", "client_secret": "y"},
            401,
            "invalid_client",
            "The OAuth client was not found.",
        ),
        ({"grant_type": "refresh_token", "client_id": "ours"}, 400, "invalid_request", "client_secret is missing."),
        (
            {"grant_type": "refresh_token", "client_id": "ours", "client_secret": "y"},
            401,
            "invalid_client",
            "The provided client secret is invalid.",
        ),
    ],
)
def test_the_token_address_says_what_is_wrong(
    emulator: Running, form: dict[str, str], status: int, error: str, words: str
) -> None:
    ours = emulator.control.client_secrets(MAILBOX)["installed"]["client_id"]
    sent = {name: ours if value == "ours" else value for name, value in form.items()}

    answer = requests.post(f"http://{emulator.address}/token", data=sent, timeout=60)

    assert answer.status_code == status
    assert answer.json() == {"error": error, "error_description": words}


def test_a_desktop_app_gets_a_person_s_consent(emulator: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    # The flow insists on TLS for everything but the loopback address it listens on itself.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setattr(
        "webbrowser.get", lambda _=None: type("Browser", (), {"open": staticmethod(_visit_in_another_thread)})
    )
    flow = InstalledAppFlow.from_client_config(emulator.control.client_secrets(MAILBOX), [COMPOSE, "openid"])

    credentials = flow.run_local_server(port=0, open_browser=True, timeout_seconds=20)

    session = authorized_session(credentials, emulator.address)
    assert session.get(PROFILE).json()["emailAddress"] == MAILBOX
    assert credentials.refresh_token
    assert credentials.id_token


def _visit_in_another_thread(url: str, **_: object) -> bool:
    threading.Thread(target=requests.get, args=(url,), kwargs={"timeout": 20}, daemon=True).start()
    return True


def test_a_code_works_once(emulator: Running) -> None:
    client = emulator.control.client_secrets(MAILBOX)["installed"]
    asked = {"client_id": client["client_id"], "redirect_uri": "http://localhost/", "scope": COMPOSE, "state": "s"}
    page = requests.get(client["auth_uri"], params=asked, allow_redirects=False, timeout=60)
    code = requests.utils.urlparse(page.headers["Location"]).query.split("code=")[1].split("&")[0]
    form = {
        "grant_type": "authorization_code",
        "code": requests.utils.unquote(code),
        "redirect_uri": "http://localhost/",
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }

    first, second = (requests.post(client["token_uri"], data=form, timeout=60) for _ in range(2))

    assert "state=s" in page.headers["Location"]
    assert sorted(first.json()) == ["access_token", "expires_in", "refresh_token", "scope", "token_type"]
    assert second.json() == {"error": "invalid_grant", "error_description": "Bad Request"}


def test_userinfo_and_tokeninfo_tell_whose_a_token_is(emulator: Running) -> None:
    token = emulator.control.token(MAILBOX, ["openid", "email"])
    bearer = {"Authorization": f"Bearer {token}"}
    root = f"http://{emulator.address}"

    third = requests.get(f"{root}/oauth2/v3/userinfo", headers=bearer, timeout=60).json()
    second = requests.get(f"{root}/oauth2/v2/userinfo", headers=bearer, timeout=60).json()
    info = requests.get(f"{root}/tokeninfo", params={"access_token": token}, timeout=60).json()

    assert third == {"sub": third["sub"], "email": MAILBOX, "email_verified": True, "hd": "example.co.jp"}
    assert second == {"id": third["sub"], "email": MAILBOX, "verified_email": True, "hd": "example.co.jp"}
    assert (info["email"], info["scope"], info["email_verified"]) == (MAILBOX, "email openid", "true")


def test_a_token_that_is_none_is_told_so_everywhere(emulator: Running) -> None:
    root, bearer = f"http://{emulator.address}", {"Authorization": "Bearer nonsense"}

    third = requests.get(f"{root}/oauth2/v3/userinfo", headers=bearer, timeout=60)
    info = requests.get(f"{root}/tokeninfo", params={"access_token": "nonsense"}, timeout=60)

    assert (third.status_code, third.json()) == (
        401,
        {"error": "invalid_request", "error_description": "Invalid Credentials"},
    )
    assert (info.status_code, info.json()) == (400, {"error": "invalid_token", "error_description": "Invalid Value"})
