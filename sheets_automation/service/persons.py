"""One person over HTTP: found, shown all that is held about them, and erased at their word."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import TypeAdapter

from sheets_automation.core.erasure_certificate import Why, certificate_document
from sheets_automation.core.layout import cell_name
from sheets_automation.core.retention import OBSTACLES, PersonClock
from sheets_automation.jobs.person import export_person, note_disclosure
from sheets_automation.jobs.retention import Agreed, erase_person, find_people
from sheets_automation.jobs.situation import understand
from sheets_automation.paper import render
from sheets_automation.service.house import House, Room
from sheets_automation.service.person_documents import (
    PeopleFound,
    PersonEraseWanted,
    PersonFound,
    PersonShown,
)
from sheets_automation.service.retention_documents import CertificateShown
from sheets_automation.wiring_retention import letter_shelves, open_eraser, read_letter, tools_to_erase

_SHOWN = TypeAdapter(PersonShown)
_CERTIFICATE = TypeAdapter(CertificateShown)
_MOST_FOUND = 20
_WHYS: Mapping[str, Why] = {"request": Why.REQUEST, "withdrawn": Why.WITHDRAWN, "mistake": Why.MISTAKE}


def people_found(room: Room, words: str) -> PeopleFound:
    """Say whom the words may mean; writes nothing."""
    with room.reading() as workbook:
        snapshot = workbook.read()
        desk = room.office.look_at_desk(snapshot)
        situation = understand(snapshot, desk.rules)
        found = find_people(situation, desk, room.office.new_run(), words)
        place = situation.layout.place
        link = workbook.link_to(place.tab)
    lines = [_line(one, link, place.name_column, room.language) for one in found[:_MOST_FOUND]]
    return PeopleFound(people=lines, more=len(found) - len(lines))


def person_shown(house: House, room: Room, named: str) -> PersonShown:
    """Gather all that is held about one person, and put on record who was shown it: nobody is without that."""
    office = room.office
    with house.pen(room.workbook), room.writing() as workbook:
        run = office.new_run()
        document = export_person(
            workbook,
            office.look_at_desk,
            run,
            named,
            shelves=letter_shelves(office, room.carrier),
            read_letter=read_letter,
            language=room.language,
        )
        tab = office.look_at_desk(workbook.read()).rules.tabs.erasures
        note_disclosure(workbook, tab, run, document["candidate_ids"])
    document["company"] = office.reading.config.company.name
    document["page"] = render("person", document, room.language)
    return _SHOWN.validate_python(document)


def erase_one(house: House, room: Room, wanted: PersonEraseWanted) -> CertificateShown:
    """Erase one person, if the rows are those that were shown and the name is the one that was typed."""
    office = room.office
    with house.pen(room.workbook):
        workbook = open_eraser(office, room.workbook)
        try:
            tools = tools_to_erase(
                office, room.workbook, carrier=room.carrier, line_records=house.line_records_of(room.workbook)
            )
            certificate = erase_person(
                workbook,
                office.look_at_desk,
                office.new_run(),
                tools,
                wanted.ids[0],
                reason=_WHYS[wanted.reason],
                agreed=Agreed(ids=frozenset(wanted.ids), typed=wanted.typed),
            )
        finally:
            workbook.close()
    return _CERTIFICATE.validate_python(certificate_document(certificate, room.language))


def _line(clock: PersonClock, link: str, column: int, language: str) -> PersonFound:
    first = clock.candidates[0]
    return PersonFound(
        ids=list(clock.ids),
        row=first.row,
        link=f"{link}&range={cell_name(first.row, column)}" if link else None,
        name=first.name,
        address=first.address.value or "",
        obstacle=OBSTACLES[clock.barrier][language != "ja"] if clock.barrier else "",
    )
