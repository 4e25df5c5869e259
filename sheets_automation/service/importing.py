"""Taking in files on the page: a preview first, then the very same by its number, and back again as a whole."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import Literal

from sheets_automation.core.cells import text
from sheets_automation.core.errors import CellsKept, ExpectationMissed, PlanChanged
from sheets_automation.core.importing.columns import Certainty, Column
from sheets_automation.core.importing.credits import with_credit
from sheets_automation.core.importing.history import FactKind, Import
from sheets_automation.core.importing.plan import Addition, Change, ImportPlan, row_text
from sheets_automation.core.importing.questions import Question
from sheets_automation.core.importing.settings_tab import NAMES, said_of
from sheets_automation.core.importing.source import SourceFile
from sheets_automation.core.table import CellValue
from sheets_automation.imports.encodings import CHOICES
from sheets_automation.imports.files import OpenFiles, SentFile
from sheets_automation.jobs.import_candidates import (
    DEAD_AFTER,
    ImportReport,
    Material,
    import_candidates,
    preview_import,
)
from sheets_automation.jobs.import_scene import FileRead, look
from sheets_automation.jobs.undo_import import undo_import
from sheets_automation.service import import_documents as i
from sheets_automation.service.documents import Problem
from sheets_automation.service.house import House, Room
from sheets_automation.service.refusals import bad_request

_MOST_SHOWN = 100
_IMPORTS_SHOWN = 20
_SAMPLE_ROWS = 5
_LONGEST_SAMPLE = 40


def preview(room: Room, sent: i.FileSent | None) -> i.ImportPreview:
    """Say what would be done; writes nothing."""
    with _material(sent) as material, room.reading() as workbook:
        report = preview_import(workbook, room.office.look_at_desk, material)
        return _preview(report, room.language)


def take_in(house: House, room: Room, wanted: i.ImportWanted) -> i.ImportDone:
    """Do what the preview showed, and nothing else."""

    def agrees(plan: ImportPlan) -> None:
        if plan.mark != wanted.mark:
            raise _changed()
        if plan.rows != wanted.number:
            raise _another_number(plan.rows, wanted.number)

    with _material(wanted.file, agrees) as material, house.pen(room.workbook), room.writing() as workbook:
        report = import_candidates(workbook, room.office.look_at_desk, room.office.new_run(), material)
    plan = report.plan
    return i.ImportDone(
        import_id=report.import_id or None,
        added=len(plan.additions),
        changed=plan.rows - len(plan.additions),
        unchanged=plan.unchanged,
        proposed=len(plan.questions),
        refused=len(plan.refused),
        waiting=report.waiting,
        kept=_problem(report.kept, room.language),
    )


def take_back(house: House, room: Room, import_id: str) -> i.ImportUndone:
    """Undo an import as a whole."""
    with house.pen(room.workbook), room.writing() as workbook:
        report = undo_import(workbook, room.office.look_at_desk, room.office.new_run(), import_id)
    return i.ImportUndone(
        import_id=report.import_id,
        removed=len(report.removed),
        restored=len(report.restored),
        kept=list(report.kept),
        cells_kept=_problem(report.cells_kept, room.language),
    )


def past_imports(room: Room) -> list[i.ImportLine]:
    """The last imports, newest first."""
    with room.reading() as workbook:
        history = look(workbook, room.office.look_at_desk).scene.history
    now = room.office.clock()

    def state(one: Import) -> str:
        if one.is_undone:
            return "undone"
        if FactKind.DONE in one.kinds:
            return "done"
        return "under_way" if not one.is_over and now - one.begun_at < DEAD_AFTER else "given_up"

    def line(one: Import) -> i.ImportLine:
        counts = Counter(fact.kind for fact in one.facts)
        return i.ImportLine(
            import_id=one.id,
            at=one.begun_at.isoformat(timespec="seconds"),
            actor=one.actor,
            files=one.note,
            added=counts[FactKind.ADDED],
            changed=counts[FactKind.CHANGED],
            state=state(one),  # type: ignore[arg-type]
            can_be_undone=one.can_be_undone,
        )

    return [line(one) for one in islice(reversed(list(history.imports.values())), _IMPORTS_SHOWN)]


@contextmanager
def _material(sent: i.FileSent | None, agrees: Callable[[ImportPlan], None] = lambda _plan: None) -> Iterator[Material]:
    """The file as it was sent: in memory, or for a workbook in a folder of our own, until the request is answered."""
    files = None if sent is None else SentFile(name=sent.name, data=_bytes_of(sent), encoding=sent.encoding or "")
    with closing(OpenFiles()) as opened:

        def read(known: Collection[str]) -> Sequence[SourceFile]:
            if files is None or sent is None:
                return []
            return [with_credit(opened.read_sent(files, known), sent.credit, known)]

        said = [] if sent is None else [said_of(one.system, one.heading, one.target) for one in sent.columns]
        yield Material(open_files=read, said=said, agrees=agrees)


def _bytes_of(sent: i.FileSent) -> bytes:
    try:
        data = b64decode(sent.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise bad_request("ファイルの中身を読めません。", "The file's content is not base64.") from error
    if len(data) > i.LARGEST_FILE:
        raise bad_request(
            "ファイルが大きすぎます(10 MB まで)。分けるか、relay import を使ってください。",
            "The file is too large (10 MB). Send it in parts, or use `relay import`.",
        )
    return data


def _preview(report: ImportReport, language: str) -> i.ImportPreview:
    plan = report.plan
    changes = [one for one in plan.changes if one.written]
    return i.ImportPreview(
        mark=plan.mark,
        number=plan.rows,
        added=len(plan.additions),
        changed=len(changes),
        unchanged=plan.unchanged,
        proposed=len(plan.questions),
        refused=len(plan.refused),
        reapplied=plan.reapplied,
        waiting=report.waiting,
        file=_file(report.files[0], list(report.targets)) if report.files else None,
        additions=[_addition(one) for one in plan.additions[:_MOST_SHOWN]],
        changes=[_change(one) for one in changes[:_MOST_SHOWN]],
        proposals=[_proposal(one, language) for one in plan.questions[:_MOST_SHOWN]],
        refusals=[
            i.RefusalLine(line=one.line, heading=one.heading, text=one.text(language))
            for one in plan.refused[:_MOST_SHOWN]
        ],
    )


def _file(one: FileRead, targets: list[str]) -> i.FileShown:
    sheet = one.sheet
    is_text = bool(sheet.file.encoding)
    below = (row for row in sheet.table.rows() if row.number > sheet.heading_row)
    rows = [row.cells for row in islice(below, _SAMPLE_ROWS)]
    return i.FileShown(
        name=sheet.file.name,
        system=sheet.system_name,
        knows_system=sheet.system is not None,
        encoding=sheet.file.encoding or None,
        encodings=list(CHOICES) if is_text else [],
        delimiter=sheet.file.delimiter or None,
        sheet=None if is_text else sheet.table.title,
        heading_row=sheet.heading_row,
        lines=one.lines,
        columns=[
            i.ColumnShown(
                heading=column.heading,
                target=column.target,
                certainty=column.certainty.value,
                use=_use(column),
                sample="" if column.certainty is Certainty.FORBIDDEN else _sample(rows, column.at),
                date_style=style.value if (style := one.date_styles.get(column.heading)) else None,
            )
            for column in one.columns
        ],
        targets=targets,
    )


def _sample(rows: Iterable[Mapping[int, CellValue]], at: int) -> str:
    """What the first line says that says anything there."""
    return next((shown for cells in rows if (shown := text(cells.get(at)))), "")[:_LONGEST_SAMPLE]


def _use(column: Column) -> Literal["column", "names", "matching", "nothing"]:
    if not column.is_used:
        return "nothing"
    if column.target:
        return "column"
    if column.meaning in NAMES:
        return "names"
    return "matching" if column.meaning is not None else "nothing"


def _addition(one: Addition) -> i.AdditionLine:
    return i.AdditionLine(
        line=one.record.line,
        name=one.candidate.name,
        opening=one.candidate.opening,
        past=[row_text(row) for row in one.past],
    )


def _change(one: Change) -> i.ChangeLine:
    return i.ChangeLine(
        candidate_id=one.candidate.id,
        row=one.candidate.row,
        name=one.candidate.name,
        cells=[
            i.CellChanged(heading=heading, before=text(one.held.get(heading)), after=text(value))
            for heading, value in one.written.items()
        ],
    )


def _proposal(one: Question, language: str) -> i.ProposalLine:
    return i.ProposalLine(
        kind=one.kind.value,
        line=one.line,
        file_says="、".join(f"{heading}: {text(value)}" for heading, value in one.values.items()),
        workbook_says=one.shown.splitlines(),
        evidence=one.evidence_text(language),
    )


def _problem(kept: CellsKept | None, language: str) -> Problem | None:
    return Problem(name=kept.name, text=kept.text(language)) if kept is not None else None


def _changed() -> PlanChanged:
    return PlanChanged(
        "プレビューのあとで、ブックかファイルが変わりました。何も書き込んでいません。もう一度確かめてください。",
        "The workbook or the file has changed since the preview. Nothing was written; look at it again.",
    )


def _another_number(rows: int, named: int) -> ExpectationMissed:
    return ExpectationMissed(
        f"書き込む行は {named} 行ではなく {rows} 行です。何も書き込んでいません。数を確かめてください。",
        f"{rows} rows would be written, not {named}. Nothing was written; check the number.",
    )
