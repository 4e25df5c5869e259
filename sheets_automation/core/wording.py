"""How rows and moments are written in a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def rows_in_words(rows: Iterable[int] | None) -> str:
    """Row numbers, e.g. "4, 17"."""
    return ", ".join(str(row) for row in sorted(rows or ()))


def day_in_words(moment: datetime | None) -> str:
    """A day, e.g. 2026/11/24."""
    return f"{moment:%Y/%m/%d}" if moment else "…"


def minute_in_words(moment: datetime | None) -> str:
    """A moment, e.g. 2026/11/24 9:00."""
    return f"{moment:%Y/%m/%d} {moment.hour}:{moment:%M}" if moment else "…"
