"""What a formula comes to."""

from __future__ import annotations

from dataclasses import dataclass

from tests.google_emulator.sheets.model import Json, Scalar

_SHOWN = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}


@dataclass(frozen=True, slots=True)
class Problem(Exception):
    """An error value; raised inside an expression, and the value of the cell outside of it."""

    kind: str
    message: str = ""

    @property
    def shown(self) -> str:
        """What the cell shows."""
        return _SHOWN[self.kind]

    def json(self) -> Json:
        """The ErrorValue."""
        return {"type": self.kind, "message": self.message} if self.message else {"type": self.kind}


Result = Scalar | Problem | None
"""None is a blank."""

Grid = list[list[Result]]
"""What a range comes to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a cell, with what it brings along."""

    value: Result
    number_format: Json | None = None
    link: str = ""
