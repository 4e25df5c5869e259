"""How long a run may go on: until its stretch is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Stretch:
    """The seconds for which letters may be claimed."""

    seconds: float
    monotonic: Callable[[], float] = time.monotonic
    _until: float | None = None

    def is_time_up(self) -> bool:
        """Whether to claim no further letters; the clock starts with the first ones, not with the reading."""
        now = self.monotonic()
        if self._until is None:
            self._until = now + self.seconds
        return now >= self._until
