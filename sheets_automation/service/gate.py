"""Who is at the door: what every gate says of a request that it lets in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from starlette.requests import Request
from starlette.responses import Response

StartedFrom = Literal["terminal", "excel", "cloud"]
"""Where people start the page, and start it again: with `relay open`, by a button of Excel, or where it always runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever asks, and from where; both stand in the log."""

    name: str
    place: str = ""
    address: str = ""
    """Theirs, where somebody vouches for it; empty where people say themselves who they are."""

    @property
    def signature(self) -> str:
        """What the log's column 操作した人 says."""
        return f"{self.name} ({self.place})" if self.place else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request that was let in."""

    actor: Actor
    workbook: str = ""
    """The address of the one that it names; empty where the house has one alone."""


class Gate(Protocol):
    """Decides who may come in. Raises Refusal for whoever may not."""

    mode: Literal["local", "cloud"]

    def greet(self, request: Request) -> Response | None:
        """An answer of the gate's own, such as the way from a one-time address to the page; None for all else."""
        ...

    def admit(self, request: Request) -> Visit:
        """Who asks, and about what; it may take a while. Raises Refusal."""
        ...
