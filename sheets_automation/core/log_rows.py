"""送信記録 as rows of text: how a DeliveryEvent is written down, and read back the same from every backend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.table import CellValue, Row, Table

HEADINGS = (
    "記録ID",
    "時刻",
    "実行",
    "候補者ID",
    "種類",
    "回",
    "状態",
    "試行",
    "対象の記録ID",
    "送信手段",
    "参照",
    "宛先",
    "文面",
    "件名",
    "紹介コード",
    "詳細",
    "操作した人",
)
CHECK = "検査値"
"""The heading over what shows that nobody changed a row. Logs of earlier versions lack it."""
_ERASED_SUBJECT = "消去 "


def to_row(event: DeliveryEvent) -> dict[str, CellValue]:
    """One event as cells by heading. All text, so that every backend stores and returns the same.

    Every heading is there, also over an empty cell: whoever makes the tab takes its headings from a fact.
    """
    texts = (
        event.event_id,
        event.at.isoformat(timespec="milliseconds"),
        event.run_id,
        event.key.candidate_id,
        event.key.kind.value,
        str(event.key.cycle),
        event.kind.value,
        str(event.attempt),
        event.claim_id,
        event.carrier,
        event.reference,
        event.to_address,
        event.template,
        event.subject,
        event.referral_code,
        event.detail,
        event.actor,
    )
    return {**dict(zip(HEADINGS, map(as_text, texts), strict=True)), CHECK: _check_of(event)}


def certificate(events: Sequence[DeliveryEvent]) -> str:
    """What a REBUILT event says of all events above it: how many they are, and their digest.

    What people word freely does not count: it decides nothing, and a cell may give it back in another form.
    """
    digest = sha256()
    for one in events:
        digest.update(_decisive(one))
    return f"{len(events)} {digest.hexdigest()[:32]}"


def erasure_subject(event_id: str) -> str:
    """What stands for the subject in a row that an erasure has changed: the event that explains it."""
    return f"{_ERASED_SUBJECT}{event_id}"


def erasure_seal(events: Sequence[DeliveryEvent]) -> str:
    """What an ERASED event says of the rows that it explains: how many they are, and their digest."""
    return certificate(list({event.event_id: event for event in events}.values()))


def _decisive(event: DeliveryEvent) -> bytes:
    key = (event.key.candidate_id, event.key.kind.value, str(event.key.cycle))
    facts = (event.event_id, event.at.isoformat(timespec="milliseconds"), *key, event.kind.value, str(event.attempt))
    return "\0".join((*facts, event.claim_id, event.reference, event.to_address, "")).encode("utf-8", "replace")


def _check_of(event: DeliveryEvent) -> str:
    """A word that is another one as soon as the row says something else; no sheet takes it for a number.

    A slip of the hand that turns 送信 into 失敗 would send a second letter: such a row has to be noticed.
    """
    more = f"{event.run_id}\0{event.carrier}\0{event.referral_code}".encode("utf-8", "replace")
    return f"x{sha256(_decisive(event) + more).hexdigest()[:9]}"


def read_events(table: Table | None) -> tuple[DeliveryEvent, ...]:
    """All events of the log tab in order; LogDamaged names the first row that is not as we wrote it."""
    if table is None:
        return ()
    columns: Mapping[str, int] | None = None
    events: list[DeliveryEvent] = []
    is_checked = False
    for row in table.rows():
        if columns is None:
            columns = heading_columns(row)
            continue
        try:
            events.append(event_of(row, columns, is_checked=is_checked))
        except ValueError as error:
            raise _damaged(table.title, row.number, "書き換えられた行があります", "a row was changed") from error
        is_checked = is_checked or bool(row.cells.get(columns.get(CHECK, -1)))
    if columns is None and any(table.rows()):
        raise _damaged(table.title, 1, "見出しの行がありません", "the heading row is missing")
    _check_numbering(table.title, events)
    return tuple(events)


def heading_columns(row: Row) -> Mapping[str, int] | None:
    """The columns by heading, if this is the heading row; rows above it (a title) are passed over."""
    found = {str(value).strip(): column for column, value in row.cells.items()}
    if not set(HEADINGS) <= set(found):
        return None
    return {heading: found[heading] for heading in (*HEADINGS, CHECK) if heading in found}


def event_of(row: Row, columns: Mapping[str, int], *, is_checked: bool = False) -> DeliveryEvent:
    """The event that a row tells. Raises ValueError where it is not as we wrote it.

    `is_checked` after the first row with a check: below it every row has one.
    """
    cells = {heading: typed(str(row.cells.get(column, ""))) for heading, column in columns.items()}
    event = _event(cells)
    if (cells.get(CHECK) or is_checked) and cells.get(CHECK) != _check_of(event):
        raise ValueError("changed")
    return event


def _event(cells: Mapping[str, str]) -> DeliveryEvent:
    return DeliveryEvent(
        event_id=_filled(cells["記録ID"]),
        at=_moment(cells["時刻"]),
        run_id=_filled(cells["実行"]),
        key=DeliveryKey(
            candidate_id=_filled(cells["候補者ID"]), kind=LetterKind(cells["種類"]), cycle=int(cells["回"])
        ),
        kind=EventKind(cells["状態"]),
        attempt=int(cells["試行"]),
        claim_id=cells["対象の記録ID"],
        carrier=cells["送信手段"],
        reference=cells["参照"],
        to_address=cells["宛先"],
        template=cells["文面"],
        subject=cells["件名"],
        referral_code=cells["紹介コード"],
        detail=cells["詳細"],
        actor=cells["操作した人"],
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


def _filled(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


def number_of(event: DeliveryEvent) -> tuple[str, int]:
    """The run of an event, and its number within the run; 0 where it has none."""
    run, _, number = event.event_id.rpartition("-")
    return run, int(number) if number.isdecimal() else 0


def _check_numbering(tab: str, events: Sequence[DeliveryEvent]) -> None:
    """Each run numbers its events 1, 2, 3 …: a gap is a deleted row, a step back is a sorted tab.

    What stands above a REBUILT event has gaps, and is what that event says it is.
    """
    last: dict[str, int] = {}
    seen: set[str] = set()
    vouched = max((place for place, event in enumerate(events) if event.kind is EventKind.REBUILT), default=0)
    if vouched and certificate(events[:vouched]) != events[vouched].detail:
        raise _damaged(tab, 0, "復元した記録が変わっています", "the rebuilt rows are not as they were")
    for event in events[:vouched]:
        run, number = number_of(event)
        last[run] = max(number, last.get(run, 0))
        seen.add(event.event_id)
    for event in events[vouched:]:
        if event.event_id in seen:
            continue  # the same append twice, after a lost answer
        seen.add(event.event_id)
        run, number = number_of(event)
        if number != last.get(run, 0) + 1:
            raise _damaged(tab, 0, "行が削除されたか、並べ替えられています", "rows were deleted or sorted")
        last[run] = number
    _check_erasures(tab, events, vouched)


def _check_erasures(tab: str, events: Sequence[DeliveryEvent], vouched: int) -> None:
    """Each row that an erasure has changed is explained by it, and they are those that it changed, and as it left them.

    What stands above a REBUILT event is vouched for by that.
    """
    erased: dict[str, list[DeliveryEvent]] = {}
    for event in events:
        if event.subject.startswith(_ERASED_SUBJECT):
            erased.setdefault(event.subject, []).append(event)
    explained = {erasure_subject(event.event_id): event for event in events if event.kind is EventKind.ERASED}
    places = {event.event_id: place for place, event in enumerate(events)} if erased or explained else {}
    for subject in {**erased, **explained}:
        word = explained.get(subject)
        rows = erased.get(subject, [])
        if word is not None and places[word.event_id] < vouched:
            continue
        if word is None and all(places[row.event_id] < vouched for row in rows):
            continue
        if word is None or erasure_seal(rows) != word.detail:
            raise _damaged(tab, 0, "消去のあとの記録が変わっています", "rows that an erasure left were changed")


def _damaged(tab: str, row: int, ja: str, en: str) -> LogDamaged:
    where_ja, where_en = (f"(行 {row})", f" (row {row})") if row else ("", "")
    return LogDamaged(
        f"「{tab}」タブ{where_ja}: {ja}。誰に送ったかの唯一の記録なので、このままでは何も送りません。"
        "変更を元に戻すか、バックアップのブックに差し替えてください。"
        "どうしても戻せないときは、relay rebuild-log で送信済みの通知から作り直せます。",
        f"Tab {tab}{where_en}: {en}. It is the only record of who was written to, so nothing is sent. "
        "Undo the change, or put a backup of the workbook in its place. "
        "If it is lost for good, `relay rebuild-log` rebuilds it from the letters that were sent.",
    )
