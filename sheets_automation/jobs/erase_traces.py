"""What is left of erased people in tabs that show something, and in those that are HR's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sheets_automation.core.addresses import match_key, read_address
from sheets_automation.core.cells import folded, text
from sheets_automation.core.erased import is_erased
from sheets_automation.core.importing.questions import questions_tab, read_questions
from sheets_automation.core.names import name_key
from sheets_automation.core.phones import phone_key
from sheets_automation.core.refusals import addresses_of
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.views import Views, is_shown
from sheets_automation.jobs.analyse import show_analysis
from sheets_automation.jobs.retention_view import show_retention
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Workbook

_SHORTEST_NAME = 3
"""Characters: shorter ones are words, too."""
_LONGEST_NAME = 60
_LONGEST_CELL = 2_000
_DIGITS = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """By what people can be recognised in any cell."""

    mailboxes: frozenset[str] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    phones: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    """Names and addresses as they are written."""


def known_names(situation: Situation, ids: Collection[str]) -> KnownAs:
    """What these candidates are known by, before they are erased."""
    rows = [one for one in situation.candidates if one.id in ids and not is_erased(one.address.value)]
    return KnownAs(
        mailboxes=frozenset(match_key(address) for one in rows for address in addresses_of(one)),
        names=frozenset(one.name_key for one in rows if len(one.name_key) >= _SHORTEST_NAME),
        phones=frozenset(one.phone for one in rows if one.phone),
        words=frozenset(
            word
            for one in rows
            for word in (one.name if len(one.name) >= _SHORTEST_NAME else "", *addresses_of(one))
            if word
        ),
    )


def traces_left(snapshot: Snapshot, known_as: KnownAs, candidates_tab: str) -> list[tuple[str, int]]:
    """Tabs with cells in which somebody is still named, and how many those are: HR has tabs of its own.

    Among the candidates a name alone says nothing: others have the same one.
    """
    if not (known_as.mailboxes or known_as.names or known_as.phones):
        return []
    found: Counter[str] = Counter()
    for title, table in snapshot.tables.items():
        names = frozenset[str]() if title == candidates_tab else known_as.names
        for row in table.rows():
            found[title] += sum(names_somebody(value, known_as, names) for value in row.cells.values())
    return [(title, cells) for title, cells in found.items() if cells]


def names_somebody(value: CellValue, known_as: KnownAs, names: frozenset[str]) -> bool:
    """Whether a cell holds an address or a telephone number of theirs, or is one of these names."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return False
    shown = text(value)[:_LONGEST_CELL]
    if "@" in shown:
        return _holds_address(shown, known_as.mailboxes)
    if known_as.phones and _DIGITS.search(shown) and phone_key(value) in known_as.phones:
        return True
    return bool(names) and len(shown) <= _LONGEST_NAME and name_key(shown) in names


def _holds_address(shown: str, mailboxes: frozenset[str]) -> bool:
    address = read_address(shown).value
    if address:
        return match_key(address) in mailboxes
    plain = folded(shown)
    return any(mailbox in plain for mailbox in mailboxes)


def show_without(workbook: Workbook, open_desk: OpenDesk, run: Run, ids: Collection[str]) -> None:
    """Rebuild everything that we show, now that these candidates are nobody any more."""
    desk, situation = sit_down(workbook, open_desk)
    if (error := show_state(workbook, desk, run)) is not None:
        raise error
    tabs = desk.rules.tabs
    tables = situation.snapshot.tables
    if tabs.analysis in tables:
        show_analysis(workbook, open_desk, run)
    questions = read_questions(tables.get(tabs.import_questions))
    kept = tuple(one for one in questions if not set(one.candidate_ids) & set(ids))
    if len(kept) < len(questions):
        view = questions_tab(kept, tabs.import_questions)
        workbook.show(Views(tabs=() if is_shown(view, tables.get(view.tab)) else (view,)))
    show_retention(workbook, open_desk, run)
