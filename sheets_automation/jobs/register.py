"""Register what a partner reports: read → judge → append. Registering the same again adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.referral_rows import read_referral_events, to_row
from sheets_automation.core.referrals import RecordProblem, ReferralEvent, fold_referrals
from sheets_automation.core.registrations import Registration, RegistrationOutcome, RegistrationState, judge
from sheets_automation.core.report_inbox import SETTLED, look_into
from sheets_automation.core.rules import TabNames
from sheets_automation.jobs.run import Run
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationReport:
    """What became of each report, in their order."""

    outcomes: tuple[RegistrationOutcome, ...]
    problems: tuple[RecordProblem, ...] = ()
    """Rows of the tab that could not be read, and so may be registered a second time."""

    @property
    def counts(self) -> Mapping[RegistrationState, int]:
        """How many reports ended in each state; states that none ended in count 0."""
        return Counter(outcome.state for outcome in self.outcomes)

    def followed_by(self, other: RegistrationReport) -> RegistrationReport:
        """Both reports as one; what both could not read is told once."""
        problems = dict.fromkeys((*self.problems, *other.problems))
        return RegistrationReport(outcomes=(*self.outcomes, *other.outcomes), problems=tuple(problems))


def register(
    workbook: Workbook,
    registrations: Sequence[Registration],
    run: Run,
    *,
    partner: str,
    source: str,
    tabs: TabNames | None = None,
) -> RegistrationReport:
    """Append what is new among the reports of one partner, all in one append.

    `source` says where the reports come from, e.g. "cli" or "csv:registrations.csv".
    """
    tabs = tabs or TabNames()
    tables = workbook.read().tables
    candidate_of_code = fold(read_events(tables.get(tabs.log))).candidate_of_code
    events, problems = read_referral_events(tables.get(tabs.referrals))
    now = run.clock()
    outcomes = judge(
        registrations,
        fold_referrals(events),
        candidate_of_code,
        now=now,
        partner=partner,
        recorded={event.event_id for event in events},
    )
    facts = [to_row(_event(outcome, run, partner, source, now)) for outcome in outcomes if _is_new(outcome)]
    if facts:
        workbook.append({tabs.referrals: facts})
    return RegistrationReport(outcomes=outcomes, problems=problems)


def register_typed(
    workbook: Workbook, partners: Sequence[CreditRules], run: Run, *, tabs: TabNames | None = None
) -> RegistrationReport:
    """Append what is new in the tab into which people type reports. The tab itself stays as it is."""
    tabs = tabs or TabNames()
    tables = workbook.read().tables
    candidate_of_code = fold(read_events(tables.get(tabs.log))).candidate_of_code
    events, problems = read_referral_events(tables.get(tabs.referrals))
    now = run.clock()
    inbox = look_into(tables.get(tabs.reports), partners, events, candidate_of_code, now)
    partner = partners[0].id if len(partners) == 1 else ""
    outcomes = judge(
        inbox.registrations,
        fold_referrals(events),
        candidate_of_code,
        now=now,
        partner=partner,
        recorded={event.event_id for event in events},
    )
    facts = [to_row(_event(one, run, partner, f"tab:{tabs.reports}", now)) for one in outcomes if _is_new(one)]
    if facts:
        workbook.append({tabs.referrals: facts})
    settled = tuple(one for one in outcomes if one.state in SETTLED)  # the others are problems of their cells
    return RegistrationReport(outcomes=settled, problems=(*problems, *inbox.problems))


def _is_new(outcome: RegistrationOutcome) -> bool:
    return outcome.state is RegistrationState.ADDED


def _event(outcome: RegistrationOutcome, run: Run, partner: str, source: str, now: datetime) -> ReferralEvent:
    return ReferralEvent(
        event_id=outcome.registration.event_id or run.next_referral_event_id(),
        at=outcome.registration.at or now,
        kind=outcome.registration.kind,
        partner=outcome.registration.partner or partner,
        code=outcome.code,
        source=source,
        note=outcome.registration.place,
        actor=run.actor,
    )
