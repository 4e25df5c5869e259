"""Analysis: read → compute → show. Changes nothing but the tab 分析."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_automation.core.analysing import Material, analyse
from sheets_automation.core.analysis import Analysis
from sheets_automation.core.analysis_checking import Checking, checking_of
from sheets_automation.core.analysis_costs import Costs, read_costs
from sheets_automation.core.analysis_forbidden import is_forbidden_heading
from sheets_automation.core.analysis_groups import SKILL_HEADINGS
from sheets_automation.core.analysis_period import Period, read_period
from sheets_automation.core.analysis_view import analysis_tab
from sheets_automation.core.circulation import number_problems
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.headings import Field
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import fold_referrals, of_known_codes
from sheets_automation.core.rules import SendRules
from sheets_automation.core.selection import waiting_too_long
from sheets_automation.core.survey import read_answers
from sheets_automation.core.table import Snapshot
from sheets_automation.core.views import Views, is_shown
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, credit_summary, select, understand, zone_of
from sheets_automation.ports import Workbook

_OTHER_COSTS_TAB = "媒体費"
_DIMENSIONS = (Field.MEDIUM, Field.OPENING, Field.TAGS, Field.STAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An analysis, and where its candidates stand."""

    analysis: Analysis
    checking: Checking


def asked_period(text: str) -> Period:
    """The period that somebody asks for. Raises ConfigurationError where the words name no months."""
    try:
        return read_period(text)
    except ValueError as error:
        raise ConfigurationError(
            "期間は 2026-04..2026-09、2026-04、FY2026(2026年4月から)のように書いてください。",
            "Write the period as in 2026-04..2026-09, 2026-04 or FY2026 (from April 2026).",
        ) from error


def show_analysis(workbook: Workbook, open_desk: OpenDesk, run: Run, period: Period | None = None) -> Analysis:
    """Compute the analysis and rebuild its tab."""
    snapshot = workbook.read()
    rules = open_desk(snapshot).rules
    look = look_at(snapshot, rules, run, period)
    view = analysis_tab(look.analysis, rules.tabs.analysis, look.checking)
    workbook.show(Views(tabs=() if is_shown(view, snapshot.tables.get(view.tab)) else (view,)))
    return look.analysis


def look_at(snapshot: Snapshot, rules: SendRules, run: Run, period: Period | None = None) -> Look:
    """Compute the analysis; shows nothing."""
    situation = understand(snapshot, rules, SKILL_HEADINGS)
    period = rules.analysis.period if period is None else period
    return Look(
        analysis=analyse(material_of(situation, rules, run), rules.analysis, period),
        checking=checking_of(situation.layout, situation.candidates, period),
    )


def material_of(situation: Situation, rules: SendRules, run: Run) -> Material:
    """Everything that an analysis is made of."""
    snapshot, log = situation.snapshot, situation.log
    now = run.clock().astimezone(zone_of(snapshot, rules))
    events, _ = read_referral_events(snapshot.tables.get(rules.tabs.referrals))
    known, _ = of_known_codes(events, log.candidate_of_code)
    selection = select(situation, log, rules, now)
    credits_ = credit_summary(situation, rules, now)
    return Material(
        candidates=situation.candidates,
        log=log,
        credits=credits_,
        referrals=fold_referrals(event for event in known if event.at <= now),
        costs=_costs(snapshot, rules),
        waiting=waiting_too_long(selection, rules.guards, now),
        tells_agencies=rules.guards.write_to_agency_candidates,
        answers=read_answers(snapshot.tables.get(rules.tabs.survey)),
        problems=[*number_problems(situation.candidates, credits_.uses, situation.layout)],
        barred=[one for one in _DIMENSIONS if is_forbidden_heading(situation.layout.heading_of(one))],
    )


def _costs(snapshot: Snapshot, rules: SendRules) -> Costs:
    zone = zone_of(snapshot, rules)
    if (table := snapshot.tables.get(rules.tabs.costs)) is not None:
        return read_costs(table, zone)
    found = read_costs(snapshot.tables.get(_OTHER_COSTS_TAB), zone)
    return found if found.lines else Costs()  # a tab that was never meant for us is no mistake
