"""Reconciling: read → compare. A person may then accept, code by code, what the partner has and we don't."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.partner_reports import ReportsRead
from sheets_automation.core.reconciling import DifferenceKind, OurSide, Reconciliation, months_of, reconcile
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.registrations import Registration
from sheets_automation.core.rules import TabNames
from sheets_automation.jobs.register import RegistrationReport, register
from sheets_automation.jobs.run import Run
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a partner counts for one month."""

    read: ReportsRead
    month: date | None = None
    """Its first day; None where its dates tell."""
    source: str = "statement"
    """For the record of what is accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileReport:
    """What differs, and what was recorded because a person said so."""

    found: Reconciliation
    accepted: RegistrationReport


def reconcile_statement(
    workbook: Workbook,
    statement: Statement,
    rules: CreditRules,
    run: Run,
    *,
    tabs: TabNames,
    accept: Collection[str] = (),
) -> ReconcileReport:
    """Compare a statement with our facts; records nothing but the codes that a person accepts.

    Raises ConfigurationError for a code to accept that is none of those that only the partner has.
    """
    now = run.clock()
    tables = workbook.read().tables
    events, broken = read_referral_events(tables.get(tabs.referrals))
    side = OurSide(
        rules=rules,
        events=events,
        candidate_of_code=fold(read_events(tables.get(tabs.log))).candidate_of_code,
    )
    month = statement.month or _only_month(statement.read, run)
    found = reconcile(statement.read.rows, side, month, now)
    found = replace(found, problems=(*broken, *statement.read.problems, *found.problems))
    wanted = _wanted(found, accept)
    accepted = RegistrationReport(outcomes=())
    if wanted:
        accepted = register(workbook, wanted, run, partner=rules.id, source=statement.source, tabs=tabs)
    return ReconcileReport(found=found, accepted=accepted)


def _only_month(statement: ReportsRead, run: Run) -> date:
    months = months_of(statement.rows, run.clock())
    if len(months) == 1:
        return months[0]
    listed = "、".join(f"{month:%Y-%m}" for month in months) or "―"
    raise ConfigurationError(
        f"明細の月を --month 2026-11 のように指定してください(明細にある月: {listed})。",
        f"Say of which month the statement is, e.g. --month 2026-11 (it speaks of: {listed}).",
    )


def _wanted(found: Reconciliation, accept: Collection[str]) -> list[Registration]:
    theirs = {one.code: one for one in found.differences if one.kind is DifferenceKind.THEY_HAVE}
    unknown = [code for code in accept if code not in theirs]
    if unknown:
        raise ConfigurationError(
            f"{'、'.join(unknown)} は「先方のみ」の差異にありません。--accept には一覧のコードを指定してください。",
            f"{', '.join(unknown)}: none of those that only they have. --accept takes a code of that list.",
        )
    return [
        Registration(text=one.code, kind=one.what, at=one.theirs, place=one.cells[0])
        for code, one in theirs.items()
        if code in accept
    ]
