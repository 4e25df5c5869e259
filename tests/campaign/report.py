"""What a campaign found, in words and tables."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.campaign.tally import Tally
from tests.campaign.worlds import WORLDS

FIGURES = Path(__file__).with_name("FIGURES.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PROMISES = {
    "double": "letters to an address that had one",
    "wrong": "letters to somebody who was not to be told, or under another row's name",
    "lost": "people who were due, and neither written to nor listed with a true reason",
    "unlogged": "letters that left and are not in the log",
    "cells": "cells changed that are not ours",
    "status": "rows whose status said something else than the log",
    "endless": "runs that did not end",
    "crash": "runs that ended in a traceback, or with an exit code that is not documented",
    "leak": "names or addresses in messages",
}


def summary(tallies: Mapping[str, Tally]) -> str:
    """A few lines for a terminal, and every violation."""
    lines = []
    for world, tally in tallies.items():
        broken = ", ".join(f"{name} in {times}" for name, times in tally.broken.items()) or "no promise broken"
        lines.append(
            f"{world}: {tally.schedules} schedules, {tally.runs} runs, {tally.letters} letters, "
            f"{tally.injected.total()} faults and edits, {tally.uncertain} uncertain; {broken}; "
            f"longest run {tally.longest_run:.1f} s"
        )
        lines += [f"  {violation}" for violation in tally.violations]
    return "\n".join(lines) + "\n"


def publish(tallies: Mapping[str, Tally]) -> None:
    """Keep the figures, and write them into the page."""
    figures = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "worlds": {world: tallies[world].as_json() for world in WORLDS if world in tallies},
    }
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    PAGE.write_text(with_figures(PAGE.read_text(), figures))


def with_figures(page: str, figures: Mapping[str, Any]) -> str:
    """The page with these figures between its two marks."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{tables(figures)}{END}{tail}"


def tables(figures: Mapping[str, Any]) -> str:
    """All figures as Markdown."""
    worlds = {world: Tally.from_json(stored) for world, stored in figures["worlds"].items()}
    names = [WORLDS[world] for world in worlds]
    tallies = list(worlds.values())
    sums = [
        ("schedules", *(f"{tally.schedules:,}" for tally in tallies)),
        ("runs", *(f"{tally.runs:,}" for tally in tallies)),
        ("letters that left", *(f"{tally.letters:,}" for tally in tallies)),
        ("processes killed", *(f"{tally.injected['killed']:,}" for tally in tallies)),
        ("faults and edits between two effects", *(f"{_others(tally):,}" for tally in tallies)),
        *((f"**{text}**", *(f"**{tally.broken[name]}**" for tally in tallies)) for name, text in PROMISES.items()),
        ("letters left uncertain, for a person", *(_share(tally.uncertain, tally.letters) for tally in tallies)),
        ("logs rebuilt after a person had harmed them", *(f"{tally.injected['log rebuilt']:,}" for tally in tallies)),
        ("last runs that refused: the log was harmed", *(f"{tally.refused['log_damaged']:,}" for tally in tallies)),
        ("last runs that refused for other reasons", *(f"{_refused(tally):,}" for tally in tallies)),
        ("longest run", *(f"{tally.longest_run:.1f} s" for tally in tallies)),
    ]
    kinds = sorted({kind for tally in tallies for kind in tally.injected} - {"killed", "log rebuilt"})
    by_kind = [(f"`{kind}`", *(f"{tally.injected[kind]:,}" for tally in tallies)) for kind in kinds]
    return (
        f"\nMeasured {figures['date']} on {figures['machine']}.\n\n"
        f"{_table(['', *names], sums)}\n### What happened how often\n\n{_table(['', *names], by_kind)}\n"
    )


def _others(tally: Tally) -> int:
    return tally.injected.total() - tally.injected["killed"] - tally.injected["log rebuilt"]


def _refused(tally: Tally) -> int:
    return tally.refused.total() - tally.refused["log_damaged"]


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.2%})" if whole else "0"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _processor() -> str:
    found = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return found[0].partition(":")[2].strip() if found else platform.processor()
