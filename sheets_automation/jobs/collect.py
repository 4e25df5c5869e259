"""Taking in what the public links saw: read → tell people from machines → judge → append → show.

Taking in the same records again adds nothing, so they may stay where they are, and several workbooks may read them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_automation.core.clicks import delivered_at, look_at_clicks
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.partner_records import PartnerRecord
from sheets_automation.core.referral_rows import read_referral_events, to_row
from sheets_automation.core.referrals import RecordProblem, ReferralEvent, fold_referrals
from sheets_automation.core.refusals import Refusal, address_mark, addresses_of, read_marks
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.core.registrations import RegistrationOutcome, RegistrationState, judge
from sheets_automation.core.report_inbox import by_cell
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Workbook

CodesOf = Callable[[str], Collection[str]]
"""The refusal codes that letters to an address carry, by every key that is or was in use."""
_SOURCE, _WEBHOOK = "link", "webhook"
_FOR_A_PERSON = {RegistrationState.OTHER_PARTNER, RegistrationState.IN_FUTURE, RegistrationState.TAKEN_BACK}


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectReport:
    """What became of the records."""

    clicks: Mapping[RegistrationState, int]
    """Of codes that people clicked; UNKNOWN_CODE is another workbook's, or nobody's."""
    machines: Mapping[str, int]
    """Records that count for nothing, by the sign that betrayed a machine."""
    refusals_added: int
    refusals_known: int
    refusals_unknown: int
    """Of addresses that this workbook does not hold."""
    reports: Mapping[RegistrationState, int] = field(default_factory=dict)
    """Of what partners reported to the webhook; UNKNOWN_CODE as for clicks."""
    problems: tuple[RecordProblem, ...] = ()
    """Rows of 紹介実績 that could not be read, whose codes may be recorded twice, and reports that contradict it."""
    not_shown: WorkbookError | None = None
    """Why the status columns are not up to date; the facts are safe, and the next run shows them."""


def collect(
    workbook: Workbook,
    open_desk: OpenDesk,
    run: Run,
    records: Sequence[LinkRecord],
    *,
    codes_of: CodesOf,
    partner: str,
    reports: Sequence[PartnerRecord] = (),
) -> CollectReport:
    """Append the clicks of people, the refusals and the partners' `reports` that are new, all in one append.

    Then show where everybody stands. `partner` is whose links they are; without one no click is taken in.
    """
    desk, situation = sit_down(workbook, open_desk)
    tabs, now = desk.rules.tabs, run.clock()
    seen = look_at_clicks(records, delivered_at(situation.events), now)
    events, problems = read_referral_events(situation.snapshot.tables.get(tabs.referrals))
    codes = situation.log.candidate_of_code
    outcomes = judge(
        (*(seen.by_people if partner else ()), *(one.registration() for one in reports)),
        fold_referrals(events),
        codes,
        now=now,
        partner=partner,
        recorded={event.event_id for event in events},
    )
    of_partners = [outcome for outcome in outcomes if outcome.registration.event_id]
    clicks = [to_row(_event(outcome, run, partner)) for outcome in outcomes if _is_new(outcome)]
    known_marks = read_marks(situation.snapshot.tables.get(tabs.refusals))
    refused, unknown = _refused(records, situation, codes_of)
    new = {mark: record for mark, record in refused.items() if mark not in known_marks}
    facts = {
        tab: rows
        for tab, rows in (
            (tabs.referrals, clicks),
            (tabs.refusals, [refusal_row(_refusal(mark, record, run)) for mark, record in new.items()]),
        )
        if rows
    }
    if facts:
        workbook.append(facts)
    return CollectReport(
        clicks=Counter(outcome.state for outcome in outcomes if not outcome.registration.event_id),
        machines=seen.by_machines,
        refusals_added=len(new),
        refusals_known=len(refused) - len(new),
        refusals_unknown=unknown,
        reports=Counter(outcome.state for outcome in of_partners),
        problems=(*problems, *(by_cell(one) for one in of_partners if one.state in _FOR_A_PERSON)),
        not_shown=show_state(workbook, desk, run),  # also what a run that died before this did not show
    )


def _is_new(outcome: RegistrationOutcome) -> bool:
    return outcome.state is RegistrationState.ADDED


def _event(outcome: RegistrationOutcome, run: Run, partner: str) -> ReferralEvent:
    by_partner = outcome.registration.event_id
    return ReferralEvent(
        event_id=by_partner or run.next_referral_event_id(),
        at=outcome.registration.at or run.clock(),
        kind=outcome.registration.kind,
        partner=outcome.registration.partner or partner,
        code=outcome.code,
        source=_WEBHOOK if by_partner else _SOURCE,
        note=outcome.registration.place,
        actor=run.actor,
    )


def _refusal(mark: str, record: LinkRecord, run: Run) -> Refusal:
    return Refusal(
        fact_id=run.next_referral_event_id(),
        at=min(record.at, run.clock()),
        mark=mark,
        source=_SOURCE,
        actor=run.actor,
    )


def _refused(
    records: Sequence[LinkRecord], situation: Situation, codes_of: CodesOf
) -> tuple[Mapping[str, LinkRecord], int]:
    """The first refusal of each address that the workbook knows, by its mark, and how many codes it does not know."""
    by_code: dict[str, LinkRecord] = {}
    for record in sorted(records, key=lambda one: one.at):
        if record.use is LinkUse.REFUSAL:
            by_code.setdefault(record.code, record)
    if not by_code:
        return {}, 0
    found: dict[str, LinkRecord] = {}
    met: set[str] = set()
    for address in dict.fromkeys(_addresses(situation)):
        for code in by_code.keys() & set(codes_of(address)):
            found.setdefault(address_mark(address), by_code[code])
            met.add(code)
    return found, len(by_code) - len(met)


def _addresses(situation: Situation) -> Iterator[str]:
    """Every address of a row, and every one that was ever written to."""
    for candidate in situation.candidates:
        yield from addresses_of(candidate)
    yield from (event.to_address for event in situation.events if event.to_address)
