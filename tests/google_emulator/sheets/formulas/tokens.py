"""Formulas in pieces, and their references moved along when rows and columns move."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.google_emulator.sheets.a1 import Area, column_of, letters, quoted

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<reference>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
        (?:\$?[A-Za-z]{1,3}\$?[1-9]\d*(?::\$?[A-Za-z]{1,3}(?:\$?[1-9]\d*)?)?
          |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9]\d*:\$?[1-9]\d*))(?![\w(.])
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<name>[^\W\d][\w.]*)
    |(?P<operator><>|<=|>=|[-+*/^&=<>%(),;:{}])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a formula."""

    kind: str
    text: str


@lru_cache(maxsize=4096)
def tokens_of(formula: str) -> tuple[Token, ...]:
    """The pieces of a formula behind its equals sign, spaces included."""
    return tuple(Token(found.lastgroup or "other", found[0]) for found in _TOKEN.finditer(formula[1:]))


Corner = tuple[str, Any, str, Any]
""" "$" or "", column or None, "$" or "", row or None."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference, with what is fixed by dollar signs."""

    title: str | None
    corners: tuple[Corner, ...]

    def area(self) -> Area:
        """The rectangle that it means."""
        columns = [corner[1] for corner in self.corners]
        rows = [corner[3] for corner in self.corners]
        top, bottom = _span(rows)
        left, right = _span(columns)
        return Area(top, left, bottom, right)

    def text(self) -> str:
        """The reference as a formula writes it."""
        prefix = "" if self.title is None else f"{self.title}!"
        return prefix + ":".join(
            fixed_column
            + ("" if column is None else letters(column))
            + fixed_row
            + ("" if row is None else str(row + 1))
            for fixed_column, column, fixed_row, row in self.corners
        )


def _span(sides: list[int | None]) -> tuple[int | None, int | None]:
    known = [side for side in sides if side is not None]
    if not known:
        return None, None
    return min(known), None if len(known) < len(sides) else max(known) + 1


def reference_of(text: str) -> Reference:
    """A reference token, read."""
    title, mark, rest = text.rpartition("!")
    corners = []
    for corner in rest.split(":"):
        found = _CORNER.fullmatch(corner)
        fixed, column, pinned, row = found.groups() if found else ("", "", "", "")
        if not column and not pinned:
            fixed, pinned = "", fixed
        corners.append((fixed, column_of(column) if column else None, pinned, int(row) - 1 if row else None))
    return Reference(title if mark else None, tuple(corners))


def plain_title(title: str) -> str:
    """A title as a formula writes it, without its quotes."""
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def rewritten(formula: str, change: Callable[[Reference], str]) -> str:
    """The formula with every reference replaced."""
    return "=" + "".join(
        change(reference_of(token.text)) if token.kind == "reference" else token.text for token in tokens_of(formula)
    )


def canonical(formula: str) -> str:
    """The formula as Sheets keeps it: references in capitals, corners in order, A1:A1 as A1, titles barely quoted."""
    return rewritten(formula, _canonical)


def _canonical(reference: Reference) -> str:
    title = None if reference.title is None else quoted(plain_title(reference.title))
    corners = reference.corners
    if len(corners) == 2:
        first, second = (_swapped(corners, 0, 1), _swapped(corners, 2, 3))
        corners = tuple((*first[side], *second[side]) for side in (0, 1))
        corners = corners[:1] if corners[0] == corners[1] and None not in corners[0] else corners
    return Reference(title, corners).text()


def _swapped(corners: tuple[Corner, ...], fixed: int, line: int) -> tuple[tuple[str, int | None], ...]:
    """The column, or the row, of both corners, the lesser one first."""
    sides = [(corner[fixed], corner[line]) for corner in corners]
    known = [side[1] for side in sides]
    return tuple(reversed(sides)) if None not in known and known[0] > known[1] else tuple(sides)


def shifted_by(formula: str, rows: int, columns: int) -> str:
    """The formula as it is pasted so many rows and columns away: what is not fixed moves along."""
    return rewritten(formula, lambda reference: _moved(reference, rows, columns)) if rows or columns else formula


def _moved(reference: Reference, rows: int, columns: int) -> str:
    corners = []
    for fixed_column, column, fixed_row, row in reference.corners:
        across = column if column is None or fixed_column else column + columns
        down = row if row is None or fixed_row else row + rows
        if (across is not None and across < 0) or (down is not None and down < 0):
            return "#REF!"
        corners.append((fixed_column, across, fixed_row, down))
    return Reference(reference.title, tuple(corners)).text()
