"""The functions that the evaluator knows; any other one comes to #NAME?, though the real Sheets may know it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.google_emulator.sheets.formulas.coercion import flat, number, numbers, ordered, single, text, truth
from tests.google_emulator.sheets.formulas.results import Grid, Problem, Result
from tests.google_emulator.sheets.locales import locale_of
from tests.google_emulator.sheets.number_formats import show_number
from tests.google_emulator.sheets.serials import moment_of, serial_of, tidy

Parameters = list[Result | Grid]
_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def compare(operator: str, left: Result | Grid, right: Result | Grid) -> bool:
    """Whether two values stand in this relation; case does not count."""
    return _COMPARE[operator](*ordered(single(left), single(right)))


def arithmetic(operator: str, left: Result | Grid, right: Result | Grid) -> float:
    """The four operations and powers, with the errors of Sheets."""
    name = {"+": "ADD", "-": "MINUS", "*": "MULTIPLY", "/": "DIVIDE", "^": "POW"}[operator]
    first, second = number(left, name, 1), number(right, name, 2)
    if operator == "/":
        if second == 0:
            raise Problem("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
        return tidy(first / second)
    if operator == "^":
        return tidy(first**second)
    return tidy(first + second if operator == "+" else first - second if operator == "-" else first * second)


def meets(value: Result, criterion: Result) -> bool:
    """Whether a value fits a criterion of COUNTIF: ">3", "=x", "<>", "abc*"."""
    if not isinstance(criterion, str):
        return not isinstance(value, Problem) and value is not None and compare("=", value, criterion)
    operator, operand = re.fullmatch(r"(<>|<=|>=|<|>|=)?(.*)", criterion, re.DOTALL).groups()  # type: ignore[union-attr]
    wanted = _operand(operand)
    if operator in {None, "=", "<>"}:
        return _fits(value, wanted) != (operator == "<>")
    same_kind = isinstance(value, str) == isinstance(wanted, str) and value is not None
    return same_kind and not isinstance(value, Problem | bool) and compare(operator, value, wanted)


def _operand(operand: str) -> Result:
    try:
        return number(operand) if operand else ""
    except Problem:
        return operand


def _fits(value: Result, wanted: Result) -> bool:
    if isinstance(wanted, str):
        if wanted == "":
            return value in {None, ""}
        pattern = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
        return isinstance(value, str) and bool(re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL))
    return isinstance(value, int | float) and not isinstance(value, bool) and value == wanted


def _counted(parameters: Parameters) -> list[int]:
    """The places, row by row, that meet every pair of range and criterion."""
    pairs = list(zip(parameters[::2], parameters[1::2], strict=True))
    columns = [[cell for cell, _ in flat([range_])] for range_, _ in pairs]
    if len({len(column) for column in columns}) > 1:
        raise Problem("VALUE", "Array arguments to COUNTIFS are of different size.")
    wanted = [single(criterion) for _, criterion in pairs]
    return [
        place
        for place in range(len(columns[0]))
        if all(meets(column[place], criterion) for column, criterion in zip(columns, wanted, strict=True))
    ]


def _sum_if(parameters: Parameters) -> float:
    range_, criterion, *rest = parameters
    summed = [cell for cell, _ in flat([rest[0] if rest else range_])]
    places = _counted([range_, criterion])
    return tidy(sum(numbers([[[summed[place]]] for place in places if place < len(summed)], "SUMIF")))


def _average(parameters: Parameters) -> float:
    found = numbers(parameters, "AVERAGE")
    if not found:
        raise Problem("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return tidy(sum(found) / len(found))


def _round(parameters: Parameters) -> float:
    places = int(number(parameters[1])) if len(parameters) > 1 else 0
    value = Decimal(repr(float(number(parameters[0]))))
    return tidy(float(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))


def _date(parameters: Parameters) -> float:
    year, month, day = (int(number(part, "DATE")) for part in parameters)
    years, months = divmod(month - 1, 12)
    first = datetime(year + years + (1900 if year < 1900 else 0), months + 1, 1)  # noqa: DTZ001 - no zone in a sheet
    return serial_of(first + timedelta(days=day - 1))


def _lookup(parameters: Parameters) -> Result:
    key, table, index = single(parameters[0]), parameters[1], int(number(parameters[2]))
    rows = table if isinstance(table, list) else [[table]]
    if len(parameters) > 3 and not truth(parameters[3]):
        found = next((row for row in rows if row and row[0] is not None and _equal(row[0], key)), None)
    else:
        fitting = [row for row in rows if row and row[0] is not None and compare("<=", row[0], key)]
        found = fitting[-1] if fitting else None
    if found is None:
        raise Problem("N_A", f"Did not find value '{text(key)}' in VLOOKUP evaluation.")
    if index > len(found):
        raise Problem("REF", "VLOOKUP evaluates to an out of bounds range.")
    return found[index - 1]


def _equal(left: Result, right: Result) -> bool:
    return not isinstance(left, Problem) and compare("=", left, right)


def _text(parameters: Parameters) -> str:
    value = single(parameters[0])
    if isinstance(value, str):
        return value
    return show_number(number(value), {"pattern": text(parameters[1])}, locale_of("en_US"))


def _mid(value: str, start: int, count: int) -> str:
    return value[start - 1 : start - 1 + count]


def _not_available(_: Parameters) -> Result:
    raise Problem("N_A")


FUNCTIONS: dict[str, Callable[[Parameters], Result]] = {
    "UMINUS": lambda p: tidy(-number(p[0], "UMINUS")),
    "UPERCENT": lambda p: tidy(number(p[0], "UPERCENT") / 100),
    "&": lambda p: text(p[0]) + text(p[1]),
    "SUM": lambda p: tidy(sum(numbers(p, "SUM"))),
    "AVERAGE": _average,
    "MIN": lambda p: min(numbers(p, "MIN"), default=0),
    "MAX": lambda p: max(numbers(p, "MAX"), default=0),
    "COUNT": lambda p: sum(isinstance(v, int | float) and not isinstance(v, bool) for v, _ in flat(p)),
    "COUNTA": lambda p: sum(v is not None for v, _ in flat(p)),
    "COUNTBLANK": lambda p: sum(v is None or v == "" for v, _ in flat(p)),
    "COUNTIF": lambda p: len(_counted(p)),
    "COUNTIFS": lambda p: len(_counted(p)),
    "SUMIF": _sum_if,
    "AND": lambda p: all(truth(v) for v, _ in flat(p) if v is not None),
    "OR": lambda p: any(truth(v) for v, _ in flat(p) if v is not None),
    "NOT": lambda p: not truth(p[0]),
    "ABS": lambda p: abs(number(p[0])),
    "INT": lambda p: math.floor(number(p[0])),
    "MOD": lambda p: tidy(number(p[0]) % number(p[1])),
    "ROUND": _round,
    "HYPERLINK": lambda p: single(p[1]) if len(p) > 1 else text(p[0]),
    "CONCATENATE": lambda p: "".join(text(v) for v, _ in flat(p)),
    "CONCAT": lambda p: text(p[0]) + text(p[1]),
    "JOIN": lambda p: text(p[0]).join(text(v) for v, _ in flat(p[1:])),
    "LEN": lambda p: len(text(p[0])),
    "UPPER": lambda p: text(p[0]).upper(),
    "LOWER": lambda p: text(p[0]).lower(),
    "TRIM": lambda p: re.sub(" +", " ", text(p[0]).strip(" ")),
    "LEFT": lambda p: text(p[0])[: int(number(p[1])) if len(p) > 1 else 1],
    "RIGHT": lambda p: text(p[0])[-int(number(p[1])) if len(p) > 1 else -1 :],
    "MID": lambda p: _mid(text(p[0]), int(number(p[1])), int(number(p[2]))),
    "SUBSTITUTE": lambda p: text(p[0]).replace(text(p[1]), text(p[2])),
    "TEXT": _text,
    "VALUE": lambda p: number(p[0], "VALUE"),
    "DATE": _date,
    "YEAR": lambda p: moment_of(number(p[0])).year,
    "MONTH": lambda p: moment_of(number(p[0])).month,
    "DAY": lambda p: moment_of(number(p[0])).day,
    "ISBLANK": lambda p: single(p[0]) is None,
    "ISTEXT": lambda p: isinstance(single(p[0]), str),
    "ISNUMBER": lambda p: isinstance(single(p[0]), int | float) and not isinstance(single(p[0]), bool),
    "VLOOKUP": _lookup,
    "NA": _not_available,
}
