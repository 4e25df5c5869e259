"""The crash-safe journal beside a workbook file: facts live here from the moment they happen.

An .xlsx file cannot be saved for each letter, so facts are committed to SQLite first and folded into the workbook's
tabs when it is saved. The journal keeps all of them: a workbook restored from an old copy gets its facts back.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
CREATE TABLE IF NOT EXISTS changes (tab TEXT NOT NULL, fact TEXT NOT NULL, cells TEXT NOT NULL);
"""

_as_json = json.JSONEncoder(ensure_ascii=False).encode


class Journal:
    """Facts in the order in which they happened, durable when `append` returns.

    synchronous=FULL survives a power loss after the commit (sqlite.org/pragma.html). While a run sends, commits go to
    a write-ahead log: one sync for each letter instead of three. At rest the journal is a single file.
    """

    def __init__(self, path: Path, *, create: bool, like: Path) -> None:
        """Open the journal at `path`; without `create` a journal that is not there is empty and stays so.

        It holds what the workbook `like` holds, and is open to the same people.
        """
        self._path = path
        self._like = like
        self._is_writer = create
        self._db: sqlite3.Connection | None = None
        self._known: list[tuple[str, Mapping[str, CellValue]]] = []
        self.changes: Mapping[str, Mapping[str, Mapping[str, CellValue]]] = {}
        """Cells of facts that the workbook may still show as they were, by tab and id: an erasure has died."""
        with self._explained():
            # A run that found no room to begin leaves a file of no bytes: no fact was ever in it.
            if create or (path.exists() and path.stat().st_size):
                self._open(create=create)

    def _open(self, *, create: bool) -> None:
        is_new = not self._path.exists()
        self._db = self._connection("rwc") if create else self._reading()
        if create:
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_SCHEMA)
        if is_new:
            _share_with(self._like, self._path, extra=0)
            _sync_folder(self._path.parent)
        self._known.extend(_stored(self._db))
        if self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'changes'").fetchone():
            from sheets_automation.workbooks.excel_erasing import stored_changes

            self.changes = stored_changes(self._db)

    def _connection(self, options: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode={options}", uri=True, timeout=10)

    def _reading(self) -> sqlite3.Connection:
        """A connection for a reader. Not read-only: after a crash SQLite rolls an unfinished commit back when it opens.

        But nobody who only reads may repair the index of a write-ahead log: on a network drive it may be that of a run
        on another machine, and look broken from here (sqlite.org/wal.html). Where there is none, no run is at work.
        """
        careful = self._connection("rw&readonly_shm=1")
        try:
            careful.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:
            careful.close()
            return self._connection("rw")
        return careful

    def open_run(self, run_id: str) -> None:
        """Note that a run is about to send, before the workbook says so."""
        if self._db is not None:
            with self._explained(), self._db:
                self._db.execute("INSERT OR IGNORE INTO runs VALUES (?)", (run_id,))
            with suppress(sqlite3.Error):  # the file system can't do it, or somebody reads: then as ever
                self._db.execute("PRAGMA journal_mode=WAL")

    def knows_run(self, run_id: str) -> bool:
        """Whether the facts of this run, if there are any, are here."""
        if self._db is None:
            return False
        with self._explained():
            return bool(self._db.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone())

    def facts(self) -> Sequence[tuple[str, Mapping[str, CellValue]]]:
        """All facts as (tab, cells by heading), oldest first."""
        return self._known

    def append(self, facts: Mapping[str, Sequence[Mapping[str, CellValue]]]) -> None:
        """Write all facts in one transaction; when this returns, neither a crash nor a power loss takes them."""
        if self._db is None:
            raise ValueError("a journal that was opened for reading takes no facts")
        rows = [(tab, _as_json(cells)) for tab, cells_of in facts.items() for cells in cells_of]
        with self._explained(), self._db:
            self._db.executemany("INSERT INTO facts (tab, cells) VALUES (?, ?)", rows)
        # Not read back: whoever may write holds the workbook's lock, so these are the next ones, whoever asks.
        self._known.extend((tab, cells) for tab, cells_of in facts.items() for cells in cells_of)

    def replace(self, tab: str, rows: Sequence[Mapping[str, CellValue]]) -> None:
        """Let these be all the facts of a tab, in one transaction."""
        if self._db is None:
            raise ValueError("a journal that was opened for reading takes no facts")
        try:
            with self._db:
                self._db.execute("DELETE FROM facts WHERE tab = ?", (tab,))
                self._db.executemany(
                    "INSERT INTO facts (tab, cells) VALUES (?, ?)", [(tab, _as_json(cells)) for cells in rows]
                )
        except sqlite3.Error as error:
            raise self._unwritable() from error
        self._known = [*(one for one in self._known if one[0] != tab), *((tab, cells) for cells in rows)]

    def rewrite(
        self,
        changes: Mapping[str, Mapping[str, Mapping[str, CellValue]]],
        facts: Mapping[str, Sequence[Mapping[str, CellValue]]],
    ) -> None:
        """Change cells of facts, by tab, id and heading, and append others, in one transaction."""
        from sheets_automation.workbooks.excel_erasing import rewrite_facts, stored_changes

        if self._db is None:
            raise ValueError("a journal that was opened for reading takes no facts")
        rows = [(tab, _as_json(cells)) for tab, cells_of in facts.items() for cells in cells_of]
        try:
            with self._db:
                rewrite_facts(self._db, changes)
                self._db.executemany("INSERT INTO facts (tab, cells) VALUES (?, ?)", rows)
            self._known = list(_stored(self._db))
            self.changes = stored_changes(self._db)
        except sqlite3.Error as error:
            raise self._unwritable() from error

    def wipe(self) -> None:
        """Leave nothing of what was changed, now that the workbook shows it changed."""
        from sheets_automation.workbooks.excel_erasing import wipe

        if self._db is not None:
            try:
                wipe(self._db)
                self.changes = {}
            except sqlite3.Error as error:
                raise self._unwritable() from error

    def close(self) -> None:
        """Let go of the file."""
        if self._db is None:
            return
        if self._is_writer:
            with suppress(sqlite3.Error):  # somebody reads, or the disk is full: the next run does it
                self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.close()
        self._db = None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            no_room = self._is_writer and _finds_no_room(error)
            raise (self._unwritable() if no_room else self._unreadable()) from error

    def _unwritable(self) -> WorkbookNotSaved:
        return WorkbookNotSaved(
            f"記録ファイル({self._path})に書き込めません。空き容量と権限、ドライブとの接続を確かめてください。",
            f"Cannot write to the journal {self._path}. Check free space, permissions and the connection to its drive.",
        )

    def _unreadable(self) -> WorkbookUnreadable:
        return WorkbookUnreadable(
            f"記録ファイル({self._path})が読めません。誰に送ったかの記録なので、消さずに管理者に相談してください。",
            f"The journal {self._path} cannot be read. It records who was written to: do not delete it, ask for help.",
        )


def _finds_no_room(error: Exception) -> bool:
    if isinstance(error, OSError):
        return True
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte says what kind it is
    return code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def _stored(db: sqlite3.Connection) -> Iterator[tuple[str, Mapping[str, CellValue]]]:
    headings: dict[str, str] = {}  # each kept once: a journal has a few, and each of them thousands of times
    for tab, cells in db.execute("SELECT tab, cells FROM facts ORDER BY number"):
        yield tab, {headings.setdefault(heading, heading): value for heading, value in json.loads(cells).items()}


def make_folder(folder: Path, like: Path) -> None:
    """Make the folder for journals beside a workbook, open to the people who may open the workbook."""
    try:
        if folder.exists():
            return
        folder.mkdir()
        _share_with(like, folder, extra=stat.S_IXUSR | stat.S_IWUSR | stat.S_IRUSR)
    except OSError as error:
        raise WorkbookNotSaved(
            f"フォルダ「{folder}」を作れません。ブックのあるフォルダに書き込めるか確かめてください。",
            f"Cannot make the folder {folder}. Check that you may write where the workbook is.",
        ) from error


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
