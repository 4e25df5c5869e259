"""`relay check`: everything that is wrong, all at once, with the cell to look at."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.texts import plain, say
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.check import CheckProblem, problems_of_errors, problems_of_workbook
from sheets_automation.jobs.situation import understand
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Look at everything; change nothing. A workbook that cannot be read at all is an error, not a finding."""
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        found = _problems(office, workbook.read())
    language = arguments.lang
    return Answer(
        document={
            "workbook": arguments.workbook,
            "problems": [
                {"where": one.where, "name": one.name, "text": one.ja if language == "ja" else one.en} for one in found
            ],
        },
        show=lambda console: _show(console, found, language),
        exit_code=NEEDS_A_PERSON if found else DONE,
    )


def _problems(office: Office, snapshot: Snapshot) -> list[CheckProblem]:
    desk = office.look_at_desk(snapshot)
    tabs = desk.rules.tabs
    found = [
        *problems_of_errors(office.reading.warnings, tabs.settings),
        *problems_of_errors(office.reading.problems, tabs.letters),
    ]
    if not office.reading.config.company.name:
        found.append(
            CheckProblem(
                where=tabs.settings,
                name="company_name_missing",
                ja="会社名がありません。設定タブか、設定ファイルの [company] name に書いてください。",
                en="The company's name is missing; write it into the 設定 tab or [company] name.",
            )
        )
    try:
        situation = understand(snapshot, desk.rules, desk.headings_used)
        found += problems_of_workbook(situation, desk, office.new_run())
    except SheetsAutomationError as error:
        found += problems_of_errors([error], tabs.log)
    return found


def _show(console: Console, found: list[CheckProblem], language: str) -> None:
    if not found:
        console.print(say("no_problems", language))
        return
    from rich.table import Table

    console.print(f"[bold]{say('problems', language, n=len(found))}[/]")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("where", language), no_wrap=True)
    table.add_column(say("why", language), overflow="fold")
    for one in found:
        table.add_row(plain(one.where), plain(one.ja if language == "ja" else one.en))
    console.print(table)
