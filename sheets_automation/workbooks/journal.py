"""The crash-safe journal beside a workbook file: facts live here from the moment they happen.

An .xlsx file cannot be saved for each letter, so facts are committed to SQLite first and folded into the workbook's
tabs when it is saved. The journal keeps all of them: a workbook restored from an old copy gets its facts back.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sheets_automation.core.errors import WorkbookNotSaved, WorkbookUnreadable
from sheets_automation.core.table import CellValue

_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (
    number INTEGER PRIMARY KEY,
    tab    TEXT NOT NULL,
    cells  TEXT NOT NULL            -- JSON: heading -> text
);
"""


class Journal:
    """Facts in the order in which they happened, durable when `append` returns.

    synchronous=FULL with a rollback journal survives a power loss after the commit (sqlite.org/pragma.html).
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open the journal at `path`; without `create` a journal that is not there is empty and stays so."""
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._known: list[tuple[str, Mapping[str, CellValue]]] = []
        self._read_up_to = 0
        if create or path.exists():
            self._open(create=create)

    def _open(self, *, create: bool) -> None:
        try:
            if create:
                self._path.parent.mkdir(mode=0o700, exist_ok=True)
            is_new = not self._path.exists()
            mode = "rwc" if create else "ro"
            self._db = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)
            if create:
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.executescript(_SCHEMA)
            if is_new:
                with suppress(OSError):  # it holds what the workbook holds; some file systems know no modes
                    self._path.chmod(0o600)
                _sync_folder(self._path.parent)
            self._catch_up()
        except (OSError, sqlite3.Error) as error:
            raise self._unreadable() from error

    def facts(self) -> Sequence[tuple[str, Mapping[str, CellValue]]]:
        """All facts as (tab, cells by heading), oldest first."""
        return self._known

    def append(self, facts: Mapping[str, Sequence[Mapping[str, CellValue]]]) -> None:
        """Write all facts in one transaction; when this returns, neither a crash nor a power loss takes them."""
        if self._db is None:
            raise ValueError("a journal that was opened for reading takes no facts")
        rows = [(tab, json.dumps(cells, ensure_ascii=False)) for tab, cells_of in facts.items() for cells in cells_of]
        try:
            with self._db:
                self._db.executemany("INSERT INTO facts (tab, cells) VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise WorkbookNotSaved(
                f"記録ファイル({self._path})に書き込めません。空き容量と権限を確かめてください。",
                f"Cannot write to the journal {self._path}. Check free space and permissions.",
            ) from error
        self._catch_up()

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _catch_up(self) -> None:
        """Read the facts that were added since the last look."""
        if self._db is None:
            return
        query = "SELECT number, tab, cells FROM facts WHERE number > ? ORDER BY number"
        for number, tab, cells in self._db.execute(query, (self._read_up_to,)):
            self._known.append((tab, json.loads(cells)))
            self._read_up_to = number

    def _unreadable(self) -> WorkbookUnreadable:
        return WorkbookUnreadable(
            f"記録ファイル({self._path})が読めません。誰に送ったかの記録なので、消さずに管理者に相談してください。",
            f"The journal {self._path} cannot be read. It records who was written to: do not delete it, ask for help.",
        )


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; folders cannot be opened on Windows, where this is not needed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
