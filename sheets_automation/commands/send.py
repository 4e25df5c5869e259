"""`relay send`: show who would get what, or send it."""

from __future__ import annotations

import argparse
import signal
from contextlib import closing
from types import FrameType, TracebackType

from sheets_automation.commands import send_report
from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.progress import progress_bar
from sheets_automation.commands.texts import say
from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import DeliveryState
from sheets_automation.jobs.samples import Sample, send_samples
from sheets_automation.jobs.send import Order, RunReport, plan_run, send_letters
from sheets_automation.wiring import Office

_NEEDS_A_PERSON = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}


def run(arguments: argparse.Namespace) -> Answer:
    """Plan, and send if --send was said."""
    office = Office.open(arguments.config, arguments.workbook)
    order = Order(only=arguments.only, limit=arguments.limit, expect=arguments.expect)
    with closing(office.open_workbook(arguments.workbook, exclusive=arguments.send)) as workbook:
        if not arguments.send:
            report = plan_run(workbook, office.open_desk, office.new_run(), order)
            return _answer(report, arguments)
        stop = _Stop()
        the_run = office.new_run(should_stop=stop.was_asked)
        with closing(office.open_carrier(_carrier(arguments))) as carrier:
            if arguments.test_to:
                address = _test_address(arguments.test_to)
                samples = send_samples(workbook, carrier, office.open_desk, the_run, order, address)
                return _samples_answer(samples, arguments, the_run.id)
            with progress_bar(arguments) as progress, stop:
                report = send_letters(workbook, carrier, office.open_desk, the_run, order, progress)
    return _answer(report, arguments)


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


class _Stop:
    """Ctrl-C or SIGTERM while letters go out: finish the one in flight, record it, and end in good order."""

    def __init__(self) -> None:
        self._asked = False
        self._before: dict[int, object] = {}

    def was_asked(self) -> bool:
        return self._asked

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._ask)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True


def _answer(report: RunReport, arguments: argparse.Namespace) -> Answer:
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
    )


def _exit_code(report: RunReport) -> int:
    if report.error is not None:
        return report.error.exit_code
    unsettled = any(outcome.state in _NEEDS_A_PERSON for outcome in report.outcomes)
    return NEEDS_A_PERSON if unsettled or report.not_shown is not None else DONE


def _carrier(arguments: argparse.Namespace) -> str:
    if arguments.carrier:
        return str(arguments.carrier)
    raise ConfigurationError(
        "送信手段がありません。--carrier outbox:フォルダ か --carrier smtp://ユーザー@ホスト:587 を付けてください。",
        "No carrier is given; add --carrier outbox:DIR or --carrier smtp://user@host:587.",
    )


def _test_address(typed: str) -> str:
    address = read_address(typed).value
    if address is None:
        raise ConfigurationError(
            "--test-to のメールアドレスが正しくありません。", "--test-to does not name a valid address."
        )
    return address


def _samples_answer(samples: tuple[Sample, ...], arguments: argparse.Namespace, run_id: str) -> Answer:
    sent = sum(1 for sample in samples if sample.receipt.state is DeliveryState.SENT)
    letters = [
        {
            "candidate_id": sample.planned.candidate.id,
            "to": arguments.test_to,
            "subject": sample.subject,
            "letter": sample.planned.template,
            "state": sample.receipt.state.value,
            "referral_code": None,
        }
        for sample in samples
    ]
    document = {
        **blank_document(arguments),
        "run_id": run_id,
        "test_to": arguments.test_to,
        "planned": len(samples),
        "sent": sent,
        "failed": len(samples) - sent,
        "letters": letters,
    }
    return Answer(
        document=document,
        show=lambda console: console.print(
            say("sample_sent", arguments.lang, n=sent, address=arguments.test_to), markup=False
        ),
        exit_code=DONE if sent == len(samples) else NEEDS_A_PERSON,
    )
