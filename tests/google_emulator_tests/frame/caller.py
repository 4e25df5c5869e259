"""Somebody who calls the emulator by plain HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import requests

from tests.google_emulator import Running

AUTH = "https://www.googleapis.com/auth/"
EVERYTHING = (f"{AUTH}drive", f"{AUTH}spreadsheets", "https://mail.google.com/", f"{AUTH}cloud-platform")
ME = "hr@example.co.jp"


class Caller:
    """A person with a token."""

    def __init__(self, emulator: Running, email: str = ME, scopes: Iterable[str] = EVERYTHING) -> None:
        self.emulator = emulator
        self.token = emulator.control.token(email, scopes)
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token}"

    def __call__(self, verb: str, path: str, json: Any = None, **more: Any) -> requests.Response:
        return self.session.request(verb, f"http://{self.emulator.address}{path}", json=json, timeout=20, **more)

    def new_document(self, title: str = "候補者") -> str:
        """The id of a new spreadsheet of this person."""
        mime_type = "application/vnd.google-apps.spreadsheet"
        answer = self("POST", "/drive/v3/files", {"name": title, "mimeType": mime_type})
        return str(answer.json()["id"])

    def error(self, verb: str, path: str, json: Any = None, **more: Any) -> dict[str, Any]:
        """What stands under "error" in the answer."""
        error: dict[str, Any] = self(verb, path, json, **more).json()["error"]
        return error
