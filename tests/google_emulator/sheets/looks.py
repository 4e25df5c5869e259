"""Formats: what a new spreadsheet looks like, what was entered, and what a cell shows in the end."""

from __future__ import annotations

import struct
from functools import cache
from typing import Any

from tests.google_emulator.sheets.model import Cell, Json, Value
from tests.google_emulator.sheets.serials import tidy

WHITE: Json = {"red": 1, "green": 1, "blue": 1}
_LINK: Json = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}
_PADDING: Json = {"top": 2, "right": 3, "bottom": 2, "left": 3}
_TEXT: Json = {
    "foregroundColor": {},
    "fontFamily": "Arial",
    "fontSize": 10,
    "bold": False,
    "italic": False,
    "strikethrough": False,
    "underline": False,
    "foregroundColorStyle": {"rgbColor": {}},
}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": _PADDING,
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {**_TEXT, "fontFamily": "arial,sans,sans-serif"},
    "backgroundColorStyle": {"rgbColor": WHITE},
}
_THEME_COLORS = {
    "TEXT": {},
    "BACKGROUND": WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": _LINK,
}
THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": name, "color": {"rgbColor": color}} for name, color in _THEME_COLORS.items()],
}
_ORDER = (
    "numberFormat",
    "backgroundColor",
    "borders",
    "padding",
    "horizontalAlignment",
    "verticalAlignment",
    "wrapStrategy",
    "textDirection",
    "textFormat",
    "hyperlinkDisplayType",
    "textRotation",
    "backgroundColorStyle",
)
"""In which an answer names the parts of a format."""
_LEVELS = 255


def as_kept(value: Any) -> Any:
    """A format, or anything with colours in it, as Sheets keeps it.

    A colour is eight bits a channel, a channel of 0 is left out, and the older and the newer spelling of a colour are
    always both there; the newer one counts where they differ.
    """
    if isinstance(value, list):
        return [as_kept(element) for element in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _color(part) if _is_color(key) else as_kept(part) for key, part in value.items()}
    for key in [key for key in kept if _is_color(key) or _is_style(key)]:
        _twin(kept, key)
    return {key: kept[key] for key in (*[k for k in _ORDER if k in kept], *[k for k in kept if k not in _ORDER])}


def _is_color(key: str) -> bool:
    return key == "color" or (key.endswith("Color") and key != "themeColor")


def _is_style(key: str) -> bool:
    return key.endswith("ColorStyle") or key == "colorStyle"


def _twin(kept: Json, key: str) -> None:
    if key == "rgbColor":
        return
    if _is_style(key):
        theme = kept[key].get("themeColor")
        color = _THEME_COLORS.get(theme, {}) if theme else kept[key].get("rgbColor", {})
        kept[key.removesuffix("Style")] = color
    elif f"{key}Style" not in kept:
        kept[f"{key}Style"] = {"rgbColor": kept[key]}


def _color(color: Any) -> Any:
    if not isinstance(color, dict):
        return color
    return {name: level for name, part in color.items() if name != "alpha" and part and (level := _channel(part))}


def _in_32_bits(number: float) -> float:
    (single,) = struct.unpack("f", struct.pack("f", number))
    return float(single)


@cache
def _channel(part: float) -> float:
    """One of 256 levels, with as many digits as a 32-bit float needs.

    Recorded: 0.5 becomes 127 levels and 0.9 becomes 229, so what lies between two levels is cut. It is reckoned in 32
    bits, where 0.7490196 is 191 levels and no less.
    """
    level = int(_in_32_bits(_in_32_bits(min(max(part, 0), 1)) * _LEVELS)) / _LEVELS
    stored = struct.pack("f", level)
    texts = (f"{level:.{digits}g}" for digits in range(1, 10))
    return tidy(next(float(text) for text in texts if struct.pack("f", float(text)) == stored))


def effective(cell: Cell, value: Value | Json, number_format: Json | None, link: str) -> Json:
    """What a cell shows in the end, whoever or whatever decided it."""
    given = cell.format or {}
    text = {**_TEXT, **(link_looks(link) if link else {}), **given.get("textFormat", {})}
    shows: Json = {
        "backgroundColor": WHITE,
        "padding": _PADDING,
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "backgroundColorStyle": {"rgbColor": WHITE},
        **given,
        "textFormat": text,
    }
    if number_format:
        shows["numberFormat"] = number_format
    if value is not None:
        shows.setdefault("horizontalAlignment", aligned(value))
        shows.setdefault("hyperlinkDisplayType", "LINKED" if link else "PLAIN_TEXT")
    return {key: shows[key] for key in _ORDER if key in shows}


def aligned(value: Value | Json) -> str:
    """Where a value stands by itself."""
    if isinstance(value, bool | dict):
        return "CENTER"
    return "LEFT" if isinstance(value, str) else "RIGHT"


def link_looks(link: str) -> Json:
    """The text format of a link that nobody gave other looks."""
    return {
        "foregroundColor": _LINK,
        "underline": True,
        "foregroundColorStyle": {"rgbColor": _LINK},
        "link": {"uri": link},
    }
