"""Retention: whom the clock reaches is looked at, announced to HR, and erased once the notice is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from sheets_automation.core.addresses import match_key
from sheets_automation.core.erasure_certificate import Certificate, Why
from sheets_automation.core.errors import ExpectationMissed, NotErasable, UnknownCandidate, WorkbookChanged
from sheets_automation.core.names import name_key
from sheets_automation.core.refusals import addresses_of
from sheets_automation.core.retention import (
    OBSTACLES,
    PersonClock,
    RetentionPlan,
    Standing,
    announcement_due,
)
from sheets_automation.core.retention_facts import FactKind, to_row
from sheets_automation.jobs.approve import changed
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.erase import Tools, erase
from sheets_automation.jobs.erase_facts import Pen
from sheets_automation.jobs.retention_view import retention_plan, views_of_retention
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import TRIES
from sheets_automation.jobs.situation import OpenDesk, Situation, understand, zone_of
from sheets_automation.ports import Eraser, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionLook:
    """Where a workbook stands, and what would be done about it."""

    plan: RetentionPlan
    today: date
    months: int
    notice_days: int
    unfinished: int
    """Erasures that began and did not end."""
    dues: Mapping[str, date]
    """What is announced, or would be: by candidate id."""
    certificate: Certificate | None = None

    @property
    def mark(self) -> str:
        """A digest of who is due: whoever agrees to an erasure agrees to these people and no others."""
        ids = sorted(one for clock in self.plan.of(Standing.DUE) for one in clock.ids)
        return sha256("\0".join(ids).encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What somebody looked at before they agreed to the erasure of one person, and what they typed."""

    ids: frozenset[str]
    """All rows of the person, as they were shown."""
    typed: str
    """The person's name, or the id of the first row."""


def look_at_retention(workbook: Workbook, open_desk: OpenDesk, run: Run) -> RetentionLook:
    """Say whom the clock reaches; writes nothing."""
    desk, situation = _sit_down(workbook, open_desk)
    return _look(situation, desk, run)


def announce(workbook: Workbook, open_desk: OpenDesk, run: Run) -> RetentionLook:
    """Tell HR whom the clock has reached: a fact for each, and the day in our own column.

    Raises WorkbookChanged where people are at work in the cells; what was announced by then is announced.
    """
    changed: WorkbookChanged | None = None
    pen = Pen(run, "N")
    told: dict[str, date] = {}
    for _ in range(TRIES):
        desk, situation = _sit_down(workbook, open_desk)
        look = _look(situation, desk, run)
        facts = [
            to_row(pen.fact(FactKind.ANNOUNCED, candidate_id=one.id, since=clock.since, due=look.dues[one.id]))
            for clock in look.plan.of(Standing.REACHED)
            for one in clock.candidates
        ]
        if facts:  # the fact first: the notice counts from the day on which HR can see it, and no sooner
            workbook.append({desk.rules.tabs.erasures: facts})
        told |= look.dues
        try:
            workbook.show(views_of_retention(situation, look.plan, told))
        except WorkbookChanged as error:
            changed = error
            continue
        return replace(look, dues=told)
    raise changed or AssertionError


def erase_due(
    workbook: Eraser, open_desk: OpenDesk, run: Run, tools: Tools, *, expect: int | None, mark: str = ""
) -> RetentionLook:
    """Erase those whose notice is over; `expect` is how many people that are, by the word of a person.

    Raises ExpectationMissed where it is another number: a sheet that looks different may mean that dates were lost.
    `mark` says which people were looked at; raises PlanChanged where they are others by now.
    """
    desk, situation = _sit_down(workbook, open_desk)
    look = _look(situation, desk, run)
    due = look.plan.of(Standing.DUE)
    if expect != len(due):
        raise _missed(len(due))
    if mark and mark != look.mark:
        raise changed()
    ids = {one for clock in due for one in clock.ids}
    certificate = None
    if ids or look.unfinished:
        certificate = erase(workbook, open_desk, run, tools, ids, Why.CLOCK if ids else Why.UNFINISHED)
    return replace(look, certificate=certificate)


def find_person(situation: Situation, desk: Desk, run: Run, named: str) -> PersonClock:
    """The person of a candidate id or an address. Raises UnknownCandidate for nobody."""
    wanted = named.strip()
    clock = next((one for one in retention_plan(situation, desk, run).clocks if _is(one, wanted)), None)
    if clock is None:
        raise UnknownCandidate(
            "この候補者ID・メールアドレスの方は、このブックにいません。消去済みの方は、もう分かりません。",
            "Nobody in this workbook has this id or address. Whoever was erased cannot be told any more.",
        )
    return clock


def find_people(situation: Situation, desk: Desk, run: Run, words: str) -> Sequence[PersonClock]:
    """Everybody whom these words may mean: a candidate id, an address, or a name or a part of it."""
    wanted, name = words.strip(), name_key(words)
    return [
        one
        for one in retention_plan(situation, desk, run).clocks
        if _is(one, wanted) or (name and any(name in row.name_key for row in one.candidates))
    ]


def erase_person(
    workbook: Eraser,
    open_desk: OpenDesk,
    run: Run,
    tools: Tools,
    named: str,
    *,
    reason: Why = Why.REQUEST,
    agreed: Agreed | None = None,
) -> Certificate:
    """Erase one person, because they ask. Raises NotErasable where something has to be settled first.

    With what a person `agreed` to, it raises PlanChanged where the rows are others by now, and ExpectationMissed where
    another name was typed.
    """
    desk, situation = _sit_down(workbook, open_desk)
    found = find_person(situation, desk, run, named)
    if agreed is not None:
        _check(agreed, found)
    if found.barrier is not None:
        ja, en = OBSTACLES[found.barrier]
        raise NotErasable(f"この方は消去できません。{ja}", f"This person cannot be erased: {en}")
    return erase(workbook, open_desk, run, tools, found.ids, reason)


def _check(agreed: Agreed, found: PersonClock) -> None:
    if agreed.ids != frozenset(found.ids):
        raise changed()
    first = found.candidates[0]
    if agreed.typed.strip() != first.id and (not first.name_key or name_key(agreed.typed) != first.name_key):
        raise ExpectationMissed(
            "入力された氏名が、この方の氏名と違います。何も消していません。",
            "The name that was typed is not the name of this person. Nothing was erased.",
        )


def _is(clock: PersonClock, wanted: str) -> bool:
    if wanted in clock.ids:
        return True
    return "@" in wanted and any(
        match_key(address) == match_key(wanted) for one in clock.candidates for address in addresses_of(one)
    )


def _sit_down(workbook: Workbook, open_desk: OpenDesk) -> tuple[Desk, Situation]:
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    return desk, understand(snapshot, desk.rules)


def _look(situation: Situation, desk: Desk, run: Run) -> RetentionLook:
    rules = desk.rules.retention
    today = run.clock().astimezone(zone_of(situation.snapshot, desk.rules)).date()
    plan = retention_plan(situation, desk, run)
    dues = {one: announcement_due(clock, rules, today) for clock in plan.of(Standing.REACHED) for one in clock.ids}
    return RetentionLook(
        plan=plan,
        today=today,
        months=rules.months,
        notice_days=rules.notice.days,
        unfinished=len(situation.erasures.unfinished),
        dues=dues,
    )


def _missed(due: int) -> ExpectationMissed:
    return ExpectationMissed(
        f"予告の期間が過ぎた方は {due} 名です。確かめてから --expect {due} を付けてください。何も消していません。",
        f"The notice is over for {due} people. Look at them, then repeat the command with --expect {due}. "
        "Nothing was erased.",
    )
