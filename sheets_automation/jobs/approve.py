"""Approving: people agree to the very letters that they saw, and may take that back; facts in the log, one a letter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheets_automation.core import blast_radius
from sheets_automation.core.approvals import Agreement, fold_agreements, person_of
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import ApprovalVoid, PlanChanged, SecondPersonNeeded
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from sheets_automation.jobs.marking import mark_plan
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down, understand
from sheets_automation.ports import Workbook

APPROVAL_HOLDS = timedelta(hours=24)
_LEFT = {DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.PREPARED, DeliveryState.BOUNCED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That people agreed to these letters and no others."""

    id: str
    """Of the run that recorded it; a letter that was agreed to again since is no longer this one's."""
    workbook: str
    plan: str
    """Mark of the plan that was looked at."""
    letters: Mapping[str, str]
    """Marks by candidate id."""
    actor: str
    at: datetime
    expires_at: datetime
    kind: LetterKind = LetterKind.REJECTION
    """Of all the letters: whoever agreed to results has not agreed to news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person looked at, and which of it they want sent."""

    plan: str
    without: Collection[str] = ()
    """Ids of candidates whose letter is taken out."""
    expect: int | None = None
    """The number of letters that they typed."""
    workbook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far the agreement has come."""

    letters: int
    approval: Approval | None = None
    """None while a second person has to agree."""


def approve(workbook: Workbook, open_desk: OpenDesk, run: Run, wish: Wish) -> Agreed:
    """Record that a person agrees to the letters of a plan; sends nothing.

    Raises PlanChanged where the plan is another one by now, and BlastRadius or ExpectationMissed as `send` would.
    Where two people have to agree, the first one only proposes.
    """
    desk, situation = sit_down(workbook, open_desk)
    marked = mark_plan(situation, desk, run.clock)
    if marked.mark != wish.plan or not set(wish.without) <= set(marked.marks):
        raise changed()
    kept = {candidate_id: mark for candidate_id, mark in marked.marks.items() if candidate_id not in set(wish.without)}
    out = len(marked.marks) - len(kept)
    scope = replace(marked.plan.scope, planned=len(kept), due=marked.plan.scope.due - out)
    blast_radius.check(scope, desk.rules.blast, wish.expect)
    letters = [(one.key, kept[one.candidate.id]) for one in marked.plan.letters if one.candidate.id in kept]
    given, said = run.id, EventKind.APPROVED
    if desk.rules.second_person:
        given, said = _of_two(situation, desk.kind, letters, run)
    if given == run.id:
        _append(
            workbook, desk.rules.tabs.log, [run.agreement(key, said, mark, plan=wish.plan) for key, mark in letters]
        )
    if said is EventKind.PROPOSED:
        return Agreed(letters=len(kept))
    now = run.clock()
    approval = Approval(
        id=given,
        workbook=wish.workbook,
        plan=wish.plan,
        letters=kept,
        actor=run.actor,
        at=now,
        expires_at=now + APPROVAL_HOLDS,
        kind=desk.kind,
    )
    return Agreed(letters=len(kept), approval=approval)


def _of_two(
    situation: Situation, kind: LetterKind, letters: Sequence[tuple[DeliveryKey, str]], run: Run
) -> tuple[str, EventKind]:
    """The run that gives this person's word, and the word: the first of two only proposes, and the second approves.

    What two people have agreed to already needs no third word. Raises SecondPersonNeeded for whoever says it twice.
    """
    agreements = situation.agreements(kind)
    found = [one if (one := agreements.get(key)) and one.mark == mark else None for key, mark in letters]
    told = [one for one in found if one is not None and one.proposed is not None]
    if len(told) < len(letters) or not told:
        return run.id, EventKind.PROPOSED
    runs = {one.word.run_id for one in told}
    if len(runs) == 1 and all(one.by_two for one in told):
        return runs.pop(), EventKind.APPROVED
    if all(person_of(one.proposed.actor) != person_of(run.actor) for one in told if one.proposed):
        return run.id, EventKind.APPROVED
    raise SecondPersonNeeded(
        "提案した方とは別の方の承認が要ります。提案は記録されています。",
        "Somebody else than the person who proposed has to agree. The proposal is on record.",
    )


def still_approved(situation: Situation, approval: Approval) -> Mapping[str, str]:
    """The letters of an approval that nobody has agreed to anew since. Raises ApprovalVoid where it was taken back.

    None where all have left: whoever asks again after a lost answer is told that nothing is left to do.
    """
    found = agreed_to(situation, approval)
    is_taken_back = any(one.word.kind is EventKind.RECALLED for one in _words_about(situation, approval).values())
    if is_taken_back or (approval.letters and not found and not left_by(situation, approval)):
        raise void()
    return found


def left_by(situation: Situation, approval: Approval) -> Collection[str]:
    """The candidates whose letter has left by this approval: the next news to them is another letter."""
    words = fold_agreements(situation.events)
    return {
        key.candidate_id
        for key, one in words.items()
        if one.word.run_id == approval.id and situation.log.delivery(key).state in _LEFT
    }


def agreed_to(situation: Situation, approval: Approval) -> Mapping[str, str]:
    """The letters of an approval to which people agree at this moment, by candidate id."""
    words = _words_about(situation, approval)
    return {i: one.mark for i, one in words.items() if one.is_approved and one.word.run_id == approval.id}


def _words_about(situation: Situation, approval: Approval) -> Mapping[str, Agreement]:
    """The last words about the very letters of an approval."""
    return {
        key.candidate_id: one
        for key, one in situation.agreements(approval.kind).items()
        if approval.letters.get(key.candidate_id) == one.mark
    }


def recall(workbook: Workbook, open_desk: OpenDesk, run: Run, approval: Approval) -> int:
    """Take back what was approved and has not left; the number of letters that will not go.

    Where other runs may be at work meanwhile, it is counted by a second look: whoever claimed a letter before our word
    stood in the log has not seen it, and whoever claims one afterwards does. Of a claim that a dead run has left the
    word is there, too, so that nobody sends that letter to find out.
    """
    desk, situation = sit_down(workbook, open_desk)
    letters = still_approved(situation, approval)
    keys = [key for key in situation.agreements(approval.kind) if key.candidate_id in letters]
    states = {key: situation.log.delivery(key).state for key in keys}
    staying = [key for key in keys if states[key] not in _LEFT]
    claimed = [key for key in keys if states[key] is DeliveryState.PREPARED]
    events = [run.agreement(key, EventKind.RECALLED, letters[key.candidate_id]) for key in (*staying, *claimed)]
    _append(workbook, desk.rules.tabs.log, events)
    if events and not workbook.single_run:
        log = understand(workbook.read(), desk.rules, desk.headings_used).log
        staying = [key for key in staying if log.delivery(key).state not in _LEFT]
    return len(staying)


def _append(workbook: Workbook, log_tab: str, events: Collection[DeliveryEvent]) -> None:
    if events:
        workbook.append({log_tab: [to_row(event) for event in events]})


def changed() -> PlanChanged:
    """What a person looked at is no longer so."""
    return PlanChanged(
        "表か文面が変わりました。一覧を読み直して、もう一度確かめてください。",
        "The sheet or a letter has changed since. Look at the plan again.",
    )


def void() -> ApprovalVoid:
    """An approval that no longer counts."""
    return ApprovalVoid(
        "この承認はもう使えません(取り消されたか、期限切れか、別のブックのものです)。一覧からやり直してください。",
        "This approval no longer counts: it was taken back, is too old, or is for another workbook. Begin anew.",
    )
