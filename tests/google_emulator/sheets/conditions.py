"""Whether a BooleanCondition holds for a cell: of filters, and of conditional formats that look at one cell."""

from __future__ import annotations

from collections.abc import Callable

from tests.google_emulator.sheets.formulas.results import Result
from tests.google_emulator.sheets.model import Json

_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, given: given in text,
    "TEXT_NOT_CONTAINS": lambda text, given: given not in text,
    "TEXT_STARTS_WITH": lambda text, given: text.startswith(given),
    "TEXT_ENDS_WITH": lambda text, given: text.endswith(given),
    "TEXT_EQ": lambda text, given: text == given,
    "TEXT_NOT_EQ": lambda text, given: text != given,
}
_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "NUMBER_GREATER": lambda number, given: number > given[0],
    "NUMBER_GREATER_THAN_EQ": lambda number, given: number >= given[0],
    "NUMBER_LESS": lambda number, given: number < given[0],
    "NUMBER_LESS_THAN_EQ": lambda number, given: number <= given[0],
    "NUMBER_EQ": lambda number, given: number == given[0],
    "NUMBER_NOT_EQ": lambda number, given: number != given[0],
    "NUMBER_BETWEEN": lambda number, given: given[0] <= number <= given[1],
    "NUMBER_NOT_BETWEEN": lambda number, given: not given[0] <= number <= given[1],
}


def holds(condition: Json, value: Result, text: str) -> bool:
    """Whether it holds. Dates and formulas are not looked at, and hold for every cell."""
    kind = condition.get("type", "")
    given = [one.get("userEnteredValue", "") for one in condition.get("values", [])]
    if kind in {"BLANK", "NOT_BLANK"}:
        return (text == "") == (kind == "BLANK")
    if kind == "ONE_OF_LIST":
        return text in given
    if kind in _TEXTS:
        return _TEXTS[kind](text.casefold(), given[0].casefold() if given else "")
    if kind in _NUMBERS:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return _NUMBERS[kind](value, [float(one) for one in given])
    return True
