"""`relay doctor`: what this computer, the configuration, the workbook and the carrier still lack, in plain words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.commands import doctor_checks as checks
from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.doctor_checks import Finding, Findings
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.config import Config
from sheets_automation.config.consistency import is_served
from sheets_automation.config.samples import refuse_samples
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.sender_domain import DomainRecords, check_dkim, check_dmarc, check_spf, check_takes_mail
from sheets_automation.wiring import Office
from sheets_automation.wiring_checks import GoogleChecks, google_checks, is_the_example
from sheets_automation.wiring_dns import records_of, sender_domains
from sheets_automation.wiring_service import check_service, see_sharing, signing_keys

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.google.premises import Premise


_DOMAIN_CHECKS: Final = (
    ("spf", "SPF(送信元の証明)", "SPF (who may send)", check_spf),
    ("dkim", "DKIM(署名)", "DKIM (signatures)", check_dkim),
    ("dmarc", "DMARC(なりすましへの方針)", "DMARC (what to do with forgeries)", check_dmarc),
    ("mx", "返信と不達を受け取る先(MX)", "where answers and bounces arrive (MX)", check_takes_mail),
)


def run(arguments: argparse.Namespace) -> Answer:
    """Look at one thing after the other."""
    findings = Findings()
    if roster := getattr(arguments, "workbooks", None):
        from sheets_automation.commands.doctor_roster import examine_roster

        examine_roster(Path(roster), findings)
    else:
        examine(arguments, findings)
    return told(findings, arguments.lang, "relay doctor")


def told(findings: Findings, language: str, command: str) -> Answer:
    """All that was found, with one verdict; `command` is what to run again."""
    return Answer(
        document={
            "checks": [
                {
                    "name": finding.name,
                    "ok": finding.error is None,
                    "text": finding.error.text(language) if finding.error else _title(finding, language),
                    **({"workbook": finding.workbook} if finding.workbook else {}),
                }
                for finding in findings
            ]
        },
        show=lambda console: _show(console, findings, language, command),
        exit_code=NEEDS_A_PERSON if any(finding.error for finding in findings) else DONE,
    )


def examine(arguments: argparse.Namespace, findings: Findings, *, needs_carrier: bool = False) -> None:
    """Look at the configuration, the workbook and the carrier, which can also be named later on where it may lack."""
    findings.append(Finding("python", f"Python {sys.version.split()[0]}", f"Python {sys.version.split()[0]}"))
    office = _office(arguments, findings)
    carrier = arguments.carrier = arguments.carrier or office.config.sender.carrier
    google = google_checks(office, arguments.workbook or "", carrier)
    may_ask = not google.is_needed or _signed_in(google, findings)
    is_read = is_open = False
    if arguments.workbook and (may_ask or not google.spreadsheet):
        is_read = findings.look(
            "workbook", "ブックの読み取り", "reading the workbook", lambda: _read(office, arguments.workbook)
        ) and findings.look(
            "writing",
            "ブックへの書き込み",
            "writing the workbook",
            lambda: checks.claim(office, arguments.workbook, google),
        )
    if is_read and (error := checks.columns_not_to_be_kept(office, arguments.workbook)) is not None:
        findings.append(Finding("columns", "持たなくてよい列", "columns that need not be kept", error))
    findings.look("company", "会社名", "company name", lambda: checks.company(office))
    findings.look("sender", "差出人のメールアドレス", "sender's address", lambda: checks.has_sender(office, carrier))
    if office.config.links.refusal_url:
        findings.look("link_key", "配信停止リンクの鍵", "key of the refusal links", lambda: checks.link_key(office))
    if not carrier and not is_the_example(arguments.config):  # every carrier but an outbox refuses them itself
        findings.look("samples", "見本のままの設定", "values of the example", lambda: refuse_samples(office.config))
    findings.look("clock", "時計", "clock", lambda: office.clock)
    if not carrier and needs_carrier:
        findings.look("carrier", "送信手段", "carrier", lambda: checks.has_carrier(carrier))
    if carrier and (may_ask or not google.mailbox):
        is_open = findings.look("carrier", "送信手段", "carrier", lambda: checks.connect(office, carrier))
        _examine_domains(office, carrier, findings)
    if is_served(office.config):
        _examine_service(office, findings)
    if arguments.live:
        _try_live(google, findings, sheet=is_read, mailbox=is_open)


def _examine_domains(office: Office, carrier: str, findings: Findings) -> None:
    """Whether receivers can tell that letters from our domains are ours."""
    for prefix, domain in sender_domains(office.reading.config, carrier).items():
        _examine_domain(office, carrier, domain, prefix, findings)


def _examine_domain(office: Office, carrier: str, domain: str, prefix: str, findings: Findings) -> None:
    records: list[DomainRecords] = []
    can_ask = findings.look(
        f"{prefix}dns",
        f"差出人のドメイン {domain} の DNS",
        f"DNS of the sender's domain {domain}",
        lambda: records.append(records_of(domain, office.reading.config, carrier, office.environ)),
    )
    if can_ask:
        for name, ja, en, check in _DOMAIN_CHECKS:
            findings.look(f"{prefix}{name}", ja, en, partial(check, records[0]))


def _examine_service(office: Office, findings: Findings) -> None:
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


def _office(arguments: argparse.Namespace, findings: Findings) -> Office:
    try:
        office = Office.open(arguments.config, arguments.workbook)
        findings.append(checks.configuration(arguments.config, arguments.workbook))
    except SheetsAutomationError as error:
        findings.append(Finding("configuration", "設定ファイル", "configuration", error))
        return Office(Config())
    return office


def _signed_in(google: GoogleChecks, findings: Findings) -> bool:
    """Whether Google can be asked anything at all; if not, everything else would fail for the same reason."""
    if not findings.look("google_parts", "Google を使う部品", "parts for Google", google.parts):
        return False
    if google.office.config.google.sign_in == "oauth" and google.office.config.google.sign_in_file:
        findings.look("google_sign_in_file", "サインインのファイル", "file of the sign-in", google.sign_in_file)
    return findings.look("google_sign_in", "Google へのサインイン", "sign-in to Google", google.sign_in)


def _read(office: Office, workbook: str) -> None:
    with closing(office.open_workbook(workbook, exclusive=False)) as opened:
        office.open_desk(opened.read())


def _try_live(google: GoogleChecks, findings: Findings, *, sheet: bool, mailbox: bool) -> None:
    """Try what we take for granted of Google, where the way there is open."""
    if not google.is_needed:
        findings.look("live", "Google での確認(--live)", "trying Google (--live)", _refuse_live)
    if google.spreadsheet and sheet:
        _try(findings, "sheets", "スプレッドシートの動き", "how Sheets behaves", google.premises_of_sheets)
    if google.mailbox and mailbox:
        _try(findings, "gmail", "Gmail の動き", "how Gmail behaves", google.premises_of_gmail)


def _try(findings: Findings, name: str, ja: str, en: str, look: Callable[[], list[Premise]]) -> None:
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


def _show(console: Console, findings: list[Finding], language: str, command: str) -> None:
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
    verdict = "next_doctor" if any(finding.error for finding in findings) else "all_well"
    console.print(Sentence(say(verdict, language, command=command)))
