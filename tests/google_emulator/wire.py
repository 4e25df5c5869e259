"""What the frame of the emulator (HTTP, sign-in, quotas, faults) and its services say to each other.

The frame finds the method in Google's own discovery document, checks the caller and the request against it, and calls
the service; the service knows nothing of HTTP. One lock is held around every service call, so each is atomic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Protocol

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Whose access token it is."""

    email: str
    """The user who acts; under delegation the mailbox, not the service account."""
    scopes: frozenset[str]
    project: str = "emulator"
    """Whose project's quota is spent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, understood by the discovery document."""

    method: str
    """Discovery id: "sheets.spreadsheets.batchUpdate"."""
    path: Mapping[str, str]
    """Path parameters, decoded."""
    query: Mapping[str, list[str]]
    """Query parameters as sent; the standard ones (fields, alt, key, prettyPrint …) are the frame's and absent."""
    body: Json
    """{} when there was none."""
    principal: Principal
    now: datetime
    """The emulator's clock, aware, UTC."""
    fields: str = ""
    """The field mask as sent. The frame applies it; a service reads it only where the API behaves by it (grid data is
    returned when the mask asks for sheets.data, whatever includeGridData says)."""

    def one(self, name: str, default: str = "") -> str:
        """A query parameter that is not repeated."""
        return self.query.get(name, [default])[-1]

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean query parameter."""
        return self.one(name, str(default)).lower() in {"true", "1"}


@dataclass(slots=True)
class ApiError(Exception):
    """An error answer in Google's words. The frame writes the body that the API in question would write."""

    code: int
    """HTTP status."""
    status: str
    """"INVALID_ARGUMENT", "NOT_FOUND", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED" …"""
    message: str
    reason: str = ""
    """For the older body of Gmail and Drive, `error.errors[].reason`: "notFound", "rateLimitExceeded" …"""
    details: list[Json] = field(default_factory=list)
    """For the newer body of Sheets."""


Method = Callable[[Call], Json]
"""Answers a call: the whole resource, before the `fields` mask, which the frame applies. {} gives a 204 where the
discovery document has no response."""

Edit = Callable[[Json], None]
"""Something that a person does to a document meanwhile, e.g. {"spreadsheetId": …, "sheet": "候補者", "column": 2}."""


class Files(Protocol):
    """What Drive knows of files, and who may open them. Kept by the frame; Sheets asks it and tells it."""

    def add(self, file_id: str, *, name: str, mime_type: str, owner: str) -> None:
        """A new file that belongs to `owner`."""
        ...

    def role(self, file_id: str, email: str) -> str | None:
        """ "owner", "writer", "reader", or None for whoever may not open it or where there is no such file."""
        ...

    def renamed(self, file_id: str, name: str) -> None:
        """The document got another title."""
        ...

    def touched(self, file_id: str, at: datetime) -> None:
        """The document was changed at this moment."""
        ...

    def exists(self, file_id: str) -> bool:
        """Whether there is such a file, whoever may open it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a service is given when it is made."""

    now: Callable[[], datetime]
    """The emulator's clock, aware, UTC. It stands still, or runs, as the tests say."""
    files: Files
    random: Random
    """Seeded, so that ids repeat from run to run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One API: its methods by discovery id, and what people may do to its state behind the clients' backs."""

    methods: Mapping[str, Method]
    edits: Mapping[str, Edit] = field(default_factory=dict)
    """By name, for the scripts of the emulator: "sort", "insert_row" …"""
    show: Callable[[], Json] = dict
    """Everything that a test may want to look at, as JSON (the ledger of letters, the sheets)."""
    letters: Callable[[], list[Json]] = list
    """Every letter that left, oldest first."""


MakeService = Callable[[World], Service]
"""Each service package has one, named `make_service`. Making a new one is how the emulator is reset."""
