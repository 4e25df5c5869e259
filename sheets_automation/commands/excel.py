"""`relay excel doctor`: whether the buttons in Excel will work on this computer, and what to do if not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.doctor import examine, told
from sheets_automation.commands.doctor_checks import Finding, Findings
from sheets_automation.wiring_live import excel_premises, file_behind

_NO_WORKBOOK: Final = Finding(
    "workbook",
    "アドインには候補者も設定もありません(お使いになるブックは relay excel doctor 候補者.xlsx で調べます)",
    "an add-in holds no candidates and reads no configuration (look at your workbook: relay excel doctor FILE.xlsx)",
)


def run(arguments: argparse.Namespace) -> Answer:
    """Look at Excel and all around it, then at what every carrier and workbook needs."""
    arguments.live = False
    address = arguments.workbook
    workbook = Path(file_behind(address)) if address and "://" not in address else None
    findings = Findings(Finding(*premise) for premise in excel_premises(workbook))
    if workbook is not None and workbook.suffix.lower() == ".xlam":
        findings.append(_NO_WORKBOOK)
    else:
        examine(arguments, findings, needs_carrier=True)
    return told(findings, arguments.lang, "relay excel doctor")
