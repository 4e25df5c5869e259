"""Workbook addresses as people type them: a path, or the address or id of a Google spreadsheet."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from sheets_automation.core.errors import ConfigurationError

_IN_LINK = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([\w-]{20,})(?:/|$)", re.ASCII)
_ID = re.compile(r"[\w-]{25,}", re.ASCII)


def identity_of(address: str) -> str:
    """What all addresses of one workbook have in common: the id of its spreadsheet, or where its file lies."""
    return spreadsheet_id(address) or str(Path(address).resolve())


def spreadsheet_id(address: str) -> str | None:
    """The id of a Google spreadsheet; None for the path of a file. ConfigurationError for another web address."""
    if not address.startswith(("https://", "http://")):
        return address if _ID.fullmatch(address) and not Path(address).exists() else None
    parts = urlsplit(address)
    found = _IN_LINK.match(parts.path) if parts.hostname == "docs.google.com" else None
    if found is None:
        raise ConfigurationError(
            "Google スプレッドシートのアドレスではありません。"
            "https://docs.google.com/spreadsheets/d/… の形で指定してください。",
            "This is no address of a Google spreadsheet. Give https://docs.google.com/spreadsheets/d/…",
        )
    return found[1]
