"""Where the LINE webhook puts what it heard, until a workbook takes it in: a file of JSON lines for each day.

The files hold LINE user ids. So they are readable by us alone, are never lines of a log, and are deleted in time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from sheets_automation.core.line_records import LineRecord, read_line_records, to_line
from sheets_automation.service.public_spool import SpoolFull

KEPT_FOR: Final = timedelta(days=30)
"""And so long events are remembered by their ids: LINE delivers them again when we did not answer."""
_LARGEST_DAY: Final = 10_000_000
_PATTERN: Final = "line-????-??-??.jsonl"


class LineEvents:
    """The spool: each event is kept once, durably, however often it is delivered."""

    def __init__(self, folder: Path) -> None:
        """Make the folder if need be, and see what was heard before. Raises OSError where nothing can be kept."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = Lock()
        self._heard = {record.event_id: record.at for file in folder.glob(_PATTERN) for record in _records_in(file)}

    def keep(self, records: Sequence[LineRecord]) -> None:
        """Append what is new, on the disk when this returns. Raises OSError where it is not."""
        with self._lock:
            for record in records:
                if record.event_id not in self._heard:
                    self._append(record)
                    self._heard[record.event_id] = record.at

    def _append(self, record: LineRecord) -> None:
        file = self._folder / f"line-{record.at:%Y-%m-%d}.jsonl"
        is_new = not file.exists()
        if is_new:
            self._clear_away(record.at)
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size >= _LARGEST_DAY:
                raise SpoolFull
            # A line end before it too: what a full disk cut off must not take this record along.
            line = f"\n{to_line(record)}\n".encode()
            if os.write(descriptor, line) != len(line):
                raise SpoolFull
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            _sync(self._folder)

    def _clear_away(self, now: datetime) -> None:
        oldest = now - KEPT_FOR
        for file in self._folder.glob(_PATTERN):
            if file.name < f"line-{oldest:%Y-%m-%d}.jsonl":
                file.unlink(missing_ok=True)
        self._heard = {event_id: at for event_id, at in self._heard.items() if at >= oldest - timedelta(days=1)}


def _records_in(file: Path) -> Sequence[LineRecord]:
    return read_line_records(file.read_text(encoding="utf-8", errors="replace")).records


def _sync(folder: Path) -> None:
    if os.name != "posix":  # Windows opens no folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
