"""`relay reconcile`: compare a partner's monthly statement with our facts. It changes only what a person accepts."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.core.csv_text import as_text
from sheets_automation.core.errors import ConfigurationError, RegistrationsUnreadable
from sheets_automation.core.partner_reports import ReportsRead, read_reports
from sheets_automation.core.reconciling import Difference
from sheets_automation.core.reconciling_words import KINDS, difference_text, evidence_text
from sheets_automation.imports.files import OpenFiles
from sheets_automation.jobs.analyse import asked_period
from sheets_automation.jobs.credits import partner_named
from sheets_automation.jobs.reconcile import ReconcileReport, Statement, reconcile_statement
from sheets_automation.jobs.situation import sit_down
from sheets_automation.private_files import must_end_in, write_private
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.core.credit_rules import CreditRules

_HEADINGS = ("紹介コード", "差異", "種別", "明細の日付", "当社の日付", "明細のセル", "説明")


def run(arguments: argparse.Namespace) -> Answer:
    """Compare, list what differs, and record what was accepted."""
    month = _asked_month(arguments.month)
    if arguments.out:
        must_end_in("--out", Path(arguments.out), [".csv"])
    office = Office.open(arguments.config, arguments.workbook)
    path = Path(arguments.statement)
    writes = bool(arguments.accept)
    with closing(office.open_workbook(arguments.workbook, exclusive=writes)) as workbook:
        desk, _ = sit_down(workbook, office.look_at_desk)
        rules = _rules(arguments.partner, desk.rules.partners)
        read = _read(path, office, desk.rules.partners)
        statement = Statement(read=read, month=month, source=f"statement:{path.name}")
        accept = arguments.accept
        report = reconcile_statement(workbook, statement, rules, office.new_run(), tabs=desk.rules.tabs, accept=accept)
    lines = [_line(one, rules, office, arguments.lang) for one in report.found.differences]
    if arguments.out:
        _save(Path(arguments.out), report, lines, office)
    is_open = len(report.found.differences) > len(report.accepted.outcomes) or report.found.problems
    return Answer(
        document=_document(report, rules, lines, arguments),
        show=lambda console: _show(console, report, rules, lines, arguments),
        exit_code=NEEDS_A_PERSON if is_open else DONE,
    )


def _asked_month(text: str | None) -> date | None:
    if text is None:
        return None
    period = asked_period(text)
    if period.first is None or period.first != period.last:
        raise ConfigurationError(
            "--month は 2026-11 のように、ひと月だけを指定してください。", "--month takes one month, e.g. 2026-11."
        )
    return period.first


def _rules(wanted: str, partners: tuple[CreditRules, ...]) -> CreditRules:
    name = partner_named(wanted, partners)
    return next(rules for rules in partners if rules.id == name)


def _read(path: Path, office: Office, partners: tuple[CreditRules, ...]) -> ReportsRead:
    """The first table of the file that has the headings."""
    with closing(OpenFiles()) as files:
        tables = [table for table in files.read(path).tables if any(table.rows())]
        problem: RegistrationsUnreadable | None = None
        for table in tables:
            title = f"{path.name}:{table.title}" if len(tables) > 1 else path.name
            try:
                return read_reports(table, partners, office.timezone, title=title)
            except RegistrationsUnreadable as error:
                problem = problem or error
        raise problem or RegistrationsUnreadable(
            f"{path.name} には行がありません。明細のファイルを確かめてください。",
            f"{path.name} has no rows. Check which file the statement is.",
        )


def _line(one: Difference, rules: CreditRules, office: Office, language: str) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "code": one.code,
        "what": one.what.value,
        "cells": list(one.cells),
        "theirs": one.theirs.isoformat() if one.theirs else None,
        "ours": one.ours.isoformat() if one.ours else None,
        "candidate_id": one.candidate_id or None,
        "evidence": evidence_text(one, office.timezone),
        "text": difference_text(one, rules, office.timezone, language),
    }


def _document(
    report: ReconcileReport, rules: CreditRules, lines: list[dict[str, object]], arguments: argparse.Namespace
) -> dict[str, object]:
    found, language = report.found, arguments.lang
    return {
        "workbook": arguments.workbook,
        "statement": Path(arguments.statement).name,
        "partner": rules.id,
        "month": f"{found.month:%Y-%m}",
        "rows": found.rows,
        "theirs": found.theirs,
        "ours": found.ours,
        "agreed": found.agreed,
        "differences": lines,
        "accepted": [outcome.code for outcome in report.accepted.outcomes],
        "problems": [{"place": p.place, "text": p.ja if language == "ja" else p.en} for p in found.problems],
    }


def _save(path: Path, report: ReconcileReport, lines: list[dict[str, object]], office: Office) -> None:
    """The list for the partner: codes and dates, nothing about who anybody is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for one, line in zip(report.found.differences, lines, strict=True):
        days = [f"{at.astimezone(office.timezone):%Y/%m/%d}" if at else "" for at in (one.theirs, one.ours)]
        row = (one.code, KINDS[one.kind][0], one.what.value, *days, " / ".join(one.cells), str(line["text"]))
        writer.writerow(map(as_text, row))
    write_private(path, text.getvalue().encode("utf-8-sig"))


def _show(
    console: Console,
    report: ReconcileReport,
    rules: CreditRules,
    lines: list[dict[str, object]],
    arguments: argparse.Namespace,
) -> None:
    for line in _lines(report, rules, arguments):
        console.print(Sentence(line))
    if lines:
        table = listing(*(say(key, arguments.lang) for key in ("difference", "referral_code", "difference_text")))
        for one, told in zip(report.found.differences, lines, strict=True):
            kind = KINDS[one.kind][0 if arguments.lang == "ja" else 1]
            where = f"{told['text']} [{' / '.join(one.cells)}]" if one.cells else told["text"]
            table.add_row(Sentence(kind), one.code, Sentence(where))
        console.print(table)
    console.print(Sentence(say("reconcile_next", arguments.lang)))


def _lines(report: ReconcileReport, rules: CreditRules, arguments: argparse.Namespace) -> Iterator[str]:
    found, language = report.found, arguments.lang
    yield say("reconciled", language, name=rules.name, month=f"{found.month:%Y-%m}", rows=found.rows)
    yield say("reconciled_counts", language, theirs=found.theirs, ours=found.ours, agreed=found.agreed)
    for problem in found.problems:
        yield f"- {problem.ja if language == 'ja' else problem.en}"
    if report.accepted.outcomes:
        yield say("accepted", language, n=len(report.accepted.outcomes))
