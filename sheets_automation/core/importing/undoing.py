"""Undo an import as a whole: take back what it wrote and what still stands as it wrote it, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sheets_automation.core.cells import text
from sheets_automation.core.headings import heading_key
from sheets_automation.core.importing.history import FactKind, Import, ImportFact, mark_of, written_by
from sheets_automation.core.importing.scene import Scene
from sheets_automation.core.table import CellValue


@dataclass(slots=True, kw_only=True)
class Undoing:
    """What is to be put back, by candidate id and heading."""

    cleared: dict[str, dict[str, CellValue]] = field(default_factory=dict)
    """Whole rows that the import added: None for each of their cells."""
    restored: dict[str, dict[str, CellValue]] = field(default_factory=dict)
    """Single cells, with what stood there before."""
    held: dict[str, dict[str, CellValue]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    """Ids of candidates whom people, or letters, have done something to since: their rows stay."""


def plan_undo(scene: Scene, one: Import, written_to: Collection[str], own_headings: Collection[str]) -> Undoing:
    """Say what to take back. `written_to` are ids of candidates to whom letters were prepared or sent.

    A row that was added goes only if it holds nothing but what imports wrote and what is ours anyhow (`own_headings`).
    """
    undoing = Undoing()
    ids = {fact.candidate_id for fact in one.facts} - scene.doubled_ids
    shown = scene.cells_of(ids, {heading for _, heading in scene.layout.headings})
    marks = _marks_of(one.facts)
    for fact in reversed(one.facts):
        cells = shown.get(fact.candidate_id)
        if cells is None:
            if fact.candidate_id in scene.ids_alone:  # an undoing that died
                undoing.cleared[fact.candidate_id] = {scene.layout.place.id_heading: None}
            continue  # gone by hand
        if fact.kind is FactKind.ADDED:
            _take_back_row(undoing, fact, marks[fact.candidate_id], cells, written_to, own_headings)
        else:
            _take_back_cells(undoing, fact, cells)
    for candidate_id in undoing.cleared:
        undoing.restored.pop(candidate_id, None)
    return undoing


def _take_back_row(
    undoing: Undoing,
    fact: ImportFact,
    mine: Mapping[str, Collection[str]],
    cells: Mapping[str, CellValue],
    written_to: Collection[str],
    own_headings: Collection[str],
) -> None:
    own = {heading_key(heading) for heading in own_headings}
    typed = [
        heading
        for heading, value in cells.items()
        if heading_key(heading) not in own
        and text(value)
        and mark_of(fact.candidate_id, heading, value) not in mine.get(heading_key(heading), ())
    ]
    if typed or fact.candidate_id in written_to:
        undoing.kept.append(fact.candidate_id)
        return
    undoing.cleared[fact.candidate_id] = dict.fromkeys(cells, None)
    undoing.held[fact.candidate_id] = {h: v for h, v in cells.items() if heading_key(h) not in own}


def _marks_of(facts: Iterable[ImportFact]) -> Mapping[str, Mapping[str, Collection[str]]]:
    """All that the import wrote, by candidate id and folded heading."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in facts:
        for heading, mark in written_by(fact).items():
            found[fact.candidate_id][heading].add(mark)
    return found


def _take_back_cells(undoing: Undoing, fact: ImportFact, cells: Mapping[str, CellValue]) -> None:
    marks = written_by(fact)
    before = {heading_key(heading): value for heading, value in fact.before.items()}
    for heading, value in cells.items():
        mark = marks.get(heading_key(heading))
        if mark is not None and mark == mark_of(fact.candidate_id, heading, value):
            undoing.restored.setdefault(fact.candidate_id, {})[heading] = before.get(heading_key(heading))
            undoing.held.setdefault(fact.candidate_id, {})[heading] = value
