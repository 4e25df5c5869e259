"""How rows and moments are written in a sentence for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

_LONGEST_QUOTE: Final = 100
"""Of what stands in a cell: a longer sentence would fit no cell itself, and stop the whole run."""
_ROWS_SHOWN: Final = 10


def rows_in_words(rows: Iterable[int] | None) -> str:
    """Row numbers, e.g. "4, 17"."""
    return ", ".join(str(row) for row in sorted(rows or ()))


def first_rows_in_words(rows: Collection[int]) -> str:
    """The first few row numbers, e.g. "4, 17" or, of many, "4, 17, 18 …"."""
    return rows_in_words(sorted(rows)[:_ROWS_SHOWN]) + (" …" if len(rows) > _ROWS_SHOWN else "")


def day_in_words(moment: datetime | None) -> str:
    """A day, e.g. 2026/11/24."""
    return f"{moment:%Y/%m/%d}" if moment else "…"


def minute_in_words(moment: datetime | None) -> str:
    """A moment, e.g. 2026/11/24 9:00."""
    return f"{moment:%Y/%m/%d} {moment.hour}:{moment:%M}" if moment else "…"


def quoted(fact: str) -> str:
    """What stands in a cell, for a sentence: on one line, not too long, and nothing in it that a screen would obey."""
    shown = fact[:_LONGEST_QUOTE] + "…" if len(fact) > _LONGEST_QUOTE else fact
    return shown if shown.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in shown)
