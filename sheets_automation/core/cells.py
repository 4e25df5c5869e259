"""Human cells: text, numbers, yes and no, and tags, in every shape in which people type them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from math import inf, isfinite

from sheets_automation.core.table import CellError, CellValue

# Zero-width blanks, the byte order mark and fillers show nothing, and str.strip() alone leaves them.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff"
_WHITE = "".join(chr(c) for c in (*range(0x21), *range(0x7F, 0xA1), *range(0x2000, 0x200B), 0x1680, 0x2028, 0x2029))
_BLANKS = _WHITE + "\u202f\u205f\u3000" + _INVISIBLE
# More that shows nothing where it stands alone: joiners, direction marks, Hangul fillers, variation selectors. Beside
# other characters these may mean something, so they are never stripped.
_UNSEEN = "".join(
    chr(code)
    for first, last in (
        (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x202A, 0x202E),
        (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_NOTHING = dict.fromkeys(map(ord, _INVISIBLE))
# HRMOS exports put `'` into cells that look empty.
_EMPTY_MARKS = _BLANKS + _UNSEEN + "'’＇"
_EMPTY_FIRST = frozenset(_EMPTY_MARKS) | {""}

_TAG_BREAK = re.compile(r"[、,;/|\n\r\t「」『』【】\[\]]|(?<![0-9A-Za-z])#|(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_SPACES = re.compile(" {2,}")
_NUMBER = re.compile(r"[¥$]?(-?\d+(?:\.\d+)?)(?:円|人|名|件)?")


def text(value: CellValue) -> str:
    """Return what a person sees in the cell, in their own characters, without blanks around it.

    A cell that only looks empty (blanks, zero-width characters, a lone `'`) is empty. 42.0 is "42": ids typed as
    numbers come back so.
    """
    if type(value) is str:
        stripped = value.strip(_BLANKS)
        # Nearly every cell shows by its first character that it is not empty, in a tenth of the time.
        return stripped if stripped[:1] not in _EMPTY_FIRST or stripped.strip(_EMPTY_MARKS) else ""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return date_text(value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return text(str(value))


def date_text(value: datetime) -> str:
    """Write a moment as people do: the time only where there is one."""
    if is_midnight(value):
        return value.date().isoformat()
    return value.replace(tzinfo=None).isoformat(" ", "seconds" if value.second else "minutes")


def is_midnight(value: datetime) -> bool:
    """Tell whether a date cell holds a day and no time: midnight is how every spreadsheet stores that."""
    return not (value.hour or value.minute or value.second or value.microsecond)


def folded(value: CellValue) -> str:
    """Return the text for comparing words: width, case and blanks around it do not matter."""
    shown = text(value)
    if shown.isascii():
        return shown.casefold()
    plain = unicodedata.normalize("NFKC", shown)
    word = plain.casefold()
    if word != plain:  # İ is two characters in lower case, which what follows it may have to part
        word = unicodedata.normalize("NFKC", word)
    return word.strip(_BLANKS)


def seen(value: CellValue) -> str:
    """Return the text without the characters inside it that nobody sees: for words that hold a letter back."""
    return text(value).translate(_NOTHING)


def words(line: str) -> frozenset[str]:
    """Return the words of a line, folded: for tables of what people may type."""
    return frozenset(folded(word) for word in line.split())


CROSSES = words("× ✕ ✖ ✗ ✘")
# "x" and "o" are left out: in English an x ticks a box, in Japan it denies.
_YES = words(
    "true yes y 1 on ok はい 同意 同意する 同意します 同意済 同意済み 承諾 承認 承認済 承認済み 許可 可 希望 希望する "
    "する 済 済み 完了 あり 有 有り ○ 〇 ◯ ◎ レ チェック ✓ ✔ ☑ ✅"
)
_NO = CROSSES | words(
    "false no n 0 off ng いいえ 不同意 同意しない 非同意 拒否 否 不可 未承認 却下 不要 希望しない しない "
    "未 未済 未完了 なし 無 無し ☐ □ - ー –"
)


def number(value: CellValue) -> int | float | None:
    """Read a number, also from text such as 「１，２００円」; None where there is none that a cell could hold."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    found = _NUMBER.fullmatch(folded(value).replace(",", ""))
    amount = float(found[1]) if found else inf
    if not isfinite(amount):
        return None  # no number, or one of hundreds of digits
    return int(amount) if amount.is_integer() else amount


def truth(value: CellValue) -> bool | None:
    """Read a yes or no: consent, opt-out, approval. None for a blank cell and for a word that is neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, CellError):
        return None
    word = folded(value)
    if word in _YES:
        return True
    return False if word in _NO else None


def split_tags(value: CellValue) -> tuple[str, ...]:
    """Split a cell of labels, in the order written, each once, with widths folded so that they compare.

    A blank parts two labels where one side of it is Japanese (「保留 VIP」), but not inside English ("no letter").
    """
    return _split_tags(seen(value))


@lru_cache(maxsize=4096)
def _split_tags(cell: str) -> tuple[str, ...]:
    # Runs of blanks become one: the pattern looks at the rest of a run from each of its blanks.
    one_line = _SPACES.sub(" ", unicodedata.normalize("NFKC", cell))
    labels = map(text, _TAG_BREAK.split(one_line))
    return tuple(dict.fromkeys(label for label in labels if label))
