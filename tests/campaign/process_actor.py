"""A run in a process of its own, forked so that it begins at once and killed so that it really dies."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import datetime, timedelta
from functools import wraps
from traceback import format_exc
from typing import Any, NoReturn

from tests.campaign.actors import AFTER, BEFORE, Ending, Stop

Kind = Callable[..., str]
"""Names an effect by the arguments of its call."""
Effects = Callable[[], Sequence[tuple[object, str, str | Kind]]]
"""The owner and name of each function that changes the world outside, and the kind of its effect."""
_LAST_DESCRIPTOR = 256


class ProcessActor:
    """`relay` with these words, in a child that asks before and after each effect whether it may go on."""

    def __init__(self, words: Sequence[str], effects: Effects, tell_time: Callable[[float], datetime]) -> None:
        """Start, up to the first stop. `tell_time` is told how long the run has slept, and says what time it is."""
        self.stop: Stop | None = None
        self.ending: Ending | None = None
        self._tell_time = tell_time
        mine, its = os.pipe(), os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _be_the_child(mine[0], its[1], words, effects, tell_time(0.0))
        os.close(mine[0])
        os.close(its[1])
        self._orders = os.fdopen(mine[1], "w")
        self._news = os.fdopen(its[0])
        self._hear()

    def go(self, order: str = "") -> None:
        now = self._tell_time(0.0)
        self._orders.write(json.dumps({"order": order, "now": now.isoformat()}) + "\n")
        self._orders.flush()
        self._hear()

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self._bury()

    def _hear(self) -> None:
        line = self._news.readline()
        if not line:
            self.ending = Ending(code=-1, crash="the process ended without a word")
            self._bury()
            return
        news = json.loads(line)
        self._tell_time(news["slept"])
        if "kind" in news:
            self.stop = Stop(news["moment"], news["kind"])
            return
        self.ending = Ending(
            code=news["code"],
            document=json.loads(news["out"]) if news["out"].startswith("{") else {},
            messages=news["err"],
            crash=news["crash"],
        )
        self._bury()

    def _bury(self) -> None:
        self.stop = None
        os.waitpid(self._pid, 0)
        with suppress(OSError):
            self._orders.close()
        self._news.close()


class _Child:
    """The run's side of the two pipes, with a clock that shows what it is told."""

    def __init__(self, orders: int, news: int, now: datetime) -> None:
        self._orders = os.fdopen(orders)
        self._news = os.fdopen(news, "w")
        self.now = now
        self.slept = 0.0
        self._unsaid = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self._unsaid += seconds
        self.now += timedelta(seconds=seconds)

    def reach(self, moment: str, kind: str) -> str:
        self.say(moment=moment, kind=kind)
        told = json.loads(self._orders.readline())
        self.now = datetime.fromisoformat(told["now"])
        return str(told["order"])

    def say(self, **news: object) -> None:
        self._news.write(json.dumps({**news, "slept": self._unsaid}) + "\n")
        self._news.flush()
        self._unsaid = 0.0


def _be_the_child(orders: int, news: int, words: Sequence[str], effects: Effects, now: datetime) -> NoReturn:
    """Run the command, and leave without a look back."""
    code, crash, out, err = -1, "", io.StringIO(), io.StringIO()
    try:
        gc.disable()
        _let_go_of_all_but(orders, news)
        child = _Child(orders, news, now)
        for owner, name, kind in effects():
            _watch(child, owner, name, kind)
        _set_clocks(child)
        from sheets_automation.cli import main

        with redirect_stdout(out), redirect_stderr(err):
            code = main(list(words))
    except BaseException:  # noqa: BLE001  (what nobody caught is a finding)
        crash = format_exc()
    try:
        child.say(code=code, out=out.getvalue(), err=err.getvalue(), crash=crash)
    finally:
        os._exit(0)


def _let_go_of_all_but(*descriptors: int) -> None:
    """What a new process would not have: the parent's sockets stay open as long as anybody holds them."""
    before = sys.stderr.fileno() if hasattr(sys.stderr, "fileno") else 2
    start = max(before, 2) + 1
    for descriptor in sorted(descriptors):
        os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, _LAST_DESCRIPTOR)


def _watch(child: _Child, owner: object, name: str, kind: str | Kind) -> None:
    effect = getattr(owner, name)

    @wraps(effect)
    def watched(*words: Any, **more: Any) -> Any:
        said = kind if isinstance(kind, str) else kind(*words, **more)
        if not said:
            return effect(*words, **more)
        order = child.reach(BEFORE, said)
        if order:
            number = getattr(errno, order)
            raise OSError(number, os.strerror(number))
        result = effect(*words, **more)
        child.reach(AFTER, said)
        return result

    setattr(owner, name, watched)


def _set_clocks(child: _Child) -> None:
    """Let the whole process live in the time of its world."""
    from sheets_automation import wiring

    time.sleep = child.sleep
    time.monotonic = lambda: child.now.timestamp()  # type: ignore[assignment]  # noqa: PLW0108  (now is replaced)
    wiring.Office.clock = property(  # type: ignore[assignment,method-assign]
        lambda office: lambda: child.now.astimezone(office.timezone)
    )
