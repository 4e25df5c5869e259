"""What partners reported to the webhook, as lines of JSON: written by the public app, taken in by the workbook.

A line says when, which partner, which code, and what became of it. Nothing else of what the partner sent is in it, and
nothing about a person.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sheets_automation.core.link_records import entries_in
from sheets_automation.core.moments import moment_in
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration

EVENT_ID: Final = re.compile(r"[0-9A-Za-z._:-]{1,100}")


class ReportType(StrEnum):
    """What a partner may report."""

    REGISTERED = "registered"
    HIRED = "hired"
    VOIDED = "voided"


_KINDS: Final[Mapping[ReportType, ReferralKind]] = {
    ReportType.REGISTERED: ReferralKind.REGISTERED,
    ReportType.HIRED: ReferralKind.HIRED,
    ReportType.VOIDED: ReferralKind.VOIDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRecord:
    """One event of a partner."""

    partner: str
    event_id: str
    """The partner's own: the same event has the same id however often it is sent."""
    type: ReportType
    code: str
    at: datetime
    """Aware; when it happened."""

    def registration(self) -> Registration:
        """The report, to be judged like any other; taking it in twice records it once."""
        name = hashlib.sha256(f"{self.partner}\0{self.event_id}".encode()).hexdigest()[:16]
        return Registration(
            text=self.code,
            kind=_KINDS[self.type],
            at=self.at,
            place=self.event_id,
            partner=self.partner,
            event_id=f"W-{name}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRecordsRead:
    """What stood in a file."""

    records: tuple[PartnerRecord, ...] = ()
    unreadable: int = 0
    """Lines about partners that were changed."""


def to_line(record: PartnerRecord) -> str:
    """One record as one line of JSON, without its end. `severity` is for log services."""
    facts = {
        "severity": "INFO",
        "partner_event": record.type.value,
        "at": record.at.isoformat(timespec="seconds"),
        "partner": record.partner,
        "event": record.event_id,
        "code": record.code,
    }
    return json.dumps(facts)


def read_partner_records(text: str) -> PartnerRecordsRead:
    """Read records: our own lines, or what Google Cloud's logging exports; each event once, whatever came twice."""
    found: dict[tuple[str, str], PartnerRecord] = {}
    unreadable = 0
    for payload in _payloads(entries_in(text)):
        try:
            record = _record(payload)
        except (ValueError, KeyError):
            unreadable += 1
        else:
            found.setdefault((record.partner, record.event_id), record)
    return PartnerRecordsRead(records=tuple(found.values()), unreadable=unreadable)


def _payloads(entries: Iterable[object]) -> Iterator[Mapping[str, object]]:
    for entry in entries:
        payload = entry.get("jsonPayload", entry) if isinstance(entry, Mapping) else None
        if isinstance(payload, Mapping) and "partner_event" in payload:
            yield payload


def _record(payload: Mapping[str, object]) -> PartnerRecord:
    at = moment_in(str(payload["at"]))
    event_id = str(payload["event"])
    if not EVENT_ID.fullmatch(event_id):
        raise ValueError("no event")
    return PartnerRecord(
        partner=str(payload["partner"]),
        event_id=event_id,
        type=ReportType(str(payload["partner_event"])),
        code=str(payload["code"]),
        at=at,
    )
