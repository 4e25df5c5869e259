"""The page of `relay preview`, read as a browser would build it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_WITH_ADDRESSES = {"src", "action", "formaction", "data", "poster", "srcset", "background", "ping"}


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.live: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "script":
            self.scripts.append("")
            self._in_script = True
        if tag in {"img", "object", "embed", "svg", "base", "link", "form", "iframe"}:
            self.live.append(tag)
        self.live += [f"{tag} {name}" for name in names if name.startswith("on") or name in _WITH_ADDRESSES]
        self.live += [f"{tag} to {value}" for name, value in attrs if name == "href" and not (value or "").startswith("#")]

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


def live_parts(page: Path) -> list[str]:
    """What on the page would run, load or lead away, beside its own script."""
    elements = _elements(page)
    expected = 2
    more = [f"{len(elements.scripts)} scripts"] if len(elements.scripts) != expected else []
    return [*elements.live, *more]


def letters_on(page: Path) -> list[dict[str, Any]]:
    """The letters that the page holds as data."""
    found: list[dict[str, Any]] = json.loads(_elements(page).scripts[0])
    return found


def _elements(page: Path) -> _Elements:
    elements = _Elements()
    elements.feed(page.read_text(encoding="utf-8"))
    return elements
