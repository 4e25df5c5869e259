"""The crash-safe journal beside a workbook file: facts live here from the moment they happen.

An .xlsx file cannot be saved for each letter, so facts are committed to SQLite first and folded into the workbook's
tabs when it is saved. The journal keeps all of them: a workbook restored from an old copy gets its facts back.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
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
CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY);
"""


class Journal:
    """Facts in the order in which they happened, durable when `append` returns.

    synchronous=FULL with a rollback journal survives a power loss after the commit (sqlite.org/pragma.html).
    """

    def __init__(self, path: Path, *, create: bool, like: Path) -> None:
        """Open the journal at `path`; without `create` a journal that is not there is empty and stays so.

        It holds what the workbook `like` holds, and is open to the same people.
        """
        self._path = path
        self._like = like
        self._db: sqlite3.Connection | None = None
        self._known: list[tuple[str, Mapping[str, CellValue]]] = []
        self._read_up_to = 0
        if create or path.exists():
            self._open(create=create)

    def _open(self, *, create: bool) -> None:
        try:
            is_new = not self._path.exists()
            # Not read-only even for readers: after a crash SQLite rolls an unfinished commit back when it opens.
            uri = f"{self._path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
            self._db = sqlite3.connect(uri, uri=True, timeout=10)
            if create:
                self._db.execute("PRAGMA synchronous=FULL")
                self._db.executescript(_SCHEMA)
            if is_new:
                _share_with(self._like, self._path, extra=0)
                _sync_folder(self._path.parent)
            self._catch_up()
        except (OSError, sqlite3.Error) as error:
            raise self._unreadable() from error

    def open_run(self, run_id: str) -> None:
        """Note that a run is about to send, before the workbook says so."""
        if self._db is not None:
            with self._db:
                self._db.execute("INSERT OR IGNORE INTO runs VALUES (?)", (run_id,))

    def knows_run(self, run_id: str) -> bool:
        """Whether the facts of this run, if there are any, are here."""
        return self._db is not None and bool(self._db.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone())

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


def make_folder(folder: Path, like: Path) -> None:
    """Make the folder for journals beside a workbook, open to the people who may open the workbook."""
    if folder.exists():
        return
    try:
        folder.mkdir()
    except OSError as error:
        raise WorkbookNotSaved(
            f"フォルダ「{folder}」を作れません。ブックのあるフォルダに書き込めるか確かめてください。",
            f"Cannot make the folder {folder}. Check that you may write where the workbook is.",
        ) from error
    _share_with(like, folder, extra=stat.S_IXUSR | stat.S_IWUSR | stat.S_IRUSR)


def _share_with(source: Path, target: Path, *, extra: int) -> None:
    mode = stat.S_IMODE(source.stat().st_mode)
    if extra:  # a folder: whoever may read a file may enter it
        mode |= extra | (mode & 0o444) >> 2
    with suppress(OSError):  # some file systems know no modes
        target.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; folders cannot be opened on Windows, where this is not needed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
