"""Run a command as a whole process and read what the operating system counted: CPU, wall clock, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

EXPECTED = {0, 3, 7}
"""Exit codes of a run that did its work; 3 and 7 are answers of `relay` (a plan over the limit, a person is needed)."""


class Cost(NamedTuple):
    """What one run cost."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    memory: float
    """Peak, in MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A child process, and what has to be put in order before each run of it."""

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None

    def run(self) -> Cost:
        """Run once; a command that fails is an error, since its time means nothing."""
        self.before()
        started = time.monotonic()
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(self.words, stdout=quiet, stderr=quiet, env={**os.environ, **self.environment})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in EXPECTED:
            raise RuntimeError(f"exit code {process.returncode}: {' '.join(self.words)}")
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Costs:
    """All runs of one command. What is quoted is the median, with the extremes beside it."""

    runs: tuple[Cost, ...]

    @property
    def cpu(self) -> float:
        """The median."""
        return median(cost.cpu for cost in self.runs)

    @property
    def wall(self) -> float:
        """The median."""
        return median(cost.wall for cost in self.runs)

    @property
    def memory(self) -> float:
        """The median of the peaks."""
        return median(cost.memory for cost in self.runs)

    @property
    def extremes(self) -> tuple[float, float]:
        """The least and the most CPU."""
        return min(cost.cpu for cost in self.runs), max(cost.cpu for cost in self.runs)

    def per_piece(self, start: Costs, pieces: int) -> Costs:
        """What one of so many pieces of work cost, when the start of the process is taken off."""
        return Costs(
            tuple(
                Cost((cost.cpu - start.cpu) / pieces, (cost.wall - start.wall) / pieces, cost.memory)
                for cost in self.runs
            )
        )


def compare(commands: Mapping[str, Command], runs: int, *, warm_up: bool = True) -> dict[str, Costs]:
    """Run all commands in turn, A B A B …, after one warm-up each."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for round_ in range(-1 if warm_up else 0, runs):
        for name, command in commands.items():
            cost = command.run()
            if round_ >= 0:
                found[name].append(cost)
    return {name: Costs(tuple(costs)) for name, costs in found.items()}
