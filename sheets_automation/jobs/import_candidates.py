"""取込: read → decide → claim → note what will be written → write in one pass → note that it is done.

What is going to be written is noted first, so whoever dies in between leaves no cell of which nobody knows whose it is;
the same files imported again do what is left to do. Where several runs may be at work, the first one in the log has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, islice
from typing import TypeVar

from sheets_automation.core.circulation import HEADING as CREDIT_HEADING
from sheets_automation.core.errors import CellsKept, SendRefused, WorkbookBusy, WorkbookChanged, WorkbookError
from sheets_automation.core.headings import Field
from sheets_automation.core.importing.answers import still_open
from sheets_automation.core.importing.columns import targets_of
from sheets_automation.core.importing.history import FactKind, ImportFact, marks_line, to_row
from sheets_automation.core.importing.plan import ImportPlan
from sheets_automation.core.importing.questions import Question, questions_tab
from sheets_automation.core.importing.reapplication import HEADING
from sheets_automation.core.importing.settings_tab import SettingLine, merged, settings_tab
from sheets_automation.core.status_view import identities
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Identity, NewRow, OwnColumn, TabView, ViewCell, Views, is_shown
from sheets_automation.jobs.import_scene import Decided, FileRead, ImportScene, OpenFiles, decide, look
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import TRIES
from sheets_automation.jobs.situation import OpenDesk, Situation
from sheets_automation.ports import Workbook

T = TypeVar("T")
DEAD_AFTER = timedelta(minutes=15)
"""So long another run's import is believed to go on."""
_PAST_WIDTH, _CREDIT_WIDTH = 44, 14
_PIECE = 2_000
"""Rows in one call where others are at work too: small enough for Google, and for meeting few of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did."""

    import_id: str
    """Empty where nothing was written and nothing new asked: there is nothing to undo then."""
    plan: ImportPlan
    files: tuple[FileRead, ...]
    waiting: int
    """Questions in 取込確認, those of earlier imports among them."""
    targets: tuple[str, ...] = ()
    """The headings of the candidates tab under which a column of a file may go."""
    kept: CellsKept | None = None
    """Cells that hold what no program may overwrite."""


class Pen:
    """Writes the facts of one import or undoing, each with an id of its own."""

    def __init__(self, run: Run, tab: str) -> None:
        self._run = run
        self._tab = tab
        self._numbers = count(1)

    @property
    def import_id(self) -> str:
        """The id of the import that this run is."""
        return self._run.id

    def facts(self, facts: Iterable[ImportFact]) -> dict[str, list[dict[str, CellValue]]]:
        """The rows to append, by tab."""
        return {self._tab: [to_row(fact) for fact in facts]}

    def fact(self, kind: FactKind, *, import_id: str = "", **about: object) -> ImportFact:
        """One fact."""
        return ImportFact(
            fact_id=f"{self._run.id}-I{next(self._numbers):05d}",
            at=self._run.clock(),
            import_id=import_id or self._run.id,
            kind=kind,
            actor=self._run.actor,
            **about,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is to be taken in, and what a person has said of it."""

    open_files: OpenFiles
    said: Sequence[SettingLine] = ()
    """Of the files' columns; remembered in 取込設定."""
    agrees: Callable[[ImportPlan], None] = lambda _plan: None
    """Raises where a person has agreed to another plan than this one."""

    def decide(self, workbook: Workbook, open_desk: OpenDesk) -> Decided:
        """Say what would be done now."""
        return decide(look(workbook, open_desk, self.said), self.open_files)


def preview_import(workbook: Workbook, open_desk: OpenDesk, material: Material) -> ImportReport:
    """Say what an import would do; writes nothing."""
    return _report("", material.decide(workbook, open_desk), None)


def import_candidates(workbook: Workbook, open_desk: OpenDesk, run: Run, material: Material) -> ImportReport:
    """Take files in, and do what people have answered. The same files again change nothing.

    Raises WorkbookBusy while another import is at work on the same workbook.
    """
    decided = material.decide(workbook, open_desk)
    material.agrees(decided.plan)
    if _shows_all(decided, run.id):
        return _report("", decided, None)
    pen = Pen(run, decided.at.desk.rules.tabs.imports)
    if _leaves_nothing(decided):
        return _report("", decided, _write(workbook, pen, decided))
    _claim(workbook, pen, decided)
    try:
        if not workbook.single_run:  # whatever another import did until now is known only now
            decided = _claimed(workbook, open_desk, run, material)
        decided, kept = _write_at_last(workbook, open_desk, pen, decided, material)
    except (WorkbookError, SendRefused):
        with suppress(WorkbookError):  # else others would wait for us
            workbook.append(pen.facts([pen.fact(FactKind.GIVEN_UP)]))
        raise
    return _report("" if _leaves_nothing(decided) else run.id, decided, kept)


def _claim(workbook: Workbook, pen: Pen, decided: Decided) -> None:
    """Note that an import has begun; refused where one is known to be under way."""
    begun = pen.fact(FactKind.BEGUN, note="、".join(one.sheet.file.name for one in decided.files))
    if not workbook.single_run and is_rival_at_work(decided.at, "", begun.at):
        raise _busy()
    workbook.append(pen.facts([begun]))


def is_rival_at_work(at: ImportScene, mine: str, now: datetime) -> bool:
    """Tell whether another import began before this one and has not said how it ended."""
    for one in at.scene.history.imports.values():
        if one.id == mine:
            return False
        if not one.is_over and now - one.begun_at < DEAD_AFTER:
            return True
    return False


def _claimed(workbook: Workbook, open_desk: OpenDesk, run: Run, material: Material) -> Decided:
    at = look(workbook, open_desk, material.said)
    if is_rival_at_work(at, run.id, run.clock()):
        raise _busy()
    decided = decide(at, material.open_files)
    material.agrees(decided.plan)
    return decided


def _write_at_last(
    workbook: Workbook, open_desk: OpenDesk, pen: Pen, decided: Decided, material: Material
) -> tuple[Decided, CellsKept | None]:
    """Write, and decide anew where people have moved something meanwhile, a few times at most."""
    for _ in range(TRIES - 1):
        try:
            return decided, _write(workbook, pen, decided, is_claimed=True)
        except WorkbookChanged:
            decided = material.decide(workbook, open_desk)
            material.agrees(decided.plan)
    return decided, _write(workbook, pen, decided, is_claimed=True)


def _write(workbook: Workbook, pen: Pen, decided: Decided, *, is_claimed: bool = False) -> CellsKept | None:
    plan = decided.plan
    facts = list(_facts(pen, plan))
    rows = tuple(NewRow(candidate_id=one.candidate.id, cells=one.cells) for one in plan.additions)
    views = _views(decided, pen.import_id)
    piece = len(facts) + 1 if workbook.single_run else _PIECE
    for some in _pieces(facts, piece):
        workbook.append(pen.facts(some))
    for early in list(_pieces(rows, piece))[:-1]:
        workbook.show(Views(place=views.place, columns=views.columns, new_rows=tuple(early)))
    end = pen.fact(FactKind.GIVEN_UP if _leaves_nothing(decided) else FactKind.DONE)
    try:
        workbook.show(replace(views, new_rows=rows), pen.facts([end]) if is_claimed else {})
    except CellsKept as kept:
        return kept
    return None


def _facts(pen: Pen, plan: ImportPlan) -> Iterator[ImportFact]:
    for one in plan.additions:
        written = marks_line(one.candidate.id, one.cells)
        yield pen.fact(FactKind.ADDED, candidate_id=one.candidate.id, key=one.record.key, marks=written)
    for change in plan.changes:
        yield pen.fact(
            change.kind,
            candidate_id=change.candidate.id,
            key=change.key,
            marks=change.marks,
            before=change.before,
        )


def _views(decided: Decided, import_id: str) -> Views:
    """All but the new rows."""
    plan, at = decided.plan, decided.at
    by_credit = any(one.candidate.credit for one in plan.additions)
    lacks_credit = by_credit and Field.CREDIT not in at.situation.layout.columns
    columns = (
        *([OwnColumn(heading=HEADING, width=_PAST_WIDTH)] if plan.reapplied else []),
        *([OwnColumn(heading=CREDIT_HEADING, width=_CREDIT_WIDTH)] if lacks_credit else []),
    )
    written = [one for one in plan.changes if one.written]
    ids = identities_of(at.situation, _spoken_of(decided))
    return Views(
        place=None if plan.is_empty and not ids else at.situation.layout.place,
        identities=ids,
        columns=columns,
        cells={
            one.candidate.id: {heading: ViewCell(value=value) for heading, value in one.written.items()}
            for one in written
        },
        only_over={one.candidate.id: one.held for one in written},
        tabs=_tabs(decided, import_id),
    )


def _spoken_of(decided: Decided) -> set[str]:
    """Ids by which the log and the tabs speak of rows, so that they must stand in the sheet."""
    plan = decided.plan
    past = (row.id for one in plan.additions for row in one.past)
    asked = (one for question in plan.questions for one in question.candidate_ids)
    return {*(one.candidate.id for one in plan.changes), *past, *asked}


def identities_of(situation: Situation, wanted: set[str]) -> tuple[Identity, ...]:
    """Ids, for those of these rows that have none yet."""
    rows = {one.row for one in situation.candidates if one.id_is_new and one.id in wanted}
    place = situation.layout.place
    if not rows:
        return ()
    typed = {
        row.number: (row.cells.get(place.name_column), row.cells.get(place.address_column))
        for row in situation.snapshot.tables[place.tab].rows({place.name_column, place.address_column})
        if row.number in rows
    }
    return identities(situation.candidates, typed)


def _tabs(decided: Decided, import_id: str) -> tuple[TabView, ...]:
    """The tabs of an import that show something else than they should."""
    at, names = decided.at, decided.at.desk.rules.tabs
    tables = at.situation.snapshot.tables
    questions = [replace(one, import_id=one.import_id or import_id) for one in _asked(decided)]
    settings = merged(at.settings, decided.settings)
    wanted = []
    if questions or names.import_questions in tables:
        wanted.append(questions_tab(questions, names.import_questions))
    if settings:
        wanted.append(settings_tab(settings, names.import_settings))
    return tuple(view for view in wanted if not is_shown(view, tables.get(view.tab)))


def _asked(decided: Decided) -> tuple[Question, ...]:
    return still_open(decided.at.questions, decided.plan, decided.at.scene.by_id)


def _leaves_nothing(decided: Decided) -> bool:
    """Whether there would be nothing to undo."""
    return decided.plan.is_empty and all(one.import_id for one in _asked(decided))


def _shows_all(decided: Decided, import_id: str) -> bool:
    return decided.plan.is_empty and not _tabs(decided, import_id)


def _report(import_id: str, decided: Decided, kept: CellsKept | None) -> ImportReport:
    return ImportReport(
        import_id=import_id,
        plan=decided.plan,
        files=decided.files,
        waiting=len(_asked(decided)),
        targets=targets_of(decided.at.scene.layout),
        kept=kept,
    )


def _pieces(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while piece := list(islice(rest, size)):
        yield piece


def _busy() -> WorkbookBusy:
    return WorkbookBusy(
        "同じブックへの別の取込が進行中です。15 分ほど待ってから、もう一度実行してください。",
        "Another import into this workbook is under way. Wait a quarter of an hour, then run again.",
    )
