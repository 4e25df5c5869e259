"""What commands say: run in this process, with the streams that a program or a person would read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from sheets_automation.cli import main

_LIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal or a reader of logs obeys instead of showing it."""


@dataclass(frozen=True)
class Said:
    """The end of one command."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """What --json printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def error(self) -> str:
        """The name of what stopped it; empty if nothing did."""
        return str(self.document.get("error", {}).get("name", ""))

    def live_characters(self) -> list[str]:
        """Characters that would be obeyed by a terminal."""
        return [f"U+{ord(character):04X}" for character in _LIVE.findall(self.out + self.err)]


def run(*words: str) -> Said:
    """Run `relay` with these words."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    return Said(words=words, code=code, out=_text(out), err=_text(err))


def _text(stream: io.TextIOWrapper) -> str:
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


def everything_said(said: Sequence[Said]) -> dict[str, list[str]]:
    """The live characters of each command that let one through."""
    return {" ".join(one.words): found for one in said if (found := one.live_characters())}
