"""A plan as the page reads it: letters that need a look first, and everybody left out, by reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sheets_automation.core import blast_radius
from sheets_automation.core.blast_radius import BlastRules, Scope
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.layout import cell_name
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.looks import Look, looks_of
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.whereabouts import cell_of
from sheets_automation.gallery import SEVERITIES, in_common
from sheets_automation.jobs.plan import PlannedLetter
from sheets_automation.service.campaigns_shown import campaigns_shown, problems_of_campaigns
from sheets_automation.service.documents import (
    ApprovalShown,
    Counts,
    CreditMonthShown,
    CreditsShown,
    GuardShown,
    LeftOutGroup,
    LeftOutPerson,
    PlanDocument,
    PlannedDocument,
    PlanProblem,
    Problem,
    Window,
)
from sheets_automation.service.freezing import stops_shown
from sheets_automation.service.house import is_looked_after
from sheets_automation.service.on_page import on_page
from sheets_automation.service.planning import View

_NOBODY_YET = ApprovalShown(state="none", by="", at=None, for_plan="", ids=[])


def plan_document(view: View, language: str) -> PlanDocument:
    """Everything but the bodies of the letters."""
    marked, plan = view.marked, view.marked.plan
    log, rules = plan.situation.log, marked.desk.rules
    states = [one.state for one in log.deliveries.values() if is_looked_after(one.key.kind, view.kind)]
    is_open = marked.made_for == view.now
    return PlanDocument(
        plan=marked.mark,
        made_at=view.now.isoformat(timespec="seconds"),
        window=Window(is_open=is_open, opens_at=None if is_open else marked.made_for.isoformat(timespec="seconds")),
        letters=_letters(view, language),
        left_out=list(_groups(view, language)),
        waiting=[candidate.id for candidate in plan.waiting],
        counts=Counts(
            rows=plan.scope.rows,
            letters=len(plan.letters),
            left_out=len(plan.skipped),
            sent_before=states.count(DeliveryState.SENT),
            uncertain=states.count(DeliveryState.UNCERTAIN) + states.count(DeliveryState.PREPARED),
        ),
        guard=guard_shown(plan.scope, rules.blast, language),
        credits=credits_shown(view.credits),
        problems=[*_problems(view, language)],
        approval=_approval(view),
        stops=stops_shown(plan.situation.stops, language),
        held_up=view.held_up,
        campaigns=campaigns_shown(view, language),
    )


def looks_by_id(view: View) -> Mapping[str, Sequence[Look]]:
    """What to look at in each letter, by candidate id."""
    plan = view.marked.plan
    late = {candidate.row for candidate in plan.waiting}
    seen: set[str] = set()
    found: dict[str, Sequence[Look]] = {}
    for planned in plan.letters:
        is_first = planned.template not in seen
        seen.add(planned.template)
        candidate = planned.candidate
        found[candidate.id] = [*looks_of(candidate, is_late=candidate.row in late, is_first=is_first)]
    return found


def shown(looks: Sequence[Look], language: str) -> list[Problem]:
    """Looks by name and in words."""
    return [Problem(name=look.value, text=look.text(language)) for look in looks]


def _letters(view: View, language: str) -> list[PlannedDocument]:
    looks = looks_by_id(view)
    ordered = sorted(view.marked.plan.letters, key=lambda one: (not looks[one.candidate.id], one.candidate.row))
    titles = {one.template: letter_title(one.template, language) for one in ordered}
    return [_letter(view, one, titles[one.template], shown(looks[one.candidate.id], language)) for one in ordered]


def _letter(view: View, planned: PlannedLetter, title: str, looks: list[Problem]) -> PlannedDocument:
    candidate, place = planned.candidate, view.marked.plan.situation.layout.place
    cell = f"{place.tab}!{cell_name(candidate.row, place.name_column)}"
    return PlannedDocument(
        id=candidate.id,
        row=candidate.row,
        cell=cell,
        link=view.link_to(cell),
        name=candidate.name,
        address=planned.to_address,
        opening=candidate.opening,
        template=planned.template,
        template_title=title,
        subject=planned.subject,
        campaign=candidate.occasion.campaign if candidate.occasion else "",
        why=candidate.occasion.why if candidate.occasion else "",
        looks=looks,
    )


def _groups(view: View, language: str) -> Iterator[LeftOutGroup]:
    """Those about whom somebody has to do something first, then the larger groups."""

    def order(one: Skipped) -> tuple[int, str, int]:
        return (SEVERITIES.index(one.severity.value), one.reason.value, one.candidate.row)

    ordered = sorted(view.marked.plan.skipped, key=order)
    groups = [list(members) for _, members in groupby(ordered, key=lambda one: one.reason)]
    groups.sort(key=lambda group: (SEVERITIES.index(group[0].severity.value), -len(group)))
    for group in groups:
        yield _group(view, group, language)


def _group(view: View, group: Sequence[Skipped], language: str) -> LeftOutGroup:
    texts = [on_page(one.text(language)) for one in group]
    common = in_common(texts).replace("… …", "…")
    first = group[0]
    why, advice = why_and_advice(common, language)
    return LeftOutGroup(
        reason=first.reason.value,
        severity=first.severity.value,
        text=why,
        advice=advice,
        count=len(group),
        people=[_person(view, one, None if said == common else said) for one, said in zip(group, texts, strict=True)],
    )


def why_and_advice(sentence: str, language: str) -> tuple[str, str]:
    """The sentence that says why, and those that say what to do."""
    stop = "。" if language == "ja" else ". "
    why, found, advice = sentence.partition(stop)
    return why + found.strip(), advice.strip()


def _person(view: View, one: Skipped, text: str | None) -> LeftOutPerson:
    cell = cell_of(one, view.marked.plan.situation.layout)
    return LeftOutPerson(
        id=one.candidate.id,
        row=one.candidate.row,
        cell=cell,
        link=view.link_to(cell),
        name=one.candidate.name,
        address=one.candidate.address.value or "",
        opening=one.candidate.opening,
        text=text,
    )


def guard_shown(scope: Scope, rules: BlastRules, language: str) -> GuardShown:
    """The number that a person has to type, and why."""
    found = blast_radius.objection(scope, rules)
    if found is None:
        return GuardShown(expect=None, text=None)
    return GuardShown(expect=scope.planned, text=guard_text(scope, found, language))


def guard_text(scope: Scope, found: blast_radius.Objection, language: str) -> str:
    """What the guard says of the plan; which number to type, only the page knows, where letters are taken out."""
    if language == "ja":
        return f"計画した {scope.planned} 通の送信は{found.ja}。"
    return f"The {scope.planned} letters of the plan are {found.en}."


def credits_shown(summary: CreditSummary) -> CreditsShown:
    """The credits of all partners in a few numbers."""
    nearest = min(summary.ledgers, key=lambda ledger: ledger.rules.per_credit - ledger.progress, default=None)
    months: dict[str, list[int]] = {}
    for month in (month for ledger in summary.ledgers for month in ledger.months):
        sums = months.setdefault(f"{month.first_day:%Y-%m}", [0, 0])
        sums[0] += month.registered
        sums[1] += month.earned
    return CreditsShown(
        earned=summary.earned,
        redeemed=summary.redeemed,
        expired=summary.expired,
        left=summary.left,
        progress=nearest.progress if nearest else 0,
        per_credit=nearest.rules.per_credit if nearest else 0,
        partner=nearest.rules.name if nearest else "",
        history=[CreditMonthShown(month=key, registered=r, earned=e) for key, (r, e) in sorted(months.items())],
    )


def _problems(view: View, language: str) -> Iterator[PlanProblem]:
    for error in view.problems:
        yield _problem(error, language, stops=True)
    for error in view.reading.warnings:
        yield _problem(error, language, stops=False)
    yield from problems_of_campaigns(view, language)


def _problem(error: SheetsAutomationError, language: str, *, stops: bool) -> PlanProblem:
    return PlanProblem(name=error.name, text=on_page(error.text(language)), stops=stops)


def _approval(view: View) -> ApprovalShown | None:
    """The newest word about letters of this plan that are still the same; None where nobody has to agree."""
    if not view.reading.config.guards.second_person:
        return None
    marks = view.marked.marks
    keys = {one.key: one.candidate.id for one in view.marked.plan.letters}
    standing = [
        (key, one)
        for key, one in view.agreements.items()
        if key in keys and one.mark == marks[keys[key]] and (one.is_proposed or one.is_approved)
    ]
    if not standing:
        return _NOBODY_YET
    last = max((one.word for _, one in standing), key=lambda word: word.at)
    return ApprovalShown(
        state="approved" if last.kind.name == "APPROVED" else "proposed",
        by=last.actor,
        at=last.at.isoformat(timespec="seconds"),
        for_plan=last.detail,
        ids=[keys[key] for key, one in standing if one.word.run_id == last.run_id],
    )
