"""The tab into which a partner or HR types what was reported: which rows are new, and which are wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.errors import RegistrationsUnreadable
from sheets_automation.core.partner_reports import read_reports
from sheets_automation.core.referrals import RecordProblem, ReferralEvent, fold_referrals
from sheets_automation.core.registrations import Registration, RegistrationOutcome, RegistrationState, judge
from sheets_automation.core.table import Table

SETTLED = frozenset({RegistrationState.ADDED, RegistrationState.ALREADY_KNOWN})
"""What leaves nothing for a person to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInbox:
    """What stands in the tab."""

    registrations: tuple[Registration, ...] = ()
    """Every row that can be read; taking one in that was taken in before adds nothing."""
    untaken: int = 0
    """Rows that the next taking in will record."""
    problems: tuple[RecordProblem, ...] = ()
    """By cell."""


def look_into(
    table: Table | None,
    partners: Sequence[CreditRules],
    events: Collection[ReferralEvent],
    candidate_of_code: Mapping[str, str],
    now: datetime,
) -> ReportInbox:
    """Read the tab, and judge its rows by what is recorded already. Records nothing."""
    if table is None or not any(table.rows()):
        return ReportInbox()
    zone = now.tzinfo
    if zone is None:
        raise ValueError("the clock names no zone")
    try:
        read = read_reports(table, partners, zone)
    except RegistrationsUnreadable as error:
        return ReportInbox(problems=(RecordProblem(place=f"{table.title}!A1", ja=error.ja, en=error.en),))
    only = partners[0].id if len(partners) == 1 else ""
    nameless = [row for row in read.rows if not (row.registration.partner or only)]
    outcomes = judge(
        [row.registration for row in read.rows if row not in nameless],
        fold_referrals(events),
        candidate_of_code,
        now=now,
        partner=only,
        recorded={event.event_id for event in events},
    )
    wrong = [one for one in outcomes if one.state not in SETTLED]
    return ReportInbox(
        registrations=tuple(one.registration for one in outcomes),
        untaken=sum(one.state is RegistrationState.ADDED for one in outcomes),
        problems=(
            *read.problems,
            *map(by_cell, wrong),
            *(_no_partner(row.cell) for row in nameless),
        ),
    )


def by_cell(outcome: RegistrationOutcome) -> RecordProblem:
    """What is wrong with a row, with its cell in front."""
    place = outcome.registration.place
    return RecordProblem(place=place, ja=f"{place}: {outcome.ja}", en=f"{place}: {outcome.en}")


def _no_partner(cell: str) -> RecordProblem:
    return RecordProblem(
        place=cell,
        ja=f"{cell}: 紹介先がいくつもあるので、「紹介先」の列に紹介先の名前か id を入れてください。",
        en=f"{cell}: there are several partners; write the name or id of one under 紹介先.",
    )
