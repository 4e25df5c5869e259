"""Our own modules, as they come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sheets_automation.vba.modules import Module, standard_module

_HERE: Final = Path(__file__).parent


def button_modules() -> list[Module]:
    """The macros behind the buttons."""
    return [standard_module("RelayButtons", _source("relay_buttons.bas"))]


def ribbon_modules() -> list[Module]:
    """The macros behind the buttons, and what leads to them from the ribbon."""
    return [*button_modules(), standard_module("RelayRibbon", _source("relay_ribbon.bas"))]


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="ascii")
