"""Retention over HTTP: who is due, the announcement, and the erasure of exactly those whom a person has looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import TypeAdapter

from sheets_automation.core.erasure_certificate import certificate_document
from sheets_automation.core.layout import cell_name
from sheets_automation.core.retention import OBSTACLES, PersonClock, Standing
from sheets_automation.jobs.retention import RetentionLook, announce, erase_due, look_at_retention
from sheets_automation.jobs.situation import understand
from sheets_automation.service.house import House, Room
from sheets_automation.service.refusals import bad_request
from sheets_automation.service.retention_documents import (
    CertificateShown,
    EraseWanted,
    PersonLine,
    RetentionDocument,
)
from sheets_automation.wiring_retention import open_eraser, tools_to_erase

_SHAPE = TypeAdapter(CertificateShown)
_MOST_LINES = 2_000
_STANDINGS: Mapping[Standing, Literal["reached", "announced", "due", "kept"]] = {
    Standing.DUE: "due",
    Standing.REACHED: "reached",
    Standing.ANNOUNCED: "announced",
    Standing.KEPT: "kept",
}
"""Whose time is over, in the order of the page."""


def retention_document(room: Room) -> RetentionDocument:
    """Say where the clocks stand; writes nothing."""
    with room.reading() as workbook:
        look = look_at_retention(workbook, room.office.look_at_desk, room.office.new_run())
        snapshot = workbook.read()
        place = understand(snapshot, room.office.look_at_desk(snapshot).rules).layout.place
        link = workbook.link_to(place.tab)
    counts = look.plan.counts
    return RetentionDocument(
        mark=look.mark,
        months=look.months,
        notice_days=look.notice_days,
        running=counts[Standing.RUNNING],
        reached=counts[Standing.REACHED],
        announced=counts[Standing.ANNOUNCED],
        due=counts[Standing.DUE],
        kept=counts[Standing.KEPT],
        erased=look.plan.erased,
        unfinished=look.unfinished,
        people=[*_lines(look, link, place.name_column, room.language)][:_MOST_LINES],
    )


def announce_now(house: House, room: Room) -> RetentionDocument:
    """Announce those whose time is over."""
    with house.pen(room.workbook), room.writing() as workbook:
        announce(workbook, room.office.look_at_desk, room.office.new_run())
    return retention_document(room)


def erase_now(house: House, room: Room, wanted: EraseWanted) -> CertificateShown:
    """Erase those whose notice is over, if they are the very people whom somebody has looked at."""
    office = room.office
    with house.pen(room.workbook):
        workbook = open_eraser(office, room.workbook)
        try:
            tools = tools_to_erase(
                office, room.workbook, carrier=room.carrier, line_records=house.line_records_of(room.workbook)
            )
            run = office.new_run()
            look = erase_due(workbook, office.look_at_desk, run, tools, expect=wanted.expect, mark=wanted.mark)
        finally:
            workbook.close()
    if look.certificate is None:
        raise bad_request("消去の対象になる方がいません。", "Nobody is due to be erased.")
    return _SHAPE.validate_python(certificate_document(look.certificate, room.language))


def _lines(look: RetentionLook, link: str, column: int, language: str) -> Iterator[PersonLine]:
    for clock in look.plan.of(*_STANDINGS):
        first = clock.candidates[0]
        yield PersonLine(
            ids=list(clock.ids),
            row=first.row,
            rows=len(clock.candidates),
            link=f"{link}&range={cell_name(first.row, column)}" if link else None,
            name=first.name,
            standing=_STANDINGS[clock.standing],
            since=clock.since.isoformat() if clock.since else None,
            due=_due(clock, look),
            untold=clock.is_untold,
            text=OBSTACLES[clock.obstacle][language != "ja"] if clock.obstacle else "",
        )


def _due(clock: PersonClock, look: RetentionLook) -> str | None:
    day = clock.due or look.dues.get(clock.ids[0])
    return day.isoformat() if day else None
