"""連絡停止記録: who refused letters by the link in one, as appended facts.

A fact holds no address, only a mark made from it: it outlives the row of the person, and must be honoured when the same
address comes back. Whoever has an address can tell whether it refused; whoever has the mark alone, nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.csv_text import as_text
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.fact_rows import fact_rows
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue, Table

HEADINGS: Final = ("記録ID", "日時", "宛先の印", "出所", "記録した人")
_MARK: Final = re.compile(r"a[0-9a-f]{32}")  # a letter first: no spreadsheet takes it for a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row of the tab."""

    fact_id: str
    at: datetime
    mark: str
    source: str = ""
    """Where we know it from: "link"."""
    actor: str = ""
    """Who took it into the workbook."""


def address_mark(address: str) -> str:
    """What stands for an address in the tab: the same however the address is written."""
    return f"a{sha256(b'relay refusal' + match_key(address).encode('utf-8', 'replace')).hexdigest()[:32]}"


def addresses_of(candidate: Candidate) -> Iterable[str]:
    """Every address of a row, also those that are never written to."""
    return filter(None, (candidate.address.value, *candidate.more_addresses))


def honour(
    candidates: Sequence[Candidate], marks: frozenset[str], written_to: Callable[[], Iterable[tuple[str, str]]] = tuple
) -> tuple[Candidate, ...]:
    """The candidates, with a refusal by link standing for a yes in the column of HR.

    A refusal is a person's: it holds for their row, too, when the address is another by now. `written_to` gives the
    candidate id and the address of every letter; it is asked only where anybody refused.
    """
    if not marks:
        return tuple(candidates)
    ids = {candidate_id for candidate_id, address in dict.fromkeys(written_to()) if address_mark(address) in marks}
    return tuple(
        replace(one, opted_out=True) if one.id in ids or _has_refused(one, marks) else one for one in candidates
    )


def _has_refused(candidate: Candidate, marks: frozenset[str]) -> bool:
    return any(address_mark(address) in marks for address in addresses_of(candidate))


def to_row(refusal: Refusal) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them, since the first append makes the tab with these headings."""
    texts = (
        refusal.fact_id,
        refusal.at.isoformat(timespec="seconds"),
        refusal.mark,
        as_text(refusal.source),
        as_text(refusal.actor),
    )
    return dict(zip(HEADINGS, texts, strict=True))


def read_marks(table: Table | None) -> frozenset[str]:
    """The marks of everybody who refused.

    Raises LogDamaged where the tab is not as we wrote it: to write to somebody who refused cannot be taken back.
    """
    return frozenset(mark for mark, _ in _refused(table))


def read_moments(table: Table | None) -> dict[str, datetime]:
    """When everybody refused the last time, by mark. Raises LogDamaged, also for what is no moment."""
    moments: dict[str, datetime] = {}
    for mark, (row, said) in _refused(table):
        try:
            at = datetime.fromisoformat(said)
        except ValueError as error:
            raise _damaged(table.title if table else "", row) from error
        if at.tzinfo is None:
            raise _damaged(table.title if table else "", row)
        moments[mark] = max(at, moments.get(mark, at))
    return moments


def _refused(table: Table | None) -> Iterator[tuple[str, tuple[int, str]]]:
    """Each mark, with its row and what stands there as the moment."""
    for row, cells in fact_rows(table, HEADINGS, _damaged):
        if not _MARK.fullmatch(mark := cells["宛先の印"]):
            raise _damaged(table.title if table else "", row)
        yield mark, (row, cells["日時"])


def _damaged(tab: str, row: int) -> LogDamaged:
    return LogDamaged(
        f"「{tab}」タブの {row} 行目が書き換えられているため、連絡を望まない方が分かりません。"
        "何も送らずに止めました。元に戻してから、もう一度実行してください。",
        f"Row {row} of tab {tab} was changed, so nobody can tell who refused letters. "
        "Nothing was sent; put it back as it was, and run this again.",
    )
