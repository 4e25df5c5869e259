"""What an import reads before it decides: the workbook, its 取込 tabs, and the files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.candidates import CandidateRules
from sheets_automation.core.errors import ImportUnreadable
from sheets_automation.core.headings import heading_key
from sheets_automation.core.importing.answers import answered_in
from sheets_automation.core.importing.columns import Column, map_columns, waits_for_hr
from sheets_automation.core.importing.date_styles import DateStyle
from sheets_automation.core.importing.erased_lines import without_erased
from sheets_automation.core.importing.history import fold_imports, read_facts
from sheets_automation.core.importing.plan import ImportPlan
from sheets_automation.core.importing.planning import plan_import
from sheets_automation.core.importing.questions import Question, read_questions
from sheets_automation.core.importing.records import Record, read_records
from sheets_automation.core.importing.refusals import LineReason, RefusedLine
from sheets_automation.core.importing.scene import Scene
from sheets_automation.core.importing.settings_tab import (
    SettingLine,
    lines_of,
    memory_of,
    overruled,
    read_settings,
)
from sheets_automation.core.importing.source import SourceFile, SourceSheet, locate_headings
from sheets_automation.core.layout import Layout
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.situation import OpenDesk, Situation, understand, zone_of
from sheets_automation.ports import Workbook

OpenFiles = Callable[[Collection[str]], Sequence[SourceFile]]
"""Reads the files; given the headings that are known beside the usual ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """How one file was understood."""

    sheet: SourceSheet
    columns: tuple[Column, ...]
    date_styles: Mapping[str, DateStyle]
    lines: int
    layout: Layout
    """Of the candidates tab that it goes into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportScene:
    """One moment of the workbook, with everything that an import goes by."""

    desk: Desk
    situation: Situation
    scene: Scene
    rules: CandidateRules
    settings: tuple[SettingLine, ...]
    questions: tuple[Question, ...]
    """Those of undone imports are not among them, and no answer to them counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an import would do, and by what."""

    at: ImportScene
    plan: ImportPlan
    files: tuple[FileRead, ...]
    settings: tuple[SettingLine, ...] = ()
    """Lines of 取込設定 for these files."""


def look(workbook: Workbook, open_desk: OpenDesk, said: Sequence[SettingLine] = ()) -> ImportScene:
    """Read the workbook once. `said` is what a person has just said of columns: it goes before what 取込設定 says."""
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    situation = understand(snapshot, desk.rules)
    tabs = desk.rules.tabs
    zone = zone_of(snapshot, desk.rules)
    history = fold_imports(read_facts(snapshot.tables.get(tabs.imports)))
    undone = {one.id for one in history.imports.values() if one.is_undone}
    asked = read_questions(snapshot.tables.get(tabs.import_questions))
    return ImportScene(
        desk=desk,
        situation=situation,
        scene=Scene(
            layout=situation.layout,
            table=snapshot.tables[situation.layout.place.tab],
            candidates=situation.candidates,
            history=history,
            zone=zone,
        ),
        rules=replace(desk.rules.candidates, timezone=zone),
        settings=overruled(read_settings(snapshot.tables.get(tabs.import_settings)), said),
        questions=tuple(one for one in asked if one.import_id not in undone),
    )


def decide(at: ImportScene, open_files: OpenFiles) -> Decided:
    """Read the files and say what becomes of each of their lines, and of the questions that were answered."""
    records: list[Record] = []
    refused: list[RefusedLine] = []
    settings: list[SettingLine] = []
    files: list[FileRead] = []
    for file in open_files(_known_headings(at)):
        sheet = _candidates_in(file, at)
        columns = map_columns(sheet, at.scene.layout, at.desk.rules.headings.aliases, memory_of(at.settings))
        settings += lines_of(sheet.system_name, columns)
        if waits_for_hr(columns):
            refused.append(RefusedLine(file=file.name, line=0, reason=LineReason.COLUMNS_UNCONFIRMED))
            files.append(FileRead(sheet=sheet, columns=columns, date_styles={}, lines=0, layout=at.scene.layout))
            continue
        reading = read_records(sheet, columns, at.scene.layout, at.rules)
        kept, erased = without_erased(reading.records, at.scene.history, at.desk.rules.guards.erasure_keys)
        records += kept
        refused += (*reading.refused, *erased)
        lines = len(reading.records) + len(reading.refused)
        files.append(
            FileRead(sheet=sheet, columns=columns, date_styles=reading.date_styles, lines=lines, layout=at.scene.layout)
        )
    answered = tuple(answered_in(at.questions, at.scene, at.rules))
    done = {question.id for question, _ in answered}
    plan = plan_import(at.scene, records, answered, [one for one in at.questions if one.id not in done])
    plan.refused[:0] = refused
    return Decided(at=at, plan=plan, files=tuple(files), settings=tuple(settings))


def _known_headings(at: ImportScene) -> frozenset[str]:
    of_tab = (heading for _, heading in at.scene.layout.headings)
    return frozenset(map(heading_key, (*of_tab, *(line.heading for line in at.settings))))


def _candidates_in(file: SourceFile, at: ImportScene) -> SourceSheet:
    sheet = locate_headings(file, _known_headings(at))
    if sheet is None:
        raise ImportUnreadable(
            f"「{file.name}」に見出しの行が見つかりません(上から 30 行を探しました)。"
            "氏名やメールアドレスなどの見出しがある行を加えてください。",
            f'"{file.name}" has no row of headings within its first 30 lines. '
            "Add one, with headings such as 氏名 and メールアドレス.",
        )
    return sheet
