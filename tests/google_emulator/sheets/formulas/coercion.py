"""How operators and functions take values of another kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.google_emulator.sheets.entering import understand
from tests.google_emulator.sheets.formulas.results import Grid, Problem, Result
from tests.google_emulator.sheets.locales import locale_of
from tests.google_emulator.sheets.number_formats import by_itself

_ANY = locale_of("en_US")
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - only dates that name their year are read here


def single(value: Result | Grid) -> Result:
    """One value; a range of one cell is that cell."""
    if isinstance(value, list):
        if len(value) == 1 and len(value[0]) == 1:
            return single(value[0][0])
        raise Problem("VALUE", "An array value could not be found.")
    if isinstance(value, Problem):
        raise value
    return value


def number(value: Result | Grid, function: str = "ADD", place: int = 1) -> float:
    """A number, also out of a text that reads as one."""
    one = single(value)
    if one is None:
        return 0
    if isinstance(one, str):
        read = _read(one)
        if read is None:
            raise Problem(
                "VALUE",
                f"Function {function} parameter {place} expects number values. "
                f"But '{one}' is a text and cannot be coerced to a number.",
            )
        return read
    return int(one) if isinstance(one, bool) else one


def _read(text: str) -> float | None:
    value = understand(text, _ANY, _NEVER).value if text else 0
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def text(value: Result | Grid) -> str:
    """A text, as & joins it."""
    one = single(value)
    if one is None:
        return ""
    if isinstance(one, bool):
        return str(one).upper()
    return one if isinstance(one, str) else by_itself(one, _ANY)


def truth(value: Result | Grid) -> bool:
    """Whether IF takes it for true."""
    one = single(value)
    if isinstance(one, str):
        if one.upper() in {"TRUE", "FALSE"}:
            return one.upper() == "TRUE"
        raise Problem(
            "VALUE",
            f"Function IF parameter 1 expects boolean values. "
            f"But '{one}' is a text and cannot be coerced to a boolean.",
        )
    return bool(one)


def flat(values: list[Result | Grid]) -> Iterator[tuple[Result, bool]]:
    """All values one by one, and whether each stands in a cell of a range."""
    for value in values:
        if isinstance(value, list):
            for row in value:
                yield from ((cell, True) for cell in row)
        else:
            yield value, False


def numbers(values: list[Result | Grid], function: str) -> list[float]:
    """The numbers that SUM and its like look at: in ranges only cells that are numbers."""
    found = []
    for place, (value, in_range) in enumerate(flat(values), start=1):
        if isinstance(value, Problem):
            raise value
        if not in_range and value is not None:
            found.append(number(value, function, place))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append(value)
    return found


def ordered(left: Result, right: Result) -> tuple[tuple[int, object], tuple[int, object]]:
    """Two values so that they compare: numbers before texts before booleans, a blank like its partner's nothing."""
    return _rank(left, right), _rank(right, left)


def _rank(value: Result, partner: Result) -> tuple[int, object]:
    if value is None:
        value = "" if isinstance(partner, str) else False if isinstance(partner, bool) else 0
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)
