"""The files in which the public links have noted what they saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.link_records import RecordsRead, read_records


def read_link_records(paths: Iterable[Path]) -> RecordsRead:
    """All records of these files and folders. Raises ConfigurationError for one that cannot be opened."""
    read = [_records_of(file) for path in paths for file in _files(path)]
    return RecordsRead(
        records=tuple(record for one in read for record in one.records), unreadable=sum(one.unreadable for one in read)
    )


def _files(path: Path) -> Sequence[Path]:
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def _records_of(file: Path) -> RecordsRead:
    try:
        return read_records(file.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        raise ConfigurationError(
            f"記録 {file} を開けません。場所と読み取り権限を確かめてください。",
            f"The records {file} cannot be opened. Check where they are and who may read them.",
        ) from error
