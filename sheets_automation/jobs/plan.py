"""Planning: read → select → compose. Changes nothing; what it returns is what a dry run shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sheets_automation.core.blast_radius import Scope
from sheets_automation.core.erased_guards import refuse_without_key
from sheets_automation.core.errors import UnknownCandidate
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.model import Candidate, DeliveryKey, OutgoingLetter
from sheets_automation.core.reasons import Reason
from sheets_automation.core.selection import Due, choose, waiting_too_long
from sheets_automation.core.sentences import Skipped
from sheets_automation.jobs.desk import Desk, only_marked
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation, who_is_due

_DAY = timedelta(hours=24)
_RUNS_TO_COMPARE = 10
_IDS_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLetter:
    """A letter that was composed, found right, and let go again: a large plan stays small in memory."""

    due: Due
    template: str
    subject: str
    referral_code: str

    @property
    def candidate(self) -> Candidate:
        """Who is written to."""
        return self.due.candidate

    @property
    def key(self) -> DeliveryKey:
        """The letter's identity."""
        return self.due.key

    @property
    def to_address(self) -> str:
        """Where it goes. A due candidate has an address: a guard has seen to it."""
        return self.candidate.address.value or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who gets which letter, who does not and why, and how far the run reaches."""

    situation: Situation
    letters: tuple[PlannedLetter, ...]
    skipped: tuple[Skipped, ...]
    waiting: tuple[Candidate, ...]
    """Who has waited too long."""
    scope: Scope


def plan_letters(
    situation: Situation,
    desk: Desk,
    run: Run,
    *,
    only: Collection[str] = (),
    limit: int | None = None,
) -> Plan:
    """Decide about every candidate, and write every letter once to see that it can be written."""
    rules, desk = desk.rules, _agreed_upon(situation, desk)
    now = run.clock()
    refuse_without_key(situation.log, rules.guards, now)
    refuse_unknown(only, situation)
    selection = choose(who_is_due(situation, situation.log, desk, now), only)
    written: list[PlannedLetter] = []
    skipped = list(selection.skipped)
    for due in selection.due:
        code = run.new_code() if may_carry_link(due.candidate, situation, desk) else ""
        letter = desk.compose(due.candidate, code)
        if isinstance(letter, Finding):
            skipped.append(Skipped(candidate=due.candidate, reason=letter.reason, facts=letter.facts))
        else:
            written.append(PlannedLetter(due=due, template=letter.template, subject=letter.subject, referral_code=code))
    within, over = _ration(written, limit, Reason.OVER_LIMIT)
    budget = max(rules.daily_limit - situation.log.sent_within(_DAY, now), 0)
    letters, spent = _ration(within, budget, Reason.BUDGET_SPENT, of=rules.daily_limit)
    return Plan(
        situation=situation,
        letters=tuple(letters),
        skipped=(*skipped, *over, *spent),
        waiting=() if desk.mailing else waiting_too_long(selection, rules.guards, now),
        scope=Scope(
            planned=len(letters),
            due=len(within),
            rows=selection.rows,
            last_runs=situation.log.letters_of_last_runs(_RUNS_TO_COMPARE, desk.kind),
        ),
    )


def _agreed_upon(situation: Situation, desk: Desk) -> Desk:
    """Where two people have to agree, a desk that writes only what they agreed to."""
    if not desk.rules.second_person:
        return desk
    marks = {key.candidate_id: one.mark for key, one in situation.agreements(desk.kind).items() if one.by_two}
    return only_marked(desk, marks, Reason.SECOND_PERSON_MISSING)


def refuse_unknown(ids: Collection[str], situation: Situation) -> None:
    """Refuse ids of nobody: a slip of the pen must not end in "nothing to do"."""
    known = {candidate.id for candidate in situation.candidates}
    known.update(key.candidate_id for key in situation.log.deliveries)
    unknown = sorted(set(ids) - known)
    if unknown:
        listed = ", ".join(unknown[:_IDS_SHOWN])
        raise UnknownCandidate(
            f"候補者ID {listed} はこのブックにありません。「候補者ID」の列を確かめてください。",
            f"There is no candidate {listed} in this workbook. Look at its column 候補者ID.",
        )


def may_carry_link(candidate: Candidate, situation: Situation, desk: Desk) -> bool:
    """Whether the letter may carry the referral link: where the workbook asks for consent, only with a yes."""
    if situation.asks_consent or desk.rules.consent_required:
        return desk.has_referral and candidate.consent is True
    return desk.has_referral


def write_again(planned: PlannedLetter, desk: Desk) -> OutgoingLetter:
    """Write a planned letter once more, now to be sent: the same candidate and code give the same letter."""
    letter = desk.compose(planned.candidate, planned.referral_code)
    if isinstance(letter, Finding):
        raise TypeError("a planned letter could be written a moment ago")
    return OutgoingLetter(
        key=planned.key,
        attempt=planned.due.attempt,
        to_name=planned.candidate.name,
        to_address=planned.to_address,
        letter=letter,
        referral_code=planned.referral_code,
        attachments=desk.attachments,
        line_user=planned.candidate.line_user,
        why=_why(planned.candidate),
    )


def _why(candidate: Candidate) -> str:
    occasion = candidate.occasion
    return f"{occasion.campaign}: {occasion.why}" if occasion else ""


def _ration(
    letters: list[PlannedLetter], most: int | None, reason: Reason, of: int | None = None
) -> tuple[list[PlannedLetter], Iterable[Skipped]]:
    """The first `most` letters; the others wait for the next run, those decided first being the first to go."""
    if most is None or len(letters) <= most:
        return letters, ()
    facts = {"limit": str(most if of is None else of)}
    return letters[:most], [Skipped(candidate=p.candidate, reason=reason, facts=facts) for p in letters[most:]]
