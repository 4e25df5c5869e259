"""The model: as many tasks as one likes share one quota, each as `relay run` would, by what was measured of it.

What decides is the product's own: which task has which workbook, in which order, and at which pace. What takes time is
measured (CPU, number and order of calls) or assumed (how long Google takes to answer).
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from sheets_automation.core.assignment import shuffled, task_of
from sheets_automation.google.pace import SheetsPace, shared_pace
from sheets_automation.google.patience import SECONDS, TRIES
from tests.scale.clients import Workload, name_of
from tests.scale.nights import ATTEMPTS, MAIL, READ, WRITE, Night

_LEASE = 900.0
"""Seconds for which the note of a task that died keeps others away."""
_RESTART = 10.0
"""Seconds until Cloud Run has started an attempt again."""
_LONGEST_WAIT = 32.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What real processes cost. Seconds of CPU, but for the names of calls."""

    start: float
    quiet: float
    """Looking through a workbook in which nothing is due."""
    visit: float
    """One in which something is due, without its letters."""
    letter: float
    before: Sequence[str]
    """The calls of such a visit up to the first letter."""
    after: Sequence[str]
    """And from the last letter on."""
    between: int
    """Letters after which one write records them; 0 where that is left to the end."""
    memory: float = 0.0
    """MB at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Seconds that Google takes for an answer: assumed."""

    read: float = 0.7
    write: float = 0.8
    mail: float = 0.5

    def of(self, kind: str) -> float:
        """For one call."""
        return {READ: self.read, WRITE: self.write, MAIL: self.mail}[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One night to be played."""

    workload: Workload
    tasks: int
    limit: int
    """Reads, and writes, a minute: of the account and of the project."""
    measured: Measured
    answers: Answers = Answers()
    die_every: float = 0.0


@dataclass(slots=True)
class _Minute:
    """A quota over a minute that slides, as the emulator counts it."""

    limit: int
    spent: deque[float] = field(default_factory=deque)
    done: int = 0
    refused: int = 0

    def asks(self, now: float) -> bool:
        while self.spent and self.spent[0] <= now - 60:
            self.spent.popleft()
        if len(self.spent) >= self.limit:
            self.refused += 1
            return False
        self.spent.append(now)
        self.done += 1
        return True


@dataclass(slots=True)
class _Moment:
    """Where a task stands in time; its pace reads it and sleeps by it."""

    now: float

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class _QuotaUsedUp(Exception):
    """Nothing was let in for as long as we try."""


@dataclass(slots=True)
class _Task:
    index: int
    attempt: int
    moment: _Moment
    pace: SheetsPace
    began: float
    is_dead: bool = False
    at_work_in: int | None = None
    cpu: float = 0.0


class Play:
    """One night of the model."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.quotas = {READ: _Minute(setting.limit), WRITE: _Minute(setting.limit)}
        self.told: dict[int, float] = {}
        """When the last letter of a workbook had left."""
        self.reached: set[int] = set()
        self.deaths = 0
        self._cpu = self._billed = self._ended = 0.0
        self._dice = Random(1)
        self._waiting: list[tuple[float, int, _Task, Iterator[float]]] = []
        self._numbers = count()
        self._leased: dict[int, float] = {}
        self._shares: list[list[int]] = [[] for _ in range(setting.tasks)]
        for number in range(setting.workload.workbooks):
            self._shares[task_of(name_of(number), setting.tasks)].append(number)

    def night(self) -> Night:
        """Play it."""
        setting, workload = self.setting, self.setting.workload
        for index in range(setting.tasks):
            self._start(index, 0, 0.0)
        next_death = setting.die_every or float("inf")
        while self._waiting:
            now, number, task, steps = heapq.heappop(self._waiting)
            if task.is_dead:
                continue
            if now >= next_death:
                next_death += setting.die_every
                heapq.heappush(self._waiting, (now, number, task, steps))
                self._kill(now)
                continue
            self._go_on(task, steps)
        moments = sorted(self.told.items(), key=lambda item: item[1])
        sent = sum(workload.letters_of(number) for number in self.told)
        return Night(
            tasks=setting.tasks,
            workbooks=workload.workbooks,
            limit=setting.limit,
            letters=workload.letters(),
            seconds=self._ended,
            cpu=self._cpu,
            billed=self._billed,
            reads=self.quotas[READ].done,
            writes=self.quotas[WRITE].done,
            refused=sum(quota.refused for quota in self.quotas.values()),
            small=[at for number, at in moments if workload.is_small(number)],
            large=[at for number, at in moments if not workload.is_small(number)],
            deaths=self.deaths,
            left=workload.letters() - sent,
        )

    def _start(self, index: int, attempt: int, at: float) -> None:
        moment = _Moment(at)
        pace = shared_pace(self.setting.tasks, self.setting.limit, moment.monotonic, moment.sleep)
        task = _Task(index, attempt, moment, pace, at)
        self._go_on(task, self._round(task))

    def _go_on(self, task: _Task, steps: Iterator[float]) -> None:
        """Until it has to wait for its turn in time; or it has ended."""
        for at in steps:
            heapq.heappush(self._waiting, (at, next(self._numbers), task, steps))
            return
        self._end(task, task.moment.now)

    def _end(self, task: _Task, now: float) -> None:
        self._cpu += task.cpu
        self._billed += now - task.began
        self._ended = max(self._ended, now)

    def _kill(self, now: float) -> None:
        """One of those that are at work, whoever it is."""
        victim = self._dice.choice([task for _, _, task, _ in self._waiting if not task.is_dead])
        victim.is_dead = True
        self.deaths += 1
        if victim.at_work_in is not None:
            self._leased[victim.at_work_in] = now + _LEASE
        self._end(victim, now)
        if victim.attempt + 1 < ATTEMPTS:
            self._start(victim.index, victim.attempt + 1, now + _RESTART)

    def _round(self, task: _Task) -> Iterator[float]:
        """All its workbooks, in the order of this attempt; what the quota kept out, once more at the end."""
        yield from self._works(task, self.setting.measured.start)
        share = {name_of(number): number for number in self._shares[task.index]}
        turns = deque((share[name], 1) for name in shuffled(share, f"night/{task.attempt}"))
        while turns:
            number, tries = turns.popleft()
            try:
                yield from self._visit(task, number)
            except _QuotaUsedUp:
                if tries == 1:
                    turns.append((number, 2))
            task.at_work_in = None

    def _visit(self, task: _Task, number: int) -> Iterator[float]:
        measured, letters = self.setting.measured, self.setting.workload.letters_of(number)
        yield from self._call(task, READ)
        self.reached.add(number)
        if not letters or number in self.told:
            yield from self._works(task, measured.quiet)
            return
        yield from self._works(task, measured.visit)
        if self._leased.get(number, 0.0) > task.moment.now:
            yield from self._call(task, WRITE)  # the note is there already
            yield from self._call(task, READ)
            return
        task.at_work_in = number
        for kind in measured.before[1:]:
            yield from self._call(task, kind)
        for letter in range(1, letters + 1):
            yield from self._works(task, measured.letter)
            yield from self._call(task, MAIL)
            if measured.between and letter % measured.between == 0 and letter < letters:
                yield from self._call(task, WRITE)
        self.told[number] = task.moment.now
        for kind in measured.after:
            yield from self._call(task, kind)

    def _works(self, task: _Task, seconds: float) -> Iterator[float]:
        task.moment.now += seconds
        task.cpu += seconds
        yield task.moment.now

    def _call(self, task: _Task, kind: str) -> Iterator[float]:
        """One call, as patiently as the product; raises _QuotaUsedUp where it is never let in."""
        moment = task.moment
        if kind == MAIL:
            moment.now += self.setting.answers.mail
            yield moment.now
            return
        pace = task.pace.of("get" if kind == READ else "post")
        since = moment.now
        for attempt in range(TRIES):
            pace.wait()
            yield moment.now
            if self.quotas[kind].asks(moment.now):
                moment.now += self.setting.answers.of(kind)
                pace.went_well()
                yield moment.now
                return
            pace.was_too_fast()
            if moment.now - since > SECONDS:
                break
            moment.now += min(_LONGEST_WAIT, 2.0**attempt) + self._dice.random()
        raise _QuotaUsedUp
