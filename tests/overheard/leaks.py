"""Whether logs say who anybody is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from tests.overheard.people import ADDRESS, LINE_USER, PHONE, every_datum

NEEDED = ("run", "serve", "serve-links", "serve-line")
"""Each of these was surely heard, if anybody listened."""


class Leak(NamedTuple):
    """A line that says too much."""

    source: str
    datum: str
    line: str


def leaks_in(lines: Iterable[tuple[str, str]], data: AbstractSet[str]) -> list[Leak]:
    """Every known datum, and whatever looks like an address, a telephone number or a LINE user, in lines of logs."""
    unique = dict.fromkeys(lines)
    # One text is searched faster for each of some thousand words than some hundred thousand lines are.
    whole = "\n".join(_plain(line) for _, line in unique)
    known = [datum for datum in data if datum in whole]
    return [leak for source, line in unique for leak in _leaks_of(source, line, known)]


def _leaks_of(source: str, line: str, known: list[str]) -> list[Leak]:
    plain = _plain(line)
    shapes = [match[0] for pattern in (ADDRESS, PHONE, LINE_USER) for match in pattern.finditer(plain)]
    return [Leak(source, datum, line) for datum in [*(one for one in known if one in plain), *shapes]]


def _plain(line: str) -> str:
    r"""A line of JSON as its reader sees it: "\u4f50" is 佐, too."""
    try:
        return json.dumps(json.loads(line), ensure_ascii=False)
    except ValueError:
        return line


def heard_in(folder: Path) -> list[tuple[str, str]]:
    """What was kept: a source and a line, each."""
    found = []
    for path in sorted(folder.glob("*.log")):
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
            source, _, line = text.partition("\t")
            found.append((source, line))
    return found


def verdict(folder: Path) -> tuple[str, bool]:
    """What is to be said of everything that was heard, and whether all is well."""
    lines = heard_in(folder)
    silent = [source for source in NEEDED if source not in {found for found, _ in lines}]
    if silent:
        return f"Nothing was heard of {', '.join(silent)}: the logs were not looked through.", False
    data = every_datum()
    leaks = leaks_in(lines, data)
    told = [f"{leak.source}: {leak.datum!r} stands in {leak.line}" for leak in leaks[:20]]
    summary = f"{len(lines):,} lines of logs were searched for {len(data):,} names, addresses, numbers and sentences"
    return "\n".join([*told, f"{summary}: {len(leaks)} found."]), not leaks
