"""What our protocol takes for granted of Google, and only a live account can prove."""

from __future__ import annotations

from typing import NamedTuple

from sheets_automation.google.problems import Sentence


class Premise(NamedTuple):
    """One of these things, tried."""

    name: str
    """Stable, for --json."""
    says: Sentence
    holds: bool
    otherwise: Sentence
    """What it means for the user when it does not hold."""
