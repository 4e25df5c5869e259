"""Parquet files in folders that DuckDB, BigQuery and Spark understand: table=…/workbook=…/month=…/part.parquet.

Each partition is one file, which is replaced in one step: whoever reads meanwhile, or after a crash, finds the old one
or the new one. All are written aside first, so that a full disk or a dead process leaves the folder as it was.
"""

from __future__ import annotations

import filecmp
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import ExportUnusable
from sheets_automation.core.exporting.schema import ExportTable, Line
from sheets_automation.exports.duck import SQL_TYPES, open_database, quoted
from sheets_automation.exports.records import ExportRecord, cannot, enter, make_durable, note, record_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART: Final = "part.parquet"
_ASIDE: Final = "_staging"
_LOCK: Final = "_lock"
_MEMORY: Final = "256MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What an export did to its folder."""

    partitions: int
    """Of the workbook, now."""
    written: int
    """Those that are others than before."""
    removed: int


class ParquetFolder:
    """One folder of exported tables."""

    def __init__(self, folder: Path, *, is_personal: bool) -> None:
        self._folder = folder
        enter(folder, is_personal=is_personal)

    def replace(self, tables: Sequence[ExportTable], record: ExportRecord) -> Replaced:
        """Put these tables in the place of those that were exported of the workbook before."""
        with self._alone():
            _refuse_another(record_of(self._folder, record.workbook), record)
            aside = self._folder / _ASIDE
            try:
                shutil.rmtree(aside, ignore_errors=True)  # of somebody who died
                written = _write_aside(aside, tables, record.workbook)
                note(self._folder, replace(record, is_whole=False))
                done = self._put_in_place(aside, written, record.workbook)
                note(self._folder, replace(record, is_whole=True))
            except OSError as error:
                raise cannot(self._folder, error) from error
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            return done

    def _put_in_place(self, aside: Path, written: Sequence[Path], workbook: str) -> Replaced:
        changed = 0
        for path in written:
            target = self._folder / path
            if target.exists() and filecmp.cmp(aside / path, target, shallow=False):
                continue  # nobody has to load it again
            target.parent.mkdir(parents=True, exist_ok=True)
            (aside / path).replace(target)
            make_durable(target.parent)
            changed += 1
        gone = {one.relative_to(self._folder) for one in self._folder.glob(f"table=*/workbook={workbook}/*/{PART}")}
        for path in gone - set(written):
            (self._folder / path).unlink()
            (self._folder / path).parent.rmdir()
        return Replaced(partitions=len(written), written=changed, removed=len(gone - set(written)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            with FileLock(self._folder / _LOCK, timeout=0):
                yield
        except Timeout as error:
            raise ExportUnusable(
                f"{self._folder} へは、別の書き出しが進行中です。終わってから、もう一度実行してください。",
                f"Another export into {self._folder} is under way. Run again when it has ended.",
            ) from error


def _refuse_another(before: ExportRecord | None, record: ExportRecord) -> None:
    if before is not None and before.source != record.source:
        raise ExportUnusable(
            f"「{record.workbook}」という名前は、別の場所のブックの書き出しに使われています。"
            "名簿(--workbooks)で、ブックごとに name を付けてください。",
            f"The name {record.workbook} belongs to an export of a workbook at another place. "
            "Give each workbook a name in a roster (--workbooks).",
        )


def _write_aside(aside: Path, tables: Sequence[ExportTable], workbook: str) -> list[Path]:
    """Write every partition under `aside`, as it will lie in the folder."""
    aside.mkdir(parents=True, mode=0o700)
    found: list[Path] = []
    with closing(open_database(aside / "scratch", memory=_MEMORY, threads=1)) as database:
        for table in tables:
            for month, lines in sorted(table.months.items()):
                path = Path(f"table={table.name}", f"workbook={workbook}", f"month={month}", PART)
                (aside / path).parent.mkdir(parents=True)
                _write(database, table, lines, aside / path)
                make_durable(aside / path)
                found.append(path)
    return found


def _write(database: DuckDBPyConnection, table: ExportTable, lines: Sequence[Line], path: Path) -> None:
    """One partition. By way of JSON, which has every type that we need and is read in bulk; in an order of its own."""
    raw = path.with_suffix(".json")
    with raw.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    columns = ", ".join(f"{name}: {quoted(SQL_TYPES[kind])}" for name, kind in table.columns.items())
    source = f"read_json({quoted(str(raw))}, format='newline_delimited', columns={{{columns}}})"
    names = ", ".join(table.columns)
    database.execute(
        f"COPY (SELECT {names} FROM {source} ORDER BY {names}) "  # noqa: S608 - our own names alone
        f"TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )
    raw.unlink()
