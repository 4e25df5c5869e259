"""`relay excel doctor`: whether the buttons in Excel will work on this computer, and what to do if not."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands import doctor
from sheets_automation.commands.answer import NEEDS_A_PERSON, Answer
from sheets_automation.commands.doctor_checks import Finding
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.wiring_live import excel_premises, file_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Look at Excel and all around it, then at what every carrier and workbook needs."""
    arguments.live = False
    address = arguments.workbook
    workbook = Path(file_behind(address)) if address and "://" not in address else None
    found = [Finding(*premise) for premise in excel_premises(workbook)]
    rest = doctor.run(arguments)
    language = arguments.lang
    checks = rest.document["checks"]
    return replace(
        rest,
        document={"checks": [*(_check(finding, language) for finding in found), *checks]},  # type: ignore[misc]
        show=_show(found, rest.show, language),
        exit_code=NEEDS_A_PERSON if any(finding.error for finding in found) else rest.exit_code,
    )


def _check(finding: Finding, language: str) -> dict[str, object]:
    text = finding.error.text(language) if finding.error else _title(finding, language)
    return {"name": finding.name, "ok": finding.error is None, "text": text}


def _title(finding: Finding, language: str) -> str:
    return finding.ja if language == "ja" else finding.en


def _show(found: list[Finding], rest: Callable[[Console], None], language: str) -> Callable[[Console], None]:
    def show(console: Console) -> None:
        table = listing("", "", fixed=(0,))
        for finding in found:
            mark = f"[yellow]✗ {say('missing', language)}[/]" if finding.error else f"[green]✓ {say('ok', language)}[/]"
            table.add_row(mark, Sentence(_title(finding, language)))
            if finding.error:
                table.add_row("", Sentence(finding.error.text(language)))
        console.print(table)
        rest(console)

    return show
