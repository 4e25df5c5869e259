"""Being asked to stop: Ctrl-C, or SIGTERM from the system. The letter in flight is finished and recorded."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


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
