"""The last twelve months of referrals and credits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sheets_automation.core.credits import CreditEntry, CreditMonth, EntryKind
from sheets_automation.core.months import local_day, months_later
from sheets_automation.core.referrals import Referral

MONTHS_SHOWN = 12


def count_months(
    referrals: Sequence[Referral], entries: Sequence[CreditEntry], now: datetime
) -> tuple[CreditMonth, ...]:
    """Count what happened in each of the months up to `now`, oldest first; each referral once."""

    def monthly(days: Iterable[date]) -> Counter[date]:
        return Counter(day.replace(day=1) for day in days)

    clicked = monthly(local_day(r.clicked_at, now) for r in referrals if r.clicked_at)
    registered = monthly(local_day(r.registered_at, now) for r in referrals if r.registered_at)
    hired = monthly(local_day(r.hired_at, now) for r in referrals if r.hired_at)
    earned = monthly(entry.on for entry in entries if entry.kind is EntryKind.EARNED)
    redeemed = monthly(entry.on for entry in entries if entry.kind is EntryKind.REDEEMED)
    first_days = [months_later(now.date().replace(day=1), -back) for back in reversed(range(MONTHS_SHOWN))]
    return tuple(
        CreditMonth(
            first_day=day,
            clicked=clicked[day],
            registered=registered[day],
            hired=hired[day],
            earned=earned[day],
            redeemed=redeemed[day],
        )
        for day in first_days
    )
