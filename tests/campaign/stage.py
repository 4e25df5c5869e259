"""The play: runs take turns, stop by stop, while people and troubles come between; then all is judged."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.campaign.actors import BEFORE, Actor, Ending, Stop
from tests.campaign.schedule import Errand, Event, Happening, Schedule, Start
from tests.campaign.sheet_edits import Cells
from tests.campaign.witness import Arrived, End, Truth, Violation, Witness

MOST_STOPS = 2_000
"""No run of a few letters needs as many: it would go on for ever."""
MOST_SECONDS = 3_600
"""Of the world's clock, for waiting and trying again."""
MOST_REAL_SECONDS = 120
"""On a busy machine, too: a hundred times as long as any run takes."""
_HANGS_ON = 12  # steps for which a trouble waits for an effect that it can hit
_LATER = 2 * 3600
_HARMS_TO_THE_LOG = (Happening.SORT_LOG, Happening.CUT_LOG, Happening.DELETE_LOG)


class World(Protocol):
    """Where a schedule is played: a workbook, a carrier and a clock, with the ledgers of both."""

    delivers: Collection[str]
    """The kinds of effects by which a letter may leave."""
    has_rebuilding: bool
    """Whether a destroyed log can be rebuilt here."""

    def start(self, start: Start) -> Actor:
        """A run begins."""
        ...

    def notices(self, actor: Actor) -> None:
        """A run has come to another stop."""
        ...

    def edit(self, event: Event) -> bool:
        """A person does something; False where there is nothing to do it to."""
        ...

    def trouble(self, event: Event, actor: Actor) -> str | None:
        """Let the effect that this run is about to have go wrong: the order for it. None where it cannot."""
        ...

    def dies(self, actor: Actor, dice: Random) -> Happening | None:
        """The process of a run is killed, or the power of its machine fails: what else that did, if anything."""
        ...

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        ...

    def now(self) -> float:
        """Seconds since the beginning, of the world's clock."""
        ...

    def heals(self) -> None:
        """People put back what they renamed, and every trouble is over."""
        ...

    def cells(self) -> Cells:
        """The candidates tab as people see it."""
        ...

    def truth(self) -> Truth:
        """What people wrote there, and who may be written to by it."""
        ...

    def log(self) -> Sequence[dict[str, str]]:
        """送信記録, read by a program that is not ours where there is one."""
        ...

    def letters(self) -> Sequence[Arrived]:
        """All letters that left, oldest first, from the receiving side's own ledger."""
        ...


@dataclass(slots=True)
class _Role:
    """A run on stage."""

    start: Start
    actor: Actor
    since: float
    stops: int = 0
    took: float = 0.0
    """Seconds of this machine, at work and not waiting for others."""
    seen: Truth | None = None
    """What the sheet said when it last read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of a schedule."""

    violations: Sequence[Violation]
    injected: Counter[str]
    """What really happened, by its name; "killed" too."""
    letters: int
    uncertain: int
    refused: str
    """The error by which the last run did nothing."""
    runs: int
    longest_run: float
    """Seconds on this machine."""


@dataclass(slots=True)
class Stage:
    """One schedule in its world."""

    schedule: Schedule
    world: World
    witness: Witness = field(init=False)
    injected: Counter[str] = field(default_factory=Counter)
    _dice: Random = field(init=False)
    _roles: list[_Role] = field(default_factory=list)
    _waiting: list[Event] = field(default_factory=list)
    _runs: int = 0
    _longest: float = 0.0

    def __post_init__(self) -> None:
        """Take the first look."""
        self.witness = Witness(self.world.truth())
        self.witness.sees_sheet(self.world.truth(), by_people=True)
        self._dice = Random(self.schedule.dice)

    def play(self) -> Played:
        """The disturbed part, then two undisturbed runs some hours later: the second finds nothing to do."""
        self._disturbed()
        self.world.passes(_LATER)
        self._look_at_letters(None)
        self.witness.sees_sheet(self.world.truth(), by_people=False)
        self.world.heals()
        self.witness.sees_sheet(self.world.truth(), by_people=True)
        last = self._undisturbed()
        if _refused(last) == "log_damaged" and self.world.has_rebuilding:
            self._undisturbed(Errand.REBUILD)
            self.injected["log rebuilt"] += 1
            last = self._undisturbed()
        letters = len(self.witness.letters)
        log = self.world.log()
        if not self.witness.violations:
            self.witness.judges_the_end(
                End(
                    cells=self.world.cells(),
                    log=log,
                    listed=_listed(last),
                    refused=_refused(last),
                    is_log_harmed=any(self.injected[harm] for harm in _HARMS_TO_THE_LOG),
                )
            )
            self._undisturbed()
            if len(self.witness.letters) != letters:
                text = "a run with nothing to do sent letters"
                self.witness.violations.append(Violation(promise="double", text=text))
        return Played(
            violations=self.witness.violations,
            injected=self.injected,
            letters=len(self.witness.letters),
            uncertain=sum(row["状態"] == "不明" for row in log),
            refused=_refused(last),
            runs=self._runs,
            longest_run=self._longest,
        )

    def _disturbed(self) -> None:
        starts, events = list(self.schedule.starts), list(self.schedule.events)
        step = 0
        while starts or self._roles:
            if not self._roles:  # nobody is at work: go on to the next who comes
                step = max(step, min(start.at for start in starts))
            for start in [one for one in starts if one.at <= step]:
                starts.remove(start)
                self._enter(start)
            while events and events[0].at <= step:
                self._happens(events.pop(0))
            if self._roles:
                self._step(self._dice.choice(self._roles))
            step += 1
        for event in events:
            self._happens(event)
        self._waiting.clear()

    def _undisturbed(self, errand: Errand = Errand.SEND) -> Ending | None:
        role = self._enter(Start(at=0, errand=errand, clock_is_off=0.0, dies_at=None))
        ending = role.actor.ending
        while role in self._roles:
            self._step(role)
            ending = role.actor.ending
        self.witness.sees_sheet(self.world.truth(), by_people=False)
        return ending

    def _enter(self, start: Start) -> _Role:
        role = _Role(start, self.world.start(start), since=self.world.now())
        self._roles.append(role)
        self._runs += 1
        self.world.notices(role.actor)
        self._leaves_if_done(role)
        return role

    def _step(self, role: _Role) -> None:
        if role.stops == role.start.dies_at:
            harm = self.world.dies(role.actor, self._dice)
            self.injected.update(["killed"] if harm is None else ["killed", harm])
            self._roles.remove(role)
            return
        role.stops += 1
        stop = role.actor.stop
        is_delivery = stop is not None and stop.kind in self.world.delivers
        if is_delivery:
            self._look_at_letters(None)  # what came late meanwhile is nobody's present doing
        order = self._order(role)
        since = time.perf_counter()
        role.actor.go(order)
        role.took += time.perf_counter() - since
        self._longest = max(self._longest, role.took)
        self.world.notices(role.actor)
        if stop == Stop(BEFORE, "read"):
            role.seen = self.witness.truth
        elif is_delivery:
            self._look_at_letters(role.seen)
        self._leaves_if_done(role)

    def _leaves_if_done(self, role: _Role) -> None:
        ending = role.actor.ending
        is_endless = (
            role.stops > MOST_STOPS or role.took > MOST_REAL_SECONDS or self.world.now() - role.since > MOST_SECONDS
        )
        if is_endless and role.actor.stop is not None:
            self.witness.violations.append(Violation(promise="endless", text=f"{role.stops} stops, {role.took:.1f} s"))
            role.actor.kill()
        if role.actor.stop is None:
            self._roles.remove(role)
        if ending is not None:
            self.witness.hears(ending)

    def _order(self, role: _Role) -> str:
        """The first trouble that can hit what this run is about to do."""
        stop = role.actor.stop
        if stop is None or stop.moment != BEFORE:
            return ""
        for event in self._waiting:
            order = self.world.trouble(event, role.actor)
            if order is not None:
                self._waiting.remove(event)
                self.injected[event.what] += 1
                return order
        self._waiting = [event for event in self._waiting if role.stops < event.at + _HANGS_ON]
        return ""

    def _happens(self, event: Event) -> None:
        if event.what in TROUBLES:
            self._waiting.append(event)
            return
        self.witness.sees_sheet(self.world.truth(), by_people=False)
        self.injected[event.what] += self.world.edit(event)
        self.witness.sees_sheet(self.world.truth(), by_people=True)

    def _look_at_letters(self, seen: Truth | None) -> None:
        self.witness.sees_letters(self.world.letters(), seen)


_HAPPENINGS = list(Happening)
TROUBLES = frozenset(_HAPPENINGS[_HAPPENINGS.index(Happening.ANSWER_LOST) :])
"""What machines do."""


def _listed(ending: Ending | None) -> dict[int, str]:
    skipped = ending.document.get("skipped", []) if ending else []
    return {one["row"]: one["reason"] for one in skipped}


def _refused(ending: Ending | None) -> str:
    """Why a run did nothing at all."""
    document = ending.document if ending else {}
    return str(document.get("error", {}).get("name", "")) if ending else "killed"
