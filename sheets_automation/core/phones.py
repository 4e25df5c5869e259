"""Telephone numbers, only for recognising a person again: never dialled, never shown."""

from __future__ import annotations

import re

from sheets_automation.core.cells import folded
from sheets_automation.core.table import CellValue

_ORDINARY = re.compile(r"0\d{1,3}-?\d{2,4}-?\d{4}", re.ASCII)
_EXTENSION = re.compile(r"(?:内線|ext\b|extension\b|#|x(?=\s*\d))")
_SEVERAL = re.compile(r"[,、;/\n]")
_NOT_DIGITS = re.compile(r"\(0\)|[^\d+]", re.ASCII)
_ABROAD = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
_DOMESTIC = re.compile(r"0[1-9]\d{8,9}", re.ASCII)
_MOBILE_WITHOUT_ZERO = re.compile(r"[5789]0\d{8}", re.ASCII)
_LANDLINE_WITHOUT_ZERO = re.compile(r"[1-9]\d{8}", re.ASCII)
_SUBSCRIBER_DIGITS = 8


def phone_key(value: CellValue) -> str:
    """Return the number with its country code, "+819012345678"; empty when it identifies nobody.

    Of several numbers in a cell the first counts. A zero that a number cell has swallowed is put back.
    """
    if value is None:
        return ""
    if isinstance(value, str) and _ORDINARY.fullmatch(value):
        return _unless_a_placeholder(_with_country(value.replace("-", "")))
    first, *_ = _SEVERAL.split(folded(value), maxsplit=1)
    digits = _NOT_DIGITS.sub("", _EXTENSION.split(first, maxsplit=1)[0])
    return _unless_a_placeholder(_with_country(digits))


def _unless_a_placeholder(number: str) -> str:
    # 000-0000-0000 and 090-1111-1111 are what people type to get past a form.
    return "" if len(set(number[-_SUBSCRIBER_DIGITS:])) <= 1 else number


def _with_country(digits: str) -> str:
    if digits.startswith("010"):
        digits = "+" + digits[3:]
    elif digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+810"):
        digits = "+81" + digits[4:].lstrip("0")
    if _ABROAD.fullmatch(digits):
        return digits
    if _DOMESTIC.fullmatch(digits):
        return "+81" + digits[1:]
    if _MOBILE_WITHOUT_ZERO.fullmatch(digits) or _LANDLINE_WITHOUT_ZERO.fullmatch(digits):
        return "+81" + digits
    return ""
