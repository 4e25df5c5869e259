"""取込の取消: take back what one import wrote and what still stands as it wrote it."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_automation.core.errors import CellsKept, UnknownImport, WorkbookChanged, WorkbookError
from sheets_automation.core.headings import OWN_FIELDS, Field
from sheets_automation.core.importing.history import FactKind, Import
from sheets_automation.core.importing.questions import questions_tab, read_questions
from sheets_automation.core.importing.undoing import Undoing, plan_undo
from sheets_automation.core.table import Table
from sheets_automation.core.views import TabView, ViewCell, Views, is_shown
from sheets_automation.jobs.import_candidates import Pen
from sheets_automation.jobs.import_scene import ImportScene, look
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import TRIES
from sheets_automation.jobs.situation import OpenDesk
from sheets_automation.ports import Workbook

LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What was taken back."""

    import_id: str
    removed: tuple[str, ...]
    """Ids of candidates whose rows are empty now."""
    restored: tuple[str, ...]
    """Ids of candidates in whose rows cells are as they were."""
    kept: tuple[str, ...]
    """Ids of candidates whom the import had added, and who stay: people or letters have dealt with them since."""
    questions: int = 0
    """How many questions that it had asked are gone."""
    cells_kept: CellsKept | None = None


def undo_import(workbook: Workbook, open_desk: OpenDesk, run: Run, import_id: str = LAST) -> UndoReport:
    """Undo an import, the last one that is not undone by default. One that was interrupted can be undone again.

    Raises UnknownImport where there is no such import, or it is undone already.
    """
    changed: WorkbookError | None = None
    pen: Pen | None = None
    for _ in range(TRIES):
        at = look(workbook, open_desk)
        one = _chosen(at, import_id)
        if pen is None:
            pen = Pen(run, at.desk.rules.tabs.imports)
            workbook.append(pen.facts([pen.fact(FactKind.UNDO_BEGUN, import_id=one.id)]))
        undoing = _plan(at, one)
        asked = sum(question.import_id == one.id for question in read_questions(_asked_in(at)))
        try:
            kept = _write(workbook, at, undoing, pen, one)
        except WorkbookChanged as error:
            changed, import_id = error, one.id
            continue
        return UndoReport(
            import_id=one.id,
            removed=tuple(undoing.cleared),
            restored=tuple(undoing.restored),
            kept=tuple(undoing.kept),
            questions=asked,
            cells_kept=kept,
        )
    raise changed or _unknown(import_id)


def _chosen(at: ImportScene, import_id: str) -> Import:
    open_ones = {one.id: one for one in at.scene.history.imports.values() if one.can_be_undone}
    if import_id == LAST and open_ones:
        # One whose undoing died is the one that somebody wanted to undo.
        return next((one for one in open_ones.values() if one.is_undone), list(open_ones.values())[-1])
    if import_id not in open_ones:
        raise _unknown(import_id)
    return open_ones[import_id]


def _plan(at: ImportScene, one: Import) -> Undoing:
    layout = at.scene.layout
    own = [layout.heading_of(field) for field in (*OWN_FIELDS, Field.ID)]
    letters = {event.key.candidate_id for event in at.situation.events}
    return plan_undo(at.scene, one, letters, own)


def _asked_in(at: ImportScene) -> Table | None:
    return at.situation.snapshot.tables.get(at.desk.rules.tabs.import_questions)


def _tabs_without(at: ImportScene, one: Import) -> tuple[TabView, ...]:
    """取込確認 without the questions of an import."""
    left = [question for question in at.questions if question.import_id != one.id]
    view = questions_tab(left, at.desk.rules.tabs.import_questions)
    table = _asked_in(at)
    return () if table is None or is_shown(view, table) else (view,)


def _write(workbook: Workbook, at: ImportScene, undoing: Undoing, pen: Pen, one: Import) -> CellsKept | None:
    cells = {
        candidate_id: {heading: ViewCell(value=value) for heading, value in headings.items()}
        for candidate_id, headings in {**undoing.restored, **undoing.cleared}.items()
    }
    place = at.situation.layout.place if cells else None
    kept: CellsKept | None = None
    try:
        workbook.show(Views(place=place, cells=cells, only_over=undoing.held, tabs=_tabs_without(at, one)))
    except CellsKept as error:
        kept = error
    workbook.append(pen.facts([pen.fact(FactKind.UNDONE, import_id=one.id)]))  # not with the cells: ids go last
    return kept


def _unknown(import_id: str) -> UnknownImport:
    if import_id == LAST:
        return UnknownImport(
            "このブックには、取り消せる取込がありません。", "There is no import in this workbook that can be undone."
        )
    return UnknownImport(
        f"取込 {import_id} は、このブックにないか、もう取り消されています。取込ID は「取込記録」タブにあります。",
        f"Import {import_id} is not in this workbook, or was undone already. Tab 取込記録 has the ids.",
    )
