"""Where the webhook puts what partners report, until a workbook takes it in: a file for each day, or lines of a log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, TextIO

from sheets_automation.core.partner_records import PartnerRecord, read_partner_records, to_line
from sheets_automation.service.spooling import append_line

KEPT_FOR: Final = timedelta(days=400)
"""And so long an event is known again by its id; the workbook knows it for ever."""
_LARGEST_DAY: Final = 20_000_000
_MOST_REMEMBERED: Final = 200_000
_PATTERN: Final = "partner-????-??-??.jsonl"


class EventIdReused(Exception):
    """The id of an event that said something else before."""

    def __init__(self, event_id: str) -> None:
        super().__init__(event_id)
        self.event_id = event_id


class PartnerSpool(Protocol):
    """Where reports go."""

    def keep(self, records: Sequence[PartnerRecord], now: datetime) -> int:
        """Keep what is new, safely, and say how many that were.

        Raises EventIdReused before anything is kept, and OSError where something is not.
        """
        ...


class _Known:
    """The events that were heard, by partner and id; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._heard: OrderedDict[tuple[str, str], PartnerRecord] = OrderedDict()

    def new_among(self, records: Sequence[PartnerRecord]) -> list[PartnerRecord]:
        """The records that nobody has sent yet, each once."""
        new: dict[tuple[str, str], PartnerRecord] = {}
        for record in records:
            name = (record.partner, record.event_id)
            before = self._heard.get(name) or new.get(name)
            if before is not None and before != record:
                raise EventIdReused(record.event_id)
            if before is None:
                new[name] = record
        return list(new.values())

    def remember(self, record: PartnerRecord) -> None:
        """Know this event again."""
        self._heard[record.partner, record.event_id] = record
        if len(self._heard) > _MOST_REMEMBERED:
            self._heard.popitem(last=False)


class PartnerLines:
    """Lines of JSON on a stream that somebody else keeps. Another process may write the same event once more."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()
        self._known = _Known()

    def keep(self, records: Sequence[PartnerRecord], now: datetime) -> int:
        """Write what is new."""
        del now
        with self._lock:
            new = self._known.new_among(records)
            for record in new:
                self._stream.write(f"{to_line(record)}\n")
            self._stream.flush()
            for record in new:
                self._known.remember(record)
        return len(new)


class PartnerFiles:
    """Files of JSON lines in a folder."""

    def __init__(self, folder: Path) -> None:
        """Make the folder if need be, and see what was heard before. Raises OSError where nothing can be kept."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = Lock()
        self._known = _Known()
        for file in sorted(folder.glob(_PATTERN)):
            for record in read_partner_records(file.read_text(encoding="utf-8", errors="replace")).records:
                self._known.remember(record)

    def keep(self, records: Sequence[PartnerRecord], now: datetime) -> int:
        """Append what is new, on the disk when this returns."""
        with self._lock:
            new = self._known.new_among(records)
            file = self._folder / f"partner-{now:%Y-%m-%d}.jsonl"
            if new and not file.exists():
                self._clear_away(now)
            for record in new:
                append_line(file, to_line(record), most=_LARGEST_DAY, is_durable=True)
                self._known.remember(record)
        return len(new)

    def _clear_away(self, now: datetime) -> None:
        oldest = f"partner-{now - KEPT_FOR:%Y-%m-%d}.jsonl"
        for file in self._folder.glob(_PATTERN):
            if file.name < oldest:
                file.unlink(missing_ok=True)
