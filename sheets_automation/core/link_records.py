"""What the public links saw, as lines of JSON: written by the public app, read back when the workbook takes them in.

A line says when, which code, and for a click what betrayed a machine, if anything did. There is no address, no program
name and no other trace of the visitor in it, and so nothing to protect or to erase.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sheets_automation.core.survey import SCORES

LONGEST_LINE: Final = 10_000
"""Of a record, also when a log service has wrapped it."""


class LinkUse(StrEnum):
    """What somebody did with a link."""

    CLICK = "click"
    REFUSAL = "refusal"
    ANSWER = "answer"  # to the one question of the survey


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One use of one link."""

    at: datetime
    """Aware."""
    use: LinkUse
    code: str
    sign: str = ""
    """Of a machine, see `scanners`; empty for a person."""
    partner: str = ""
    """To whom a click was led, where it was not the first partner."""
    score: int = 0
    """Of an answer: 1 to 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsRead:
    """What stood in a file."""

    records: tuple[LinkRecord, ...] = ()
    unreadable: int = 0
    """Lines that were cut off or changed."""


def to_line(record: LinkRecord) -> str:
    """One record as one line of JSON, without its end. `severity` is for log services."""
    facts: dict[str, object] = {
        "severity": "INFO",
        "link": record.use.value,
        "at": record.at.isoformat(timespec="seconds"),
        "code": record.code,
        "sign": record.sign,
    }
    if record.partner:
        facts["partner"] = record.partner
    if record.score:
        facts["score"] = record.score
    return json.dumps(facts)


def read_records(text: str) -> RecordsRead:
    """Read records: our own lines, or what Google Cloud's logging exports (an array, or entries line by line).

    What other programs wrote into the same log is passed over.
    """
    records: list[LinkRecord] = []
    unreadable = 0
    for entry in entries_in(text):
        if not isinstance(entry, Mapping):
            unreadable += 1
            continue
        payload = entry.get("jsonPayload", entry)
        if isinstance(payload, Mapping) and "link" in payload:
            try:
                records.append(_record(payload))
            except (ValueError, KeyError):
                unreadable += 1
    return RecordsRead(records=tuple(records), unreadable=unreadable)


def entries_in(text: str) -> Iterator[object]:
    """The JSON documents of a text: lines, or the entries of an array; None for what cannot be read."""
    if text.lstrip().startswith("["):
        try:
            entries = json.loads(text)
        except (ValueError, RecursionError):
            entries = [None]
        yield from entries
        return
    yield from _by_line(text.splitlines())


def _by_line(lines: Iterable[str]) -> Iterator[object]:
    for line in filter(None, map(str.strip, lines)):
        try:
            yield json.loads(line) if len(line) <= LONGEST_LINE else None
        except (ValueError, RecursionError):
            yield None


def _record(payload: Mapping[str, object]) -> LinkRecord:
    at = datetime.fromisoformat(str(payload["at"]))
    if at.tzinfo is None:
        raise ValueError("no offset")
    use, score = LinkUse(str(payload["link"])), payload.get("score", 0)
    if (score not in SCORES) if use is LinkUse.ANSWER else score:
        raise ValueError("no such answer")
    return LinkRecord(
        at=at,
        use=use,
        code=str(payload["code"]),
        sign=str(payload.get("sign", "")),
        partner=str(payload.get("partner", "")),
        score=int(str(score)),
    )
