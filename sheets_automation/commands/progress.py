"""A progress bar on stderr while letters go out, where a person is watching."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sheets_automation.jobs.run import Progress, no_progress


@contextmanager
def progress_bar(arguments: argparse.Namespace) -> Iterator[Progress]:
    """What a job tells how far it is; silent where stderr is no terminal."""
    if arguments.json or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True))
    task = bar.add_task("", total=None)

    def tell(done: int, of: int) -> None:
        bar.start()  # at the first batch: a run with nothing to send shows no bar
        bar.update(task, completed=done, total=of)

    try:
        yield tell
    finally:
        bar.stop()
