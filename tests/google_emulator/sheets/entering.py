"""What becomes of a value that is written: taken as it is, or read as if somebody had typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.google_emulator.sheets.dates import read_date
from tests.google_emulator.sheets.formulas.tokens import canonical
from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.model import EMPTY, Cell, Formula, Json, Value, altered
from tests.google_emulator.sheets.refusals import MAX_CELL, too_long
from tests.google_emulator.sheets.serials import tidy

_URL = re.compile(r"https?://[^\s/]+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entered:
    """A typed text, understood."""

    value: Value
    number_format: Json | None = None
    link: str = ""


def raw(value: Any) -> Value:
    """A JSON value as RAW stores it."""
    checked(value)
    if isinstance(value, float):
        return tidy(value)
    return None if value == "" else value


def checked(value: Any) -> None:
    """Refuse a text that is too long for a cell."""
    if isinstance(value, str) and len(value) > MAX_CELL:
        raise too_long()


def write(cell: Cell, value: Value) -> Cell:
    """The cell with another value; its format, note and validation stay, and rich text goes."""
    if cell is EMPTY:
        return EMPTY if value is None else Cell(value)
    return altered(cell, value=value, runs=(), chips=())


def type_into(cell: Cell, text: Any, locale: Locale, now: datetime) -> Cell:
    """The cell after somebody typed this into it; numbers and booleans of JSON are taken as they are."""
    checked(text)
    if not isinstance(text, str) or not text:
        return write(cell, raw(text))
    given = (cell.format or {}).get("numberFormat", {})
    if given.get("type") == "TEXT":
        # Whatever is typed into a cell of plain text stays text.
        return write(cell, text)
    entered = understand(text, locale, now)
    changed = write(cell, entered.value)
    form = dict(cell.format or {})
    if entered.number_format and given.get("type") != entered.number_format["type"]:
        form["numberFormat"] = entered.number_format
    if entered.link:
        form["textFormat"] = {**form.get("textFormat", {}), "link": {"uri": entered.link}}
    return altered(changed, format=form or None)


def understand(text: str, locale: Locale, now: datetime) -> Entered:
    """What Sheets makes of a text that is typed into a cell without a format."""
    if text.startswith("'"):
        return Entered(text[1:] or None)
    if text.startswith("=") and len(text) > 1:
        return Entered(Formula(canonical(text)))
    word = text.strip()
    if word.upper() in {"TRUE", "FALSE"}:
        return Entered(word.upper() == "TRUE")
    number = _number(word, locale) or _dated(word, locale, now)
    if number:
        return number
    if text.startswith("+") and len(text) > 1:
        return Entered(Formula(canonical("=" + text)))
    return Entered(text, link=word if _URL.fullmatch(word) else "")


def _dated(word: str, locale: Locale, now: datetime) -> Entered | None:
    read = read_date(word, locale, now)
    return Entered(read[0], read[1]) if read else None


def _number(word: str, locale: Locale) -> Entered | None:
    body = word
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = body[1:-1]
    signed = re.match(r"[+-]", body)
    body = body[1:] if signed else body
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip() if percent else body
    money = _without_currency(body, locale)
    figures = body if money is None else money
    amount = _amount(figures, locale)
    if amount is None or (percent and money is not None):
        return None
    if negative or (signed and signed[0] == "-"):
        amount = -amount
    return Entered(tidy(amount / 100 if percent else amount), _implied(figures, locale, percent, money is not None))


def _without_currency(body: str, locale: Locale) -> str | None:
    symbols = {locale.currency, "￥"} if locale.currency == "¥" else {locale.currency}
    for symbol in symbols:
        if body.startswith(symbol):
            return body[len(symbol) :].lstrip()
        if body.endswith(symbol) and locale.currency_pattern.startswith("#"):
            return body[: -len(symbol)].rstrip()
    return None


def _amount(figures: str, locale: Locale) -> float | None:
    group, decimal = re.escape(locale.group), re.escape(locale.decimal)
    shape = rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)?(?:{decimal}\d*)?(?:[eE][+-]?\d+)?"
    if not re.fullmatch(shape, figures) or not figures[:1].strip(locale.group) or not re.search(r"\d", figures):
        return None
    if figures[0] in "eE":
        return None
    plain = figures.replace(locale.group, "").replace(locale.decimal, ".")
    number = float(plain)
    return number if abs(number) != float("inf") else None


def _implied(figures: str, locale: Locale, percent: bool, money: bool) -> Json | None:
    places = locale.decimal in figures
    if percent:
        return {"type": "PERCENT", "pattern": "0.00%" if places else "0%"}
    if money:
        whole = re.sub(r"\.0+", "", locale.currency_pattern)
        return {"type": "CURRENCY", "pattern": locale.currency_pattern if places else whole}
    if "e" in figures.lower():
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if locale.group in figures:
        return {"type": "NUMBER", "pattern": "#,##0.00" if places else "#,##0"}
    return None
