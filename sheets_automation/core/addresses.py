"""Mail addresses: one address that every carrier can write to, or a reason why not. Nothing inside is repaired.

Decisions:

- `山田 <a@example.jp>` is accepted for its address; a display name with an `@` in it is refused, since which of the two
  addresses a mail program follows is a known trick.
- Quoted local parts, and the dots at odd places that docomo and au allowed until 2009 (`a..b.@docomo.ne.jp`), are
  refused: without quotes they break RFC 5321, with quotes many servers and Gmail reject them, and a letter that may
  not arrive is worse than asking for another address.
- Only full-width forms are folded. Any other character outside ASCII before the `@`, and whatever IDNA 2008 does not
  allow in the domain, is refused: ①, ﬁ or a zero-width blank inside an address is damage, not spelling.
- A domain label that mixes Latin letters with letters that look like them (Cyrillic, Greek …) is refused.
"""

from __future__ import annotations

import re
import unicodedata

import idna

from sheets_automation.core.cells import folded, text, words
from sheets_automation.core.model import Address
from sheets_automation.core.table import CellError, CellValue

MISSING = Address(value=None, problem="missing")
INVALID = Address(value=None, problem="invalid")
SEVERAL = Address(value=None, problem="several")

_MOST_CHARACTERS = 254
_MOST_BEFORE_AT = 64
_NOTHING = words("- ー なし 無し 無 不明 未登録 n/a none")
_WIDE = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E, 0xFF61: 0x2E}
_PARTS = re.compile(r"[\s,;、，；/／|]+")
_ENDS = re.compile(rf"{_PARTS.pattern}|[<>()（）]")
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL = re.compile(rf"(?!'){_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{{0,61}}[a-z0-9]")
_ORDINARY = re.compile(rf"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:(?!..--){_LABEL}\.)+[a-z]{{2,63}}")

_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_ALIKE = re.compile(r"[\u0370-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1f00-\u1fff\ua4d0-\ua4ff]")
_LATIN = re.compile(r"[a-z]")


def read_address(value: CellValue) -> Address:
    """Read an address cell."""
    if value is None:
        return MISSING
    if isinstance(value, str) and len(value) <= _MOST_BEFORE_AT and _ORDINARY.fullmatch(value):
        return Address(value=value)
    shown = text(value)
    if folded(shown) in _NOTHING or not shown:
        return MISSING
    if isinstance(value, CellError):
        return INVALID
    return _read_shown(shown.translate(_WIDE))


def match_key(address: str) -> str:
    """Return the address as its mailbox is known: case, +tag and Gmail's dots do not matter. Never written to."""
    local, _, domain = address.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    key = f"{local}@{domain}"
    return address if key == address else key  # one object for both: most keys of a large sheet are the addresses


def every_key(value: CellValue) -> frozenset[str]:
    """Return the match keys of all addresses in a cell, also where none of them can be chosen to write to."""
    parts = _ENDS.split(text(value).translate(_WIDE))
    return frozenset(match_key(_normalised(part) or part) for part in map(_without_scheme, parts) if "@" in part)


def _read_shown(shown: str) -> Address:
    if named := _NAMED.fullmatch(shown):
        if "@" in named[1]:
            return SEVERAL
        shown = named[2]
    parts = [part for part in _PARTS.split(_without_scheme(shown)) if part]
    if len([part for part in parts if "@" in part]) > 1:
        return SEVERAL
    address = _normalised(parts[0]) if len(parts) == 1 else None
    return Address(value=address) if address else INVALID


def _without_scheme(shown: str) -> str:
    return shown[7:] if shown[:7].casefold() == "mailto:" else shown


def _normalised(address: str) -> str | None:
    local, at, domain = address.rpartition("@")
    if not at or len(local) > _MOST_BEFORE_AT or not _LOCAL.fullmatch(local):
        return None
    ascii_domain = _ascii_domain(domain)
    if ascii_domain is None or len(local) + 1 + len(ascii_domain) > _MOST_CHARACTERS:
        return None
    return f"{local}@{ascii_domain}"


def _ascii_domain(domain: str) -> str | None:
    """Return the domain in lower case with A-labels, or None when it is none."""
    lowered = unicodedata.normalize("NFC", domain.lower())
    if lowered.isascii() and "--" not in lowered:
        return lowered if _DOMAIN.fullmatch(lowered) else None
    try:
        # Strictly IDNA 2008, without the mapping of UTS #46, which would drop a zero-width blank and unfold ﬁ.
        encoded = idna.encode(lowered).decode("ascii")
        labels = idna.decode(encoded).split(".")
    except UnicodeError:
        return None
    return encoded if _DOMAIN.fullmatch(encoded) and not any(map(_mixes_scripts, labels)) else None


def _mixes_scripts(label: str) -> bool:
    return _LATIN.search(label) is not None and _ALIKE.search(label) is not None
