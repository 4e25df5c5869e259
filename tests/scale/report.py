"""docs/scale.md: what was measured, what the model makes of it, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from tests.bench.report import machine
from tests.scale.clients import LARGE, SMALL
from tests.scale.model import Answers, Measured
from tests.scale.nights import Night, tail

_PAGE = Path(__file__).with_name("page.txt")
MEMORY_GIB = 0.5
"""What config/cloudrun/job.yaml asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Dollars, as https://cloud.google.com/run/pricing has them for jobs in regions of tier 1."""

    vcpu: float = 0.000018
    gib: float = 0.000002
    as_of: str = "as a copy of that page without a date has it"

    def of(self, seconds: float) -> float:
        """So many seconds of one task with a vCPU and its memory."""
        return seconds * (self.vcpu + MEMORY_GIB * self.gib)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modelled:
    """The nights of the model."""

    plain: Sequence[Night]
    small_alone: Sequence[Night]
    """The same without any large workbook."""
    with_deaths: Sequence[Night]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything."""

    measured: Measured
    real: Sequence[Night]
    foreseen: Sequence[Night]
    """The model's answer to each real night without deaths, where tasks do not share two cores."""
    model: Modelled
    answers: Answers
    prices: Prices
    rows: int
    speed: float
    limit: int


def in_short(found: Found) -> str:
    """What is worth a look at once."""
    return "\n".join(["Real processes:", _real(found), "", "The model:", _model(found)]) + "\n"


def document(found: Found, command: str) -> str:
    """The page."""
    measured, answers, prices = found.measured, found.answers, found.prices
    order = " → ".join([*measured.before, "letters", *measured.after])
    largest = max(night.workbooks for night in found.real)
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        command=command,
        machine=machine(),
        small=SMALL,
        large=LARGE,
        played=_played(found),
        largest=f"{largest:,}",
        rows=f"{found.rows:,}",
        limit=found.limit,
        speed=f"{found.speed:g}",
        real=_real(found),
        compared=_compared(found),
        start=f"{measured.start:.2f}",
        quiet=f"{measured.quiet * 1000:.0f}",
        visit=f"{measured.visit * 1000:.0f}",
        letter=f"{measured.letter * 1000:.1f}",
        order=order,
        memory=f"{measured.memory:.0f}",
        read=f"{answers.read:g}",
        write=f"{answers.write:g}",
        mail=f"{answers.mail:g}",
        model=_model(found),
        deaths=_deaths(found),
        vcpu=f"{prices.vcpu * 1e6:g}",
        gib=f"{prices.gib * 1e6:g}",
        as_of=prices.as_of,
        gibs=f"{MEMORY_GIB:g}",
        costs=_costs(found),
    )


def _table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [" | ".join(headings), " | ".join("---" for _ in headings), *(" | ".join(map(str, row)) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _real(found: Found) -> str:
    headings = ["workbooks", "tasks", "letters", "seconds", "letters an hour", "of the quota", "held back", "deaths"]
    rows = [
        [
            f"{night.workbooks:,}", night.tasks, f"{night.letters:,}", f"{night.seconds:.0f}",
            f"{night.letters_an_hour:,.0f}", f"{night.share_of_quota:.0%}", night.refused, night.deaths,
            night.left, night.twice, night.never, f"{night.load:.0f}",
        ]
        for night in found.real
    ]  # fmt: skip
    return _table([*headings, "next run", "twice", "never", "load before"], rows)


def _played(found: Found) -> str:
    """Which nights were real, in the order of the table."""
    nights = [
        f"{night.workbooks:,} × {found.rows:,}, {night.tasks}{' with deaths' if night.deaths else ''}"
        for night in found.real
    ]
    return "; ".join(nights)


def _compared(found: Found) -> str:
    """How long the model says that the real nights had to take."""
    real = [night for night in found.real if not night.deaths]
    pairs = [
        f"{modelled.seconds:,.0f} s of {night.seconds:,.0f} s ({night.tasks})"
        for night, modelled in zip(real, found.foreseen, strict=True)
    ]
    return (
        "Of these nights the model of below, with answers as slow as the emulator's were, foresees (tasks): "
        f"{'; '.join(pairs)}. It knows nothing of cores that are shared: only one task alone tells how right it is."
    )


def _model(found: Found) -> str:
    headings = ["workbooks", "calls a minute", "tasks", "letters an hour", "against one task", "of the quota"]
    alone = {(night.workbooks, night.limit, night.tasks): tail(night.small, 99) for night in found.model.small_alone}
    one = {(night.workbooks, night.limit): night.letters_an_hour for night in found.model.plain if night.tasks == 1}
    rows = []
    for night in found.model.plain:
        first = one.get((night.workbooks, night.limit))
        beside = alone.get((night.workbooks, night.limit, night.tasks))
        times = f"{night.letters_an_hour / first:.1f} ×" if first else ""
        rows.append([
            f"{night.workbooks:,}", f"{night.limit:,}", night.tasks, f"{night.letters_an_hour:,.0f}", times,
            f"{night.share_of_quota:.0%}", f"{tail(night.small, 99):,.0f} s",
            "" if beside is None else f"{beside:,.0f} s", night.left,
        ])  # fmt: skip
    return _table([*headings, "99 % of small ones", "alone", "next run"], rows)


def _deaths(found: Found) -> str:
    rows = [
        [
            f"{night.workbooks:,}", night.tasks, night.deaths, f"{night.letters_an_hour:,.0f}",
            f"{night.left:,} of {night.letters:,}",
        ]
        for night in found.model.with_deaths
    ]  # fmt: skip
    said = (
        f"While one task dies each minute, at {found.limit} calls a minute. Each has three attempts; a task that "
        "died in all of them leaves its share to the next execution.\n\n"
    )
    return said + _table(["workbooks", "tasks", "deaths", "letters an hour", "left to the next run"], rows)


def _costs(found: Found) -> str:
    rows = []
    for night in found.model.plain:
        thousand = 1000 / max(night.letters - night.left, 1)
        rows.append([
            f"{night.workbooks:,}", f"{night.limit:,}", night.tasks, f"{night.cpu * thousand:,.0f}",
            f"{night.billed * thousand:,.0f}", f"{found.prices.of(night.billed * thousand):.3f} $",
        ])  # fmt: skip
    headings = ["workbooks", "calls a minute", "tasks", "CPU-seconds", "vCPU-seconds billed", "price"]
    return f"For 1,000 letters, with all the workbooks in which none was due:\n\n{_table(headings, rows)}"
