"""The pen that writes 消去記録."""

from __future__ import annotations

from itertools import count

from sheets_automation.core.retention_facts import FactKind, RetentionFact
from sheets_automation.jobs.run import Run


class Pen:
    """Writes the facts of one run, each with an id of its own."""

    def __init__(self, run: Run, letter: str = "E") -> None:
        """`letter` keeps apart what one run writes in two errands: announcements, and erasures."""
        self._run = run
        self._letter = letter
        self._numbers = count(1)

    def fact(self, kind: FactKind, **about: object) -> RetentionFact:
        """One fact."""
        return RetentionFact(
            fact_id=f"{self._run.id}-{self._letter}{next(self._numbers):05d}",
            at=self._run.clock(),
            kind=kind,
            actor=self._run.actor,
            **about,  # type: ignore[arg-type]
        )
