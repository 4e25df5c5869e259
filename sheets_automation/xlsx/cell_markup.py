"""Cell values as SpreadsheetML: what stands inside a `<c>` so that Excel reads back what was meant."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import xml_text

LONGEST_TEXT = 32_767
_MOST_DIGITS = 10**15

# Full-width signs too: Japanese Excel takes ＝ for = when somebody edits the cell.
FORMULA_SIGNS = tuple("=+-@＝＋－＠")

# Text that a reader would take for an escape; characters that XML cannot hold, or that a parser would change (CR).
_NEEDS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_NEEDS_CARE = re.compile("[<>&_\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
# Excel's 1900 has a 29 February, so its serials before 1 March are off by one for everybody else.
_FIRST_SAFE_DAY = datetime(1900, 3, 1)  # noqa: DTZ001
_DAY = timedelta(days=1)


class Content(NamedTuple):
    """What a value looks like in a cell."""

    kind: str | None
    """The cell's `t` attribute; None for numbers and for nothing."""
    inner: bytes


_NOTHING = Content(None, b"")


def content_of(value: CellValue, prefix: bytes, *, date1904: bool) -> Content:
    """The markup of a value. Empty text is no value. Raises CellRefused for what Excel cannot hold."""
    match value:
        case str():
            return Content("inlineStr", _inline(value, prefix)) if value else _NOTHING
        case None:
            return _NOTHING
        case bool():
            return Content("b", _v(str(int(value)), prefix))
        case int() | float():
            return Content(None, _v(_number(value), prefix))
        case datetime():
            return Content(None, _v(_number(serial(value, date1904=date1904)), prefix))


def serial(moment: datetime, *, date1904: bool) -> float:
    """The serial number of a date and time; an int where it is midnight."""
    if moment < (_EPOCH_1904 if date1904 else _FIRST_SAFE_DAY):
        raise CellRefused("date")
    days = (moment - (_EPOCH_1904 if date1904 else _EPOCH_1900)) / _DAY
    return int(days) if days.is_integer() else round(days, 10)


def readable(text: str) -> str:
    """The text that will be read back: half a surrogate pair becomes U+FFFD, as no file can hold it."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Text with `_xHHHH_` escapes where Excel needs them."""
    return _NEEDS_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def looks_like_formula(value: CellValue) -> bool:
    """Whether Excel would take this text for a formula as soon as somebody edits the cell."""
    return isinstance(value, str) and value.startswith(FORMULA_SIGNS)


def _v(text: str, prefix: bytes) -> bytes:
    return b"<%bv>%b</%bv>" % (prefix, text.encode(), prefix)


def _number(value: float) -> str:
    if not math.isfinite(value) or (isinstance(value, int) and abs(value) >= _MOST_DIGITS):
        raise CellRefused("number")
    return repr(value)


@lru_cache(maxsize=4096)  # a log says the same things in each of its rows
def _inline(text: str, prefix: bytes) -> bytes:
    # Inline, not shared: the shared strings part stays as it is, and Excel moves the text there when it saves.
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise CellRefused("text_too_long")
    space = b"" if text == text.strip() else b' xml:space="preserve"'
    markup = xml_text(escaped(readable(text))) if _NEEDS_CARE.search(text) else text
    return b"<%bis><%bt%b>%b</%bt></%bis>" % (
        prefix,
        prefix,
        space,
        markup.encode(),
        prefix,
        prefix,
    )
