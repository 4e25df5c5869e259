"""Decide what becomes of each line of a file: pure, and for everything that is left out it says why.

First it is decided whom each line is about, then what it changes in their rows. Nothing that a person typed is ever
written over, and whoever is not surely known is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.cells import text
from sheets_automation.core.headings import Field
from sheets_automation.core.importing.comparing import compare, is_same
from sheets_automation.core.importing.credits import credit_cells
from sheets_automation.core.importing.new_ids import NewIds
from sheets_automation.core.importing.plan import Addition, Change, ImportPlan, row_text
from sheets_automation.core.importing.questions import Question, QuestionKind, evidence_of
from sheets_automation.core.importing.reapplication import HEADING, TAG, past_applications, past_text
from sheets_automation.core.importing.recognition import (
    Certainty,
    Match,
    People,
    applications_of,
    are_clearly_two,
)
from sheets_automation.core.importing.records import Record, record_key
from sheets_automation.core.importing.refusals import LineReason, RefusedLine
from sheets_automation.core.importing.scene import Scene
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue

_NOT_THERE_YET = -1


def plan_import(
    scene: Scene,
    records: Iterable[Record],
    answered: Sequence[tuple[Question, Record]] = (),
    asked: Sequence[Question] = (),
) -> ImportPlan:
    """Say what becomes of each line, and of each question that people have answered.

    A line about which a question is `asked` already waits for its answer: whoever was added since does not change it.
    """
    planner = _Planner(scene, asked)
    for question, record in answered:
        planner.obey(question, record)
    for record in records:
        planner.take(record)
    return planner.finish()


@dataclass(slots=True, kw_only=True)
class _Pending:
    """A line whose row is known, until its cells are."""

    record: Record
    candidate_id: str
    answer: bool | None = None
    """What a person said of its differences."""


class _Planner:
    def __init__(self, scene: Scene, asked: Sequence[Question]) -> None:
        self._scene = scene
        self._people = People(scene.candidates)
        self._asked = {one.key: one for one in asked if one.candidate_ids and one.candidate_ids[0] in scene.by_id}
        self._plan = ImportPlan()
        self._added: dict[str, Addition] = {}
        self._addition_of: dict[str, Addition] = {}
        """By the key of the line."""
        headings = dict(scene.layout.headings)
        self._headings = {one: headings[at] for one, at in scene.layout.columns.items()}
        self._ids = NewIds(scene, self._headings)
        self._pending: dict[str, _Pending] = {}
        """By candidate id."""
        self._met: dict[str, Record] = {}
        self._known_by: list[tuple[str, Candidate]] = []
        """Further keys of lines, and whose they turned out to be."""
        self._obeyed: set[str] = set()
        self._filled: dict[str, Candidate] = {}
        """Rows as they will be, for the lines that come after: by candidate id."""

    def obey(self, question: Question, record: Record) -> None:
        """Do what a person has said."""
        self._plan.settled.add(record.key)
        self._obeyed.add(record.key)
        rows = [self._scene.by_id[one] for one in question.candidate_ids if one in self._scene.by_id]
        if question.kind is QuestionKind.VALUES:
            self._await(record, question.candidate_ids[0], answer=question.agreed)
        elif not question.agreed:
            is_person_known = question.kind is QuestionKind.SAME_APPLICATION
            self._add(record, self._scene.family_of(rows) if is_person_known else ())
        elif question.kind is QuestionKind.SAME_APPLICATION and rows:
            self._await(record, rows[0].id)
        else:
            self._as_known(record, self._scene.family_of(rows[:1]))
        self._met[record.key] = record

    def take(self, record: Record) -> None:
        """Decide whom a line is about."""
        if record.key in self._met:
            self._again(record)
            return
        self._met[record.key] = record
        known = self._scene.history.candidate_of.get(record.key, "")
        if known in self._scene.by_id and self._is_plausible(record, self._scene.by_id[known]):
            self._await(record, known)
            return
        if (asked := self._asked.get(record.key)) is not None:
            self._wait(record, asked)
            return
        found = self._people.recognise(record.candidate)
        if found.certainty is Certainty.NEW:
            self._add(record, ())
        elif found.certainty is Certainty.UNSURE:
            self._ask(QuestionKind.SAME_PERSON, record, found.matches)
        else:
            self._as_known(record, self._scene.family_of(match.candidate for match in found.matches), found.matches)

    def _wait(self, record: Record, asked: Question) -> None:
        if asked.kind is QuestionKind.VALUES:  # whose row it is, is not in question; what the file says may be new
            self._await(record, asked.candidate_ids[0])
        else:
            self._plan.questions.append(asked)

    def finish(self) -> ImportPlan:
        """Look at the cells of everybody who is known, in one pass over the sheet."""
        headings = {heading for one in self._pending.values() for heading in one.record.cells}
        shown = self._scene.cells_of(self._pending.keys(), headings)
        for one in self._pending.values():
            self._compare(one, dict(shown.get(one.candidate_id, {})))
        self._plan.additions = list(self._added.values())
        self._remember_keys()
        return self._plan

    def _remember_keys(self) -> None:
        """What people have answered is never asked again; the rest is noted where something is noted anyhow."""
        is_noted_anyhow = not self._plan.is_empty
        noted = {*(one.key for one in self._plan.changes), *self._addition_of}
        for key, candidate in self._known_by:
            is_new = key not in noted and self._scene.history.candidate_of.get(key) != candidate.id
            if is_new and (is_noted_anyhow or key in self._obeyed):
                self._plan.changes.append(Change(candidate=candidate, key=key, written={}, held={}))

    def _is_plausible(self, record: Record, row: Candidate) -> bool:
        """Whether the row that an earlier import wrote is still about the same person."""
        return record.candidate.address == row.address or not are_clearly_two(record.candidate, row)

    def _as_known(self, record: Record, rows: Sequence[Candidate], matches: Sequence[Match] = ()) -> None:
        """The person is known: which of the rows is this application, if any?"""
        # A family shares an address, and find_persons joins whoever shares one: their rows are nobody else's business.
        rows = [self._filled.get(row.id, row) for row in rows if not are_clearly_two(record.candidate, row)]
        one = self._comparable(record.candidate)
        same, perhaps = applications_of(one, rows)
        is_all_we_can_ask = not matches or not (one.opening or one.applied_at)
        if len(same) == 1 or (len(perhaps) == 1 == len(rows) and is_all_we_can_ask):
            self._await(record, (*same, *perhaps)[0].id)
        elif same or perhaps:
            asked = [Match(row, frozenset()) for row in (*same, *perhaps)]
            self._ask(QuestionKind.SAME_APPLICATION, record, asked, evidence_from=matches)
        else:
            self._add(record, rows)

    def _await(self, record: Record, candidate_id: str, *, answer: bool | None = None) -> None:
        if record.key in self._obeyed and candidate_id in self._scene.by_id:
            self._known_by.append((record.key, self._scene.by_id[candidate_id]))
        if candidate_id in self._added:
            self._merge(record, self._added[candidate_id])
        elif candidate_id in self._scene.doubled_ids:
            self._refuse(record, LineReason.DOUBLED_ID, candidate_id)
        elif candidate_id in self._pending:
            self._join(record, self._pending[candidate_id])
        else:
            self._pending[candidate_id] = _Pending(record=record, candidate_id=candidate_id, answer=answer)
            row, line = self._scene.by_id[candidate_id], self._comparable(record.candidate)
            self._filled[candidate_id] = replace(
                row, opening=row.opening or line.opening, applied_at=row.applied_at or line.applied_at
            )

    def _add(self, record: Record, rows: Sequence[Candidate]) -> None:
        """Somebody new, or a new application of somebody who has applied before."""
        candidate_id = self._ids.take(record)
        if candidate_id is None:
            self._refuse(record, LineReason.REMOVED_SINCE)
            return
        candidate = replace(record.candidate, id=candidate_id, row=_NOT_THERE_YET)
        past = past_applications(record.candidate, rows)
        cells = dict(record.cells)
        if past:
            cells[HEADING] = past_text(past)
            if (tags := self._heading(Field.TAGS)) and TAG not in text(cells.get(tags)):
                cells[tags] = "、".join(filter(None, (text(cells.get(tags)), TAG)))
        if candidate.credit:
            cells |= credit_cells(candidate.credit, cells, self._headings)
        addition = Addition(candidate=candidate, record=record, cells=cells, past=past)
        self._added[candidate_id] = self._addition_of[record.key] = addition
        self._plan.settled.add(record.key)
        self._people.add(candidate)

    def _again(self, record: Record) -> None:
        """The same application once more in the same files."""
        first = self._met[record.key]
        addition = self._addition_of.get(record.key)
        if addition is not None:
            self._merge(record, addition)
        elif first.cells == record.cells:
            self._plan.unchanged += 1
        else:
            self._refuse(record, LineReason.DOUBLED_LINE, str(first.line))

    def _merge(self, record: Record, addition: Addition) -> None:
        """Fill the blanks of a row that is to be added anyhow."""
        self._known_by.append((record.key, addition.candidate))
        if self._agrees(record, addition.cells, addition.record):
            addition.cells = {**record.cells, **addition.cells}
            self._plan.unchanged += 1

    def _join(self, record: Record, first: _Pending) -> None:
        """One more line about somebody who is there: together they are one."""
        self._known_by.append((record.key, self._scene.by_id[first.candidate_id]))
        if self._agrees(record, first.record.cells, first.record):
            first.record = replace(first.record, cells={**record.cells, **first.record.cells})
            self._plan.settled.add(record.key)
            self._plan.unchanged += 1

    def _agrees(self, record: Record, cells: Mapping[str, CellValue], first: Record) -> bool:
        """Whether a line says nothing else than one before it; where the two differ, nobody knows which is right."""
        for heading, value in record.cells.items():
            is_tags = heading == self._heading(Field.TAGS)
            there = cells.get(heading)
            meaning = self._scene.fields.get(heading)
            if there is not None and not (is_tags or is_same(value, there, meaning, self._scene.zone)):
                self._refuse(record, LineReason.DOUBLED_LINE, str(first.line))
                return False
        return True

    def _compare(self, one: _Pending, shown: dict[str, CellValue]) -> None:
        candidate = self._scene.by_id[one.candidate_id]
        marks = self._scene.history.marks_of(candidate.id, one.record.key)
        found = compare(candidate.id, one.record.cells, shown, marks, self._scene.fields, self._scene.zone)
        written = dict(found.changes)
        if one.answer:
            written |= found.differences
        kept = found.differences if one.answer is False else {}
        if written or kept:
            held = {heading: shown.get(heading) for heading in written}
            self._plan.changes.append(
                Change(candidate=candidate, key=one.record.key, written=written, held=held, kept=kept)
            )
        if found.differences and one.answer is None:
            asked = replace(one.record, cells=found.differences)
            said = "、".join(f"{heading}: {text(shown.get(heading))}" for heading in found.differences)
            self._ask(QuestionKind.VALUES, asked, [Match(candidate, frozenset())], shown=said)
        else:
            self._plan.settled.add(one.record.key)
            self._plan.unchanged += not (written or kept)

    def _ask(
        self,
        kind: QuestionKind,
        record: Record,
        matches: Sequence[Match],
        *,
        evidence_from: Sequence[Match] = (),
        shown: str = "",
    ) -> None:
        ids = tuple(match.candidate.id for match in matches)
        said = shown or " / ".join(row_text(match.candidate) for match in matches)
        values = "\n".join(f"{heading}\t{text(value)}" for heading, value in sorted(record.cells.items()))
        self._plan.questions.append(
            Question(
                id=record_key(kind.value, record.key, *ids, values if kind is QuestionKind.VALUES else "")[1:11],
                kind=kind,
                key=record.key,
                candidate_ids=ids,
                shown=said,
                evidence=evidence_of(evidence_from or matches),
                file=record.file,
                line=str(record.line),
                values=record.cells,
            )
        )

    def _refuse(self, record: Record, reason: LineReason, detail: str = "") -> None:
        self._plan.refused.append(RefusedLine(file=record.file, line=record.line, reason=reason, detail=detail))

    def _heading(self, wanted: Field) -> str:
        return self._headings.get(wanted, "")

    def _comparable(self, candidate: Candidate) -> Candidate:
        """The line without what the workbook has no column for: nothing there could be compared with it."""
        columns = self._scene.layout.columns
        return replace(
            candidate,
            opening=candidate.opening if Field.OPENING in columns else "",
            applied_at=candidate.applied_at if Field.APPLIED_AT in columns else None,
        )
