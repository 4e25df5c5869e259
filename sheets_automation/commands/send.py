"""`relay send`: show who would get what, or send it."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from dataclasses import replace

from sheets_automation.commands import send_report
from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import Interrupted, error_document
from sheets_automation.commands.progress import progress_bar
from sheets_automation.commands.samples_report import samples_answer
from sheets_automation.commands.texts import say
from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.samples import send_samples, write_samples
from sheets_automation.jobs.send import Order, RunReport, plan_run, send_letters
from sheets_automation.jobs.situation import OpenDesk
from sheets_automation.ports import Carrier
from sheets_automation.stopping import heeding_stop
from sheets_automation.wiring import PLACEHOLDER_SENDER, Office
from sheets_automation.wiring_checks import open_secret

_STDERR = 2
_NEEDS_A_PERSON = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}


def run(arguments: argparse.Namespace) -> Answer:
    """Plan, and send if --send was said."""
    office = Office.open(arguments.config, arguments.workbook)
    if arguments.send:
        arguments.carrier = arguments.carrier or office.config.sender.carrier
    if arguments.test_to:
        return samples(office, office.open_desk, arguments)
    return report_answer(report_of(office, office.open_desk, arguments), arguments)


def order_of(arguments: argparse.Namespace) -> Order:
    """What the options ask for."""
    return Order(only=arguments.only, limit=arguments.limit, expect=arguments.expect)


def report_of(office: Office, open_desk: OpenDesk, arguments: argparse.Namespace) -> RunReport:
    """Plan what this desk would write, and send it if --send was said."""
    order = order_of(arguments)
    with closing(office.open_workbook(arguments.workbook, exclusive=arguments.send)) as workbook:
        if not arguments.send:
            office.leaves_by = arguments.carrier or office.leaves_by
            return plan_run(workbook, open_desk, office.new_run(), order)
        with (
            closing(_carrier(office, arguments)) as carrier,
            progress_bar(arguments) as progress,
            heeding_stop(lambda: _say_stopping(arguments.lang)) as was_stopped,
        ):
            the_run = office.new_run(should_stop=was_stopped)
            if office.config.links.records or office.config.line.records:
                from sheets_automation.wiring_records import heed_records

                heed_records(office, workbook)
            report = send_letters(workbook, carrier, open_desk, the_run, order, progress)
    if was_stopped() and report.error is None and any(s.reason is Reason.RUN_STOPPED for s in report.skipped()):
        return replace(report, error=Interrupted())
    return report


def samples(office: Office, open_desk: OpenDesk, arguments: argparse.Namespace) -> Answer:
    """Letters to the person who asks: the workbook is only read, so it may be open in Excel."""
    address, the_run = _test_address(arguments.test_to), office.new_run()
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        written = write_samples(workbook, open_desk, the_run, order_of(arguments), address)
    if arguments.send:
        with closing(_carrier(office, arguments)) as carrier:
            written = send_samples(carrier, written)
    return samples_answer(written, {**blank_document(arguments), "run_id": the_run.id}, arguments)


def blank_document(arguments: argparse.Namespace) -> dict[str, object]:
    """What --json prints around an error that came before there was a plan."""
    return {
        "run_id": None,
        "workbook": arguments.workbook,
        "carrier": arguments.carrier,
        "dry_run": not arguments.send,
        **dict.fromkeys(("planned", "sent", "failed", "uncertain", "left_out"), 0),
        "letters": [],
        "skipped": [],
        "waiting_too_long": [],
        "credits": dict.fromkeys(("earned", "redeemed", "expired", "left", "progress")),
    }


def _say_stopping(language: str) -> None:
    # sys.stderr may be in the middle of a line of its own
    os.write(_STDERR, f"{say('stopping', language)}\n".encode(errors="replace"))


def report_answer(report: RunReport, arguments: argparse.Namespace) -> Answer:
    """What a run of any kind of letters answers."""
    language = arguments.lang
    document = {
        **blank_document(arguments),
        "run_id": report.run_id,
        **send_report.counts(report),
        "letters": send_report.letters(report),
        "skipped": send_report.skipped(report, language),
        "waiting_too_long": [candidate.id for candidate in report.plan.waiting],
        "credits": send_report.credits_document(report.credits),
    }
    if report.error is not None:
        document["error"] = error_document(report.error, language)
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, language)
    return Answer(
        document=document,
        show=lambda console: send_report.show_report(console, report, language),
        exit_code=_exit_code(report),
        error=report.error,
    )


def _exit_code(report: RunReport) -> int:
    if report.error is not None:
        return report.error.exit_code
    unsettled = any(outcome.state in _NEEDS_A_PERSON for outcome in report.outcomes)
    return NEEDS_A_PERSON if unsettled or report.not_shown is not None else DONE


def _carrier(office: Office, arguments: argparse.Namespace) -> Carrier:
    if not arguments.carrier:
        raise ConfigurationError(
            "送信手段がありません。--carrier outbox:フォルダ、--carrier smtp://ユーザー@ホスト:587、"
            "--carrier gmail:メールボックス のどれかを付けるか、設定ファイルの [sender] carrier に書いてください。",
            "No carrier is given; add --carrier outbox:DIR, --carrier smtp://user@host:587 or "
            "--carrier gmail:user@host, or set [sender] carrier in the configuration.",
        )
    carrier = office.open_carrier(arguments.carrier, arguments.workbook)
    if caution := open_secret(office.config):
        sys.stderr.write(f"relay: {caution.text(arguments.lang)}\n")
    if office.has_no_sender:
        sys.stderr.write(f"relay: {say('no_sender', arguments.lang, address=PLACEHOLDER_SENDER)}\n")
    return carrier


def _test_address(typed: str) -> str:
    address = read_address(typed).value
    if address is None:
        raise ConfigurationError(
            "--test-to のメールアドレスが正しくありません。", "--test-to does not name a valid address."
        )
    return address
