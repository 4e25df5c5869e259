"""`relay doctor`: what this computer, the configuration, the workbook and the carrier still lack, in plain words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.config import Config
from sheets_automation.config.rules import sender
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    ja: str
    en: str
    error: SheetsAutomationError | None = None


def run(arguments: argparse.Namespace) -> Answer:
    """Look at one thing after the other; a failure of one does not hide the next."""
    findings = list(_findings(arguments))
    language = arguments.lang
    return Answer(
        document={
            "checks": [
                {
                    "name": finding.name,
                    "ok": finding.error is None,
                    "text": finding.error.text(language) if finding.error else _title(finding, language),
                }
                for finding in findings
            ]
        },
        show=lambda console: _show(console, findings, language),
        exit_code=NEEDS_A_PERSON if any(finding.error for finding in findings) else DONE,
    )


def _findings(arguments: argparse.Namespace) -> Iterator[Finding]:
    yield Finding("python", f"Python {sys.version.split()[0]}", f"Python {sys.version.split()[0]}")
    try:
        office = Office.open(arguments.config, arguments.workbook)
        yield Finding("configuration", "設定ファイル", "configuration")
    except SheetsAutomationError as error:
        yield Finding("configuration", "設定ファイル", "configuration", error)
        office = Office(Config())
    arguments.carrier = arguments.carrier or office.config.sender.carrier
    yield _tried("company", "会社名", "company name", lambda: _company(office, arguments))
    yield _tried("sender", "差出人のメールアドレス", "sender's address", lambda: _sender(office, arguments))
    yield _tried("clock", "時計", "clock", office.clock)
    if arguments.workbook:
        yield _tried("workbook", "ブックの読み取り", "reading the workbook", lambda: _read(office, arguments))
        yield _tried("writing", "ブックへの書き込み", "writing the workbook", lambda: _claim(office, arguments))
    if arguments.carrier:
        yield _tried("carrier", "送信手段", "carrier", lambda: _connect(office, arguments))


def _tried(name: str, ja: str, en: str, look: Callable[[], object]) -> Finding:
    try:
        look()
    except SheetsAutomationError as error:
        return Finding(name, ja, en, error)
    return Finding(name, ja, en)


def _company(office: Office, arguments: argparse.Namespace) -> None:
    config = office.config
    if arguments.workbook and not config.company.name:
        with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
            office.look_at_desk(workbook.read())
        config = office.reading.config
    if not config.company.name:
        raise ConfigurationError(
            "会社名がありません。設定タブの「会社名」か、設定ファイルの [company] name に書いてください。",
            "The company's name is missing. Write it into the 設定 tab or [company] name.",
        )


def _sender(office: Office, arguments: argparse.Namespace) -> None:
    """An outbox does without an address, a mail server does not."""
    if not arguments.carrier.startswith("outbox:"):
        sender(office.config)


def _read(office: Office, arguments: argparse.Namespace) -> None:
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        office.open_desk(workbook.read())


def _claim(office: Office, arguments: argparse.Namespace) -> None:
    """Take the lock that a run takes; nothing is written."""
    office.open_workbook(arguments.workbook, exclusive=True).close()


def _connect(office: Office, arguments: argparse.Namespace) -> None:
    """Preparing no letter at all still makes the folder, or logs in."""
    with closing(office.open_carrier(arguments.carrier)) as carrier:
        carrier.prepare([])


def _title(finding: Finding, language: str) -> str:
    return finding.ja if language == "ja" else finding.en


def _show(console: Console, findings: list[Finding], language: str) -> None:
    table = listing("", "", fixed=(0,))
    for finding in findings:
        missing = finding.error is not None
        mark = f"[yellow]✗ {say('missing', language)}[/]" if missing else f"[green]✓ {say('ok', language)}[/]"
        table.add_row(mark, Sentence(_title(finding, language)))
        if finding.error:
            for line in finding.error.text(language).splitlines():
                table.add_row("", Sentence(line))
    console.print(table)
    console.print()
    console.print(Sentence(say("next_doctor" if any(f.error for f in findings) else "all_well", language)))
