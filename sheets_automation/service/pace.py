"""How often a person may ask for what costs something."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheets_automation.service.refusals import too_many_requests

PACES: Mapping[str, int] = MappingProxyType(
    {"read": 120, "letters": 240, "write": 30, "send": 60, "test": 10, "small": 600}
)
"""Requests a minute for each person, by what they cost; as many may come at once."""
_MINUTE = 60.0
_MOST_KNOWN = 10_000


@dataclass(slots=True)
class Pace:
    """Buckets that fill up again with time."""

    per_minute: Mapping[str, int] = field(default_factory=lambda: PACES)
    monotonic: Callable[[], float] = time.monotonic
    _left: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, who: str, kind: str) -> None:
        """Count one request. Raises Refusal with the seconds to wait."""
        most = self.per_minute[kind]
        now = self.monotonic()
        with self._lock:
            if len(self._left) > _MOST_KNOWN:
                self._left.clear()  # a flood of names must not fill the memory
            left, at = self._left.get((who, kind), (float(most), now))
            left = min(most, left + (now - at) * most / _MINUTE)
            self._left[who, kind] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if left < 1:
            raise too_many_requests(math.ceil((1 - left) * _MINUTE / most))
