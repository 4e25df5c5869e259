"""From the pieces of a formula to a tree of operations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tests.google_emulator.sheets.formulas.functions import FUNCTIONS
from tests.google_emulator.sheets.formulas.results import Problem
from tests.google_emulator.sheets.formulas.tokens import Reference, Token, reference_of, tokens_of

_KNOWN = frozenset(FUNCTIONS) | {"IF", "IFERROR", "IFNA", "ROW", "COLUMN", "TODAY", "NOW"}
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text or boolean that stands in the formula; None is a parameter left out."""

    value: str | float | bool | None


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator with its parameters."""

    name: str
    parameters: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A word: a named range."""

    text: str


Node = Literal | Call | Name | Reference


@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """The tree of a formula.

    Raises:
        Problem: it is none, or uses what this evaluator does not read (arrays in braces).
    """
    tokens = [token for token in tokens_of(formula) if token.kind != "space"]
    node = _operation(tokens, 0)
    if tokens:
        raise _broken()
    return node


def _broken() -> Problem:
    return Problem("ERROR", "Formula parse error.")


def _operation(tokens: list[Token], level: int) -> Node:
    if level == len(_LEVELS):
        return _signed(tokens)
    node = _operation(tokens, level + 1)
    while tokens and tokens[0].kind == "operator" and tokens[0].text in _LEVELS[level]:
        operator = tokens.pop(0).text
        node = Call(operator, (node, _operation(tokens, level + 1)))
    return node


def _signed(tokens: list[Token]) -> Node:
    if tokens and tokens[0].text in {"+", "-"} and tokens[0].kind == "operator":
        sign = tokens.pop(0).text
        inner = _signed(tokens)
        return inner if sign == "+" else Call("UMINUS", (inner,))
    node = _primary(tokens)
    while tokens and tokens[0].text == "%" and tokens[0].kind == "operator":
        tokens.pop(0)
        node = Call("UPERCENT", (node,))
    return node


def _primary(tokens: list[Token]) -> Node:
    if not tokens:
        raise _broken()
    token = tokens.pop(0)
    if token.kind == "number":
        number = float(token.text)
        return Literal(int(number) if number.is_integer() else number)
    if token.kind == "text":
        return Literal(token.text[1:-1].replace('""', '"'))
    if token.kind == "reference":
        return reference_of(token.text)
    if token.kind == "name":
        return _named(token, tokens)
    if token.text != "(":
        raise _broken()
    node = _operation(tokens, 0)
    _expect(tokens, ")")
    return node


def _named(token: Token, tokens: list[Token]) -> Node:
    if tokens and tokens[0].text == "(":
        tokens.pop(0)
        name = token.text.upper()
        return Call(name if name in _KNOWN else token.text, _parameters(tokens))
    if token.text.upper() in {"TRUE", "FALSE"}:
        return Literal(token.text.upper() == "TRUE")
    return Name(token.text)


def _parameters(tokens: list[Token]) -> tuple[Node, ...]:
    found: list[Node] = []
    if tokens and tokens[0].text == ")":
        tokens.pop(0)
        return ()
    while True:
        if tokens and tokens[0].text in {",", ";", ")"}:
            found.append(Literal(None))
        else:
            found.append(_operation(tokens, 0))
        if tokens and tokens[0].text in {",", ";"}:
            tokens.pop(0)
            continue
        _expect(tokens, ")")
        return tuple(found)


def _expect(tokens: list[Token], text: str) -> None:
    if not tokens or tokens.pop(0).text != text:
        raise _broken()
