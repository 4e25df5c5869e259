"""What credits are worth: recruitments that cost nothing, at the price of a hire."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_automation.core.analysis import Figure, FigureId, Unit
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.credits import CreditSummary, EntryKind


def credit_figures(
    credits_: CreditSummary, period: Period, *, cost: int | None, hires: int, worth: int | None
) -> Iterator[Figure]:
    """Count the credits of a period, and say what those that were used saved and those that are left will save."""
    if worth is None and cost is not None and hires:
        worth = round(cost / hires)
    earned = _total(credits_, EntryKind.EARNED, period)
    used = -_total(credits_, EntryKind.REDEEMED, period)
    yield Figure(id=FigureId.CREDITS_EARNED, unit=Unit.COUNT, value=earned)
    yield Figure(id=FigureId.CREDITS_USED, unit=Unit.COUNT, value=used)
    yield Figure(id=FigureId.CREDITS_LEFT, unit=Unit.COUNT, value=credits_.left)
    yield _worth(FigureId.SAVING, used, worth)
    yield _saving_rate(used, worth, cost)
    yield _worth(FigureId.SAVING_AHEAD, credits_.left, worth)


def _total(credits_: CreditSummary, kind: EntryKind, period: Period) -> int:
    entries = (entry for ledger in credits_.ledgers for entry in ledger.entries if entry.kind is kind)
    return sum(entry.amount for entry in entries if period.holds_month(entry.on.replace(day=1)))


def _worth(wanted: FigureId, number: int, worth: int | None) -> Figure:
    if worth is None:
        return Figure(id=wanted, unit=Unit.YEN, value=None, numerator=number)
    formula = worth_formula(number, worth)
    return Figure(id=wanted, unit=Unit.YEN, value=number * worth, numerator=number, denominator=worth, formula=formula)


def worth_formula(number: float, worth: float) -> str:
    """How what credits are worth came about."""
    return f"{number:,.0f} × ¥{worth:,.0f} = ¥{number * worth:,.0f}"


def _saving_rate(used: int, worth: int | None, cost: int | None) -> Figure:
    """By how much a hire got cheaper: the share that was saved of what everything would have cost."""
    wanted = FigureId.SAVING_RATE
    if worth is None or cost is None or not cost + used * worth:
        return Figure(id=wanted, unit=Unit.RATE, value=None)
    saved = used * worth
    whole = cost + saved
    formula = share_formula(saved, whole)
    return Figure(id=wanted, unit=Unit.RATE, value=saved / whole, numerator=saved, denominator=whole, formula=formula)


def share_formula(saved: float, whole: float) -> str:
    """How the share that was saved came about."""
    return f"¥{saved:,.0f} ÷ (¥{whole - saved:,.0f} + ¥{saved:,.0f})"
