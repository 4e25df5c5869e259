"""The files in which the public links and the LINE webhook have noted what they saw, a record a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.line_records import LineRecordsRead, read_line_records
from sheets_automation.core.link_records import RecordsRead, read_records
from sheets_automation.core.partner_records import PartnerRecordsRead, read_partner_records


def read_link_files(paths: Iterable[Path]) -> RecordsRead:
    """All records of the public links. Raises ConfigurationError for a file that cannot be opened."""
    read = [read_records(text) for text in _texts(paths)]
    return RecordsRead(
        records=tuple(record for one in read for record in one.records), unreadable=sum(one.unreadable for one in read)
    )


def read_partner_files(paths: Iterable[Path]) -> PartnerRecordsRead:
    """All that partners reported. Raises ConfigurationError for a file that cannot be opened."""
    read = [read_partner_records(text) for text in _texts(paths)]
    once = {(record.partner, record.event_id): record for one in reversed(read) for record in reversed(one.records)}
    return PartnerRecordsRead(records=tuple(reversed(once.values())), unreadable=sum(one.unreadable for one in read))


def read_line_files(paths: Iterable[Path]) -> LineRecordsRead:
    """All records of the LINE webhook. Raises ConfigurationError for a file that cannot be opened."""
    read = [read_line_records(text) for text in _texts(paths)]
    return LineRecordsRead(
        records=tuple(record for one in read for record in one.records), unreadable=sum(one.unreadable for one in read)
    )


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            try:
                yield file.read_text(encoding="utf-8-sig", errors="replace")
            except OSError as error:
                raise ConfigurationError(
                    f"記録 {file} を開けません。場所と読み取り権限を確かめてください。",
                    f"The records {file} cannot be opened. Check where they are and who may read them.",
                ) from error
