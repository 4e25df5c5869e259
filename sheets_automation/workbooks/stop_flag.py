"""The flag beside a workbook file that stops all sending: set without the file, which Excel or a run may hold.

It is a file of its own in `.relay/`, put there in one step and read with every look at the workbook.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from sheets_automation.core.stops import Stop, StopSource
from sheets_automation.workbooks.journal import make_folder
from sheets_automation.xlsx.saving import explained

_MOST_BYTES: Final = 20_000
_UNREADABLE: Final = Stop(source=StopSource.FLAG, is_readable=False)


class StopFlag:
    """The flag of one workbook file."""

    def __init__(self, workbook: Path, folder: Path) -> None:
        self._workbook = workbook
        self._folder = folder
        self._path = folder / f"{workbook.name}.frozen"

    def read(self) -> Stop | None:
        """The stop that it says; one that nobody can read stops as well."""
        try:
            with self._path.open("rb") as file:
                text = file.read(_MOST_BYTES)
        except FileNotFoundError:
            return None
        except OSError:
            return _UNREADABLE
        return _stop_in(text)

    def put(self, stop: Stop) -> None:
        """Set it. Raises our error where nothing can be written beside the workbook."""
        make_folder(self._folder, self._workbook)
        facts = {
            "id": stop.id,
            "at": stop.at.isoformat() if stop.at else "",
            "by": stop.by,
            "because": stop.because,
        }
        ready = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        with explained(self._workbook):
            with ready.open("w", encoding="utf-8") as file:
                json.dump(facts, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            ready.replace(self._path)

    def take_away(self, stop: Stop) -> None:
        """Remove it, unless somebody has set another one since it was read."""
        if (now := self.read()) is not None and now.id == stop.id:
            with explained(self._workbook), suppress(FileNotFoundError):
                self._path.unlink()


def _stop_in(text: bytes) -> Stop:
    try:
        facts = json.loads(text)
        return Stop(
            source=StopSource.FLAG,
            id=str(facts["id"]),
            at=datetime.fromisoformat(facts["at"]) if facts["at"] else None,
            by=str(facts["by"]),
            because=str(facts["because"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return _UNREADABLE
