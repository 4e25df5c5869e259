"""Material for analyses: only what a test speaks of has to be said."""

from __future__ import annotations

from dataclasses import replace

from sheets_automation.core.analysing import Material, analyse
from sheets_automation.core.analysis import Analysis
from sheets_automation.core.analysis_period import EVERYTHING, Period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Candidate
from sheets_automation.core.referrals import ReferralEvent, fold_referrals
from tests.core.builders import NOW, ended, event
from tests.core.credit_facts import PARTNER


def told(one: Candidate, kind: EventKind = EventKind.SENT, at=NOW, code: str = "") -> list[DeliveryEvent]:
    """The two events of a letter that was sent to somebody, or ended in another way."""
    claim = event(EventKind.PREPARED, to=one.id, referral_code=code, at=at)
    return [claim, ended(claim, kind, at=at)]


def look(
    people: list[Candidate],
    *events: DeliveryEvent,
    referred: list[ReferralEvent] = (),
    rules: AnalysisRules | None = None,
    period: Period = EVERYTHING,
    **fields,
) -> Analysis:
    """The analysis of these people."""
    material = Material(
        candidates=people,
        log=fold(events),
        credits=summarise_credits(referred, [PARTNER], now=NOW),
        referrals=fold_referrals(referred),
    )
    return analyse(replace(material, **fields), rules or AnalysisRules(), period)


def value(analysis, wanted):
    return analysis.figure(wanted).value
