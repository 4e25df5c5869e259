"""HTML as a browser builds it: what in a letter, or on the page of `relay preview`, runs, loads or leads away."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_LOADING = {"img", "object", "embed", "svg", "base", "link", "form", "iframe", "video", "audio", "source"}
_WITH_ADDRESSES = {"src", "action", "formaction", "data", "poster", "srcset", "background", "ping"}
_OWN_SCRIPTS = 2
"""Of the page: the letters as data, and what shows them."""


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.live: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append("")
            self._in_script = True
        if tag in _LOADING:
            self.live.append(tag)
        self.live += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name in _WITH_ADDRESSES]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


def live_parts(page: Path) -> list[str]:
    """What on the page would run, load or lead away, beside its own scripts."""
    elements = _elements(page.read_text(encoding="utf-8"))
    away = [link for link in elements.links if not link.startswith("#")]
    return [*elements.live, *away, *elements.scripts[_OWN_SCRIPTS:]]


def live_parts_of_letter(html: str, home: str) -> list[str]:
    """What in a letter would run, load or lead to another place than `home`."""
    elements = _elements(html)
    return [*elements.live, *elements.scripts, *(link for link in elements.links if not link.startswith(home))]


def letters_on(page: Path) -> list[dict[str, Any]]:
    """The letters that the page holds as data."""
    found: list[dict[str, Any]] = json.loads(_elements(page.read_text(encoding="utf-8")).scripts[0])
    return found


def _elements(html: str) -> _Elements:
    elements = _Elements()
    elements.feed(html)
    return elements
