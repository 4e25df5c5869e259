"""`relay doctor`: what this computer, the configuration, the workbook and the carrier still lack, in plain words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.config import Config
from sheets_automation.config.consistency import is_served
from sheets_automation.config.rules import sender
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.wiring import Office
from sheets_automation.wiring_checks import GoogleChecks, google_checks
from sheets_automation.wiring_links import refusal_key
from sheets_automation.wiring_service import check_service, see_sharing, signing_keys

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.google.premises import Premise


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    ja: str
    en: str
    error: SheetsAutomationError | None = None
    is_premise: bool = False
    """Something that we take for granted of Google, and not something that is set up."""


class _Findings(list[Finding]):
    """All of them, in order."""

    def look(self, name: str, ja: str, en: str, look: Callable[[], object]) -> bool:
        """Look at one thing; whether all was well. Its failure does not hide the next."""
        try:
            look()
        except SheetsAutomationError as error:
            self.append(Finding(name, ja, en, error))
            return False
        self.append(Finding(name, ja, en))
        return True


def run(arguments: argparse.Namespace) -> Answer:
    """Look at one thing after the other."""
    findings = _Findings()
    _examine(arguments, findings)
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


def _examine(arguments: argparse.Namespace, findings: _Findings) -> None:
    findings.append(Finding("python", f"Python {sys.version.split()[0]}", f"Python {sys.version.split()[0]}"))
    office = _office(arguments, findings)
    carrier = arguments.carrier = arguments.carrier or office.config.sender.carrier
    google = google_checks(office, arguments.workbook or "", carrier)
    may_ask = not google.is_needed or _signed_in(google, findings)
    is_read = is_open = False
    if arguments.workbook and (may_ask or not google.spreadsheet):
        is_read = findings.look(
            "workbook", "ブックの読み取り", "reading the workbook", lambda: _read(office, arguments)
        ) and findings.look(
            "writing", "ブックへの書き込み", "writing the workbook", lambda: _claim(office, arguments, google)
        )
    findings.look("company", "会社名", "company name", lambda: _company(office))
    findings.look("sender", "差出人のメールアドレス", "sender's address", lambda: _sender(office, carrier))
    if office.config.links.refusal_url:
        findings.look("link_key", "配信停止リンクの鍵", "key of the refusal links", lambda: _link_key(office))
    findings.look("clock", "時計", "clock", lambda: _clock(office))
    if carrier and (may_ask or not google.mailbox):
        is_open = findings.look("carrier", "送信手段", "carrier", lambda: _connect(office, carrier))
    if is_served(office.config):
        _examine_service(office, findings)
    if arguments.live:
        _try_live(google, findings, sheet=is_read, mailbox=is_open)


def _examine_service(office: Office, findings: _Findings) -> None:
    """What `relay serve` needs: people, keys, and to be told by Drive who may edit."""
    config, environ = office.config, office.environ
    findings.look("service", "サービス(relay serve)の設定", "settings of `relay serve`", lambda: check_service(config))
    findings.look("service_key", "承認に署名する鍵", "keys that sign approvals", lambda: signing_keys(environ))
    if config.service.workbooks:
        findings.look(
            "service_sharing",
            "編集できる人の確認(Google ドライブ)",
            "seeing who may edit (Google Drive)",
            lambda: see_sharing(config, environ),
        )


def _office(arguments: argparse.Namespace, findings: _Findings) -> Office:
    try:
        office = Office.open(arguments.config, arguments.workbook)
    except SheetsAutomationError as error:
        findings.append(Finding("configuration", "設定ファイル", "configuration", error))
        return Office(Config())
    findings.append(Finding("configuration", "設定ファイル", "configuration"))
    return office


def _signed_in(google: GoogleChecks, findings: _Findings) -> bool:
    """Whether Google can be asked anything at all; if not, everything else would fail for the same reason."""
    if not findings.look("google_parts", "Google を使う部品", "parts for Google", google.parts):
        return False
    if google.office.config.google.sign_in == "oauth" and google.office.config.google.sign_in_file:
        findings.look("google_sign_in_file", "サインインのファイル", "file of the sign-in", google.sign_in_file)
    return findings.look("google_sign_in", "Google へのサインイン", "sign-in to Google", google.sign_in)


def _read(office: Office, arguments: argparse.Namespace) -> None:
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        office.open_desk(workbook.read())


def _claim(office: Office, arguments: argparse.Namespace, google: GoogleChecks) -> None:
    """Take the lock that a run takes, or ask Google whether we may edit; nothing is changed."""
    if google.spreadsheet:
        google.editing()
    else:
        office.open_workbook(arguments.workbook, exclusive=True).close()


def _clock(office: Office) -> None:
    office.clock()


def _company(office: Office) -> None:
    """The workbook's own setting counts too, where it was read."""
    if not office.reading.config.company.name:
        raise ConfigurationError(
            "会社名がありません。設定タブの「会社名」か、設定ファイルの [company] name に書いてください。",
            "The company's name is missing. Write it into the 設定 tab or [company] name.",
        )


def _sender(office: Office, carrier: str) -> None:
    """An outbox and LINE do without an address, a mailbox of Gmail has one; a mail server needs to be told."""
    if not carrier.startswith(("outbox:", "gmail:", "line:")):
        sender(office.config)


def _link_key(office: Office) -> None:
    refusal_key(office.config, office.environ)


def _connect(office: Office, carrier: str) -> None:
    """Preparing no letter at all still makes the folder, or logs in."""
    with closing(office.open_carrier(carrier)) as opened:
        opened.prepare([])


def _try_live(google: GoogleChecks, findings: _Findings, *, sheet: bool, mailbox: bool) -> None:
    """Try what we take for granted of Google, where the way there is open."""
    if not google.is_needed:
        findings.look("live", "Google での確認(--live)", "trying Google (--live)", _refuse_live)
    if google.spreadsheet and sheet:
        _try(findings, "sheets", "スプレッドシートの動き", "how Sheets behaves", google.premises_of_sheets)
    if google.mailbox and mailbox:
        _try(findings, "gmail", "Gmail の動き", "how Gmail behaves", google.premises_of_gmail)


def _try(findings: _Findings, name: str, ja: str, en: str, look: Callable[[], list[Premise]]) -> None:
    try:
        premises = look()
    except SheetsAutomationError as error:
        findings.append(Finding(name, ja, en, error))
        return
    for premise in premises:
        broken = None if premise.holds else SheetsAutomationError(*premise.otherwise)
        findings.append(Finding(premise.name, *premise.says, broken, is_premise=True))


def _refuse_live() -> None:
    raise ConfigurationError(
        "--live で確かめるのは、Google スプレッドシートと Gmail だけです。"
        "スプレッドシートのアドレスか --carrier gmail:アドレス を付けてください。",
        "--live tries Google Sheets and Gmail only. Give the address of a spreadsheet, or --carrier gmail:ADDRESS.",
    )


def _title(finding: Finding, language: str) -> str:
    return finding.ja if language == "ja" else finding.en


def _show(console: Console, findings: list[Finding], language: str) -> None:
    table = listing("", "", fixed=(0,))
    for finding in findings:
        word = say("not_so" if finding.is_premise else "missing", language)
        table.add_row(
            f"[yellow]✗ {word}[/]" if finding.error else f"[green]✓ {say('ok', language)}[/]",
            Sentence(_title(finding, language)),
        )
        if finding.error:
            for line in finding.error.text(language).splitlines():
                table.add_row("", Sentence(line))
    console.print(table)
    console.print()
    if any(finding.name == "gmail_sent_once" for finding in findings):
        console.print(Sentence(say("live_letter", language)))
    console.print(Sentence(say("next_doctor" if any(f.error for f in findings) else "all_well", language)))
