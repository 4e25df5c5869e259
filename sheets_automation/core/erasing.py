"""What becomes of facts about people who are erased: ids, kinds and moments stay, and nothing that says who they were.

A changed fact stays a fact: its check holds, its run's numbers go on, and an event of the log says which rows were
changed, how many they are, and their digest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.cells import text
from sheets_automation.core.delivery_log import APPROVAL_KINDS, DeliveryEvent, EventKind
from sheets_automation.core.erased import erased_address, erased_spelling, is_erased, keyed_mark
from sheets_automation.core.incident import ids_behind
from sheets_automation.core.line_links import LinkState
from sheets_automation.core.log_rows import CHECK, certificate, erasure_seal, erasure_subject, to_row
from sheets_automation.core.model import DeliveryKey
from sheets_automation.core.table import CellValue, Table

FACT_ID: Final = "記録ID"
Changes = Mapping[str, Mapping[str, CellValue]]
"""By id of a fact: the cells that change, by heading."""

# What these say is a code of ours; all other details may be somebody's own words.
_CODED: Final = {EventKind.FAILED, EventKind.REFUSED, EventKind.UNCERTAIN, EventKind.BOUNCED, EventKind.WITHDRAWN}
_BY_SPELLING: Final = {EventKind.BOUNCED, EventKind.SETTLED_AGAIN}
_PERSONAL: Final = ("宛先", "メールアドレス", "氏名", "電話番号", "件名", "詳細", "LINEユーザーID", "宛先の印")
"""Headings of fact tabs that hold what says who somebody is."""
_ERASED_LINE: Final = "x-"
_HEADINGS_WITHIN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """The people who are erased, by all that facts may know of them."""

    ids: frozenset[str]
    mailboxes: frozenset[str]
    """Match keys of their addresses."""
    codes: frozenset[str] = frozenset()
    """紹介コード of their letters."""
    line_users: frozenset[str] = frozenset()

    def has(self, candidate_id: str, kind: str = "") -> bool:
        """Whether a fact about this candidate, or about a letter of this kind, is about them."""
        return not self.ids.isdisjoint(ids_behind(candidate_id, kind))


def whom(ids: Collection[str], addresses: Iterable[str], events: Iterable[DeliveryEvent]) -> Whom:
    """Gather what is known of these people: an address where a letter of theirs went may be somebody else's."""
    wanted = frozenset(ids)
    mailboxes = {match_key(address) for address in addresses if not is_erased(address)}
    codes: set[str] = set()
    for event in events:
        if event.key.candidate_id in wanted and event.referral_code:
            codes.add(event.referral_code)
    return Whom(ids=wanted, mailboxes=frozenset(mailboxes), codes=frozenset(codes))


def erased_events(
    events: Sequence[DeliveryEvent], people: Whom, *, key: str, erasure: str
) -> tuple[dict[str, DeliveryEvent], str]:
    """The events of the log that change, by id, and what the event that explains it says of them.

    A rebuilding vouches for the rows above it; where some of them change, it has to vouch for them anew.
    """
    changed = {
        event.event_id: _erased_event(event, key, erasure)
        for event in events
        if is_about(event, people) and event.subject != erasure_subject(erasure)
    }
    if not changed:
        return {}, ""
    now = [changed.get(event.event_id, event) for event in events]
    seal = erasure_seal([one for one in now if one.subject == erasure_subject(erasure)])
    last = max((place for place, event in enumerate(now) if event.kind is EventKind.REBUILT), default=None)
    if last is not None:
        vouched = replace(now[last], detail=certificate(now[:last]))
        if vouched != now[last]:
            changed[vouched.event_id] = vouched
    return changed, seal


def is_about(event: DeliveryEvent, people: Whom) -> bool:
    """Whether an event of the log says anything of these people that has to go."""
    if event.kind in {EventKind.REBUILT, EventKind.ERASED}:
        return False
    is_theirs = people.has(event.key.candidate_id, event.key.kind)
    if is_theirs and event.subject.startswith(erasure_subject("")):
        return False
    went_there = bool(event.to_address) and match_key(event.to_address) in people.mailboxes
    return is_theirs or went_there


def letters_to(events: Iterable[DeliveryEvent], people: Whom) -> list[tuple[DeliveryKey, int]]:
    """Every letter to these people that was claimed, by its key and the number of the attempt."""
    return [
        (event.key, event.attempt)
        for event in events
        if event.kind is EventKind.PREPARED and people.has(event.key.candidate_id, event.key.kind)
    ]


def _erased_event(event: DeliveryEvent, key: str, erasure: str) -> DeliveryEvent:
    address = event.to_address
    if address and not is_erased(address):
        stands_for = erased_spelling if event.kind in _BY_SPELLING else erased_address
        address = stands_for(address, key)
    return replace(
        event,
        to_address=address,
        subject=erasure_subject(erasure),
        reference="" if event.kind in APPROVAL_KINDS else event.reference,
        detail=event.detail if event.kind in _CODED else "",
    )


def event_changes(changed: Mapping[str, DeliveryEvent], table: Table) -> Changes:
    """The cells of the log that change; a row of an earlier version, which has no check, gets none."""
    found: dict[str, dict[str, CellValue]] = {}
    for fact_id, shown in facts_of(table):
        if fact_id in changed:
            wanted = to_row(changed[fact_id])
            if not shown.get(CHECK):
                wanted.pop(CHECK)
            found[fact_id] = {h: value for h, value in wanted.items() if (value or "") != (shown.get(h) or "")}
    return {one: cells for one, cells in found.items() if cells}


def other_changes(table: Table, people: Whom, *, key: str) -> Changes:
    """The cells of any other fact tab that say who these people were, old logs that were put aside among them."""
    found: dict[str, dict[str, CellValue]] = {}
    for fact_id, shown in facts_of(table):
        changes = {
            heading: value
            for heading, value in _wanted(shown, people, key)
            if (value or "") != (shown.get(heading) or "")
        }
        if changes:
            found[fact_id] = changes
    return found


def _wanted(shown: Mapping[str, CellValue], people: Whom, key: str) -> Iterator[tuple[str, CellValue]]:
    is_theirs = people.has(text(shown.get("候補者ID")).lstrip("'"), text(shown.get("種類")))
    address = text(shown.get("宛先"))
    went_there = bool(address) and "@" in address and match_key(address) in people.mailboxes
    if text(shown.get("紹介コード")) in people.codes and "備考" in shown:
        yield "備考", ""
    if not (is_theirs or went_there):
        return
    for heading in _PERSONAL:
        if shown.get(heading):
            is_address = heading == "宛先" and "@" in address
            yield heading, (address if is_erased(address) else erased_address(address, key)) if is_address else ""
    if shown.get("LINEユーザーID") and shown.get("種別") == LinkState.LINKED.value:
        yield "種別", LinkState.ENDED.value
    if "値の印" in shown:
        yield from _import_fact(shown, key)


def _import_fact(shown: Mapping[str, CellValue], key: str) -> Iterator[tuple[str, CellValue]]:
    """Marks of names and telephone numbers can be tried out; the line of the file is known again by a keyed one."""
    yield from (("値の印", ""), ("前の値", ""))
    line = text(shown.get("出所の印"))
    if line and not line.startswith(_ERASED_LINE):
        yield "出所の印", erased_line(line, key)


def erased_line(record_key: str, key: str) -> str:
    """What stands for a line of a file about somebody who was erased."""
    return f"{_ERASED_LINE}{keyed_mark(key, 'erased line', record_key)}"


def facts_of(table: Table | None) -> Iterator[tuple[str, Mapping[str, CellValue]]]:
    """The facts of a fact tab, by id, with their cells by heading; none for any other tab."""
    columns: dict[int, str] = {}
    at: int | None = None
    for row in table.rows() if table is not None else ():
        if at is None:
            columns = {column: str(value).strip() for column, value in row.cells.items()}
            at = next((column for column, heading in columns.items() if heading == FACT_ID), None)
            if at is None and row.number > _HEADINGS_WITHIN:
                return
        elif at in row.cells:
            yield str(row.cells[at]), {columns[c]: value for c, value in row.cells.items() if c in columns}
