"""The lines of a file as candidates: read by the same rules as the rows of the workbook, and nothing else guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sheets_automation.core.addresses import match_key
from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.cells import folded
from sheets_automation.core.headings import ALIASES, Field, heading_key
from sheets_automation.core.importing.columns import Column
from sheets_automation.core.importing.date_styles import DateStyle, date_style_of, read_date
from sheets_automation.core.importing.refusals import LineReason, RefusedLine
from sheets_automation.core.importing.source import SourceSheet, cell_text
from sheets_automation.core.importing.systems import Role
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue, Row, Snapshot, Table
from sheets_automation.core.views import CandidatesPlace

DATE_FIELDS = frozenset({Field.APPLIED_AT, Field.DECIDED_AT})
_LONGEST = 32_767
_STANDS_FOR_WHAT_WAS_LOST = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of a file: somebody who applied for something."""

    file: str
    line: int
    candidate: Candidate
    """As the workbook would read it; its id is none of the workbook's."""
    cells: Mapping[str, CellValue]
    """What goes into the workbook, by heading of the candidates tab; nothing blank."""
    key: str
    """The same whenever this application is exported again, as far as anybody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says."""

    records: tuple[Record, ...]
    refused: tuple[RefusedLine, ...]
    date_styles: Mapping[str, DateStyle]
    """By heading of the file, for people to see."""


def read_records(sheet: SourceSheet, columns: Sequence[Column], layout: Layout, rules: CandidateRules) -> Reading:
    """Read every line below the headings once; lines that say nothing are passed over."""
    reader = _Reader(sheet, columns, layout, rules)
    found = {one.row: one for one in read_candidates(reader.snapshot, reader.file_layout, rules)}
    records: list[Record] = []
    refused: list[RefusedLine] = []
    for row in reader.rows():
        one = reader.read(row, found.get(row.number))
        if isinstance(one, Record):
            records.append(one)
        elif one is not None:
            refused.append(one)
    return Reading(records=tuple(records), refused=tuple(refused), date_styles=reader.date_styles)


class _Reader:
    def __init__(self, sheet: SourceSheet, columns: Sequence[Column], layout: Layout, rules: CandidateRules) -> None:
        self._sheet = sheet
        self._layout = layout
        self._used = [one for one in columns if one.is_used]
        self._zone = rules.timezone
        self._last = max(sheet.headings)
        self._keys = {at: heading_key(heading) for at, heading in sheet.headings.items()}
        self._at = {one.meaning: one.at for one in reversed(self._used) if one.meaning is not None}
        dates = [one for one in self._used if one.meaning in DATE_FIELDS]
        styles = {one.at: date_style_of(self._values(one.at)) for one in dates}
        self._styles = styles
        self.date_styles = {one.heading: styles[one.at] for one in dates}
        table = Table(title=sheet.table.title, source=partial(self._understood, sheet.table))
        self.snapshot = Snapshot(tables={table.title: table}, revision="")
        self.file_layout = self._file_layout()

    def rows(self) -> Iterator[Row]:
        """The lines below the headings."""
        return (row for row in self._sheet.table.rows() if row.number > self._sheet.heading_row)

    def read(self, row: Row, candidate: Candidate | None) -> Record | RefusedLine | None:
        """A record, why there is none, or None for a line that says nothing."""
        shown = {at: said for at, value in row.cells.items() if (said := cell_text(value))}
        if not shown or self._repeats_headings(shown):
            return None
        if max(shown) > self._last:
            return self._refused(row, "", LineReason.MISALIGNED)
        for one in self._used:
            said = shown.get(one.at, "")
            if _STANDS_FOR_WHAT_WAS_LOST in said:
                return self._refused(row, one.heading, LineReason.DAMAGED_TEXT)
            if len(said) > _LONGEST:
                return self._refused(row, one.heading, LineReason.TOO_LONG)
        if candidate is None or not (candidate.name or candidate.address.value or candidate.phone):
            return self._refused(row, self._name_heading, LineReason.NAMES_NOBODY)
        cells = {one.target: self._value(one, row) for one in self._used if one.target and one.at in shown}
        return Record(
            file=self._sheet.file.name,
            line=row.number,
            candidate=candidate,
            cells=self._with_name(cells, candidate),
            key=self._key(shown, candidate),
        )

    def _values(self, at: int) -> Iterator[CellValue]:
        return (row.cells.get(at) for row in self._sheet.table.rows({at}) if row.number > self._sheet.heading_row)

    def _understood(self, table: Table, columns: Collection[int] | None) -> Iterator[Row]:
        """The lines with their dates in one style, and without what only guards a CSV file."""
        for row in table.rows(columns):
            cells = {at: self._plain(at, value) for at, value in row.cells.items()}
            yield row._replace(cells=cells)

    def _plain(self, at: int, value: CellValue) -> CellValue:
        style = self._styles.get(at)
        if style is not None:
            moment = read_date(value, style, self._zone)
            return moment.at.astimezone(self._zone).replace(tzinfo=None) if moment else cell_text(value)
        return cell_text(value) if isinstance(value, str) else value

    def _value(self, column: Column, row: Row) -> CellValue:
        return self._plain(column.at, row.cells[column.at])

    def _with_name(self, cells: dict[str, CellValue], candidate: Candidate) -> Mapping[str, CellValue]:
        """One cell for the name or two, as the workbook has it, whatever the file has."""
        columns, headings = self._layout.columns, dict(self._layout.headings)
        if not candidate.name:
            return cells
        if Field.NAME in columns:
            return {**cells, headings[columns[Field.NAME]]: candidate.name}
        family, given = headings[columns[Field.FAMILY_NAME]], headings.get(columns.get(Field.GIVEN_NAME, -1), "")
        if family in cells:
            return cells
        first, _, rest = candidate.name.partition(" ")
        if given and rest:
            return {**cells, family: first, given: rest}
        return {**cells, family: candidate.name}

    def _key(self, shown: Mapping[int, str], candidate: Candidate) -> str:
        system = self._sheet.system_name
        day = candidate.applied_at.date().isoformat() if candidate.applied_at else ""
        about = (folded(candidate.opening), day)
        if number := shown.get(self._at.get(Role.APPLICATION, -1)):
            return record_key("application", system, number)
        if number := shown.get(self._at.get(Role.APPLICANT, -1)):
            return record_key("applicant", system, number, *about)
        reached_at = candidate.address.value or candidate.phone
        return record_key("person", candidate.name_key, match_key(reached_at), *about)

    def _repeats_headings(self, shown: Mapping[int, str]) -> bool:
        return len(shown) > 1 and all(heading_key(said) == self._keys.get(at) for at, said in shown.items())

    @property
    def _name_heading(self) -> str:
        at = self._at.get(Field.NAME, self._at.get(Field.FAMILY_NAME, -1))
        return self._sheet.headings.get(at, "")

    def _refused(self, row: Row, heading: str, reason: LineReason) -> RefusedLine:
        return RefusedLine(file=self._sheet.file.name, line=row.number, heading=heading, reason=reason)

    def _file_layout(self) -> Layout:
        """The file as if it were a candidates tab, for whoever reads those."""
        fields = {meaning: at for meaning, at in self._at.items() if isinstance(meaning, Field)}
        more = tuple(one.at for one in self._used if one.meaning is Field.MORE_ADDRESSES)
        fields.pop(Field.MORE_ADDRESSES, None)
        place = CandidatesPlace(
            tab=self._sheet.table.title,
            heading_row=self._sheet.heading_row,
            id_column=None,
            id_heading=ALIASES[Field.ID][0],
            name_column=fields.get(Field.NAME, fields.get(Field.FAMILY_NAME, 0)),
            address_column=fields.get(Field.ADDRESS, -1),
        )
        return Layout(
            place=place, columns=fields, more_address_columns=more, headings=tuple(self._sheet.headings.items())
        )


def record_key(*words: str) -> str:
    """Return a mark that tells one application from others, and nobody who it is about."""
    framed = "".join(f"{len(word)}:{word}" for word in words)
    return "k" + hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()[:20]
