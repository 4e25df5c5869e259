"""Real googleapiclient, in the hands of a mailbox, and what the tests ask of it."""

from __future__ import annotations

import base64
from typing import Any

import google.oauth2.credentials
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.google_emulator import Running

ME = "saiyo@example.co.jp"
FULL = "https://mail.google.com/"
LETTER = (
    "To: 佐藤 <sato@example.com>\r\n"
    "Subject: =?utf-8?B?6YG46ICD57WQ5p6c?=\r\n"
    "X-Relay-Id: C-0042\r\n\r\nお世話になります。\r\n"
)


def users_of(emulator: Running, email: str) -> Any:
    credentials = google.oauth2.credentials.Credentials(emulator.control.token(email, [FULL]))
    options = {"api_endpoint": f"http://{emulator.address}"}
    return build("gmail", "v1", credentials=credentials, client_options=options).users()


def raw(text: str = LETTER) -> dict[str, str]:
    return {"raw": base64.urlsafe_b64encode(text.encode()).decode()}


def drafted(users: Any, text: str = LETTER) -> Any:
    return users.drafts().create(userId="me", body={"message": raw(text)}).execute()


def sends(users: Any, text: str = LETTER, **more: str) -> Any:
    return users.messages().send(userId="me", body={**raw(text), **more}).execute()


def headers_of(users: Any, name: str) -> dict[str, str]:
    payload = users.messages().get(userId="me", id=name).execute()["payload"]
    return {one["name"].lower(): one["value"] for one in payload["headers"]}


def error_of(request: Any) -> tuple[int, str, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.resp.status, caught.value.reason, caught.value.error_details[0]["reason"]
