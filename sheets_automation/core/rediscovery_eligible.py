"""Who may be thought of for another opening at all: the guards of letters, without those on the rejection itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_automation.core.erased_guards import is_not_erased
from sheets_automation.core.guard_scene import Finding, Scene
from sheets_automation.core.guards import (
    Guard,
    address_works,
    has_a_name,
    has_an_address,
    has_no_other_hope,
    is_not_on_hold,
    is_ours_to_tell,
    is_who_it_says,
    says_one_thing,
    shares_no_address,
    wants_letters,
)
from sheets_automation.core.model import Candidate, Decision
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped

# Whoever is in selection, has an offer or was hired comes first: nobody is courted whom we are talking with.
_NOT_PAST = {
    Decision.IN_SELECTION: Reason.IN_SELECTION,
    Decision.OFFERED: Reason.OFFERED,
    Decision.HIRED: Reason.HIRED,
    Decision.NOT_CONSIDERED: Reason.NOT_CONSIDERED,
    Decision.UNKNOWN: Reason.DECISION_UNKNOWN,
}
_GUARDS: tuple[Guard, ...] = (
    is_not_erased,
    says_one_thing,
    wants_letters,
    has_no_other_hope,
    is_not_on_hold,
    is_ours_to_tell,
    is_who_it_says,
    has_a_name,
    has_an_address,
    address_works,
    shares_no_address,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Past candidates, and everybody else with the reason."""

    past: tuple[Candidate, ...]
    left_out: tuple[Skipped, ...]


def pool_of(candidates: Sequence[Candidate], scene: Scene) -> Pool:
    """Part the candidates who may be written to about another opening from all others."""
    past: list[Candidate] = []
    left_out: list[Skipped] = []
    for one in candidates:
        found = _finding(one, scene)
        if found is None:
            past.append(one)
        else:
            left_out.append(Skipped(candidate=one, reason=found.reason, facts=found.facts))
    return Pool(past=tuple(past), left_out=tuple(left_out))


def _finding(one: Candidate, scene: Scene) -> Finding | None:
    reason = _NOT_PAST.get(one.decision)
    if reason is not None:
        return Finding(reason, {"value": one.decision_text})
    return next((found for guard in _GUARDS if (found := guard(one, scene)) is not None), None)
