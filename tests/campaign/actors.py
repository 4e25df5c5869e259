"""A run on the stage: it stops before and after each effect on the world, and goes on, fails or dies as told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from traceback import format_exc
from typing import Any, Protocol

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a run stands: right before or right after an effect."""

    moment: str
    kind: str
    """ "read", "prepare", "claim", "commit", "resolve", "save" …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run ended by itself."""

    code: int
    document: dict[str, Any] = field(default_factory=dict)
    """What --json printed."""
    messages: str = ""
    """What went to stderr."""
    crash: str = ""
    """A traceback that nobody caught."""


class Actor(Protocol):
    """One run of one process."""

    stop: Stop | None
    """None when the run is over."""
    ending: Ending | None
    """None while it goes on, and for ever when it was killed."""

    def go(self, order: str = "") -> None:
        """Go on to the next stop. An order makes the effect go wrong: see the world."""
        ...

    def kill(self) -> None:
        """Die here: nothing more reaches the world outside."""
        ...


class Killed(BaseException):
    """The process is dead; what still unwinds in its thread reaches nobody."""


Reach = Callable[[str, str], str]
"""Called by whoever wraps an effect, with the moment and the kind; returns the order."""


class ThreadActor:
    """A run in a thread of this process, for worlds that are kept in memory."""

    def __init__(self, job: Callable[[Reach], Ending]) -> None:
        """Start, up to the first stop."""
        self.stop: Stop | None = None
        self.ending: Ending | None = None
        self._is_dead = False
        self._order = ""
        self._goes, self._waits = Lock(), Lock()  # held until the other side lets go: they take turns
        self._goes.acquire()
        self._waits.acquire()
        self._thread = Thread(target=self._run, args=(job,), daemon=True)
        self._thread.start()
        self._waits.acquire()

    def go(self, order: str = "") -> None:
        self._order = order
        self._goes.release()
        self._waits.acquire()

    def kill(self) -> None:
        self._is_dead = True
        self.go()
        self._thread.join()
        self.stop = self.ending = None

    def _run(self, job: Callable[[Reach], Ending]) -> None:
        try:
            self.ending = job(self._reach)
        except Killed:
            pass
        except BaseException:  # noqa: BLE001  (what nobody caught is a finding)
            self.ending = Ending(code=-1, crash=format_exc())
        self.stop = None
        self._waits.release()

    def _reach(self, moment: str, kind: str) -> str:
        if not self._is_dead:
            self.stop = Stop(moment, kind)
            self._waits.release()
            self._goes.acquire()
        if self._is_dead:
            raise Killed
        return self._order
