"""Being asked to stop: Ctrl-C, or SIGTERM from the system. The letter in flight is finished and recorded."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from sheets_automation.core.errors import StopAsked
from sheets_automation.jobs.run import never

_NUMBERS = (signal.SIGINT, signal.SIGTERM)
_LOOK_EVERY = 0.25
"""Python resumes a sleep after a signal, so a long one is slept in pieces."""


@contextmanager
def heeding_stop(tell: Callable[[], None] = lambda: None) -> Iterator[Callable[[], bool]]:
    """Take the signals meanwhile; gives what says whether anybody has asked. `tell` is called at the first.

    It is called from the handler: it may not write to a buffered stream, which may be in the middle of a line.
    """
    asked: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        if not asked:
            tell()
        asked.append(number)

    before = {number: signal.signal(number, hear) for number in _NUMBERS}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Waiting for somebody else, for as long as there is time."""

    is_over: Callable[[], bool]
    sleep: Callable[[float], None] = time.sleep

    def for_a_turn(self, seconds: float) -> None:
        """Wait. Once it is over, do not: what is begun has to be recorded."""
        while seconds > 0 and not self.is_over():
            piece = min(seconds, _LOOK_EVERY)
            self.sleep(piece)
            seconds -= piece

    def for_another_try(self, seconds: float) -> None:
        """Wait. Raises StopAsked once it is over: nothing is begun any more."""
        self.for_a_turn(seconds)
        if self.is_over():
            raise StopAsked(
                "待っているあいだに停止を求められたか、時間が切れました。残りは次の実行が続けます。",
                "Asked to stop, or out of time, while waiting. The next run goes on with the rest.",
            )


PLAIN_WAITS = Waits(is_over=never)
