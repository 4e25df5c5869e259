"""The one place that says how our tabs look: palette, fonts and number formats. Each backend draws by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheets_automation.core.views import Look, TabView, ViewCell

FONT: Final = "Yu Gothic"  # on every Excel since 2016, Windows and macOS; others fall back to their own sans serif
INK: Final = "#243447"
MUTED: Final = "#66788A"
LINE: Final = "#D5DEE6"
PALE: Final = "#EEF3F7"
NAVY: Final = "#2C5F8A"
SERIES: Final = (NAVY, "#8FB3CF", "#D9A441", "#5E9C7E", "#B5655F")
"""Chart colours, in the order of the series; neighbours differ in lightness too, for grey prints."""

Properties = dict[str, str | int | bool]

BASE: Final[Properties] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
VARIATIONS: Final[Mapping[str, Properties]] = {
    # Text like "=1+1" stays text even when somebody edits the cell.
    "quoted": {"quote_prefix": True},
    "indented": {"indent": 1},
    "right": {"align": "right"},
}

_LINED: Final[Properties] = {"bottom": 1, "bottom_color": LINE}


def _status(ink: str, paper: str) -> Properties:
    return {**_LINED, "font_color": ink, "bg_color": paper, "bold": True, "align": "center"}


PROPERTIES: Final[Mapping[Look, Properties]] = {
    Look.TITLE: {"font_size": 18, "bold": True, "font_color": NAVY},
    Look.SECTION: {"font_size": 14, "bold": True, "font_color": INK, "bottom": 1, "bottom_color": NAVY},
    Look.LABEL: {"font_size": 11, "bold": True},
    Look.NOTE: {"font_size": 9, "font_color": MUTED, "text_wrap": True},
    Look.HEADING: {
        "bold": True,
        "bg_color": PALE,
        "bottom": 2,
        "bottom_color": NAVY,
        "text_wrap": True,
    },
    Look.TEXT: _LINED,
    Look.WRAPPED: {**_LINED, "text_wrap": True},
    Look.NUMBER: {**_LINED, "num_format": "#,##0", "align": "right"},
    Look.BIG_NUMBER: {
        "font_size": 20,
        "bold": True,
        "font_color": NAVY,
        "num_format": "#,##0",
        "align": "right",
    },
    Look.DATE: {**_LINED, "num_format": "yyyy/mm/dd", "align": "left"},
    Look.DATETIME: {**_LINED, "num_format": "yyyy/mm/dd hh:mm", "align": "left"},
    Look.DECIMAL: {**_LINED, "num_format": "#,##0.0", "align": "right"},
    Look.PERCENT: {**_LINED, "num_format": "0.0%", "align": "right"},
    Look.YEN: {**_LINED, "num_format": '"¥"#,##0', "align": "right"},
    Look.QUIET: {**_LINED, "font_color": MUTED, "align": "center"},
    Look.GOOD: _status("#23694B", "#E3F2EA"),
    Look.WAIT: _status(NAVY, "#E4EEF6"),
    Look.ATTENTION: _status("#8A5A00", "#FFF1D3"),
    Look.BAD: _status("#9C2F2A", "#FAE3E1"),
}


FILLS: Final[Mapping[Look, str]] = {
    look: str(PROPERTIES[look]["bg_color"]).removeprefix("#")
    for look in (Look.GOOD, Look.WAIT, Look.ATTENTION, Look.BAD)
}
"""The colours of a status beside a candidate, in a cell that otherwise looks like HR's own."""

_RIGHT_ALIGNED: Final = frozenset({Look.NUMBER, Look.DECIMAL, Look.PERCENT, Look.YEN, Look.BIG_NUMBER})


def variations(view: TabView, row: int, column: int, cell: ViewCell) -> frozenset[str]:
    """In what the cell differs from others of its look, because of what it holds or stands beside."""
    found = set()
    if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
        found.add("quoted")
    if cell.look is Look.NOTE and column:
        found.add("indented")
    below = view.rows[row + 1] if row + 1 < len(view.rows) else ()
    if cell.look is Look.HEADING and column < len(below):
        under = below[column]
        if under and under.look in _RIGHT_ALIGNED:
            found.add("right")
        elif under and under.look is Look.NOTE:
            found.add("indented")
    return frozenset(found)
