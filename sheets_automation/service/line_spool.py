"""Where the LINE webhook puts what it heard, until a workbook takes it in: a file of JSON lines for each day.

The files hold LINE user ids. So they are readable by us alone, are never lines of a log, and are deleted in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from sheets_automation.core.line_records import LineRecord, LineUse, read_line_records, to_line
from sheets_automation.service.spooling import append_line

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
        self._heard = {_name(record): record.at for file in folder.glob(_PATTERN) for record in _records_in(file)}

    def keep(self, records: Sequence[LineRecord]) -> None:
        """Append what is new, on the disk when this returns. Raises OSError where it is not."""
        with self._lock:
            for record in sorted(records, key=lambda one: one.use is LineUse.ANSWER):  # chatter keeps no word out
                if _name(record) not in self._heard:
                    self._append(record)
                    self._heard[_name(record)] = record.at

    def _append(self, record: LineRecord) -> None:
        file = self._folder / f"line-{record.at:%Y-%m-%d}.jsonl"
        if not file.exists():
            self._clear_away(record.at)
        most = _LARGEST_DAY // 2 if record.use is LineUse.ANSWER else _LARGEST_DAY
        append_line(file, to_line(record), most=most, is_durable=True)

    def _clear_away(self, now: datetime) -> None:
        oldest = now - KEPT_FOR
        for file in self._folder.glob(_PATTERN):
            if file.name < f"line-{oldest:%Y-%m-%d}.jsonl":
                file.unlink(missing_ok=True)
        self._heard = {name: at for name, at in self._heard.items() if at >= oldest - timedelta(days=1)}


def _name(record: LineRecord) -> str:
    """What is kept once: an event by LINE's id; of what somebody chats, one message an hour."""
    return f"{record.user_id} {record.at:%Y-%m-%dT%H}" if record.use is LineUse.ANSWER else record.event_id


def _records_in(file: Path) -> Sequence[LineRecord]:
    return read_line_records(file.read_text(encoding="utf-8", errors="replace")).records
