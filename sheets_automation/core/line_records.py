"""What the LINE webhook heard, as lines of JSON: written by the webhook, read back when the workbook takes them in.

A line holds the user's LINE id, since nothing else leads to that chat; it is personal data, and the files are for us
alone. What people write is never kept: of a message, only the code of ours that it held, or that there was one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

USER_ID: Final = re.compile(r"U[0-9a-f]{32}")
"""As LINE writes it: https://developers.line.biz/en/docs/messaging-api/getting-user-ids/."""
_EVENT_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LONGEST_LINE: Final = 1000


class LineUse(StrEnum):
    """What somebody did in the chat."""

    LINK = "link"
    UNLINK = "unlink"
    REFUSE = "refuse"  # no more letters, by whichever way
    ANSWER = "answer"  # wrote or sent something else, which we do not keep


class LineSource(StrEnum):
    """By which event."""

    MESSAGE = "message"
    ACCOUNT_LINK = "account_link"
    UNFOLLOW = "unfollow"  # the person blocked the account, or left it


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """One event that means something to us."""

    at: datetime
    """Aware; when it happened, not when it reached us."""
    use: LineUse
    source: LineSource
    event_id: str
    """LINE's own, the same however often it is delivered."""
    user_id: str = field(repr=False)
    code: str = ""
    """Of a LINK."""

    def __post_init__(self) -> None:
        """Refuse what no event of LINE looks like."""
        if not USER_ID.fullmatch(self.user_id) or not _EVENT_ID.fullmatch(self.event_id) or self.at.tzinfo is None:
            raise ValueError("no event of LINE")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecordsRead:
    """What stood in a file."""

    records: tuple[LineRecord, ...] = ()
    unreadable: int = 0
    """Lines that were cut off or changed."""


def to_line(record: LineRecord) -> str:
    """One record as one line of JSON, without its end."""
    facts = {
        "line": record.use.value,
        "at": record.at.isoformat(timespec="milliseconds"),
        "event": record.event_id,
        "source": record.source.value,
        "user": record.user_id,
        "code": record.code,
    }
    return json.dumps(facts)


def read_line_records(text: str) -> LineRecordsRead:
    """Read our own lines; what cannot be read is counted and left."""
    records: list[LineRecord] = []
    unreadable = 0
    for entry in _entries(text):
        try:
            records.append(_record(entry))
        except (ValueError, KeyError, TypeError):
            unreadable += 1
    return LineRecordsRead(records=tuple(records), unreadable=unreadable)


def _entries(text: str) -> Iterator[object]:
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            yield json.loads(line) if len(line) <= _LONGEST_LINE else None
        except (ValueError, RecursionError):
            yield None


def _record(entry: object) -> LineRecord:
    if not isinstance(entry, Mapping):
        raise TypeError
    return LineRecord(
        at=datetime.fromisoformat(str(entry["at"])),
        use=LineUse(str(entry["line"])),
        source=LineSource(str(entry["source"])),
        event_id=str(entry["event"]),
        user_id=str(entry["user"]),
        code=str(entry["code"]),
    )
