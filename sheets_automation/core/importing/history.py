"""取込記録: what imports have written, as appended facts, so that each can be undone as a whole.

A fact names a candidate and headings, never a row. Of what was written it holds marks alone: enough to see whether a
cell still holds it, and nothing that says who somebody is. Only where an import has replaced what an earlier one wrote,
the old value is kept, or nobody could put it back.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sheets_automation.core.cells import text
from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue, Row, Table

HEADINGS = ("記録ID", "日時", "取込ID", "種別", "候補者ID", "出所の印", "値の印", "前の値", "内容", "記録した人")
_MARK_LENGTH = 10
_NOTHING: Mapping[str, str] = MappingProxyType({})


class FactKind(StrEnum):
    """What happened. The words stand in the tab."""

    BEGUN = "開始"
    ADDED = "追加"
    CHANGED = "記入"
    SEEN = "確認"  # the value of the file is known, and the workbook keeps another on a person's word
    DONE = "完了"
    GIVEN_UP = "中止"
    UNDO_BEGUN = "取消"
    UNDONE = "取消完了"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFact:
    """One row of the tab."""

    fact_id: str
    at: datetime
    import_id: str
    kind: FactKind
    candidate_id: str = ""
    key: str = ""
    """Of the line of a file that it came from."""
    marks: str = ""
    """What the file says by heading: + before the mark of what was written, = before one that was only seen."""
    before: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """What stood there and was replaced, by heading."""
    note: str = ""
    actor: str = ""


class Mark(NamedTuple):
    """What is known of one cell."""

    seen: str
    """Of what this line of the file said last."""
    written: frozenset[str]
    """Of what an import wrote last, and of what one that died after that may have written."""


class _Line(NamedTuple):
    """The marks of one fact."""

    key: str
    marks: str
    is_certain: bool
    """Whether the import has ended well. Else nobody knows what of it was written, and nothing of it counts as seen."""


UNKNOWN = Mark("", frozenset())


@dataclass(slots=True, kw_only=True)
class Import:
    """One import, folded."""

    id: str
    begun_at: datetime
    note: str = ""
    actor: str = ""
    facts: list[ImportFact] = field(default_factory=list)
    """Of candidates, in order."""
    kinds: set[FactKind] = field(default_factory=set)

    @property
    def is_undone(self) -> bool:
        """Whether somebody has taken it back, even if the run that did it has not ended."""
        return FactKind.UNDO_BEGUN in self.kinds

    @property
    def can_be_undone(self) -> bool:
        """Whether it has left anything, if only questions, that nobody has taken back to the end."""
        return FactKind.UNDONE not in self.kinds and (bool(self.facts) or FactKind.DONE in self.kinds)

    @property
    def is_over(self) -> bool:
        """Whether the run has said how it ended."""
        return bool(self.kinds & {FactKind.DONE, FactKind.GIVEN_UP, FactKind.UNDO_BEGUN})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What all imports have done, but for those that were undone."""

    imports: Mapping[str, Import]
    """In the order in which they began."""
    candidate_of: Mapping[str, str]
    """Candidate ids by the key of a line."""
    added: frozenset[str]
    """Ids of candidates whom an import that ended well has added."""
    marks: Mapping[str, Sequence[_Line]]

    def marks_of(self, candidate_id: str, key: str) -> Mapping[str, Mark]:
        """What is known of a candidate's cells, by folded heading, where the line of this key is held against them."""
        found: dict[str, Mark] = {}
        for line in self.marks.get(candidate_id, ()):
            for heading, mark in _parsed(line.marks).items():
                old = found.get(heading, UNKNOWN)
                written = frozenset((mark[1:],)) if mark.startswith("+") else old.written
                seen = mark[1:] if line.is_certain and line.key == key else old.seen
                found[heading] = Mark(seen, written if line.is_certain else old.written | written)
        return found


def fold_imports(facts: Iterable[ImportFact]) -> History:
    """Fold the facts. One that was appended twice counts once."""
    imports: dict[str, Import] = {}
    known: set[str] = set()
    for fact in facts:
        if fact.fact_id in known:
            continue
        known.add(fact.fact_id)
        one = imports.setdefault(fact.import_id, Import(id=fact.import_id, begun_at=fact.at))
        one.kinds.add(fact.kind)
        if fact.kind is FactKind.BEGUN:
            one.note, one.actor = fact.note, fact.actor
        if fact.candidate_id:
            one.facts.append(fact)
    candidate_of: dict[str, str] = {}
    marks: dict[str, list[_Line]] = defaultdict(list)
    added: set[str] = set()
    for one in imports.values():
        for fact in () if one.is_undone else one.facts:
            marks[fact.candidate_id].append(_Line(fact.key, fact.marks, FactKind.DONE in one.kinds))
            if fact.key:
                candidate_of[fact.key] = fact.candidate_id
            if fact.kind is FactKind.ADDED and FactKind.DONE in one.kinds:
                added.add(fact.candidate_id)
    return History(imports=imports, candidate_of=candidate_of, added=frozenset(added), marks=marks)


def mark_of(candidate_id: str, heading: str, value: CellValue) -> str:
    """What stands for a value in the tab: the same value of another candidate, or another column, looks different."""
    said = "\0".join((candidate_id, heading_key(heading), text(value)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]


def marks_line(candidate_id: str, written: Mapping[str, CellValue], seen: Mapping[str, CellValue] = _NOTHING) -> str:
    """The marks of what was written, and of what was only seen, by heading."""
    marks = {heading_key(heading): f"={mark_of(candidate_id, heading, value)}" for heading, value in seen.items()}
    marks |= {heading_key(heading): f"+{mark_of(candidate_id, heading, value)}" for heading, value in written.items()}
    return json.dumps(marks, ensure_ascii=False, separators=(",", ":"))


def written_by(fact: ImportFact) -> Mapping[str, str]:
    """The marks of what a fact has written, by folded heading."""
    return {heading: mark[1:] for heading, mark in _parsed(fact.marks).items() if mark.startswith("+")}


def to_row(fact: ImportFact) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them text, since the first append makes the tab with these headings."""
    texts = (
        fact.fact_id,
        fact.at.isoformat(timespec="seconds"),
        fact.import_id,
        fact.kind.value,
        as_text(fact.candidate_id),
        fact.key,
        fact.marks,
        json.dumps(fact.before, ensure_ascii=False) if fact.before else "",
        as_text(fact.note),
        as_text(fact.actor),
    )
    return dict(zip(HEADINGS, texts, strict=True))


def read_facts(table: Table | None) -> Iterator[ImportFact]:
    """Every fact of the tab that can be read; without one that cannot, an import just recognises people anew.

    HeadingProblem when the headings are gone.
    """
    columns: Mapping[str, int] | None = None
    rows = 0
    for row in table.rows() if table is not None else ():
        rows += 1
        if columns is None:
            columns = _heading_columns(row)
        elif (fact := _fact(row, columns)) is not None:
            yield fact
    if table is not None and rows and columns is None:
        raise _headings_gone(table.title)


def _heading_columns(row: Row) -> Mapping[str, int] | None:
    found = {str(value).strip(): column for column, value in row.cells.items()}
    return {heading: found[heading] for heading in HEADINGS} if set(HEADINGS) <= set(found) else None


def _fact(row: Row, columns: Mapping[str, int]) -> ImportFact | None:
    cells = {heading: str(row.cells.get(column, "")) for heading, column in columns.items()}
    try:
        at = datetime.fromisoformat(cells["日時"])
        kind = FactKind(cells["種別"])
    except ValueError:
        return None
    if not (cells["記録ID"] and cells["取込ID"] and at.tzinfo):
        return None
    return ImportFact(
        fact_id=cells["記録ID"],
        at=at,
        import_id=cells["取込ID"],
        kind=kind,
        candidate_id=typed(cells["候補者ID"]),
        key=cells["出所の印"],
        marks=cells["値の印"],
        before=_parsed(cells["前の値"]) if cells["前の値"] else _NOTHING,
        note=typed(cells["内容"]),
        actor=typed(cells["記録した人"]),
    )


def _parsed(line: str) -> Mapping[str, str]:
    try:
        found = json.loads(line) if line else {}
    except ValueError:  # somebody has typed into it
        return _NOTHING
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else _NOTHING


def _headings_gone(tab: str) -> HeadingProblem:
    wanted = "、".join(HEADINGS)
    return HeadingProblem(
        f"「{tab}」タブに見出しの行がありません(必要な見出し: {wanted})。見出しを元に戻してください。",
        f"Tab {tab} has no heading row (it needs: {wanted}). Put the headings back.",
    )
