"""Faults that a test asks for: by method or path, at the nth call, as often as wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from tests.google_emulator.wire import Json


class Kind(StrEnum):
    """What goes wrong."""

    STATUS = "status"
    """An error in JSON with `status`, and `message` and `reason` if given."""
    HTML = "html"
    """The front end's page with `status` (500, 502 or 503)."""
    UNAUTHORIZED = "unauthorized"
    """The token is refused, though it is good."""
    CUT_BODY = "cut_body"
    """The effect happens; the answer breaks off in the middle."""
    RESET_BEFORE = "reset_before"
    """The connection is reset, and nothing has happened."""
    RESET_AFTER = "reset_after"
    """The connection is reset, and the effect has happened."""
    LATE = "late"
    """The client gets no answer and gives up; the effect happens `seconds` later by the emulator's clock."""
    LATENCY = "latency"
    """The answer takes `seconds` longer."""
    REFUSE = "refuse"
    """The connection is closed at once."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One rule."""

    match: str
    """A method's id or "GET /path", with * for anything; "batch" and "token" are methods too."""
    kind: Kind
    nth: int = 1
    """The first matching call that it hits, from 1."""
    every: int = 1
    """From there on each, each second, each third …"""
    times: int | None = 1
    """How often it fires; None is without end."""
    status: int = 503
    message: str = ""
    reason: str = ""
    seconds: float = 0.0
    hold: float = 0.0
    """For late: real seconds to leave the client waiting before its connection is dropped."""
    effect: bool = False
    """For status, html and unauthorized: whether the call takes effect all the same."""
    seen: int = 0
    fired: int = 0

    def hits(self, names: tuple[str, ...]) -> bool:
        """Count a call, and say whether this one is hit."""
        if not any(fnmatchcase(name, self.match) for name in names):
            return False
        self.seen += 1
        if self.seen < self.nth or (self.seen - self.nth) % self.every:
            return False
        if self.times is not None and self.fired >= self.times:
            return False
        self.fired += 1
        return True


@dataclass(slots=True)
class Faults:
    """All rules that are in force."""

    rules: list[Fault] = field(default_factory=list)

    def add(self, rule: Json) -> None:
        """Put a rule into force; TypeError or ValueError if it is none."""
        self.rules.append(Fault(**{**rule, "kind": Kind(rule["kind"])}))

    def next(self, method: str, verb: str, path: str) -> list[Fault]:
        """What goes wrong with this call. Every rule counts it, so two rules can be timed against each other."""
        names = (method, f"{verb} {path}", path)
        return [rule for rule in self.rules if rule.hits(names)]

    def clear(self) -> None:
        """Let everything work again."""
        self.rules.clear()

    def show(self) -> list[Json]:
        """What the control address tells of each rule."""
        return [
            {"match": rule.match, "kind": rule.kind.value, "seen": rule.seen, "fired": rule.fired}
            for rule in self.rules
        ]
