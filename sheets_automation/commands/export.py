"""`relay export`: the tables of workbooks as Parquet files, without anything that says who somebody is."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.config.roster import Client, Roster
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.exporting.naming import KeyedNames, Naming, OwnNames
from sheets_automation.exports.parquet_folder import ParquetFolder
from sheets_automation.exports.records import ExportRecord
from sheets_automation.fleet.summary import UNFINISHED
from sheets_automation.jobs.export import tables_of
from sheets_automation.wiring import Office
from sheets_automation.wiring_export import export_key, export_name, export_source
from sheets_automation.wiring_fleet import open_roster, shared_tempo

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.wiring_tempo import Tempo

Document = dict[str, Any]


def run(arguments: argparse.Namespace) -> Answer:
    """Export one workbook after the other. What goes wrong with one does not keep the others."""
    clients, calls_per_minute = _clients(arguments)
    tempo = shared_tempo(1, calls_per_minute, len(clients))
    is_personal = arguments.with_personal_data
    key = "" if is_personal else export_key(Office.open(arguments.config, None).environ)
    folder = ParquetFolder(Path(arguments.to), is_personal=is_personal)
    lines: list[Document] = []
    errors: list[SheetsAutomationError] = []
    for client in clients:
        try:
            naming = OwnNames() if is_personal else KeyedNames(key, client.name)
            lines.append(_export(client, folder, naming, tempo))
        except SheetsAutomationError as error:
            errors.append(error)
            lines.append({"workbook": client.name, "error": error_document(error, arguments.lang)})
    if errors and len(clients) == 1:
        raise errors[0]
    return Answer(
        document={"to": arguments.to, "personal_data": is_personal, "workbooks": lines},
        show=lambda console: _show(console, lines, arguments),
        exit_code=UNFINISHED if errors else DONE,
    )


def _clients(arguments: argparse.Namespace) -> tuple[Sequence[Client], int]:
    """The workbooks that were named, and those of a roster; and how often a minute Sheets may be asked."""
    named = [
        Client(name=export_name(one), address=one, config=arguments.config, carrier="", links="", jobs=())
        for one in arguments.addresses
    ]
    roster = Roster()
    if arguments.workbooks:
        roster, clients = open_roster(Path(arguments.workbooks))
        named += clients
    if not named:
        raise ConfigurationError(
            "書き出すブックか、--workbooks で名簿を指定してください。", "Name a workbook, or a roster with --workbooks."
        )
    if doubles := [name for name, times in Counter(one.name for one in named).items() if times > 1]:
        raise ConfigurationError(
            f"「{doubles[0]}」という名前のブックが二つあります。名簿(--workbooks)で別の name を付けてください。",
            f"Two workbooks are called {doubles[0]}. Give them different names in a roster (--workbooks).",
        )
    return named, roster.operator.calls_per_minute


def _export(client: Client, folder: ParquetFolder, naming: Naming, tempo: Tempo) -> Document:
    office = Office.open(client.config, client.address)
    office.tempo = tempo
    with closing(office.open_workbook(client.address, exclusive=False)) as workbook:
        exported = tables_of(workbook, office.look_at_desk, office.new_run(), naming)
    rows = {table.name: table.rows for table in exported.tables}
    record = ExportRecord(
        workbook=client.name,
        source=export_source(client.address),
        at=exported.at.isoformat(timespec="seconds"),
        is_whole=True,
        rows=rows,
    )
    done = folder.replace(exported.tables, record)
    return {
        "workbook": client.name,
        "rows": rows,
        "partitions": done.partitions,
        "written": done.written,
        "removed": done.removed,
    }


def _show(console: Console, lines: Sequence[Document], arguments: argparse.Namespace) -> None:
    for line in _sentences(lines, arguments):
        console.print(Sentence(line))


def _sentences(lines: Sequence[Document], arguments: argparse.Namespace) -> Iterator[str]:
    language = arguments.lang
    for line in lines:
        if "error" in line:
            yield say("export_failed", language, name=line["workbook"], text=line["error"]["text"])
            continue
        yield say(
            "exported",
            language,
            name=line["workbook"],
            rows=line["rows"]["candidates"],
            n=line["partitions"],
            written=line["written"],
        )
    kind = "export_personal" if arguments.with_personal_data else "export_anonymous"
    yield say(kind, language, folder=arguments.to)
