"""As fast as the quota allows, and no faster: a mailbox may spend so many units in any minute."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

UNITS = {
    "drafts.send": 100,
    "drafts.create": 10,
    "drafts.delete": 10,
    "drafts.list": 5,
    "drafts.get": 20,
    "threads.get": 40,
    "messages.list": 5,
    "messages.get": 20,
    "messages.batchModify": 50,
    "labels.list": 1,
    "labels.create": 5,
    "getProfile": 1,
    "settings.sendAs.list": 1,
}
"""What each call costs, https://developers.google.com/workspace/gmail/api/reference/quota."""

_MINUTE = 60.1  # a little more: the clocks on both sides round


@dataclass(slots=True, kw_only=True)
class Pacer:
    """Keeps the units of any minute below the limit."""

    units_per_minute: int
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    _spent: deque[tuple[float, int]] = field(default_factory=deque)
    _sum: int = 0

    @contextmanager
    def spending(self, units: int) -> Iterator[None]:
        """Wait until so many units are free, and count them from the end of the call on.

        Google counts when the request arrives, which is before its answer and after our start: from the end to the
        next start is never longer here than there, so no drift of the two clocks' seconds can exceed the limit.
        """
        self._wait_for(units)
        try:
            yield
        finally:
            self._spent.append((self.monotonic(), units))
            self._sum += units

    def _wait_for(self, units: int) -> None:
        while self._spent and self._sum + units > self.units_per_minute:
            at, freed = self._spent[0]
            if (left := at + _MINUTE - self.monotonic()) > 0:
                self.sleep(left)
            self._spent.popleft()
            self._sum -= freed
