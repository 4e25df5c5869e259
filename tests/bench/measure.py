"""Run a command as a whole process and read what the operating system counted: CPU, wall clock, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    memory: float
    """Peak, in MB."""


def run(command: list[str], environment: dict[str, str] | None = None) -> Cost:
    """Run once; a command that fails is an error, since its time means nothing. 3 and 7 are answers of `relay`."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3, 7}:
        raise RuntimeError(f"exit code {process.returncode}: {command}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024)


def compare(commands: dict[str, list[str]], runs: int, environment: dict[str, str] | None = None) -> dict[str, Cost]:
    """Run all commands in turn, A B A B …, after one warm-up each; the medians."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for round_ in range(runs + 1):
        for name, command in commands.items():
            cost = run(command, environment)
            if round_:
                costs[name].append(cost)
    return {
        name: Cost(*(median(getattr(cost, figure) for cost in found) for figure in ("cpu", "wall", "memory")))
        for name, found in costs.items()
    }
