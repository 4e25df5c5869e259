"""How fast to ask of a quota that others use too, when nobody tells how many they are.

Each task adds a little to its rate for as long as all goes well, and halves it when Google says that it was too much.
Rates that do so end up near each other, whoever began with more (Chiu and Jain, 1989: additive increase, multiplicative
decrease); it is what keeps the senders of the internet fair to each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

_SLOWEST = 3.0
"""Calls a minute: whoever is slowest still gets on."""
_ADDED_A_MINUTE = 10.0
_ONE_REFUSAL_LASTS = 10.0
"""Seconds in which further refusals are the same one, still."""
_BURST = 4.0
"""A quarter of a minute's calls may come at once, after a quiet time."""


@dataclass(slots=True, kw_only=True)
class Pace:
    """The rate of one kind of calls."""

    per_minute: float
    most: float
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    _ready: float = field(default=-1.0, init=False)
    """Calls that may be made now; less than none before the first."""
    _at: float = field(default=0.0, init=False)
    _slowed_at: float = field(default=float("-inf"), init=False)

    def wait(self) -> None:
        """Wait until the next call may be made."""
        self._refill()
        if self._ready < 1:
            self.sleep((1 - self._ready) * 60 / self.per_minute)
            self._refill()
        self._ready -= 1

    def went_well(self) -> None:
        """A call was let in: a little faster from now on."""
        self.per_minute = min(self.most, self.per_minute + _ADDED_A_MINUTE / self.per_minute)

    def was_too_fast(self) -> None:
        """Google held a call back: half as fast, once for each time that the quota is used up."""
        now = self.monotonic()
        if now - self._slowed_at >= _ONE_REFUSAL_LASTS:
            self._slowed_at = now
            self.per_minute = max(_SLOWEST, self.per_minute / 2)
        self._ready = min(self._ready, 0.0)

    def _refill(self) -> None:
        now = self.monotonic()
        burst = max(1.0, self.per_minute / _BURST)
        if self._ready < 0 and self._at == 0:
            self._ready = burst
        else:
            self._ready = min(burst, self._ready + (now - self._at) * self.per_minute / 60)
        self._at = now


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPace:
    """Reads and writes have a quota each (https://developers.google.com/workspace/sheets/api/limits)."""

    reads: Pace
    writes: Pace

    def of(self, method: str) -> Pace:
        """The pace of a call by its HTTP method."""
        return self.reads if method.lower() == "get" else self.writes


def shared_pace(
    tasks: int, calls_per_minute: int, monotonic: Callable[[], float], sleep: Callable[[float], None]
) -> SheetsPace:
    """The pace of one of so many tasks: it begins with its even share of the quota, and may come to have all of it."""
    fair = max(_SLOWEST, calls_per_minute / tasks)
    reads, writes = (
        Pace(per_minute=fair, most=float(calls_per_minute), monotonic=monotonic, sleep=sleep) for _ in range(2)
    )
    return SheetsPace(reads=reads, writes=writes)
