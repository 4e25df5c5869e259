"""Exports of invented workbooks: only what a test speaks of has to be said."""

from __future__ import annotations

from datetime import date, datetime

from sheets_automation.core.analysing import Material
from sheets_automation.core.analysis_costs import Costs, MediumCost
from sheets_automation.core.analysis_period import EVERYTHING, Period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.exporting.naming import KeyedNames
from sheets_automation.core.exporting.rows import export_tables
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.referrals import ReferralEvent, ReferralKind, fold_referrals
from sheets_automation.exports.group_analysis import analyse_exported
from sheets_automation.exports.parquet_folder import ParquetFolder
from sheets_automation.exports.records import ExportRecord
from tests.analysis.invented import invented
from tests.core.builders import NOW
from tests.core.credit_facts import PARTNER, redeemed, ten

KEY = "a-key-that-nobody-guesses-0123456789"
YEAR = Period(first=date(2025, 4, 1), last=date(2026, 3, 1))
MONTH = Period(first=date(2026, 2, 1), last=date(2026, 2, 1))


def spent(medium: str, yen: int, first: date | None = None, last: date | None = None) -> MediumCost:
    return MediumCost(medium=medium, yen=yen, period=Period(first=first, last=last or first))


COSTS = (
    spent("doda", 1_234_567, date(2025, 3, 1), date(2025, 9, 1)),
    spent("green", 400_001, date(2026, 2, 1), date(2026, 3, 1)),
    spent("nobody came", 50_000, date(2026, 2, 1)),
    spent("リクナビnext", 300_000),
)


def material(number: int, seed: int, since: datetime | None = None) -> Material:
    """An invented sheet with letters, links that led somewhere, credits and costs; of those who applied since a day."""
    world = invented(number, seed)
    people = [one for one in world.candidates if since is None or (one.applied_at and one.applied_at >= since)]
    ids = {one.id for one in people}
    log = fold(one for one in world.events if one.key.candidate_id in ids)
    led = [
        ReferralEvent(event_id=f"E{place}{kind.name}", at=NOW, kind=kind, partner=PARTNER.id, code=one.referral_code)
        for place, one in enumerate(
            d.claim for d in log.deliveries.values() if d.state is DeliveryState.SENT and d.claim.referral_code
        )
        for kind in list(ReferralKind)[: place % 4]
    ]
    credited = [*ten("2025-05-03", 900_000), *ten("2026-02-03", 900_100), redeemed(1, "2026-02-10")]
    waiting = [one for one in people if one.decision.value == "rejected"][:7]
    return Material(
        candidates=people,
        log=log,
        credits=summarise_credits(credited, [PARTNER], now=NOW),
        referrals=fold_referrals(led),
        costs=Costs(lines=COSTS if since is None else ()),
        waiting=waiting,
    )


def export(folder, name, made: Material, rules: AnalysisRules | None = None, source: str = "here"):
    """Write one workbook's tables into a folder."""
    record = ExportRecord(workbook=name, source=source, at=NOW.isoformat(), is_whole=True)
    tables = export_tables(made, rules or AnalysisRules(), KeyedNames(KEY, name))
    return ParquetFolder(folder, is_personal=False).replace(tables, record)


def group(folder, period: Period = EVERYTHING, rules: AnalysisRules | None = None):
    return analyse_exported(folder, rules or AnalysisRules(), period, memory="256MB", threads=1)
