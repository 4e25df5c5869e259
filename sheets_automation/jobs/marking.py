"""Marking: a plan whose letters are known by a digest of all that is in them, so that people can agree to these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.approvals import letter_mark, plan_mark
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.model import Candidate, Letter
from sheets_automation.jobs.desk import SAMPLE_CODE, Desk
from sheets_automation.jobs.plan import Plan, plan_letters
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPlan:
    """A plan, and the mark of each of its letters."""

    plan: Plan
    desk: Desk
    marks: Mapping[str, str]
    """By candidate id."""
    mark: str
    """Of the whole plan: changes whenever anything of it does."""
    made_for: datetime
    """The moment that it was planned for: now, or when letters may leave next."""


def mark_plan(situation: Situation, desk: Desk, clock: Callable[[], datetime]) -> MarkedPlan:
    """Plan for the moment at which letters may leave next: whoever looks on a Sunday wants to see those of Monday."""
    now = clock()
    opening = desk.rules.window.next_opening(now, desk.rules.is_holiday)
    marks: dict[str, str] = {}

    def compose(candidate: Candidate, code: str) -> Letter | Finding:
        letter = desk.compose(candidate, code)
        if isinstance(letter, Letter):
            marks[candidate.id] = letter_mark(candidate, letter, desk.attachments)
        return letter

    run = Run(id="plan", clock=lambda: opening, new_code=lambda: SAMPLE_CODE)
    # Whoever has to agree must see the letter first.
    rules = replace(desk.rules, second_person=False)
    plan = plan_letters(situation, replace(desk, compose=compose, rules=rules), run)
    planned = {letter.candidate.id: marks[letter.candidate.id] for letter in plan.letters}
    left_out = (f"{one.candidate.row} {one.candidate.id} {one.reason.value}" for one in plan.skipped)
    return MarkedPlan(plan=plan, desk=desk, marks=planned, mark=plan_mark(planned, left_out), made_for=opening)
