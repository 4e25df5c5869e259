"""Which column of a file goes under which heading of the candidates tab: known, remembered, or proposed by likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from sheets_automation.core.addresses import read_address
from sheets_automation.core.cells import text
from sheets_automation.core.headings import ALIASES, OWN_FIELDS, Field, heading_key
from sheets_automation.core.importing.source import SourceSheet
from sheets_automation.core.importing.systems import Role, role_headings
from sheets_automation.core.layout import Layout, fields_of
from sheets_automation.core.phones import phone_key
from sheets_automation.core.table import CellValue

Meaning = Field | Role

NEVER_TAKEN = frozenset({Field.ID, Field.APPROVAL, *OWN_FIELDS})
"""A file gives no candidate ids of ours, and agrees to no letter."""
_FORBIDDEN = tuple(
    "本籍|出生地|家族|宗教|信条|支持政党|労働組合|思想|尊敬する人物|愛読書|病歴|国籍|人種|部落".split("|")  # noqa: SIM905 - read in one line
)
_ALIKE = 80.0
_SAMPLES = 200
_MOST_OF = 0.8


class Certainty(StrEnum):
    """How it is known where a column goes."""

    KNOWN = "known"  # by its heading
    REMEMBERED = "remembered"  # HR has said so in 取込設定
    PROPOSED = "proposed"  # by likeness: not used before HR agrees
    UNUSED = "unused"  # nothing of the candidates tab is like it
    FORBIDDEN = "forbidden"  # nobody may keep this of applicants (職業安定法 5条の5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file."""

    at: int
    heading: str
    certainty: Certainty
    meaning: Meaning | None = None
    target: str = ""
    """The heading of the candidates tab; empty where the tab has no column for it."""

    @property
    def is_used(self) -> bool:
        """Whether its values are read."""
        return self.certainty in {Certainty.KNOWN, Certainty.REMEMBERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A line of 取込設定 that HR has agreed to."""

    target: str
    """The heading of the candidates tab; empty for a column that is not to be taken in."""


Memory = Mapping[tuple[str, str], Remembered]
"""By the system's name and the folded heading of the file."""


def map_columns(
    sheet: SourceSheet, layout: Layout, aliases: Mapping[Field, Sequence[str]], memory: Memory
) -> tuple[Column, ...]:
    """Say of each column of a file where it goes, in their order."""
    return tuple(sorted(_Mapper(sheet, layout, aliases, memory).columns(), key=lambda one: one.at))


def targets_of(layout: Layout) -> tuple[str, ...]:
    """The headings of the candidates tab under which a column of a file may go."""
    never = {layout.columns[one] for one in NEVER_TAKEN if one in layout.columns}
    return tuple(heading for column, heading in layout.headings if column not in never)


class _Mapper:
    def __init__(
        self, sheet: SourceSheet, layout: Layout, aliases: Mapping[Field, Sequence[str]], memory: Memory
    ) -> None:
        self._sheet = sheet
        self._memory = memory
        self._layout = layout
        self._aliases = aliases
        self._headings = dict(layout.headings)
        never = {layout.columns[one] for one in NEVER_TAKEN if one in layout.columns}
        self._tab = {heading_key(shown): shown for column, shown in layout.headings if column not in never}
        self._fields = {column: field for field, column in layout.columns.items()}
        self._fields |= dict.fromkeys(layout.more_address_columns, Field.MORE_ADDRESSES)

    def columns(self) -> Iterator[Column]:
        rest = dict(self._sheet.headings)
        taken: set[Meaning] = set()
        for one in (*self._forbidden(rest), *self._remembered(rest), *self._known(rest)):
            rest.pop(one.at, None)
            if one.meaning is not None and one.is_used:
                taken.add(one.meaning)
            yield one
        used: set[Meaning] = taken - {Field.MORE_ADDRESSES, Role.NOTE}
        for at, heading in rest.items():
            yield self._proposed(at, heading, used)

    def _forbidden(self, rest: Mapping[int, str]) -> list[Column]:
        return [
            Column(at=at, heading=heading, certainty=Certainty.FORBIDDEN)
            for at, heading in rest.items()
            if any(word in heading_key(heading) for word in _FORBIDDEN)
        ]

    def _remembered(self, rest: Mapping[int, str]) -> Iterator[Column]:
        for at, heading in rest.items():
            found = self._memory.get((self._sheet.system_name, heading_key(heading)))
            if found is not None:
                target = self._tab.get(heading_key(found.target), "")
                column = next((at for at, shown in self._headings.items() if shown == target), -1)
                meaning = self._fields.get(column) or _alias_meaning(found.target)
                yield Column(
                    at=at,
                    heading=heading,
                    certainty=Certainty.REMEMBERED,
                    meaning=None if meaning in NEVER_TAKEN else meaning,
                    target=target,
                )

    def _known(self, rest: Mapping[int, str]) -> Iterator[Column]:
        open_columns = {at: heading for at, heading in rest.items() if not self._is_settled(heading)}
        meanings: dict[int, Meaning] = {}
        own = self._sheet.system.meanings if self._sheet.system else {}
        roles = role_headings()
        for at, heading in open_columns.items():
            key = heading_key(heading)
            if key in own or key in roles:
                meanings[at] = own.get(key) or roles[key]
        others = {at: heading for at, heading in open_columns.items() if at not in meanings}
        for field, columns in fields_of(others, self._aliases).items():
            first, *more = columns
            if field in NEVER_TAKEN:
                continue
            meanings[first] = self._decision_or_stage(others[first]) if field is Field.DECISION else field
            if field is Field.ADDRESS:
                meanings |= dict.fromkeys(more, Field.MORE_ADDRESSES)
        yield from self._with_targets(meanings, open_columns)

    def _decision_or_stage(self, heading: str) -> Field:
        """A file with one column for both means the stage, unless the workbook has one column for both, too."""
        stages, decisions = (
            {heading_key(alias) for alias in (*ALIASES[one], *self._aliases.get(one, ()))}
            for one in (Field.STAGE, Field.DECISION)
        )
        is_stage_alone = heading_key(heading) in stages - decisions
        has_stage = Field.STAGE in self._layout.columns
        both_in_one = not has_stage and heading_key(self._layout.heading_of(Field.DECISION)) in stages - decisions
        return Field.STAGE if is_stage_alone and not both_in_one else Field.DECISION

    def _is_settled(self, heading: str) -> bool:
        is_forbidden = any(word in heading_key(heading) for word in _FORBIDDEN)
        return is_forbidden or (self._sheet.system_name, heading_key(heading)) in self._memory

    def _with_targets(self, meanings: Mapping[int, Meaning], open_columns: Mapping[int, str]) -> Iterator[Column]:
        further = iter(self._layout.more_address_columns)
        given: set[str] = set()
        for at, heading in open_columns.items():
            meaning, same = meanings.get(at), self._tab.get(heading_key(heading), "")
            target = self._target(meaning, same, further)
            if meaning is None and not same:
                continue
            target = "" if target in given else target
            given.add(target)
            yield Column(at=at, heading=heading, certainty=Certainty.KNOWN, meaning=meaning, target=target)

    def _target(self, meaning: Meaning | None, same: str, further: Iterator[int]) -> str:
        if meaning is Field.MORE_ADDRESSES:
            return self._headings.get(next(further, -1), "")
        if isinstance(meaning, Field):
            return self._headings.get(self._layout.columns.get(meaning, -1), same)
        if same or meaning is None:
            return same
        roles = role_headings()
        return next((shown for key, shown in self._tab.items() if roles.get(key) is meaning), "")

    def _proposed(self, at: int, heading: str, taken: set[Meaning]) -> Column:
        meaning = self._alike(heading, taken) or self._by_content(at, taken)
        if meaning is None:
            return Column(at=at, heading=heading, certainty=Certainty.UNUSED)
        target = self._target(meaning, "", iter(()))
        return Column(at=at, heading=heading, certainty=Certainty.PROPOSED, meaning=meaning, target=target)

    def _alike(self, heading: str, taken: set[Meaning]) -> Field | None:
        choices = {
            heading_key(alias): field
            for field, aliases in ALIASES.items()
            if field not in NEVER_TAKEN and field not in taken
            for alias in aliases
        }
        found = process.extractOne(heading_key(heading), list(choices), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return choices[found[0]] if found else None

    def _by_content(self, at: int, taken: set[Meaning]) -> Field | None:
        """What most cells of a column are: addresses and numbers of telephones show it themselves."""
        rows = self._sheet.table.rows({at})
        below = (row.cells.get(at) for row in rows if row.number > self._sheet.heading_row)
        values = [value for value, _ in zip(below, range(_SAMPLES), strict=False) if text(value)]
        if Field.ADDRESS not in taken and _most(values, lambda one: read_address(one).value is not None):
            return Field.ADDRESS
        return Field.PHONE if Field.PHONE not in taken and _most(values, _is_phone) else None


def _most(values: Sequence[CellValue], is_one: Callable[[CellValue], bool]) -> bool:
    return bool(values) and sum(map(is_one, values)) >= _MOST_OF * len(values)


def _is_phone(value: CellValue) -> bool:
    return text(value)[:1] in {"0", "+", "０", "＋", "("} and bool(phone_key(value))


def _alias_meaning(heading: str) -> Meaning | None:
    """What a heading means that the candidates tab itself does not have: its values still tell who somebody is."""
    key = heading_key(heading)
    fields = (field for field, aliases in ALIASES.items() if key in map(heading_key, aliases))
    return next(fields, None) or role_headings().get(key)


def waits_for_hr(columns: Sequence[Column]) -> bool:
    """Tell whether nobody could be recognised yet: the names, or all addresses and numbers, are only proposed."""
    used = {one.meaning for one in columns if one.is_used}
    proposed = {one.meaning for one in columns if one.certainty is Certainty.PROPOSED}
    if not used & {Field.NAME, Field.FAMILY_NAME}:
        return True
    contacts = {Field.ADDRESS, Field.MORE_ADDRESSES, Field.PHONE}
    return bool(proposed & contacts) and not used & contacts
