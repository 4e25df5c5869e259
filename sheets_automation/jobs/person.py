"""Everything about one person, for that person: rows, records and letters, as the workbook holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sheets_automation.core.addresses import match_key
from sheets_automation.core.cells import text
from sheets_automation.core.csv_text import typed
from sheets_automation.core.erasing import FACT_ID, Whom, facts_of, letters_to, whom
from sheets_automation.core.layout import cell_name
from sheets_automation.core.refusals import address_mark, addresses_of
from sheets_automation.core.retention import PersonClock, Standing
from sheets_automation.core.retention_facts import FactKind, to_row
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.core.views import Views
from sheets_automation.jobs.erase import LetterShelf
from sheets_automation.jobs.erase_facts import Pen
from sheets_automation.jobs.erase_traces import known_names, names_somebody
from sheets_automation.jobs.retention import find_person
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, understand
from sheets_automation.ports import Workbook

Document = dict[str, Any]
ReadLetter = Callable[[str, bytes], Mapping[str, str]]
"""What a letter says: name, subject, date, text."""
_MOST_PLACES = 50


def export_person(
    workbook: Workbook,
    open_desk: OpenDesk,
    run: Run,
    named: str,
    *,
    shelves: Sequence[LetterShelf],
    read_letter: ReadLetter,
    language: str,
) -> Document:
    """All that is held about a person of a candidate id or an address. Raises UnknownCandidate for nobody."""
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    situation = understand(snapshot, desk.rules)
    clock = find_person(situation, desk, run, named)
    people = _whom(situation, clock)
    marks = {address_mark(address) for one in clock.candidates for address in addresses_of(one)}
    tabs = desk.rules.tabs
    ours = {tabs.review, tabs.credits, tabs.analysis, tabs.import_questions}
    facts = {
        title: found
        for title, table in snapshot.tables.items()
        if title not in ours and (found := [*_records(table, people, marks)])
    }
    known = {*facts, *ours, situation.layout.place.tab}
    return {
        "as_of": run.clock().isoformat(timespec="seconds"),
        "workbook": workbook.title,
        "candidate_ids": list(clock.ids),
        "retention": _in_words(clock, language),
        "rows": [_row(situation, one.row) for one in clock.candidates],
        "records": [{"tab": title, "rows": rows} for title, rows in facts.items()],
        "letters": [
            dict(read_letter(name, content))
            for shelf in shelves
            for name, content in shelf.letters(letters_to(situation.events, people))
        ],
        "elsewhere": _elsewhere(situation, clock, known),
    }


def note_disclosure(workbook: Workbook, tab: str, run: Run, ids: Sequence[str]) -> None:
    """Put on record who was shown everything about these candidates, and when."""
    pen = Pen(run, "D")
    workbook.append({tab: [to_row(pen.fact(FactKind.SHOWN, candidate_id=one)) for one in ids]})
    workbook.show(Views())  # a file is saved with what is shown


def _whom(situation: Situation, clock: PersonClock) -> Whom:
    addresses = [address for one in clock.candidates for address in addresses_of(one)]
    return whom(clock.ids, addresses, situation.events)


def _row(situation: Situation, number: int) -> Document:
    """A row with all of its cells, those under no heading too."""
    headings = dict(situation.layout.headings)
    table = situation.snapshot.tables[situation.layout.place.tab]
    row = next((one for one in table.rows() if one.number == number), Row(number, {}))
    cells: dict[str, str] = {}
    for column, value in sorted(row.cells.items()):
        name = headings.get(column) or cell_name(number, column)
        cells[name if name not in cells else cell_name(number, column)] = text(value)
    return {"row": number, "cells": {name: value for name, value in cells.items() if value}}


def _records(table: Table, people: Whom, marks: set[str]) -> Iterator[Mapping[str, str]]:
    for fact_id, shown in facts_of(table):
        if _is_about(shown, people, marks):
            told = {heading: typed(text(value)) for heading, value in shown.items() if text(value)}
            yield {FACT_ID: fact_id, **told}


def _is_about(shown: Mapping[str, CellValue], people: Whom, marks: set[str]) -> bool:
    address = text(shown.get("宛先"))
    return (
        people.has(typed(text(shown.get("候補者ID"))), text(shown.get("種類")))
        or text(shown.get("紹介コード")) in people.codes
        or text(shown.get("宛先の印")) in marks
        or ("@" in address and match_key(address) in people.mailboxes)
    )


def _elsewhere(situation: Situation, clock: PersonClock, known: set[str]) -> list[str]:
    """Cells of other tabs that name this person; what else stands in their rows may be about others."""
    known_as = known_names(situation, clock.ids)
    found: list[str] = []
    for title, table in situation.snapshot.tables.items():
        for row in table.rows() if title not in known else ():
            found += [
                f"{title}!{cell_name(row.number, column)}"
                for column, value in row.cells.items()
                if names_somebody(value, known_as, known_as.names)
            ]
    return found[:_MOST_PLACES]


def _in_words(clock: PersonClock, language: str) -> str:
    ja = language == "ja"
    if clock.standing is Standing.KEPT or clock.barrier:
        return "選考が続いているあいだは保存します。" if ja else "Kept while the selection goes on."
    day = f"{clock.due or clock.ends:%Y/%m/%d}"
    if clock.due:
        return f"{day} 以降に消去します。" if ja else f"Erased after {day}."
    return f"{day} に保存期間が終わり、そのあと消去します。" if ja else f"The time ends on {day}; erased after that."
