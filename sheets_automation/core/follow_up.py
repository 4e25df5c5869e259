"""フォロー: who is due a follow-up now, and for everybody else, why not. Touches nothing; only decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheets_automation.core.erased_guards import refuse_without_key
from sheets_automation.core.follow_up_guards import FollowUpScene, agrees, first_finding, occasion_of
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.guards import wants_letters
from sheets_automation.core.model import Candidate, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.selection import Due, Selection, one_row_per_person
from sheets_automation.core.sentences import Skipped


def select_for_follow_up(candidates: Sequence[Candidate], scene: FollowUpScene) -> Selection:
    """Find each candidate's campaign, and apply every guard to whoever has one.

    A due candidate carries the occasion of the letter.
    """
    refuse_without_key(scene.base.log, scene.base.rules, scene.now)
    due: list[Due] = []
    skipped: list[Skipped] = []
    log = scene.base.log
    for candidate in candidates:
        occasion = occasion_of(candidate, scene)
        finding = (
            _silent(candidate, scene, occasion) if isinstance(occasion, Finding) else first_finding(candidate, scene)
        )
        if finding is not None:
            skipped.append(Skipped(candidate=candidate, reason=finding.reason, facts=finding.facts))
        elif not isinstance(occasion, Finding):
            key = log.current_key(candidate.id, LetterKind.FOLLOW_UP)
            about = replace(candidate, occasion=occasion)
            due.append(Due(candidate=about, key=key, attempt=log.delivery(key).attempts + 1))
    due, doubles = one_row_per_person(due, scene.base)
    return Selection(due=tuple(due), skipped=(*skipped, *doubles), rows=len(candidates))


def _silent(candidate: Candidate, scene: FollowUpScene, why: Finding) -> Finding:
    """Why no campaign writes; of whoever refused or never agreed it would be no answer that theirs goes another way."""
    if why.reason is not Reason.GOES_ANOTHER_WAY:
        return why
    return wants_letters(candidate, scene.base) or agrees(candidate, scene) or why
