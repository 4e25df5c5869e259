"""What one poisoned cell is, and what must become of its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.workbooks.people import Grid

NAME = "毒島 守"
ADDRESS = "busujima@example.net"


class Formula(NamedTuple):
    """A cell that somebody computes; Google computes it itself, an Excel file holds the last result."""

    text: str
    result: str | float


class Rich(NamedTuple):
    """A cell whose characters look different from each other."""

    first: str
    second: str


class Merged(NamedTuple):
    """A cell that was merged with the one to its right, which is lost by it."""

    value: str


Cell = str | int | float | bool | Formula | Rich | Merged | None


@dataclass(frozen=True)
class Sent:
    """A letter to exactly this address, with exactly this name."""

    address: str = ADDRESS
    name: str = NAME


@dataclass(frozen=True)
class LeftOut:
    """No letter, for this reason."""

    reason: str
    takes_along: int | None = None
    """An innocent who is held back too, because nothing tells which of the two is right; by number."""


@dataclass(frozen=True)
class NobodySent:
    """No letter to anybody, since each would hold what HR itself has written into the letter or its settings."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """The run refuses before the first letter: what is poisoned is not a row."""

    error: str


@dataclass(frozen=True)
class NoCandidate:
    """The row names nobody: not written to, not listed."""


Outcome = Sent | LeftOut | NobodySent | Refused | NoCandidate


@dataclass(frozen=True)
class Kind:
    """One way in which a cell is poisoned."""

    name: str
    cells: Mapping[str, Cell]
    """By heading, of the poisoned row. A heading that nobody else has makes a further column."""
    becomes: Outcome = field(default_factory=Sent)
    tabs: Mapping[str, Grid] = field(default_factory=dict)
    """Further tabs, or others in place of ours."""
    on_google: Outcome | None = None
    """Where Google holds another value than an Excel file can."""
    told: str = ""
    """What is told of an Excel file in which all went well but for a cell that was left as it is."""

    def outcome(self, store: str) -> Outcome:
        """What must become of it in this store, "excel" or "google"."""
        return self.on_google if store == "google" and self.on_google is not None else self.becomes
