"""`relay import`: take the applicants of files into the workbook, or undo that."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.importing.columns import Certainty
from sheets_automation.core.importing.credits import with_credit
from sheets_automation.core.importing.refusals import RefusedLine
from sheets_automation.core.importing.settings_tab import target_in_words
from sheets_automation.imports.files import OpenFiles
from sheets_automation.jobs.credits import use_named, uses_of
from sheets_automation.jobs.import_candidates import ImportReport, Material, import_candidates, preview_import
from sheets_automation.jobs.import_scene import FileRead
from sheets_automation.jobs.undo_import import UndoReport, undo_import
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.ports import Workbook

_MOST_SHOWN = 20


def run(arguments: argparse.Namespace) -> Answer:
    """Do one of: look, take in, obey answers, undo."""
    _check(arguments)
    office = Office.open(arguments.config, arguments.workbook)
    if arguments.undo:
        return _undo(arguments, office)
    files = OpenFiles()
    paths = [Path(one) for one in arguments.files]
    with closing(files), closing(office.open_workbook(arguments.workbook, exclusive=not arguments.preview)) as workbook:
        credit = _credit(arguments.credit, workbook, office)

        def read(known: Iterable[str]) -> list[Any]:
            headings = frozenset(known)
            return [with_credit(files.read(path, headings), credit, headings) for path in paths]

        if arguments.preview:
            report = preview_import(workbook, office.look_at_desk, Material(open_files=read))
        else:
            report = import_candidates(workbook, office.look_at_desk, office.new_run(), Material(open_files=read))
    is_open = report.waiting or report.plan.refused or report.kept
    return Answer(
        document=_document(report, arguments),
        show=lambda console: _show(console, _lines(report, arguments.lang, is_preview=arguments.preview)),
        exit_code=NEEDS_A_PERSON if is_open else DONE,
        error=report.kept,
    )


def _credit(wanted: str, workbook: Workbook, office: Office) -> str:
    """The number of the credit by which these people were found; empty where none was."""
    if not wanted:
        return ""
    snapshot = workbook.read()
    rules = office.look_at_desk(snapshot).rules
    return use_named(wanted, uses_of(snapshot, rules.partners, office.new_run(), rules.tabs))


def _check(arguments: argparse.Namespace) -> None:
    if arguments.undo and (arguments.files or arguments.preview or arguments.resolve):
        raise ConfigurationError(
            "--undo はファイルや --preview、--resolve と一緒には使えません。",
            "--undo goes neither with files nor with --preview or --resolve.",
        )
    if not (arguments.undo or arguments.files or arguments.resolve):
        raise ConfigurationError(
            "取り込むファイルか、--resolve、--undo を指定してください。", "Name a file, or give --resolve or --undo."
        )


def _undo(arguments: argparse.Namespace, office: Office) -> Answer:
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        report = undo_import(workbook, office.look_at_desk, office.new_run(), arguments.undo)
    return Answer(
        document={
            "workbook": arguments.workbook,
            "import_id": report.import_id,
            "removed": report.removed,
            "restored": report.restored,
            "kept": report.kept,
            "questions": report.questions,
        },
        show=lambda console: _show(console, _undone(report, arguments.lang)),
        exit_code=NEEDS_A_PERSON if report.kept or report.cells_kept else DONE,
        error=report.cells_kept,
    )


def _document(report: ImportReport, arguments: argparse.Namespace) -> dict[str, Any]:
    plan, language = report.plan, arguments.lang
    document: dict[str, Any] = {
        "workbook": arguments.workbook,
        "import_id": report.import_id or None,
        "preview": arguments.preview,
        "added": len(plan.additions),
        "changed": sum(bool(one.written) for one in plan.changes),
        "unchanged": plan.unchanged,
        "proposed": len(plan.questions),
        "refused": len(plan.refused),
        "reapplied": plan.reapplied,
        "waiting": report.waiting,
        "files": [_file(one) for one in report.files],
        "additions": (
            {
                "candidate_id": one.candidate.id,
                "file": one.record.file,
                "line": one.record.line,
                "past": [row.id for row in one.past],
            }
            for one in plan.additions
        ),
        "changes": (
            {"candidate_id": one.candidate.id, "headings": list(one.written)} for one in plan.changes if one.written
        ),
        "proposals": (
            {
                "kind": one.kind.value,
                "candidate_ids": one.candidate_ids,
                "file": one.file,
                "line": one.line,
                "evidence": one.evidence_text(language),
            }
            for one in plan.questions
        ),
        "refusals": (
            {
                "file": one.file,
                "line": one.line,
                "heading": one.heading,
                "reason": one.reason.value,
                "text": one.text(language),
            }
            for one in plan.refused
        ),
    }
    if report.kept is not None:
        document["kept"] = error_document(report.kept, language)
    return document


def _file(one: FileRead) -> dict[str, Any]:
    return {
        "file": one.sheet.file.name,
        "system": one.sheet.system.name if one.sheet.system else None,
        "encoding": one.sheet.file.encoding or None,
        "delimiter": one.sheet.file.delimiter or None,
        "sheet": None if one.sheet.file.encoding else one.sheet.table.title,
        "heading_row": one.sheet.heading_row,
        "lines": one.lines,
        "columns": [
            {
                "heading": column.heading,
                "target": target_in_words(column, one.layout),
                "certainty": column.certainty.value,
            }
            for column in one.columns
        ],
        "date_styles": {heading: style.value for heading, style in one.date_styles.items()},
    }


def _show(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Sentence(line))


def _lines(report: ImportReport, language: str, *, is_preview: bool) -> Iterator[str]:
    plan = report.plan
    for one in report.files:
        yield from _file_lines(one, language)
    if is_preview:
        yield say("import_would", language)
    yield say(
        "import_counts",
        language,
        added=len(plan.additions),
        changed=sum(bool(one.written) for one in plan.changes),
        unchanged=plan.unchanged,
        proposed=len(plan.questions),
        refused=len(plan.refused),
    )
    if plan.reapplied:
        yield say("import_reapplied", language, n=plan.reapplied)
    yield from (_refused(one, language) for one in plan.refused[:_MOST_SHOWN])
    if len(plan.refused) > _MOST_SHOWN:
        yield say("import_more", language, n=len(plan.refused) - _MOST_SHOWN)
    if report.waiting and not is_preview:
        yield say("import_waiting", language, n=report.waiting)
    if report.import_id:
        yield say("import_id", language, id=report.import_id)


def _file_lines(one: FileRead, language: str) -> Iterator[str]:
    sheet = one.sheet
    if sheet.file.encoding:
        separator = say(f"delimiter_{sheet.file.delimiter}", language)
        how = say("import_text", language, encoding=sheet.file.encoding, delimiter=separator)
    else:
        how = say("import_sheet", language, sheet=sheet.table.title)
    yield say(
        "import_file",
        language,
        file=sheet.file.name,
        system=sheet.system_name if sheet.system else say("import_no_system", language),
        encoding=how,
        lines=one.lines,
        row=sheet.heading_row,
    )
    for heading, style in one.date_styles.items():
        yield say("import_dates", language, heading=heading, style=say(f"style_{style.value}", language))
    for key, certainty in (
        ("import_proposed", Certainty.PROPOSED),
        ("import_forbidden", Certainty.FORBIDDEN),
        ("import_unused", Certainty.UNUSED),
    ):
        if found := [column.heading for column in one.columns if column.certainty is certainty]:
            yield say(key, language, headings="、".join(found))


def _refused(one: RefusedLine, language: str) -> str:
    if not one.line:
        return say("import_whole_file", language, file=one.file, text=one.text(language))
    heading = f"「{one.heading}」" if one.heading else ""
    return say("import_line", language, file=one.file, line=one.line, heading=heading, text=one.text(language))


def _undone(report: UndoReport, language: str) -> Iterator[str]:
    yield say("undone", language, id=report.import_id, removed=len(report.removed), restored=len(report.restored))
    if report.questions:
        yield say("undone_questions", language, n=report.questions)
    if report.kept:
        yield say("undone_kept", language, n=len(report.kept), ids="、".join(report.kept))
