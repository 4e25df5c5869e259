"""What a campaign has found so far, world by world: kept in a file, so that it goes on where it stopped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from tests.campaign.schedule import Schedule
from tests.campaign.stage import Played

MOST_KEPT = 20
"""Violations that are kept in full: whoever finds so many will not read more."""


@dataclass(slots=True)
class Tally:
    """The sums over all schedules of one world."""

    schedules: int = 0
    runs: int = 0
    letters: int = 0
    uncertain: int = 0
    injected: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Errors with which last runs did nothing, by name."""
    broken: Counter[str] = field(default_factory=Counter)
    """Promises that were broken, by name."""
    violations: list[str] = field(default_factory=list)
    longest_run: float = 0.0
    """Seconds on the machine that played it."""
    seconds: float = 0.0

    def add(self, schedule: Schedule, played: Played, seconds: float) -> None:
        """Count one schedule."""
        self.schedules += 1
        self.runs += played.runs
        self.letters += played.letters
        self.uncertain += played.uncertain
        self.injected.update({str(what): times for what, times in played.injected.items()})
        self.refused.update([played.refused] if played.refused else [])
        self.broken.update({violation.promise for violation in played.violations})
        found = [f"{schedule}: {violation.promise}: {violation.text}" for violation in played.violations]
        self.violations += found[: MOST_KEPT - len(self.violations)]
        self.longest_run = max(self.longest_run, played.longest_run)
        self.seconds += seconds

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            schedules=self.schedules + other.schedules,
            runs=self.runs + other.runs,
            letters=self.letters + other.letters,
            uncertain=self.uncertain + other.uncertain,
            injected=self.injected + other.injected,
            refused=self.refused + other.refused,
            broken=self.broken + other.broken,
            violations=[*self.violations, *other.violations][:MOST_KEPT],
            longest_run=max(self.longest_run, other.longest_run),
            seconds=self.seconds + other.seconds,
        )

    def as_json(self) -> dict[str, Any]:
        """For a file."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """A tally that was kept."""
        counters = {name: Counter(stored[name]) for name in ("injected", "refused", "broken")}
        return cls(**{**stored, **counters})


class Ledger:
    """The tallies of one campaign in one file, and the number of the next schedule of each world."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stored = json.loads(path.read_text()) if path.exists() else {}
        self.tallies = {world: Tally.from_json(one) for world, one in stored.get("tallies", {}).items()}
        self._next: dict[str, int] = stored.get("next", {})

    def next_number(self, world: str, first: int, step: int) -> int:
        """The number of the schedule that comes next; every `step`th belongs to this ledger."""
        number = self._next.get(world, first)
        self._next[world] = number + step
        return number

    def add(self, schedule: Schedule, played: Played, seconds: float) -> None:
        """Count one schedule."""
        self.tallies.setdefault(schedule.world, Tally()).add(schedule, played, seconds)

    def save(self) -> None:
        """Keep it, whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        tallies = {world: tally.as_json() for world, tally in self.tallies.items()}
        new.write_text(json.dumps({"next": self._next, "tallies": tallies}, ensure_ascii=False, indent=1))
        new.replace(self._path)


def sum_of(ledgers: Iterable[Ledger]) -> dict[str, Tally]:
    """All of them together, world by world."""
    total: dict[str, Tally] = {}
    for ledger in ledgers:
        for world, tally in ledger.tallies.items():
            total[world] = total.get(world, Tally()) + tally
    return total
