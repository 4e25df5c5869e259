"""The address of a workbook that is open in Excel here: `live:` alone, or with its name or its path behind it."""

from __future__ import annotations

PREFIX = "live:"


def open_book_name(address: str) -> str | None:
    """The name or the path behind `live:`, empty for the workbook in front; None for every other address."""
    return address.removeprefix(PREFIX).strip() if address.startswith(PREFIX) else None
