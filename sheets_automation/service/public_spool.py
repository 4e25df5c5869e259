"""Where the public app puts what it saw, until a workbook takes it in.

In a folder: a file of clicks and one of answers for each day, and one of refusals for ever. Several workbooks may read
them, and reading changes nothing. On Cloud Run, whose disk is memory: lines on standard output, for its logging.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, TextIO

from sheets_automation.core.link_records import LinkRecord, LinkUse, read_records, to_line
from sheets_automation.service.spooling import SpoolFull, append_line

REFUSALS: Final = "refusals.jsonl"
_LARGEST_DAY: Final = 2_000_000
"""Bytes of clicks, some fifteen thousand; more in a day is a flood."""
_MOST_LINES: Final = 15_000
"""Of clicks in a day, where somebody else keeps and bills them."""
_FILES: Final = {LinkUse.CLICK: "clicks", LinkUse.ANSWER: "answers"}
_MOST_CHANGES: Final = 20
"""Of one answer in a while: whoever has a genuine link must not fill the room of all others."""
_LARGEST_REFUSALS: Final = 100_000_000
_DAYS_KEPT: Final = 90
_ONE_CLICK_FOR: Final = timedelta(minutes=10)
_MOST_REMEMBERED: Final = 50_000


class Spool(Protocol):
    """Where records go."""

    def keep(self, record: LinkRecord) -> None:
        """Keep a record. Raises OSError where it is not kept; a refusal is on the disk when this returns."""
        ...


class LineSpool:
    """Lines of JSON on a stream that somebody else keeps."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()
        self._repeats = _Repeats()
        self._day = ""
        self._lines = 0

    def keep(self, record: LinkRecord) -> None:
        """Write a line."""
        with self._lock:
            if self._repeats.has(record):
                return
            if record.use is not LinkUse.REFUSAL:
                self._count(f"{record.at:%Y-%m-%d}")
            self._stream.write(f"{to_line(record)}\n")
            self._stream.flush()
            self._repeats.remember(record)

    def _count(self, day: str) -> None:
        self._day, self._lines = day, self._lines if day == self._day else 0
        if self._lines >= _MOST_LINES:
            raise SpoolFull
        self._lines += 1


class FileSpool:
    """Files of JSON lines in a folder."""

    def __init__(self, folder: Path) -> None:
        """Make the folder if need be, and see what was refused before. Raises OSError where nothing can be kept."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = Lock()
        self._repeats = _Repeats()
        self._refused = _refused_in(folder / REFUSALS)
        (folder / REFUSALS).touch(mode=0o600)

    def keep(self, record: LinkRecord) -> None:
        """Append the record to its file."""
        with self._lock:
            if record.use is LinkUse.REFUSAL:
                self._keep_refusal(record)
            elif not self._repeats.has(record):
                self._keep_of_day(record)

    def _keep_refusal(self, record: LinkRecord) -> None:
        if record.code in self._refused:
            return
        append_line(self._folder / REFUSALS, to_line(record), most=_LARGEST_REFUSALS, is_durable=True)
        self._refused.add(record.code)

    def _keep_of_day(self, record: LinkRecord) -> None:
        kind = _FILES[record.use]
        file = self._folder / f"{kind}-{record.at:%Y-%m-%d}.jsonl"
        if not file.exists():
            self._clear_away(kind, record.at)
        append_line(file, to_line(record), most=_LARGEST_DAY, is_durable=record.use is LinkUse.ANSWER)
        self._repeats.remember(record)

    def _clear_away(self, kind: str, now: datetime) -> None:
        oldest = f"{kind}-{now - timedelta(days=_DAYS_KEPT):%Y-%m-%d}.jsonl"
        for file in self._folder.glob(f"{kind}-????-??-??.jsonl"):
            if file.name < oldest:
                file.unlink(missing_ok=True)


class _Repeats:
    """What was kept a moment ago: the same link, opened again and again, is one click, and the same answer is one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], tuple[datetime, int, int]] = OrderedDict()

    def has(self, record: LinkRecord) -> bool:
        """Whether it says nothing new. Raises SpoolFull for an answer that is changed without end."""
        at, score, changes = self._kept.get((record.use, record.code, record.sign), (None, 0, 0))
        if at is None or abs(record.at - at) >= _ONE_CLICK_FOR:
            return False
        if score != record.score and changes >= _MOST_CHANGES:
            raise SpoolFull
        return score == record.score

    def remember(self, record: LinkRecord) -> None:
        key = (record.use, record.code, record.sign)
        at, _, changes = self._kept.pop(key, (None, 0, 0))
        is_fresh = at is None or abs(record.at - at) >= _ONE_CLICK_FOR
        self._kept[key] = record.at, record.score, 1 if is_fresh else changes + 1
        if len(self._kept) > _MOST_REMEMBERED:
            self._kept.popitem(last=False)


def _refused_in(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {record.code for record in read_records(file.read_text(encoding="utf-8", errors="replace")).records}
