"""What a run did, or would do: as a document for programs and as a few tables for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheets_automation.commands.texts import plain, say
from sheets_automation.core import blast_radius
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Severity
from sheets_automation.core.sentences import Skipped
from sheets_automation.jobs.deliver import LetterOutcome
from sheets_automation.jobs.plan import PlannedLetter
from sheets_automation.jobs.send import RunReport

if TYPE_CHECKING:
    from rich.console import Console

_ROWS_SHOWN = 40
_STYLES = {Severity.ACT: "yellow", Severity.WAIT: "cyan", Severity.NONE: "dim"}


def counts(report: RunReport) -> dict[str, int]:
    """The numbers of the document."""
    states = Counter(outcome.state for outcome in report.outcomes)
    return {
        "planned": len(report.plan.letters),
        "sent": states[DeliveryState.SENT],
        "failed": states[DeliveryState.FAILED] + states[DeliveryState.REFUSED],
        "uncertain": states[DeliveryState.UNCERTAIN],
        "left_out": len(report.skipped()),
    }


def letters(report: RunReport) -> Iterator[dict[str, object]]:
    """Each planned letter and its state."""
    outcomes = {outcome.planned.key: outcome for outcome in report.outcomes}
    for planned in report.plan.letters:
        outcome = outcomes.get(planned.key)
        yield _letter(planned, outcome.state.value if outcome else "planned", outcome)


def skipped(report: RunReport, language: str) -> Iterator[dict[str, object]]:
    """Everybody left out, in the order of the sheet."""
    for one in sorted(report.skipped(), key=lambda s: s.candidate.row):
        yield {
            "candidate_id": one.candidate.id,
            "row": one.candidate.row,
            "reason": one.reason.value,
            "severity": one.severity.value,
            "text": one.text(language),
        }


def credits_document(summary: CreditSummary) -> dict[str, object]:
    """The credits in a few numbers."""
    return {
        "earned": summary.earned,
        "redeemed": summary.redeemed,
        "expired": summary.expired,
        "left": summary.left,
        "progress": summary.progress,
    }


def show_report(console: Console, report: RunReport, language: str) -> None:
    """Print what happened, or what would."""
    numbers = counts(report)
    head = "planned" if report.is_dry or not report.outcomes else "sent"
    console.print(
        f"[bold]{say(head, language, n=numbers[head])}[/]   {say('left_out', language, n=numbers['left_out'])}"
    )
    if report.resolved:
        console.print(say("resolved", language, n=report.resolved))
    _show_letters(console, list(letters(report)), language)
    _show_skipped(console, report.skipped(), language)
    _show_waiting(console, report, language)
    console.print(say("credits", language, left=report.credits.left, progress=report.credits.progress))
    _show_ending(console, report, numbers, language)


def _letter(planned: PlannedLetter, state: str, outcome: LetterOutcome | None) -> dict[str, object]:
    return {
        "candidate_id": planned.candidate.id,
        "row": planned.candidate.row,
        "to": planned.to_address,
        "subject": planned.subject,
        "letter": planned.template,
        "state": state,
        "referral_code": planned.referral_code or None,
        "detail": outcome.detail if outcome else "",
    }


def _show_letters(console: Console, found: Sequence[dict[str, object]], language: str) -> None:
    if not found:
        console.print(say("nothing", language))
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    columns = {
        "id": "candidate_id",
        "row": "row",
        "to": "to",
        "letter": "letter",
        "subject": "subject",
        "state": "state",
    }
    for heading in columns:
        table.add_column(say(heading, language), overflow="fold", justify="right" if heading == "row" else "left")
    for letter in found[:_ROWS_SHOWN]:
        table.add_row(*(plain(letter[key]) for key in columns.values()))
    console.print(table)
    if len(found) > _ROWS_SHOWN:
        console.print(say("more", language, n=len(found) - _ROWS_SHOWN))


def _show_skipped(console: Console, everybody: Iterable[Skipped], language: str) -> None:
    """One line for each reason: who needs a person comes first."""
    groups: dict[tuple[Severity, str], list[Skipped]] = defaultdict(list)
    for one in everybody:
        groups[one.severity, one.reason].append(one)
    if not groups:
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("")
    table.add_column(say("people", language), justify="right")
    table.add_column(say("why", language), overflow="fold")
    table.add_column(say("rows", language), overflow="fold")
    order = list(Severity)
    for (severity, _), group in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]))):
        table.add_row(
            f"[{_STYLES[severity]}]{say(severity.value, language)}[/]",
            str(len(group)),
            plain(group[0].text(language)),
            _rows([one.candidate.row for one in group]),
        )
    console.print(table)


def _show_waiting(console: Console, report: RunReport, language: str) -> None:
    if report.plan.waiting:
        days = report.desk.rules.guards.max_wait.days
        rows = _rows([candidate.row for candidate in report.plan.waiting])
        console.print(f"[yellow]{say('waiting', language, n=len(report.plan.waiting), days=days, rows=rows)}[/]")


def _show_ending(console: Console, report: RunReport, numbers: dict[str, int], language: str) -> None:
    for key in ("failed", "uncertain"):
        if numbers[key]:
            console.print(f"[yellow]{say(key, language, n=numbers[key])}[/]")
    if report.not_shown is not None:
        console.print(f"[yellow]{say('not_shown', language)} {plain(report.not_shown.text(language))}[/]")
    if report.is_dry and report.plan.letters:
        unusual = blast_radius.objection(report.plan.scope, report.desk.rules.blast)
        key = "dry_expect" if unusual else "dry"
        console.print(f"[bold]{say(key, language, n=numbers['planned'])}[/]")
    elif report.error is not None:
        console.print(f"[red]{plain(report.error.text(language))}[/]")


def _rows(rows: Sequence[int]) -> str:
    shown = ", ".join(str(row) for row in sorted(rows)[:10])
    return shown + (" …" if len(rows) > 10 else "")  # noqa: PLR2004 - what fits on a line
