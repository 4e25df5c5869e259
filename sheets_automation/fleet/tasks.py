"""Which task of an execution this process is, as Cloud Run says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sheets_automation.core.errors import ConfigurationError

INDEX, COUNT, ATTEMPT, EXECUTION = (
    "CLOUD_RUN_TASK_INDEX",
    "CLOUD_RUN_TASK_COUNT",
    "CLOUD_RUN_TASK_ATTEMPT",
    "CLOUD_RUN_EXECUTION",
)
PROJECT = "GOOGLE_CLOUD_PROJECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One of `count` tasks; alone where nobody says otherwise."""

    index: int = 0
    count: int = 1
    attempt: int = 0
    execution: str = ""
    project: str = ""

    @property
    def trace(self) -> str:
        """What Cloud Logging groups the lines of this task by; empty outside of a project."""
        if not self.project:
            return ""
        words = f"{self.execution}/{self.index}/{self.attempt}"
        return f"projects/{self.project}/traces/{sha256(words.encode()).hexdigest()[:32]}"


def task_here(environ: Mapping[str, str]) -> Task:
    """The task that the environment speaks of (https://cloud.google.com/run/docs/container-contract#jobs-env-vars)."""
    task = Task(
        index=_whole(environ, INDEX, 0),
        count=_whole(environ, COUNT, 1),
        attempt=_whole(environ, ATTEMPT, 0),
        execution=environ.get(EXECUTION, ""),
        project=environ.get(PROJECT, ""),
    )
    if not 0 <= task.index < task.count:
        raise ConfigurationError(
            f"環境変数 {INDEX} は 0 以上、{COUNT} より小さくなければなりません。",
            f"{INDEX} has to be at least 0 and less than {COUNT}.",
        )
    return task


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal():
        raise ConfigurationError(f"環境変数 {name} は整数でなければなりません。", f"{name} has to be a whole number.")
    return int(text)
