"""Writing the letter of a dead run's claim again, where it is still due: the question before a push is repeated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Claim, OutgoingLetter
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.situation import Situation, who_is_due

KEY_LIFE: Final = timedelta(hours=23)
"""LINE keeps a retry key for 24 hours from its first request, which came after the claim; an hour for clocks."""


def written_again(claim: Claim, situation: Situation, desk: Desk, now: datetime) -> OutgoingLetter | None:
    """The letter, if this claim is young and, but for it, the person would be due the same letter now; else None.

    Never one that a person has taken back since.
    """
    event = _event_of(claim, situation)
    agreement = situation.agreements(claim.key.kind).get(claim.key)
    if agreement is not None and agreement.word.kind is EventKind.RECALLED:
        return None
    if event is None or not timedelta(0) <= now - event.at < KEY_LIFE:
        return None
    others = [one for one in situation.events if one.event_id != event.event_id]
    due = {one.candidate.id: one for one in who_is_due(situation, fold(others), desk, now).due}
    one = due.get(claim.key.candidate_id)
    if one is None or one.key != claim.key or one.candidate.address.value != claim.to_address:
        return None
    letter = desk.compose(one.candidate, event.referral_code)
    if isinstance(letter, Finding):
        return None
    return OutgoingLetter(
        key=claim.key,
        attempt=claim.attempt,
        to_name=one.candidate.name,
        to_address=claim.to_address,
        letter=letter,
        referral_code=event.referral_code,
        attachments=desk.attachments,
        line_user=one.candidate.line_user,
        why=event.detail,
    )


def _event_of(claim: Claim, situation: Situation) -> DeliveryEvent | None:
    """The claim as it stands in the log."""
    return next(
        (
            event
            for event in situation.events
            if event.kind is EventKind.PREPARED and (event.key, event.attempt) == (claim.key, claim.attempt)
            if (event.run_id, event.reference) == (claim.run_id, claim.reference)
        ),
        None,
    )
