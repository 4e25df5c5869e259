"""Listening: every log that a test makes the product write is kept, in a file of its own for each worker.

Kept are the lines of `relay run`, `serve`, `serve-links` and `serve-line`, from processes as well as from within, and
what the product and its libraries give to Python's logging.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from sheets_automation.fleet.lines import Lines
from sheets_automation.service.access_log import AccessLog

LOGGING_COMMANDS = ("run", "serve", "serve-links", "serve-line")
_OURS = ("sheets_automation.cli", "tests.scale.hurried", "relay")
_LOGGERS = ("relay", "sheets_automation", "uvicorn", "google", "googleapiclient", "gspread", "linebot", "urllib3")

_PROCESS = subprocess.Popen  # as it is: whoever listens within a test is not listened to by the tests

Keep = Callable[[str, object], None]


@contextmanager
def listening(folder: Path) -> Iterator[None]:
    """Keep what is written to logs, as long as it lasts: a line holds its source and what was said."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{os.getpid()}.log").open("a", encoding="utf-8", errors="backslashreplace") as file:

        def keep(source: str, said: object) -> None:
            text = said.decode("utf-8", "backslashreplace") if isinstance(said, bytes) else str(said or "")
            for line in text.splitlines():
                file.write(f"{source}\t{line}\n")
            file.flush()

        before = subprocess.Popen, Lines.write, AccessLog.__init__
        handler = _Handler(keep)
        logging.getLogger().addHandler(handler)
        subprocess.Popen = _hearing_processes(keep)
        Lines.write = _hearing_lines(keep, Lines.write)
        AccessLog.__init__ = _hearing_requests(keep, AccessLog.__init__)
        try:
            yield
        finally:
            subprocess.Popen, Lines.write, AccessLog.__init__ = before
            logging.getLogger().removeHandler(handler)


def command_of(words: object) -> str:
    """The command of ours that a process runs, if its output is a log; "" for any other."""
    if not isinstance(words, Sequence) or isinstance(words, str | bytes):
        return ""
    texts = [os.fspath(word) for word in words]
    ours = next((place for place, word in enumerate(texts) if Path(str(word)).name in _OURS), None)
    rest = texts[ours + 1 :] if ours is not None else []
    return next((str(word) for word in rest[:2] if word in LOGGING_COMMANDS), "")


def _hearing_processes(keep: Keep) -> type[subprocess.Popen[Any]]:
    class Overheard(_PROCESS):
        """A process whose log is listened to, however it is read."""

        def __init__(self, args: Any, *more: Any, **options: Any) -> None:
            super().__init__(args, *more, **options)
            self._heard_as = command_of(args)
            if self._heard_as:
                self.stdout = self.stdout and _Tee(self.stdout, self._keep)
                self.stderr = self.stderr and _Tee(self.stderr, self._keep)

        def communicate(self, *more: Any, **options: Any) -> Any:
            said = super().communicate(*more, **options)
            if self._heard_as:
                for stream in said:
                    self._keep(stream)
            return said

        def _keep(self, said: object) -> None:
            keep(self._heard_as, said)

    return Overheard


class _Tee:
    """A pipe, and somebody who hears what is read from it."""

    def __init__(self, stream: Any, keep: Callable[[object], None]) -> None:
        self._stream = stream
        self._keep = keep

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, *size: int) -> Any:
        return self._heard(self._stream.read(*size))

    def readline(self, *size: int) -> Any:
        return self._heard(self._stream.readline(*size))

    def __iter__(self) -> Iterator[Any]:
        return map(self._heard, self._stream)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def _heard(self, said: Any) -> Any:
        self._keep(said)
        return said


def _hearing_lines(keep: Keep, write: Callable[..., None]) -> Callable[..., None]:
    def heard(self: Lines, *words: Any, **fields: Any) -> None:
        said = StringIO()
        write(replace(self, stream=said), *words, **fields)
        keep("run", said.getvalue())
        self.stream.write(said.getvalue())
        self.stream.flush()

    return heard


def _hearing_requests(keep: Keep, make: Callable[..., None]) -> Callable[..., None]:
    def heard(self: AccessLog, app: Any, write: Callable[[str], object]) -> None:
        def both(line: str) -> None:
            keep("serve", line)
            write(line)

        make(self, app, both)

    return heard


class _Handler(logging.Handler):
    """Keeps what is logged within the tests' own process."""

    def __init__(self, keep: Keep) -> None:
        super().__init__()
        self._keep_it = keep
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in _LOGGERS:
            self._keep_it(f"logging:{record.name}", self.format(record))
