"""紹介実績 as rows of text: how a ReferralEvent is written down, and read back the same from every backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.moments import moment_in
from sheets_automation.core.referrals import (
    AMOUNT_KINDS,
    CREDIT_KINDS,
    RecordProblem,
    ReferralEvent,
    ReferralKind,
    is_plausible_amount,
    normalised_code,
)
from sheets_automation.core.table import CellValue, Row, Table

HEADINGS = ("記録ID", "日時", "種別", "紹介コード", "紹介先", "件数", "出所", "備考", "記録した人")
OPENING, ABOUT = "求人", "対象の記録ID"
"""Tabs of earlier versions lack these two."""
T = TypeVar("T")


def to_row(event: ReferralEvent) -> dict[str, CellValue]:
    """One event as cells by heading, all of them, since the first append makes the tab with these headings.

    All text, so that every backend stores and returns the same.
    """
    texts = (
        event.event_id,
        event.at.isoformat(timespec="seconds"),
        event.kind.value,
        event.code,
        event.partner,
        str(event.amount) if event.kind in AMOUNT_KINDS else "",
        as_text(event.source),
        as_text(event.note),
        as_text(event.actor),
    )
    return {**dict(zip(HEADINGS, texts, strict=True)), OPENING: as_text(event.opening), ABOUT: event.about}


def read_referral_events(table: Table | None) -> tuple[tuple[ReferralEvent, ...], tuple[RecordProblem, ...]]:
    """All events of the tab in order, and a problem for each row that is not as we wrote it.

    Such a row does not count until it is put right. HeadingProblem when the headings are gone: to show no credits
    would be wrong then.
    """
    if table is None:
        return (), ()
    columns: Mapping[str, int] | None = None
    events: list[ReferralEvent] = []
    problems: list[RecordProblem] = []
    for row in table.rows():
        if columns is None:
            columns = _heading_columns(row)
            continue
        try:
            events.append(_event(row, columns))
        except ValueError as error:
            problems.append(_broken(table.title, row.number, str(error)))
    if columns is None and any(table.rows()):
        raise _headings_gone(table.title)
    return tuple(events), tuple(problems)


def _heading_columns(row: Row) -> Mapping[str, int] | None:
    """The columns by heading, if this is the heading row; rows above it (a title) are passed over."""
    found = {str(value).strip(): column for column, value in row.cells.items()}
    if not set(HEADINGS) <= set(found):
        return None
    return {heading: found[heading] for heading in (*HEADINGS, OPENING, ABOUT) if heading in found}


def _event(row: Row, columns: Mapping[str, int]) -> ReferralEvent:
    cells = {heading: str(row.cells.get(column, "")).strip() for heading, column in columns.items()}
    kind = _parsed(cells, "種別", ReferralKind)
    about_credits = kind in CREDIT_KINDS
    amount = _parsed(cells, "件数", int) if kind in AMOUNT_KINDS else 0
    if kind in AMOUNT_KINDS and not is_plausible_amount(kind, amount):
        raise ValueError("件数")
    return ReferralEvent(
        event_id=_parsed(cells, "記録ID", _filled),
        at=_parsed(cells, "日時", moment_in),
        kind=kind,
        partner=_parsed(cells, "紹介先", _filled),
        code="" if about_credits else _parsed(cells, "紹介コード", normalised_code),
        amount=amount,
        source=typed(cells["出所"]),
        note=typed(cells["備考"]),
        actor=typed(cells["記録した人"]),
        opening=typed(cells.get(OPENING, "")),
        about=cells.get(ABOUT, ""),
    )


def _parsed(cells: Mapping[str, str], heading: str, parse: Callable[[str], T]) -> T:
    """The parsed cell; ValueError carries the heading, for the sentence that a person reads."""
    try:
        return parse(cells[heading])
    except ValueError as error:
        raise ValueError(heading) from error


def _filled(text: str) -> str:
    if not text:
        raise ValueError("empty")
    return text


def _broken(tab: str, row: int, heading: str) -> RecordProblem:
    return RecordProblem(
        place=f"{tab}!{row}",
        ja=f"「{tab}」タブの {row} 行目は「{heading}」が読めないので、数えていません。"
        "変更を元に戻すか、行を消して relay register で登録し直してください。",
        en=f"Row {row} of tab {tab} does not count, since its {heading} cannot be read. "
        "Undo the change, or delete the row and record it again with `relay register`.",
    )


def _headings_gone(tab: str) -> HeadingProblem:
    wanted = "、".join(HEADINGS)
    return HeadingProblem(
        f"「{tab}」タブに見出しの行がありません(必要な見出し: {wanted})。見出しを元に戻してください。",
        f"Tab {tab} has no heading row (it needs: {wanted}). Put the headings back.",
    )
