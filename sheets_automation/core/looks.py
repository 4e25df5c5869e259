"""Which letters somebody should look at before they go, and why; decides nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from sheets_automation.core.model import Candidate

_LONG_NAME = 24
"""Cells of a terminal: twelve 漢字, or a Latin name that fills a line of an address."""
_HOME_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "LATIN", "IDEOGRAPHIC", "HALFWIDTH", "FULLWIDTH")


class Look(StrEnum):
    """Why to look."""

    HIDDEN_ROW = "hidden_row"
    WAITING_LONG = "waiting_long"
    FIRST_OF_TEMPLATE = "first_of_template"
    LONG_NAME = "long_name"
    FOREIGN_SCRIPT = "foreign_script"

    def text(self, language: str) -> str:
        """The sentence in `language`."""
        return _TEXTS[self][0 if language == "ja" else 1]


_TEXTS = {
    Look.HIDDEN_ROW: ("この行は表で非表示になっています。", "This row is hidden in the sheet."),
    Look.WAITING_LONG: ("長くお待たせしています。", "This person has waited long."),
    Look.FIRST_OF_TEMPLATE: ("この文面の最初の一通です。", "The first letter of this template."),
    Look.LONG_NAME: ("お名前が長めです。宛名を確かめてください。", "A long name. Look at the salutation."),
    Look.FOREIGN_SCRIPT: (
        "お名前に日本語とローマ字以外の文字があります。宛名を確かめてください。",
        "The name holds letters that are neither Japanese nor Latin. Look at the salutation.",
    ),
}


def looks_of(candidate: Candidate, *, is_late: bool, is_first: bool) -> Iterator[Look]:
    """What somebody should look at in this candidate's letter, the weightiest first."""
    if candidate.hidden:
        yield Look.HIDDEN_ROW
    if is_late:
        yield Look.WAITING_LONG
    if any(map(_is_foreign, candidate.name)):
        yield Look.FOREIGN_SCRIPT
    if _width(candidate.name) > _LONG_NAME:
        yield Look.LONG_NAME
    if is_first:
        yield Look.FIRST_OF_TEMPLATE


def _is_foreign(character: str) -> bool:
    return character.isalpha() and not unicodedata.name(character, "").startswith(_HOME_SCRIPTS)


def _width(name: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in name)
