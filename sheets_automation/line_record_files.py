"""The files in which the LINE webhook has noted what it heard."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.line_records import LineRecordsRead, read_line_records


def read_line_files(paths: Iterable[Path]) -> LineRecordsRead:
    """All records of these files and folders. Raises ConfigurationError for one that cannot be opened."""
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    read = [_records_of(file) for file in files]
    return LineRecordsRead(
        records=tuple(record for one in read for record in one.records), unreadable=sum(one.unreadable for one in read)
    )


def _records_of(file: Path) -> LineRecordsRead:
    try:
        return read_line_records(file.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise ConfigurationError(
            f"記録 {file} を開けません。場所と読み取り権限を確かめてください。",
            f"The records {file} cannot be opened. Check where they are and who may read them.",
        ) from error
