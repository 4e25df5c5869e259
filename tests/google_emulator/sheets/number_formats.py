"""How numbers are shown: by a pattern of the cell, by its type in the locale, or by themselves."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.serials import moment_of

DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})
_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[[^\]]*\]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aA]/[pP]|[aA][mM]/[pP][mM]|_.|\*.|.', re.DOTALL
)
_DATE_TOKEN = re.compile(r"y+|m+|d+|h+|s+(?:\.0+)?|a/p|am/pm|\[h+\]|\[m+\]|\[s+\]")
_DIGITS = re.compile(r"[#0?.,]+(?:[eE][+-]0+)?")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SIGNIFICANT = 10
_A_DAY = {"h": 24, "m": 1440, "s": 86_400}


def show_number(number: float, form: Json | None, locale: Locale) -> str:
    """A number as its cell shows it."""
    kind = (form or {}).get("type", "")
    pattern = (form or {}).get("pattern") or _usual(kind, locale)
    if not pattern or pattern in {"General", "@"}:
        return by_itself(number, locale)
    return _by_pattern(number, pattern, locale)


def _usual(kind: str, locale: Locale) -> str:
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency_pattern,
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": locale.moment,
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def by_itself(number: float, locale: Locale) -> str:
    """A number without any format: all of a whole number, ten digits of another one."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    if abs(number) >= 1e15 or abs(number) < 1e-9:
        mantissa, _, exponent = f"{number:.5E}".partition("E")
        return f"{_plain(mantissa)}E{exponent[0]}{exponent[1:].zfill(2)}".replace(".", locale.decimal)
    digits = max(_SIGNIFICANT, len(str(int(abs(number)))))
    text = f"{number:.{digits}g}"
    return (f"{Decimal(text):f}" if "e" in text else text).replace(".", locale.decimal)


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _by_pattern(number: float, pattern: str, locale: Locale) -> str:
    sections = _sections(pattern)
    section, number = _chosen(sections, number)
    tokens = _tokens(section)
    if any(_DATE_TOKEN.fullmatch(token.lower()) for token in tokens):
        return _moment(moment_of(number), number, tokens, locale)
    return _digits(number, section, locale)


@lru_cache(maxsize=512)
def _sections(pattern: str) -> tuple[str, ...]:
    return tuple(re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', pattern)) or (pattern,)


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(section))


def _chosen(sections: tuple[str, ...], number: float) -> tuple[str, float]:
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _digits(number: float, section: str, locale: Locale) -> str:
    shape = _DIGITS.search(re.sub(r'"[^"]*"|\\.', lambda quoted: "\0" * len(quoted[0]), section))
    if shape is None:
        return _literal(section, locale)
    percent = "%" in re.sub(r'"[^"]*"', "", section)
    text = _filled(number * 100 if percent else number, shape[0], locale)
    sign = "-" if number < 0 and any(digit in text for digit in "123456789") else ""
    return sign + _literal(section[: shape.start()], locale) + text + _literal(section[shape.end() :], locale)


def _filled(number: float, shape: str, locale: Locale) -> str:
    if "E" in shape.upper():
        return _scientific(number, shape)
    whole, _, part = shape.partition(".")
    places, needed = len(re.findall("[0#?]", part)), part.count("0")
    thousands = len(whole) - len(whole.rstrip(","))
    exact = (abs(Decimal(repr(float(number)))) / 1000**thousands).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    integer, _, fraction = f"{exact:f}".partition(".")
    while len(fraction) > needed and fraction.endswith("0"):
        fraction = fraction[:-1]
    least = whole.count("0")
    integer = integer.lstrip("0").zfill(least) if least or integer != "0" else ""
    if "," in whole.rstrip(","):
        integer = f"{int(integer or 0):,}".replace(",", locale.group) if integer else ""
    return integer + (locale.decimal + fraction if fraction else "")


def _scientific(number: float, shape: str) -> str:
    mantissa, exponent = re.split("[eE]", shape)
    places = len(mantissa.partition(".")[2])
    figures, _, power = f"{abs(number):.{places}E}".partition("E")
    return f"{figures}E{power[0]}{power[1:].lstrip('0').zfill(exponent.count('0'))}"


def _literal(text: str, locale: Locale) -> str:
    return "".join(_one_literal(token, locale) for token in _tokens(text))


def _one_literal(token: str, locale: Locale) -> str:
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0] or locale.currency
    if token.startswith(("[", "*")):
        return ""
    return " " if token.startswith("_") else token


def _moment(moment: datetime, serial: float, tokens: tuple[str, ...], locale: Locale) -> str:
    half_day = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    shown: list[str] = []
    for index, token in enumerate(tokens):
        lower = token.lower()
        if _DATE_TOKEN.fullmatch(lower):
            is_minute = lower[0] == "m" and _beside_time(tokens, index)
            shown.append(_part(moment, serial, "n" * len(lower) if is_minute else lower, half_day, locale))
        else:
            shown.append(token[1:-1] if token.startswith('"') else token.removeprefix("\\"))
    return "".join(shown)


def _beside_time(tokens: tuple[str, ...], index: int) -> bool:
    """An m is a minute after hours or before seconds."""
    parts = [(place, token.lower()) for place, token in enumerate(tokens) if _DATE_TOKEN.fullmatch(token.lower())]
    place = next(number for number, (at, _) in enumerate(parts) if at == index)
    before = parts[place - 1][1].strip("[") if place else ""
    after = parts[place + 1][1] if place + 1 < len(parts) else ""
    return before.startswith("h") or after.startswith("s")


def _part(moment: datetime, serial: float, token: str, half_day: bool, locale: Locale) -> str:
    kind, width = token[0], len(token)
    if kind == "[":
        return str(int(round(serial * _A_DAY[token[1]], 6))).zfill(width - 2)
    if kind == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if kind == "m":
        return str(moment.month).zfill(width) if width < 3 else _month(moment.month, width, locale)
    if kind == "d":
        return str(moment.day).zfill(width) if width < 3 else _weekday(moment.weekday(), width, locale)
    if kind == "a":
        return ("AM" if moment.hour < 12 else "PM")[: 2 if token == "am/pm" else 1]
    return _clock(moment, token, half_day)


def _clock(moment: datetime, token: str, half_day: bool) -> str:
    kind = token[0]
    if kind == "s":
        seconds, _, fraction = token.partition(".")
        shown = str(moment.second).zfill(len(seconds))
        return shown + (f".{moment.microsecond:06d}"[: len(fraction) + 1] if fraction else "")
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    return str(hour if kind == "h" else moment.minute).zfill(min(len(token), 2))


def _month(month: int, width: int, locale: Locale) -> str:
    if locale.weekdays:
        return f"{month}月"
    name = _MONTHS[month - 1]
    return name if width == 4 else name[:1] if width > 4 else name[:3]


def _weekday(day: int, width: int, locale: Locale) -> str:
    if locale.weekdays:
        return locale.weekdays[day] + ("曜日" if width > 3 else "")
    return _DAYS[day] if width > 3 else _DAYS[day][:3]
