"""Grids of any shape: one candidates tab with one column for each meaning, or a HeadingProblem that says where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.cells import folded, text
from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.headings import ALIASES, Field, heading_key
from sheets_automation.core.layout import HeadingRules, Layout, locate_candidates
from sheets_automation.core.table import CellValue, Snapshot, table_of
from tests.fuzz import tape

LONGEST = 6_000
NEXT_TAB = b"\x0c"
RULES = b"\x0b"
"""Before it stands what the configuration says: the title of the tab, then lines of `field TAB heading`."""

Rows = dict[int, dict[int, CellValue]]
Tabs = dict[str, Rows]

SECRET = "himitsu.hanako@example.jp"
ADDRESS_FIELDS = {Field.ADDRESS, Field.MORE_ADDRESSES}


def check(data: bytes) -> None:
    """Find the candidates in the grid as it is, and in its mirror image or with a column more."""
    said, mark, body = tape.pumped(data, LONGEST).rpartition(RULES)
    rules = rules_of(said) if mark else HeadingRules()
    tabs = tabs_of(body)
    found = located(tabs, rules)
    if isinstance(found, HeadingProblem):
        check_problem(found)
    else:
        check_layout(found, tabs, rules)
        check_reading(found, tabs)
    change = check_mirrored if len(data) % 2 else check_with_one_more  # each costs as much as all the rest
    change(found, tabs, rules)


def rules_of(said: bytes) -> HeadingRules:
    title, *lines = said.split(b"\n")
    aliases: dict[Field, list[str]] = {}
    for line in lines:
        name, _, heading = line.partition(b"\t")
        if name.decode("latin-1") in set(Field):
            aliases.setdefault(Field(name.decode()), []).append(tape.text(heading))
    return HeadingRules(aliases=aliases, tab=tape.text(title) or None)


def tabs_of(body: bytes) -> Tabs:
    """Each tab's first line is its title; rows below number from 1."""
    tabs: Tabs = {}
    for page in body.split(NEXT_TAB)[:6]:
        title, _, rows = page.partition(b"\n")
        tabs[tape.text(title)] = tape.grid(rows)
    return tabs


def located(tabs: Tabs, rules: HeadingRules) -> Layout | HeadingProblem:
    try:
        return locate_candidates(snapshot_of(tabs), rules)
    except HeadingProblem as problem:
        return problem


def snapshot_of(tabs: Tabs) -> Snapshot:
    return Snapshot(tables={title: table_of(title, rows) for title, rows in tabs.items()}, revision="1")


def check_problem(problem: HeadingProblem) -> None:
    for language in ("ja", "en"):
        assert problem.text(language).strip()
    if "複数あります(" in problem.ja:
        assert re.search(r"\([A-Z]+[0-9]+, [A-Z]+[0-9]+", problem.en)


def check_layout(layout: Layout, tabs: Tabs, rules: HeadingRules) -> None:
    place, columns = layout.place, layout.columns
    headings = dict(layout.headings)
    assert 1 <= place.heading_row <= 30
    assert rules.tab is None or folded(place.tab) == folded(rules.tab)
    check_headings_stand_there(headings, tabs[place.tab], place.heading_row)

    assert max(Counter(columns.values()).values()) == 1, "no column means two things"
    assert {Field.ADDRESS, Field.DECISION} <= columns.keys()
    assert Field.NAME in columns or Field.FAMILY_NAME in columns
    assert place.address_column == columns[Field.ADDRESS]
    assert place.name_column == columns.get(Field.NAME, columns.get(Field.FAMILY_NAME))
    assert place.id_column == columns.get(Field.ID)
    assert not set(layout.more_address_columns) & set(columns.values())
    check_meanings(layout, rules, Counter(map(heading_key, headings.values())))


def check_headings_stand_there(headings: Mapping[int, str], rows: Rows, number: int) -> None:
    """Each heading is what a person sees in its column, in the heading row or in the one above it."""
    for column, heading in headings.items():
        here = text(rows.get(number, {}).get(column))
        assert heading == (here or text(rows.get(number - 1, {}).get(column)))
        assert heading


def check_meanings(layout: Layout, rules: HeadingRules, times: Counter[str]) -> None:
    headings = dict(layout.headings)
    for field, column in layout.columns.items():
        key = heading_key(headings[column])
        assert key in known_keys(field, rules)
        assert times[key] == 1, "a doubled heading is used"
        assert layout.column_of(headings[column]) == column
    for column in layout.more_address_columns:
        assert any(heading_key(headings[column]) in known_keys(field, rules) for field in ADDRESS_FIELDS)
    for field in Field:
        assert layout.heading_of(field)


def known_keys(field: Field, rules: HeadingRules) -> set[str]:
    fields = {
        Field.ADDRESS: (Field.ADDRESS, Field.MORE_ADDRESSES),  # where only a mobile address exists, it is the address
        Field.DECISION: (Field.DECISION, Field.STAGE),  # a hand-made sheet often has one column for both
    }.get(field, (field,))
    return {heading_key(heading) for one in fields for heading in (*rules.aliases.get(one, ()), *ALIASES[one])}


def check_reading(layout: Layout, tabs: Tabs) -> None:
    """A row that is put below all others is read as it was written, and those before it stand where they stand."""
    rows = tabs[layout.place.tab]
    name = layout.columns.get(Field.NAME, layout.columns.get(Field.FAMILY_NAME, 0))
    last = max(rows, default=0) + 1
    cells = {name: "姫野 花子", layout.columns[Field.ADDRESS]: SECRET, layout.columns[Field.DECISION]: "不採用"}
    snapshot = snapshot_of({layout.place.tab: {**rows, last: cells}})
    *others, candidate = read_candidates(snapshot, layout, CandidateRules())
    assert (candidate.row, candidate.name, candidate.address.value) == (last, "姫野 花子", SECRET)
    assert all(layout.place.heading_row < other.row < last for other in others)
    ids = Counter(other.id for other in others if other.id_is_new)
    assert set(ids.values()) <= {1}


def check_mirrored(found: Layout | HeadingProblem, tabs: Tabs, rules: HeadingRules) -> None:
    """The order of the columns means nothing."""
    width = max((column for rows in tabs.values() for cells in rows.values() for column in cells), default=0)
    turned = {
        title: {number: {width - column: value for column, value in cells.items()} for number, cells in rows.items()}
        for title, rows in tabs.items()
    }
    other = located(turned, rules)
    assert type(other) is type(found)
    if isinstance(found, Layout) and isinstance(other, Layout):
        assert other.place.heading_row == found.place.heading_row
        assert {field: width - column for field, column in other.columns.items()} == dict(found.columns)


def check_with_one_more(found: Layout | HeadingProblem, tabs: Tabs, rules: HeadingRules) -> None:
    """A further column under a heading that nobody knows changes nothing."""
    far = 200 + max((column for rows in tabs.values() for cells in rows.values() for column in cells), default=0)
    wider = {
        title: {number: {**cells, far: f"{SECRET} {number}"} for number, cells in rows.items()}
        for title, rows in tabs.items()
    }
    other = located(wider, rules)
    assert type(other) is type(found)
    if isinstance(found, Layout) and isinstance(other, Layout):
        assert other.columns == found.columns
        assert other.place == found.place
    elif isinstance(other, HeadingProblem):
        assert other.ja.count(SECRET) <= 1, "what stands below the headings is told"
