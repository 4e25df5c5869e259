"""選考: who is due a letter now, and for everybody else, why not. Does not touch anything; only decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.guard_scene import GuardRules, Scene
from sheets_automation.core.guards import decision_moment, first_finding
from sheets_automation.core.identity import identity_problems
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, LetterKind
from sheets_automation.core.persons import find_persons
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.send_window import IsHoliday, SendWindow
from sheets_automation.core.sentences import Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A candidate who is due a letter, and the letter's identity."""

    candidate: Candidate
    key: DeliveryKey
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The decision about every row: due, or left out with a reason."""

    due: tuple[Due, ...]
    skipped: tuple[Skipped, ...]
    rows: int
    """Candidates in the workbook."""


def select_for_rejection(
    candidates: Sequence[Candidate],
    log: DeliveryLog,
    rules: GuardRules,
    *,
    now: datetime,
    window: SendWindow,
    is_holiday: IsHoliday,
) -> Selection:
    """Apply every guard to every candidate. Does not interact with anything, only decides.

    `now` is in the workbook's time zone.
    """
    scene = scene_of(LetterKind.REJECTION, candidates, log, rules, now=now, window=window, is_holiday=is_holiday)
    due: list[Due] = []
    skipped: list[Skipped] = []
    for candidate in candidates:
        finding = first_finding(candidate, scene)
        if finding is None:
            key = log.current_key(candidate.id, scene.kind)
            due.append(Due(candidate=candidate, key=key, attempt=log.delivery(key).attempts + 1))
        else:
            skipped.append(Skipped(candidate=candidate, reason=finding.reason, facts=finding.facts))
    due, doubles = one_row_per_person(due, scene)
    return Selection(due=tuple(due), skipped=(*skipped, *doubles), rows=len(candidates))


def choose(selection: Selection, only: Collection[str]) -> Selection:
    """Keep only the named candidates; nobody is ever added."""
    if not only:
        return selection
    chosen = tuple(due for due in selection.due if due.candidate.id in only)
    rest = tuple(
        Skipped(candidate=due.candidate, reason=Reason.NOT_CHOSEN)
        for due in selection.due
        if due.candidate.id not in only
    )
    return Selection(due=chosen, skipped=(*selection.skipped, *rest), rows=selection.rows)


def waiting_too_long(selection: Selection, rules: GuardRules, now: datetime) -> tuple[Candidate, ...]:
    """Rejected candidates who have waited longer than `max_wait` and whose letter has not gone: silence fails too."""
    waiting = [due.candidate for due in selection.due]
    waiting += [s.candidate for s in selection.skipped if s.severity is not Severity.NONE]
    return tuple(
        candidate
        for candidate in waiting
        if candidate.decision is Decision.REJECTED and decision_moment(candidate, now) < now - rules.max_wait
    )


def scene_of(
    kind: LetterKind,
    candidates: Sequence[Candidate],
    log: DeliveryLog,
    rules: GuardRules,
    *,
    now: datetime,
    window: SendWindow,
    is_holiday: IsHoliday,
) -> Scene:
    """Make ready what the guards of a kind of letter look at."""
    persons = find_persons(candidates)
    opening = window.next_opening(now, is_holiday)
    return Scene(
        kind=kind,
        log=log,
        rules=rules,
        now=now,
        identity_problems=identity_problems(candidates),
        siblings=persons.siblings,
        shared_addresses=persons.shared_addresses,
        next_opening=None if opening == now else opening,
        opening_after=lambda moment: window.next_opening(moment, is_holiday),
    )


def one_row_per_person(due: list[Due], scene: Scene) -> tuple[list[Due], list[Skipped]]:
    """Of a person's due rows, write to the one decided last; the others are told by it."""
    chosen: dict[int, Due] = {}
    by_row = {d.candidate.row: d for d in due}
    for one in due:
        family = [one, *(by_row[c.row] for c in scene.siblings.get(one.candidate.row, ()) if c.row in by_row)]
        chosen[one.candidate.row] = max(
            family, key=lambda d: (decision_moment(d.candidate, scene.now), -d.candidate.row)
        )
    doubles = [
        Skipped(
            candidate=one.candidate,
            reason=Reason.PERSON_TOLD_BY_OTHER_ROW,
            facts={"rows": str(chosen[one.candidate.row].candidate.row)},
        )
        for one in due
        if chosen[one.candidate.row] is not one
    ]
    return [one for one in due if chosen[one.candidate.row] is one], doubles
