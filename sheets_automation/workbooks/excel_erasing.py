"""Erasing in a workbook file: facts change in the journal and in the file, and older copies go.

The journal is written first. Whoever dies before the file is saved leaves an erasure that has begun and not ended, and
the next one does the rest.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sheets_automation.core.table import CellValue
from sheets_automation.ports import FactChanges
from sheets_automation.workbooks.excel_facts import FACT_ID
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused

_ALL = 1_000_000
"""Of the backups: which of them stay is not decided by this save."""
_as_json = json.JSONEncoder(ensure_ascii=False).encode
Cells = Mapping[str, CellValue]


def rewrite_facts(db: sqlite3.Connection, changes: FactChanges) -> None:
    """Change facts of the journal in the transaction that is open; what they held is overwritten with zeros."""
    db.execute("PRAGMA secure_delete=ON")
    for tab, by_id in changes.items():
        # The file may hold facts that came from elsewhere. Until it is saved, it is read as if it were.
        db.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)",
            [(tab, fact, _as_json(dict(cells))) for fact, cells in by_id.items()],
        )
        for number, cells in db.execute("SELECT number, cells FROM facts WHERE tab = ?", (tab,)).fetchall():
            fact = json.loads(cells)
            if (change := by_id.get(str(fact.get(FACT_ID)))) is not None:
                db.execute("UPDATE facts SET cells = ? WHERE number = ?", (_as_json(changed(fact, change)), number))


def changed(fact: Cells, change: Cells) -> dict[str, CellValue]:
    """A fact with some cells changed; it never gets a heading that it lacked."""
    return {heading: change.get(heading, value) for heading, value in fact.items()}


def stored_changes(db: sqlite3.Connection) -> Mapping[str, Mapping[str, Cells]]:
    """What was changed and may not be saved yet, by tab and id of the fact."""
    found: dict[str, dict[str, Cells]] = {}
    for tab, fact, cells in db.execute("SELECT tab, fact, cells FROM changes ORDER BY rowid"):
        by_id = found.setdefault(tab, {})
        by_id[fact] = {**by_id.get(fact, {}), **json.loads(cells)}
    return found


def wipe(db: sqlite3.Connection) -> None:
    """Leave nothing of what was changed in free pages, or in a write-ahead log: the file is saved by now."""
    with db:
        db.execute("DELETE FROM changes")
    with suppress(sqlite3.OperationalError):  # somebody reads: then it stays until the next erasure, and in no new page
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("VACUUM")
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_backups(workbook: Path, folder: Path, keep: int) -> int:
    """Delete all earlier states of the workbook that we have kept; where any are kept, one of its present state."""
    ours = re.compile(re.escape(workbook.stem) + r"\.\d{8}T\d{6}\.\d{6}Z" + re.escape(workbook.suffix))
    found = sorted(entry for entry in folder.iterdir() if ours.fullmatch(entry.name)) if folder.is_dir() else []
    if keep and found:
        fresh = found[-1].with_name(found[-1].name + "~")
        shutil.copyfile(workbook, fresh)
        shutil.copystat(found[-1], fresh)
        fresh.replace(found[-1])
    for entry in found[:-1] if keep else found:
        entry.unlink(missing_ok=True)
    return len(found)


def save_without_unused_texts(path: Path, package: Package, backups: Path) -> bool:
    """Save the file without the texts that no cell shows any more; False where nobody can tell which those are.

    The package is closed: Windows replaces no file that anybody holds open.
    """
    from sheets_automation.xlsx.forgetting import verify_shown, without_unused_texts
    from sheets_automation.xlsx.saving import replace_file
    from sheets_automation.xlsx.zip_writing import write_zip

    try:
        draft = without_unused_texts(package)
    except CellRefused:
        return False
    if draft is None:
        return True

    def verify(written: Path) -> None:
        verify_shown(written, draft)
        package.close()

    try:
        replace_file(
            path,
            lambda out: write_zip(out, draft),
            verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=backups,
            keep_backups=_ALL,
        )
    except CellRefused:  # the result would show something else: the file stays as it is, and somebody is told
        return False
    return True
