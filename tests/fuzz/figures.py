"""The committed record of what was fuzzed: one entry for each target, the sum of its runs."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.fuzz import samples
from tests.fuzz.running import Run

FIGURES = Path(__file__).with_name("FIGURES.json")


def add_to(path: Path, run: Run) -> None:
    """Add a run to what is recorded. Edges are the last run's: a changed product has others."""
    recorded = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    before = recorded.get(run.target, {})
    recorded[run.target] = {
        "engine": run.engine,
        "executions": before.get("executions", 0) + run.executions,
        "seconds": before.get("seconds", 0) + run.seconds,
        "longest_run_seconds": max(before.get("longest_run_seconds", 0), run.seconds),
        "edges": run.edges,
        "corpus": run.corpus,
        "findings": len(samples.findings(run.target)),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
    }
    ordered = {target: recorded[target] for target in samples.TARGETS if target in recorded}
    path.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")


def machine() -> str:
    """Where it ran, in a few words."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
