"""The questions that people have answered, as lines to take in: with the values as they corrected them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from sheets_automation.core.candidates import CandidateRules
from sheets_automation.core.importing.columns import Certainty, Column
from sheets_automation.core.importing.plan import ImportPlan
from sheets_automation.core.importing.questions import Question, QuestionKind
from sheets_automation.core.importing.records import Record, read_records
from sheets_automation.core.importing.scene import Scene
from sheets_automation.core.importing.source import SourceFile, SourceSheet
from sheets_automation.core.table import table_of


def answered_in(
    questions: Iterable[Question], scene: Scene, rules: CandidateRules
) -> Iterator[tuple[Question, Record]]:
    """Give each question with a yes or a no, and the line it is about. Those about rows that are gone stay open."""
    for question in questions:
        is_there = bool(question.candidate_ids) and question.candidate_ids[0] in scene.by_id
        if question.agreed is None or not is_there:
            continue
        record = _values_record(question, scene) or _whole_record(question, scene, rules)
        if record is not None:
            yield question, record


def still_open(before: Sequence[Question], plan: ImportPlan, there: Container[str]) -> tuple[Question, ...]:
    """What the tab asks from now on: what was asked and not settled, as people left it, and what is new.

    `there` are the ids of the workbook: a question about nobody there any more gives way to a new one.
    """
    anew = {one.key: one for one in plan.questions}
    kept = [one for one in before if one.key not in plan.settled and _stands(one, anew.get(one.key), there)]
    known = {one.key for one in kept}
    return (*kept, *(one for one in plan.questions if one.key not in known))


def _stands(old: Question, new: Question | None, there: Container[str]) -> bool:
    if new is None or new.id == old.id:
        return True
    is_about_whom = new.kind is old.kind and new.kind is not QuestionKind.VALUES
    return is_about_whom and bool(old.candidate_ids) and old.candidate_ids[0] in there


def _values_record(question: Question, scene: Scene) -> Record | None:
    if question.kind is not QuestionKind.VALUES:
        return None
    candidate = scene.by_id[question.candidate_ids[0]]
    return Record(
        file=question.file, line=_line(question), candidate=candidate, cells=question.values, key=question.key
    )


def _whole_record(question: Question, scene: Scene, rules: CandidateRules) -> Record | None:
    headings = dict(enumerate(question.values))
    table = table_of(question.file, {1: dict(headings), 2: dict(enumerate(question.values.values()))})
    file = SourceFile(name=question.file, tables=(table,))
    sheet = SourceSheet(file=file, table=table, heading_row=1, headings=headings, system=None)
    columns = [
        Column(at=at, heading=heading, certainty=Certainty.KNOWN, meaning=scene.fields.get(heading), target=heading)
        for at, heading in headings.items()
    ]
    found = read_records(sheet, columns, scene.layout, rules).records if headings else ()
    return replace(found[0], key=question.key, line=_line(question)) if found else None


def _line(question: Question) -> int:
    return int(question.line) if question.line.isdecimal() and question.line.isascii() else 0
