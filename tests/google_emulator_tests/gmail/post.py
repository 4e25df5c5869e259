"""A Gmail without a server, for tests that call its methods as the frame does."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.google_emulator.clock import Clock
from tests.google_emulator.files import FileStore
from tests.google_emulator.gmail import make_service
from tests.google_emulator.wire import ApiError, Call, Json, Principal, World

ME = "saiyo@example.co.jp"


class Post:
    """The mailbox ME, and whatever others a test adds. Time stands still but for `later`."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.clock.freeze()
        self.clock.set(datetime(2026, 11, 24, 1, tzinfo=UTC))
        random = Random(7)
        self.service = make_service(World(now=self.clock.now, files=FileStore(self.clock.now, random), random=random))

    def __call__(self, method: str, body: Json | None = None, *, of: str = ME, path: Json | None = None, **query):
        """Call "drafts.create" or another method of users, as the owner of a mailbox."""
        call = Call(
            method=f"gmail.users.{method}",
            path={"userId": "me", **(path or {})},
            query={name: value if isinstance(value, list) else [str(value)] for name, value in query.items()},
            body=body or {},
            principal=Principal(email=of, scopes=frozenset({"*"})),
            now=self.clock.now(),
        )
        return self.service.methods[call.method](call)

    def refusal(self, *args: Any, **more: Any) -> tuple[int, str]:
        """How a call is refused."""
        with pytest.raises(ApiError) as caught:
            self(*args, **more)
        return caught.value.code, caught.value.message

    def edit(self, name: str, **edit: Any) -> None:
        """Let somebody do something."""
        self.service.edits[name](edit)

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.set(self.clock.now() + timedelta(seconds=seconds))

    def draft(self, text: str | None = None, **message: str) -> Json:
        """Make a draft."""
        return self("drafts.create", {"message": {**raw(text or letter()), **message}})

    def send(self, text: str | None = None, **message: str) -> Json:
        """Send a letter at once."""
        return self("messages.send", {**raw(text or letter()), **message})

    def message(self, message_id: str, form: str = "full", of: str = ME, **query: Any) -> Json:
        """Read a message."""
        return self("messages.get", path={"id": message_id}, of=of, format=form, **query)

    def headers(self, message_id: str, of: str = ME) -> list[tuple[str, str]]:
        """The header of a message."""
        fields = self.message(message_id, "metadata", of)["payload"]["headers"]
        return [(field["name"], field["value"]) for field in fields]

    def found(self, query: str, **more: Any) -> list[str]:
        """Ids of the messages that a search finds."""
        return [one["id"] for one in self("messages.list", q=query, **more).get("messages", [])]

    def newest(self, of: str = ME) -> Json:
        """The message at the top of the inbox."""
        listed = self("messages.list", labelIds=["INBOX"], of=of)["messages"]
        return self.message(listed[0]["id"], of=of)

    @property
    def ledger(self) -> list[Json]:
        """Every letter that left."""
        letters: list[Json] = self.service.show()["letters"]
        return letters


def letter(
    to: str = "sato@example.com", subject: str = "Result", text: str = "Hello", more: str = "", end: str = "\r\n"
) -> str:
    """A letter as a client writes it."""
    return f"From: {ME}\nTo: {to}\nSubject: {subject}\n{more}\n{text}\n".replace("\n", end)


def raw(text: str | bytes) -> Json:
    """A letter as the API takes it."""
    data = text.encode() if isinstance(text, str) else text
    return {"raw": base64.urlsafe_b64encode(data).decode()}


def unraw(text: str) -> bytes:
    """Bytes that the API wrote."""
    return base64.urlsafe_b64decode(text)


def header(message: Json, name: str) -> str:
    """A header field of a message that was read in full."""
    fields = message["payload"]["headers"]
    return next(field["value"] for field in fields if field["name"].lower() == name.lower())
