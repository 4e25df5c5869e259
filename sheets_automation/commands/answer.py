"""What a command answers: one document for programs, lines for people, and an exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from sheets_automation.core.errors import SheetsAutomationError

if TYPE_CHECKING:
    from rich.console import Console

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # dumps() would make an encoder for each letter
# JSON itself escapes what is below U+0020. A terminal obeys these too, and some readers take two of them for line ends.
_LIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
DONE = 0
NEEDS_A_PERSON = 7
"""The command did its work, and something is left that only a person can settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome of one command."""

    document: Mapping[str, object]
    """For --json. A value may be an iterator: its elements are written one by one, and never held together."""
    show: Callable[[Console], None]
    """Prints the same for people."""
    exit_code: int = DONE
    error: SheetsAutomationError | None = None
    """What stopped it on the way; the document tells it too."""


def said_already(_console: Console) -> None:
    """Print nothing: everything was said while the command ran."""


def _as_json(value: object) -> str:
    """JSON that may be looked at in a terminal, whatever stands in a cell."""
    return _LIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", _encoded(value))


def write_document(document: Mapping[str, object], stream: TextIO) -> None:
    """Write one JSON document; lists are streamed."""
    stream.write("{")
    for number, (key, value) in enumerate(document.items()):
        stream.write(f"{', ' if number else ''}{_as_json(key)}: ")
        if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
            stream.write("[")
            for position, element in enumerate(value):
                separator = ",\n  " if position else "\n  "
                stream.write(separator + _as_json(element))
            stream.write("]")
        else:
            stream.write(_as_json(value))
    stream.write("}\n")
