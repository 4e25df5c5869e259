"""Our own columns beside the candidates: a view of the log and of the selection, safe to write again at any time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.delivery_log import Delivery, DeliveryLog
from sheets_automation.core.headings import Field
from sheets_automation.core.identity import fingerprint
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate, Decision, DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Identity, Look, OwnColumn, ViewCell, same_value

_LOOKS = {
    Field.LETTER_STATUS: (12, Look.TEXT),
    Field.LETTER_AT: (17, Look.DATETIME),
    Field.LETTER_NOTE: (92, Look.TEXT),  # the cells beside it are filled: what does not fit is cut
    Field.FIRST_SEEN: (17, Look.DATETIME),
    Field.FINGERPRINT: (24, Look.TEXT),
}

_WORDS = {
    "送信済み": Look.GOOD,
    "送信待ち": Look.WAIT,
    "要対応": Look.ATTENTION,
    "要確認": Look.BAD,
    "不達": Look.BAD,
}


def own_columns(layout: Layout) -> dict[Field, OwnColumn]:
    """Our columns under the headings that they have in this workbook, or would be given."""
    return {
        field: OwnColumn(
            heading=layout.heading_of(field),
            width=width,
            look=look,
            words=_WORDS if field is Field.LETTER_STATUS else {},
        )
        for field, (width, look) in _LOOKS.items()
    }


_SILENT = {Reason.IN_SELECTION, Reason.OFFERED, Reason.HIRED, Reason.WITHDRAWN, Reason.NOT_CONSIDERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """What we say of one candidate in the columns beside the row."""

    status: ViewCell
    sent_at: datetime | None = None
    note: str = ""


def own_cells(
    candidate: Candidate, line: StatusLine, *, now: datetime, keeps_fingerprint: bool
) -> Iterator[tuple[Field, ViewCell]]:
    """All our cells of one row; an empty one is said as None, so that it is cleared."""
    yield Field.LETTER_STATUS, line.status
    yield Field.LETTER_AT, ViewCell(value=_local(line.sent_at, now), look=Look.DATETIME)
    yield Field.LETTER_NOTE, ViewCell(value=line.note or None)
    seen = candidate.first_seen_at
    if candidate.decision is Decision.REJECTED and candidate.decided_at is None:
        seen = seen or now
    yield Field.FIRST_SEEN, ViewCell(value=_local(seen, now), look=Look.DATETIME)
    if not keeps_fingerprint and (stamp := stamp_of(candidate)):
        yield Field.FINGERPRINT, ViewCell(value=stamp)


def stamp_of(candidate: Candidate) -> str:
    """What 照合 is to say of a row; nothing of one that lacks a name or an address."""
    address = candidate.address.value
    return fingerprint(candidate.id, address, candidate.name_key) if address and candidate.name else ""


def status_line(candidate: Candidate, skipped: Skipped | None, log: DeliveryLog, language: str) -> StatusLine:
    """The status of one candidate; `skipped` is None for somebody who is due and will be written to."""
    delivery = log.delivery(log.current_key(candidate.id, LetterKind.REJECTION))
    line = _line(skipped, delivery, language)
    if delivery.replied_at is None or line.status.value is None:
        return line
    reply = _REPLIED[language].format(when=f"{delivery.replied_at:%Y/%m/%d}")
    return replace(line, note=f"{reply} {line.note}".strip())


def _line(skipped: Skipped | None, delivery: Delivery, language: str) -> StatusLine:
    if delivery.state is DeliveryState.SENT:
        return StatusLine(status=ViewCell(value="送信済み", look=Look.GOOD), sent_at=delivery.at)
    if skipped is None:
        return StatusLine(status=ViewCell(value="送信待ち", look=Look.WAIT), note=_NEXT_RUN[language])
    if skipped.reason in _SILENT:
        return StatusLine(status=ViewCell(value=None))
    note = skipped.text(language)
    if skipped.reason is Reason.LETTER_UNCERTAIN:
        return StatusLine(status=ViewCell(value="要確認", look=Look.BAD), sent_at=delivery.at, note=note)
    if skipped.reason is Reason.ADDRESS_BOUNCED:
        return StatusLine(status=ViewCell(value="不達", look=Look.BAD), note=note)
    return StatusLine(status=_STATUS[skipped.severity], note=note)


def changed_cells(
    wanted: Iterable[tuple[Field, ViewCell]], shown: Mapping[Field, CellValue], new: Collection[Field] = ()
) -> dict[Field, ViewCell]:
    """Only what differs from what stands there: an undisturbed second pass writes nothing.

    In columns that are `new`, empty cells too: they get the looks of the row, or a table would have holes in it.
    """
    return {field: cell for field, cell in wanted if field in new or not same_value(cell.value, shown.get(field))}


def identities(
    candidates: Iterable[Candidate], typed: Mapping[int, tuple[CellValue, CellValue]]
) -> tuple[Identity, ...]:
    """Ids for the rows that have none; `typed` gives name and address cells by row, as they stand there."""
    return tuple(
        Identity(row=c.row, candidate_id=c.id, name_text=typed[c.row][0], address_text=typed[c.row][1])
        for c in candidates
        if c.id_is_new and c.row in typed
    )


_STATUS = {
    Severity.ACT: ViewCell(value="要対応", look=Look.ATTENTION),
    Severity.WAIT: ViewCell(value="送信待ち", look=Look.WAIT),
    Severity.NONE: ViewCell(value="対象外"),
}
_REPLIED = {"ja": "返信あり {when}", "en": "Answered {when}"}
_NEXT_RUN = {"ja": "次回の実行で送ります。", "en": "Goes with the next run."}


def _local(moment: datetime | None, now: datetime) -> datetime | None:
    """A wall-clock time for a date cell, in the workbook's zone, to the second."""
    return moment.astimezone(now.tzinfo).replace(tzinfo=None, microsecond=0) if moment else None
