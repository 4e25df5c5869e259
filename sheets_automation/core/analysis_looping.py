"""Counting the steps of the loop. Pure: from candidates, log, referrals and credits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sheets_automation.core.analysis_letters import decided
from sheets_automation.core.analysis_loop import LoopStep, LoopStepId
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.credits import CreditSummary, EntryKind
from sheets_automation.core.delivery_log import Delivery, DeliveryLog
from sheets_automation.core.model import Candidate, Decision, DeliveryState, LetterKind
from sheets_automation.core.referrals import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopMaterial:
    """What the loop is counted from."""

    candidates: Sequence[Candidate]
    log: DeliveryLog
    credits: CreditSummary
    referrals: Sequence[Referral]


def loop_steps(material: LoopMaterial, period: Period, small_group: int) -> tuple[LoopStep, ...]:
    """Count every step; none where there is no partner, since nothing can go round then."""
    if not material.credits.ledgers:
        return ()
    counts = (*_letters(material, period), *_credits(material, period))
    steps: list[LoopStep] = []
    for step, count in zip(LoopStepId, counts, strict=True):
        before = steps[-1].count if steps else None
        is_small = before is not None and before < small_group
        steps.append(LoopStep(id=step, count=count, before=before, is_small=is_small))
    return tuple(steps)


def _letters(material: LoopMaterial, period: Period) -> Iterator[int]:
    """Of the rejections decided in the period: all, told, with a link, clicked, registered."""
    used = {referral.code: referral for referral in material.referrals if referral.moments}
    letters = _by_candidate(material.log, used)
    rejected = _rejected(material.candidates, period, material.credits.as_of.tzinfo)
    told = [letters[one.id] for one in rejected if one.id in letters]
    codes = [found for found in map(_codes, told) if found]
    clicked = [[used[code] for code in found if code in used] for found in codes]
    yield len(rejected)
    yield len(told)
    yield len(codes)
    yield sum(map(bool, clicked))
    yield sum(any(one.registered_at or one.hired_at for one in referrals) for referrals in clicked)


def _rejected(candidates: Iterable[Candidate], period: Period, zone: tzinfo | None) -> list[Candidate]:
    return [one for one in candidates if one.decision is Decision.REJECTED and period.holds(decided(one), zone)]


def _by_candidate(log: DeliveryLog, used: Collection[str]) -> dict[str, list[Delivery]]:
    """The letters of a result that left, by candidate: the log says so, or a link of theirs was used."""
    found: dict[str, list[Delivery]] = {}
    for key, one in log.deliveries.items():
        has_left = one.state is DeliveryState.SENT or (one.claim is not None and one.claim.referral_code in used)
        if key.kind is LetterKind.REJECTION and has_left:
            found.setdefault(key.candidate_id, []).append(one)
    return found


def _codes(letters: Iterable[Delivery]) -> list[str]:
    return [one.claim.referral_code for one in letters if one.claim and one.claim.referral_code]


def _credits(material: LoopMaterial, period: Period) -> Iterator[int]:
    """Credits earned and used, candidates who were found with one, and who of them was hired."""
    entries = [entry for ledger in material.credits.ledgers for entry in ledger.entries]
    there = [entry for entry in entries if period.holds_month(entry.on.replace(day=1))]
    uses, zone = material.credits.uses, material.credits.as_of.tzinfo
    found = [one for one in material.candidates if one.credit in uses and period.holds(one.applied_at, zone)]
    yield sum(entry.amount for entry in there if entry.kind is EntryKind.EARNED)
    yield -sum(entry.amount for entry in there if entry.kind is EntryKind.REDEEMED)
    yield len(found)
    yield sum(one.decision is Decision.HIRED for one in found)
