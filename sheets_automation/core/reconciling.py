"""照合: a partner's monthly statement against our facts. It only finds differences; what is right, people find out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.partner_reports import ReportRow
from sheets_automation.core.referral_codes import CodeProblem, read_code
from sheets_automation.core.referrals import RecordProblem, Referral, ReferralEvent, ReferralKind, fold_referrals
from sheets_automation.core.registrations import UNREADABLE_CODES

COUNTABLE = (ReferralKind.REGISTERED, ReferralKind.HIRED)


class DifferenceKind(StrEnum):
    """In what a statement and our facts differ. The names are stable: `--json` prints them."""

    THEY_HAVE = "they_have"
    WE_HAVE = "we_have"
    OTHER_MONTH = "other_month"
    DOUBLED = "doubled"
    COUNT_RULE = "count_rule"
    TAKEN_BACK = "taken_back"
    UNKNOWN_CODE = "unknown_code"
    OTHER_PARTNER = "other_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing to settle with the partner, and what speaks for each side."""

    kind: DifferenceKind
    code: str
    what: ReferralKind
    cells: tuple[str, ...] = ()
    """Of the statement; none where only we have it."""
    theirs: datetime | None = None
    ours: datetime | None = None
    candidate_id: str = ""
    facts: tuple[ReferralEvent, ...] = ()
    """Our records of this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """How a statement and our facts stand to each other."""

    month: date
    """Its first day."""
    rows: int
    """Of the statement, about registrations and hires."""
    theirs: int
    """What they count."""
    ours: int
    """What we count in this month by what was agreed."""
    agreed: int
    """Rows that say what we say."""
    differences: tuple[Difference, ...]
    problems: tuple[RecordProblem, ...]
    """Rows whose code cannot be read, by cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OurSide:
    """What we know, of all partners."""

    rules: CreditRules
    events: Sequence[ReferralEvent]
    candidate_of_code: Mapping[str, str]


def months_of(rows: Sequence[ReportRow], now: datetime) -> tuple[date, ...]:
    """The months that the rows speak of, by their first days."""
    return tuple(sorted({_month(row.registration.at, now) for row in rows if row.registration.at}))


def reconcile(rows: Sequence[ReportRow], side: OurSide, month: date, now: datetime) -> Reconciliation:
    """Compare the rows of one partner's statement of one month with our facts."""
    told = [row for row in rows if row.registration.kind in COUNTABLE]
    readable = [row for row in told if read_code(row.registration.text).problem is None]
    comparing = _Comparing(side, month, now)
    differences = [*comparing.rows(readable), *comparing.only_ours(readable)]
    return Reconciliation(
        month=month,
        rows=len(told),
        theirs=sum(row.counted is not False for row in told),
        ours=comparing.counted_in_month(),
        agreed=comparing.agreed,
        differences=tuple(differences),
        problems=tuple(_unreadable(row) for row in told if row not in readable),
    )


class _Comparing:
    def __init__(self, side: OurSide, month: date, now: datetime) -> None:
        self._side = side
        self._month = month
        self._now = now
        self._referrals = {one.code: one for one in fold_referrals(side.events)}
        self._facts: dict[str, list[ReferralEvent]] = {}
        for event in side.events:
            self._facts.setdefault(event.code, []).append(event)
        self.agreed = 0

    def rows(self, rows: Sequence[ReportRow]) -> Iterator[Difference]:
        """What is wrong with each row of the statement, in their order."""
        first: dict[tuple[str, ReferralKind], ReportRow] = {}
        for row in rows:
            code, kind = read_code(row.registration.text).code, row.registration.kind
            before = first.setdefault((code, kind), row)
            if before is not row:
                yield self._difference(DifferenceKind.DOUBLED, code, row, cells=(before.cell, row.cell))
                continue
            found = self._wrong_with(row, code)
            if found is None:
                self.agreed += 1
            else:
                yield self._difference(found, code, row)

    def only_ours(self, rows: Sequence[ReportRow]) -> Iterator[Difference]:
        """What counts in this month and does not stand in the statement."""
        listed = {read_code(row.registration.text).code for row in rows}
        for code, referral in self._referrals.items():
            counted = self._counted(referral)
            if counted and code not in listed and self._is_theirs(referral) and self._is_in_month(counted[1]):
                yield self._difference(DifferenceKind.WE_HAVE, code, what=counted[0])

    def counted_in_month(self) -> int:
        """How many codes count in this month."""
        counted = [self._counted(one) for one in self._referrals.values() if self._is_theirs(one)]
        return sum(bool(one) and self._is_in_month(one[1]) for one in counted if one)

    def _wrong_with(self, row: ReportRow, code: str) -> DifferenceKind | None:
        kind, theirs = row.registration.kind, row.registration.at
        if code not in self._side.candidate_of_code:
            return DifferenceKind.UNKNOWN_CODE
        referral = self._referrals.get(code, Referral(code=code, partner=self._side.rules.id))
        if not self._is_theirs(referral):
            return DifferenceKind.OTHER_PARTNER
        ours = referral.moment_of(kind)
        if ours is None:
            is_taken_back = referral.voided_at and (theirs is None or theirs <= referral.voided_at)
            return DifferenceKind.TAKEN_BACK if is_taken_back else DifferenceKind.THEY_HAVE
        if not self._is_in_month(ours):
            return DifferenceKind.OTHER_MONTH
        counted = self._counted(referral)
        we_count = counted is not None and counted[0] is kind
        return DifferenceKind.COUNT_RULE if we_count is not (row.counted is not False) else None

    def _counted(self, referral: Referral) -> tuple[ReferralKind, datetime] | None:
        """By which of its facts a code counts, and when."""
        kinds = COUNTABLE if self._side.rules.counts is Counting.REGISTERED else (ReferralKind.HIRED,)
        moments = [(moment, kind) for kind in kinds if (moment := referral.moment_of(kind))]
        if not moments:
            return None
        moment, kind = min(moments, key=lambda one: one[0])
        return kind, moment

    def _is_theirs(self, referral: Referral) -> bool:
        return referral.partner == self._side.rules.id

    def _is_in_month(self, moment: datetime) -> bool:
        return _month(moment, self._now) == self._month

    def _difference(
        self,
        kind: DifferenceKind,
        code: str,
        row: ReportRow | None = None,
        *,
        cells: tuple[str, ...] = (),
        what: ReferralKind = ReferralKind.REGISTERED,
    ) -> Difference:
        what = row.registration.kind if row else what
        referral = self._referrals.get(code)
        return Difference(
            kind=kind,
            code=code,
            what=what,
            cells=cells or ((row.cell,) if row else ()),
            theirs=row.registration.at if row else None,
            ours=referral.moment_of(what) if referral else None,
            candidate_id=self._side.candidate_of_code.get(code, ""),
            facts=tuple(self._facts.get(code, ())),
        )


def _month(moment: datetime, now: datetime) -> date:
    return moment.astimezone(now.tzinfo).date().replace(day=1)


def _unreadable(row: ReportRow) -> RecordProblem:
    ja, en = UNREADABLE_CODES[read_code(row.registration.text).problem or CodeProblem.BLANK]
    return RecordProblem(place=row.cell, ja=f"{row.cell}: {ja}", en=f"{row.cell}: {en}")
