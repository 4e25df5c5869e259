"""What a run did, or would do: as a document for programs and as a few tables for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.core import blast_radius
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.model import DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.wording import first_rows_in_words
from sheets_automation.jobs.deliver import LetterOutcome
from sheets_automation.jobs.plan import PlannedLetter
from sheets_automation.jobs.send import RunReport

if TYPE_CHECKING:
    from rich.console import Console

_PEOPLE_SHOWN = 40
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
    for planned, outcome in _ends(report):
        yield {
            "candidate_id": planned.candidate.id,
            "row": planned.candidate.row,
            "to": planned.to_address,
            "subject": planned.subject,
            "letter": planned.template,
            "state": _state(outcome),
            "referral_code": planned.referral_code or None,
            "detail": outcome.detail if outcome else "",
        }


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
    """Print what happened, or what would; what to do next comes last."""
    numbers = counts(report)
    head = "planned" if report.is_dry or not report.outcomes else "sent"
    console.print(say(head, language, n=numbers[head]), style="bold")
    if report.resolved:
        console.print(Sentence(say("resolved", language, n=report.resolved)))
    _show_letters(console, report, language)
    _show_left_out(console, report.skipped(), language)
    console.print()
    for line in _endings(report, numbers, language):
        console.print(Sentence(line))


def _ends(report: RunReport) -> Iterator[tuple[PlannedLetter, LetterOutcome | None]]:
    outcomes = {outcome.planned.key: outcome for outcome in report.outcomes}
    return ((planned, outcomes.get(planned.key)) for planned in report.plan.letters)


def _state(outcome: LetterOutcome | None) -> str:
    return outcome.state.value if outcome else "planned"


def _show_letters(console: Console, report: RunReport, language: str) -> None:
    """The letters by kind and state, and under them the people, unless theirs are sent."""
    groups: dict[tuple[str, str], list[tuple[PlannedLetter, LetterOutcome | None]]] = defaultdict(list)
    for planned, outcome in _ends(report):
        groups[_state(outcome), planned.template].append((planned, outcome))
    room = _PEOPLE_SHOWN
    for (state, template), group in sorted(groups.items(), key=lambda item: -len(item[1])):
        console.print()
        facts = {"letter": letter_title(template, language), "n": len(group), "state": say(f"state_{state}", language)}
        console.print(Sentence(say("letters", language, subject=group[0][0].subject, **facts)))
        if state == DeliveryState.SENT:
            continue
        people = listing("", "", "", "", "", fixed=(0, 1))
        for planned, outcome in group[:room]:
            one = planned.candidate
            row = say("row_number", language, n=one.row)
            detail = outcome.detail if outcome else ""
            people.add_row(f"  {row}", *map(Sentence, (one.id, one.name, planned.to_address, detail)))
        console.print(people)
        if len(group) > room:
            console.print(say("more", language, n=len(group) - room))
        room = max(room - len(group), 0)


def _show_left_out(console: Console, everybody: Sequence[Skipped], language: str) -> None:
    """One line for each reason: who needs a person comes first."""
    if not everybody:
        return
    console.print()
    console.print(say("left_out", language, n=len(everybody)), style="bold")
    for severity in Severity:
        groups: dict[str, list[Skipped]] = defaultdict(list)
        for one in everybody:
            if one.severity is severity:
                groups[one.reason].append(one)
        if not groups:
            continue
        n = sum(map(len, groups.values()))
        console.print()
        console.print(say(severity.value, language, n=n), style=_STYLES[severity])
        table = listing("", "", right=(0,), fixed=(0,))
        for group in sorted(groups.values(), key=len, reverse=True):
            table.add_row(f"{len(group):4}", Sentence(_why(group, language)))
        console.print(table)


def _why(group: Sequence[Skipped], language: str) -> str:
    from sheets_automation.gallery import in_common  # the page is large, and a run with nothing left out needs no part

    sentence = in_common(one.text(language) for one in group).replace("… …", "…")
    rows = first_rows_in_words([one.candidate.row for one in group])
    return f"{sentence} {say('rows', language, n=len(group), rows=rows)}"


def _endings(report: RunReport, numbers: Mapping[str, int], language: str) -> Iterator[str]:
    """What else is to be known, and last what to do next."""
    is_news = report.desk.kind is LetterKind.FOLLOW_UP  # 要確認 is a tab of results
    if report.desk.attachments and report.plan.letters:
        yield say("attached", language, names=", ".join(attachment.name for attachment in report.desk.attachments))
    if waiting := report.plan.waiting:
        days, rows = (
            report.desk.rules.guards.max_wait.days,
            first_rows_in_words([candidate.row for candidate in waiting]),
        )
        yield say("waiting", language, n=len(waiting), days=days, rows=rows)
    if report.desk.rules.partners:
        yield say("credits", language, left=report.credits.left, progress=report.credits.progress)
    if report.not_shown is not None:
        yield f"{say('not_shown', language)} {report.not_shown.text(language)}"
    if numbers["failed"]:
        yield say("news_failed" if is_news else "failed", language, n=numbers["failed"])
    if report.error is None:
        yield _next(report, numbers, language)


def _next(report: RunReport, numbers: Mapping[str, int], language: str) -> str:
    if numbers["uncertain"]:
        return say("uncertain", language, n=numbers["uncertain"])
    if report.is_dry and report.plan.letters:
        unusual = blast_radius.objection(report.plan.scope, report.desk.rules.blast)
        return say("dry_expect" if unusual else "dry", language, n=numbers["planned"])
    if report.outcomes:
        return say("next_news_sent" if report.desk.kind is LetterKind.FOLLOW_UP else "next_sent", language)
    closed = (one.facts["when"] for one in report.plan.skipped if one.reason is Reason.WINDOW_CLOSED)
    if when := next(closed, None):
        return say("next_window", language, when=when)
    act = any(one.severity is Severity.ACT for one in report.plan.skipped)
    return say("next_act" if act else "next_nothing", language)
