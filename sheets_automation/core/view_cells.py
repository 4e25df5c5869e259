"""Short words for the cells of a view."""

from __future__ import annotations

from datetime import date, datetime, time

from sheets_automation.core.views import Look, ViewCell

CellRow = tuple[ViewCell | None, ...]
EMPTY_ROW: CellRow = ()


def title(text: str) -> ViewCell:
    """The name of a tab."""
    return ViewCell(value=text, look=Look.TITLE)


def section(text: str) -> ViewCell:
    """The name of a part of a tab."""
    return ViewCell(value=text, look=Look.SECTION)


def label(text: str) -> ViewCell:
    """What the key figure beside it is."""
    return ViewCell(value=text, look=Look.LABEL)


def note(text: str) -> ViewCell:
    """A definition or an explanation, over all columns to its right."""
    return ViewCell(value=text, look=Look.NOTE)


def as_of(moment: datetime) -> ViewCell:
    """When a tab was computed, and what becomes of what people write into it."""
    return ViewCell(
        value=f"{moment:%Y年%m月%d日 %H:%M} 現在。実行のたびに作り直します(この表に書き込んだものは残りません)。",
        look=Look.NOTE,
        is_passing=True,
    )


def text(value: str) -> ViewCell:
    """A short text."""
    return ViewCell(value=value, look=Look.TEXT)


def wrapped(value: str) -> ViewCell:
    """A sentence."""
    return ViewCell(value=value, look=Look.WRAPPED)


def number(value: int) -> ViewCell:
    """A count."""
    return ViewCell(value=value, look=Look.NUMBER)


def big(value: int | str) -> ViewCell:
    """A key figure."""
    return ViewCell(value=value, look=Look.BIG_NUMBER)


def day(value: date) -> ViewCell:
    """A real date of the sheet: naive, in the workbook's zone."""
    return ViewCell(value=datetime.combine(value, time()), look=Look.DATE)


def headings(*texts: str) -> CellRow:
    """A row of headings."""
    return tuple(ViewCell(value=text, look=Look.HEADING) for text in texts)
