"""Decide what becomes of each line of a file: pure, and for everything that is left out it says why.

First it is decided whom each line is about, then what it changes in their rows. Nothing that a person typed is ever
written over, and whoever is not surely known is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.cells import text
from sheets_automation.core.headings import Field
from sheets_automation.core.identity import derived_id
from sheets_automation.core.importing.comparing import compare, is_same
from sheets_automation.core.importing.plan import Addition, Change, ImportPlan
from sheets_automation.core.importing.questions import Question, QuestionKind, evidence_of
from sheets_automation.core.importing.reapplication import HEADING, TAG, past_applications, past_text
from sheets_automation.core.importing.recognition import (
    Certainty,
    Match,
    People,
    applications_of,
)
from sheets_automation.core.importing.records import Record, record_key
from sheets_automation.core.importing.refusals import LineReason, RefusedLine
from sheets_automation.core.importing.scene import Scene
from sheets_automation.core.likeness import are_two_people
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue

_NOT_THERE_YET = -1


def plan_import(
    scene: Scene, records: Iterable[Record], answered: Sequence[tuple[Question, Record]] = ()
) -> ImportPlan:
    """Say what becomes of each line, and of each question that people have answered."""
    planner = _Planner(scene)
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
    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._people = People(scene.candidates)
        self._plan = ImportPlan()
        self._taken = {*scene.by_id, *scene.ids_alone}
        self._added: dict[str, Addition] = {}
        self._addition_of: dict[str, Addition] = {}
        """By the key of the line."""
        headings = dict(scene.layout.headings)
        self._headings = {one: headings[at] for one, at in scene.layout.columns.items()}
        self._pending: list[_Pending] = []
        self._met: dict[str, Record] = {}

    def obey(self, question: Question, record: Record) -> None:
        """Do what a person has said."""
        self._plan.settled.add(record.key)
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
        found = self._people.recognise(record.candidate)
        if found.certainty is Certainty.NEW:
            self._add(record, ())
        elif found.certainty is Certainty.UNSURE:
            self._ask(QuestionKind.SAME_PERSON, record, found.matches)
        else:
            self._as_known(record, self._scene.family_of(match.candidate for match in found.matches), found.matches)

    def finish(self) -> ImportPlan:
        """Look at the cells of everybody who is known, in one pass over the sheet."""
        headings = {heading for one in self._pending for heading in one.record.cells}
        shown = self._scene.cells_of({one.candidate_id for one in self._pending}, headings)
        for one in self._pending:
            self._compare(one, dict(shown.get(one.candidate_id, {})))
        self._plan.additions = list(self._added.values())
        return self._plan

    def _is_plausible(self, record: Record, row: Candidate) -> bool:
        """Whether the row that an earlier import wrote is still about the same person."""
        return record.candidate.address == row.address or not _are_two_people(record.candidate, row)

    def _as_known(self, record: Record, rows: Sequence[Candidate], matches: Sequence[Match] = ()) -> None:
        """The person is known: which of the rows is this application, if any?"""
        # A family shares an address, and find_persons joins whoever shares one: their rows are nobody else's business.
        rows = [row for row in rows if not _are_two_people(record.candidate, row)]
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
        if candidate_id in self._added:
            self._merge(record, self._added[candidate_id])
        elif candidate_id in self._scene.doubled_ids:
            self._refuse(record, LineReason.DOUBLED_ID, candidate_id)
        else:
            self._pending.append(_Pending(record=record, candidate_id=candidate_id, answer=answer))

    def _add(self, record: Record, rows: Sequence[Candidate]) -> None:
        """Somebody new, or a new application of somebody who has applied before."""
        candidate_id = self._new_id(record)
        if candidate_id in self._scene.history.added and candidate_id not in self._taken - self._scene.ids_alone:
            self._refuse(record, LineReason.REMOVED_SINCE)
            return
        candidate_id = self._distinct(candidate_id)
        candidate = replace(record.candidate, id=candidate_id, row=_NOT_THERE_YET)
        past = past_applications(record.candidate, rows)
        cells = dict(record.cells)
        if past:
            cells[HEADING] = past_text(past)
            if (tags := self._heading(Field.TAGS)) and TAG not in text(cells.get(tags)):
                cells[tags] = "、".join(filter(None, (text(cells.get(tags)), TAG)))
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
        """Fill the blanks of a row that is to be added anyhow; where the two differ, nobody knows which is right."""
        fields = self._scene.fields
        for heading, value in record.cells.items():
            there = addition.cells.get(heading)
            is_tags = heading == self._heading(Field.TAGS)
            if there is not None and not (is_tags or is_same(value, there, fields.get(heading), self._scene.zone)):
                self._refuse(record, LineReason.DOUBLED_LINE, str(addition.record.line))
                return
        addition.cells = {**record.cells, **addition.cells}
        self._plan.unchanged += 1

    def _compare(self, one: _Pending, shown: dict[str, CellValue]) -> None:
        candidate = self._scene.by_id[one.candidate_id]
        marks = self._scene.history.marks_of(candidate.id)
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
        said = shown or " / ".join(_shown(match.candidate) for match in matches)
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

    def _new_id(self, record: Record) -> str:
        """The id that the row would get of itself: by what it says."""
        fields = (Field.ADDRESS, Field.OPENING, Field.APPLIED_AT, Field.MEDIUM)
        said = (text(record.cells.get(self._heading(one))) for one in fields)
        return derived_id((record.candidate.name, *said))

    def _distinct(self, candidate_id: str) -> str:
        number, distinct = 1, candidate_id
        while distinct in self._taken:
            number += 1
            distinct = f"{candidate_id}-{number}"
        self._taken.add(distinct)
        return distinct


def _are_two_people(one: Candidate, other: Candidate) -> bool:
    return one.name_key != other.name_key and are_two_people((one.name, other.name))


def _shown(candidate: Candidate) -> str:
    """How a row of the workbook is called where people compare it."""
    where = f"{candidate.row} 行目" if candidate.row > 0 else "今回追加する方"
    day = f"{candidate.applied_at:%Y/%m/%d}" if candidate.applied_at else ""
    said = (candidate.name, candidate.address.value or "", candidate.opening, day)
    return f"{where} " + "・".join(filter(None, said))
