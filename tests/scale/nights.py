"""A night by real processes: the tasks of one execution, at the emulator's quota, and what became of every letter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import fmean, quantiles
from typing import Any

from tests.fleet.fleet_house import ROOT
from tests.google_emulator import Emulator, Running
from tests.scale.clients import Clients, mailbox_of, number_of

NIGHT = "2026-11-24T10:00:00+09:00"
ATTEMPTS = 3
"""The first and two more, as config/cloudrun/job.yaml has it."""
READ, WRITE, MAIL = "read", "write", "mail"
_KINDS = {"sheets.spreadsheets.get": READ, "sheets.spreadsheets.batchUpdate": WRITE}
OK, TOO_MANY = 200, 429
_LONG_AFTER = 7200
"""Seconds: until then every claim and note of a dead task is up for whoever comes next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night came to, by real processes or by the model. Seconds are those of the emulator's clock."""

    tasks: int
    workbooks: int
    limit: int
    """Reads, and writes, a minute."""
    letters: int
    seconds: float
    cpu: float
    """Of all tasks."""
    billed: float
    """Seconds in which a task was there, all tasks together."""
    reads: int
    writes: int
    refused: int
    small: list[float] = field(default_factory=list)
    """When the last letter of each small workbook had left, in order."""
    large: list[float] = field(default_factory=list)
    deaths: int = 0
    left: int = 0
    """Letters that only the next execution sent."""
    twice: int = 0
    never: int = 0
    answers: dict[str, float] = field(default_factory=dict)
    """How long answers took, by kind of call."""
    load: float = 0.0
    """Of the machine when the night began, by others than us."""

    @property
    def letters_an_hour(self) -> float:
        """While it lasted."""
        return 3600 * (self.letters - self.left) / self.seconds

    @property
    def share_of_quota(self) -> float:
        """Of the reads or the writes, whichever is nearer its limit."""
        return max(self.reads, self.writes) / (self.limit * max(self.seconds, 60) / 60)


def tail(moments: Sequence[float], percent: int) -> float:
    """By when so many of a hundred were done."""
    if len(moments) < 2:
        return moments[0] if moments else 0.0
    return quantiles(moments, n=100, method="inclusive")[percent - 1]


@dataclass(slots=True, kw_only=True, eq=False)
class _Task:
    index: int
    attempt: int = 0
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0


def _kill(task: _Task) -> None:
    assert task.process is not None
    # not by send_signal: it looks first whether the process has ended, and what it used would be lost with it
    os.kill(task.process.pid, signal.SIGKILL)


def _may_try_again(task: _Task) -> bool:
    return task.process is not None and task.process.returncode != 0 and task.attempt + 1 < ATTEMPTS


@dataclass(slots=True, kw_only=True)
class Execution:
    """All tasks of one execution, as Cloud Run starts them: again, if they end badly."""

    google: Running
    emulator: Emulator
    folder: Path
    tasks: int
    speed: float
    name: str
    die_every: float = 0.0
    """Seconds after which one task is killed, and after as many more another; 0 kills none."""
    die_after: Sequence[int] = ()
    """Another one is killed when so many letters have left."""
    cpu: float = 0.0
    billed: float = 0.0
    deaths: int = 0
    memory: float = 0.0
    """MB of the largest task."""

    def run(self) -> None:
        """Until every task has ended well, or for the last time."""
        dice, waiting = Random(1), [_Task(index=index) for index in range(self.tasks)]
        running: list[_Task] = []
        ends = self._ends()
        try:
            while waiting or running:
                for task in waiting:
                    self._start(task)
                running, waiting = running + waiting, []
                if running and next(ends):
                    _kill(dice.choice(running))
                    self.deaths += 1
                ended = [task for task in running if self._has_ended(task)]
                running = [task for task in running if task not in ended]
                waiting = [_Task(index=one.index, attempt=one.attempt + 1) for one in ended if _may_try_again(one)]
                time.sleep(0.01)
        finally:
            for task in running:  # whoever stops the night leaves nobody behind
                _kill(task)

    def _ends(self) -> Iterator[bool]:
        """Whether it is time for somebody to die, each time that it is asked."""
        began, deaths = self._now(), 0
        before = len(self.emulator.premises.letters()) if self.die_after else 0
        waiting = list(self.die_after)
        while True:
            by_time = bool(self.die_every) and self._now() >= began + self.die_every * (deaths + 1)
            by_letters = bool(waiting) and len(self.emulator.premises.letters()) - before >= waiting[0]
            deaths += by_time
            del waiting[:by_letters]
            yield by_time or by_letters

    def _start(self, task: _Task) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
            "PYTHONPATH": str(ROOT),
            "RELAY_GOOGLE_EMULATOR_HOST": self.google.address,
            "RELAY_NOW": self.emulator.clock.now().isoformat(),
            "CLOUD_RUN_TASK_INDEX": str(task.index),
            "CLOUD_RUN_TASK_COUNT": str(self.tasks),
            "CLOUD_RUN_TASK_ATTEMPT": str(task.attempt),
            "CLOUD_RUN_EXECUTION": self.name,
        }
        relay = ["-m", "tests.scale.hurried", str(self.speed), "run", "send", "--workbooks", "workbooks.toml"]
        said = (self.folder / f"{self.name}-{task.index}-{task.attempt}.log").open("wb")
        with said:
            task.process = subprocess.Popen([sys.executable, *relay], cwd=self.folder, env=environment, stdout=said)
        task.began = self._now()

    def _has_ended(self, task: _Task) -> bool:
        assert task.process is not None
        pid, status, usage = os.wait4(task.process.pid, os.WNOHANG)
        if not pid:
            return False
        task.process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu += usage.ru_utime + usage.ru_stime
        self.billed += self._now() - task.began
        self.memory = max(self.memory, usage.ru_maxrss / 1024)
        return True

    def _now(self) -> float:
        return self.emulator.clock.now().timestamp()


def begin(emulator: Emulator, speed: float) -> None:
    """Let the night begin, on the emulator's clock."""
    emulator.clock.run()
    emulator.clock.set(datetime.fromisoformat(NIGHT))
    emulator.clock.hurry(speed)


def play(
    google: Running,
    emulator: Emulator,
    clients: Clients,
    *,
    tasks: int,
    speed: float,
    limit: int,
    numbers: Sequence[int],
    die_every: float = 0.0,
    die_after: Sequence[int] = (),
) -> Night:
    """One night, and where tasks died, the next one, which sends the rest. The clock is new each time."""
    clock = emulator.clock
    begin(emulator, speed)
    limits = {f"sheets_{kind}_{whose}": limit for kind in ("read", "write") for whose in ("user", "project")}
    google.control.quotas(enabled=True, **limits)
    clients.write_roster(limit, numbers)
    before = len(emulator.premises.letters())
    emulator.premises.log.clear()
    load, began = os.getloadavg()[0], clock.now().timestamp()
    common = {"google": google, "emulator": emulator, "folder": clients.folder, "speed": speed}
    execution = Execution(**common, tasks=tasks, name=f"night-{tasks}", die_every=die_every, die_after=die_after)
    execution.run()
    seconds = clock.now().timestamp() - began
    log, sent = list(emulator.premises.log), emulator.premises.letters()[before:]
    if execution.deaths:
        clock.advance(_LONG_AFTER)
        Execution(**common, tasks=min(tasks, 4), name="next").run()
    due = {(mailbox_of(one), row) for one in numbers for row in range(clients.workload.letters_of(one))}
    in_the_end = emulator.premises.letters()[before:]
    got = Counter((letter["mailbox"], *_rows(letter["recipients"])) for letter in in_the_end)
    small, large = _finished(clients, sent, began)
    return Night(
        tasks=tasks,
        workbooks=len(numbers),
        limit=limit,
        letters=len(due),
        seconds=seconds,
        cpu=execution.cpu,
        billed=execution.billed,
        reads=_done(log, READ),
        writes=_done(log, WRITE),
        refused=sum(entry["status"] == TOO_MANY for entry in log),
        small=small,
        large=large,
        deaths=execution.deaths,
        left=len(due) - len(sent),
        twice=sum(times - 1 for times in got.values()) + len(got.keys() - due),
        never=len(due - got.keys()),
        answers=_answers(log, speed),
        load=load,
    )


def _answers(log: Sequence[dict[str, Any]], speed: float) -> dict[str, float]:
    took: dict[str, list[float]] = defaultdict(list)
    for entry in log:
        if (kind := kind_of(entry)) and entry["status"] == OK and not entry["part"]:
            took[kind].append(speed * entry["ms"] / 1000)
    return {kind: fmean(times) for kind, times in took.items()}


def kind_of(entry: dict[str, Any]) -> str:
    """The kind of a call in the emulator's log; empty for signing in and the like."""
    method = entry["method"]
    return _KINDS.get(method) or (MAIL if method == "batch" or method.startswith("gmail.") else "")


def _rows(recipients: Sequence[str]) -> Iterator[int]:
    return (int(address.partition("-")[2].partition("@")[0]) for address in recipients)


def _done(log: Sequence[dict[str, Any]], kind: str) -> int:
    return sum(kind_of(entry) == kind and entry["status"] == OK for entry in log)


def _finished(clients: Clients, sent: Sequence[dict[str, Any]], began: float) -> tuple[list[float], list[float]]:
    last: dict[int, float] = {}
    for letter in sent:
        moment = datetime.fromisoformat(letter["time"]).timestamp() - began
        number = number_of(letter["mailbox"])
        last[number] = max(moment, last.get(number, 0.0))
    small = sorted(moment for number, moment in last.items() if clients.workload.is_small(number))
    return small, sorted(moment for number, moment in last.items() if not clients.workload.is_small(number))
