"""The log: one JSON object a line, as Cloud Logging reads it, and nothing in it that says who anybody is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TextIO

from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.fleet.tasks import Task

# https://cloud.google.com/logging/docs/structured-logging#special-payload-fields
_TRACE = "logging.googleapis.com/trace"
_LABELS = "logging.googleapis.com/labels"


class Severity(StrEnum):
    """Cloud Logging's words."""

    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


_SEVERITIES = {State.NEEDS_A_PERSON: Severity.WARNING, State.FAILED: Severity.ERROR, State.NOT_REACHED: Severity.ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Writes lines about one task."""

    stream: TextIO
    task: Task
    clock: Callable[[], datetime]

    def write(self, severity: Severity, message: str, **fields: object) -> None:
        """One line. `fields` are numbers, stable names and ids of runs."""
        line: dict[str, object] = {"severity": severity, "message": message, "time": self.clock().isoformat(), **fields}
        if self.task.trace:
            line[_TRACE] = self.task.trace
        line[_LABELS] = {
            "execution": self.task.execution,
            "task": f"{self.task.index}/{self.task.count}",
            "attempt": str(self.task.attempt),
        }
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.stream.flush()

    def tell(self, outcome: Outcome) -> None:
        """The line about one errand."""
        error = {"error": outcome.error} if outcome.error else {}
        self.write(
            _SEVERITIES.get(outcome.state, Severity.INFO),
            f"{outcome.errand} {outcome.state}",
            workbook=outcome.client,
            errand=outcome.errand,
            state=outcome.state,
            run_id=outcome.run_id,
            counts=dict(outcome.counts),
            seconds=round(outcome.seconds, 3),
            **error,
        )
