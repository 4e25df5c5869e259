"""The rows of an export, from the material of an analysis. Pure; what is not in `schema` does not leave."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sheets_automation.core.analysing import Material
from sheets_automation.core.analysis_costs import MediumCost
from sheets_automation.core.analysis_letters import decided, has_left, told_by_row, wait_of
from sheets_automation.core.analysis_period import months_between
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.analysis_stages import APPLIED, Ladder, ladder_of
from sheets_automation.core.cells import folded
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.exporting import schema
from sheets_automation.core.exporting.labels import FEWEST, Label, Labels
from sheets_automation.core.exporting.naming import Naming
from sheets_automation.core.exporting.schema import UNDATED, ExportTable, Line
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Candidate
from sheets_automation.core.persons import Persons, find_persons
from sheets_automation.core.referrals import Referral

_DAY = timedelta(days=1)
_DECIMALS = 3
"""Of a day: a minute and a half."""


def export_tables(material: Material, rules: AnalysisRules, naming: Naming) -> tuple[ExportTable, ...]:
    """Make every table of a workbook, the empty ones too."""
    scene = _Scene(material, rules, naming)
    labels = Labels(
        material.candidates,
        barred=material.barred,
        least=1 if naming.is_personal else max(rules.small_group, FEWEST),
        costs={line.medium for line in material.costs.lines},
    )
    rows: Mapping[str, Iterable[Line]] = {
        schema.CANDIDATES: map(scene.candidate, material.candidates),
        schema.LABELS: (scene.label(one, label) for one in material.candidates for label in labels.of(one)),
        schema.DELIVERIES: map(scene.delivery, material.log.deliveries.values()),
        schema.REFERRALS: map(scene.referral, scene.referrals.values()),
        schema.CREDITS: _credits(material),
        schema.COSTS: (share for line in material.costs.lines for share in _shares(line)),
    }
    return tuple(
        ExportTable(
            name=table,
            columns=schema.columns_of(table, with_personal_data=naming.is_personal),
            months=_by_month(lines, schema.MONTH_OF[table]),
        )
        for table, lines in rows.items()
    )


class _Scene:
    """What is known of everybody, worked out once."""

    def __init__(self, material: Material, rules: AnalysisRules, naming: Naming) -> None:
        self._naming = naming
        self._log = material.log
        self._now = material.credits.as_of
        self._ladder: Ladder = ladder_of(() if Field.STAGE in material.barred else material.candidates, rules.stages)
        persons = find_persons(material.candidates)
        self._person = {one.row: person.candidates[0].id for person in persons.people for one in person.candidates}
        self._told = told_by_row(material.candidates, material.log, persons, tells_agencies=material.tells_agencies)
        self._since_last = _since_last(persons)
        self._waiting = frozenset(one.row for one in material.waiting)
        self.referrals: Mapping[str, Referral] = {one.code: one for one in material.referrals if one.moments}

    def candidate(self, one: Candidate) -> Line:
        standing = self._ladder.standing(one)
        stage = self._ladder.places.get(folded(one.stage), 0) if one.stage else 0
        since = decided(one)
        days, gap = wait_of(one, self._log), self._since_last.get(one.row)
        line: dict[str, object] = {
            "candidate": self._named("candidate", one.id),
            "person": self._named("person", self._person[one.row]) if one.row in self._person else None,
            **self._when("applied", one.applied_at),
            "outcome": standing.outcome.value,
            **self._when("decided", since),
            "stage": self._ladder.names[stage] if self._ladder.names[stage] != APPLIED else None,
            "stage_rank": self._ladder.ranks[stage] or None,
            "place": self._ladder.ranks[standing.place],
            "to_tell": one.row in self._told,
            "told": self._told.get(one.row, False),
            "days_to_letter": None if days is None else round(days, _DECIMALS),
            "waiting_days": self._waiting_days(one, since),
            "days_since_last": None if gap is None else round(gap, _DECIMALS),
        }
        if self._naming.is_personal:
            line |= {"name": one.name, "address": one.address.value, "phone": one.phone or None}
        return line

    def label(self, one: Candidate, label: Label) -> Line:
        standing = self._ladder.standing(one)
        return {
            "candidate": self._named("candidate", one.id),
            "kind": label.kind,
            "label": label.label,
            "name": label.name,
            "applied_month": self._month(one.applied_at),
            "outcome": standing.outcome.value,
            "place": self._ladder.ranks[standing.place],
            "to_tell": one.row in self._told,
            "told": self._told.get(one.row, False),
        }

    def delivery(self, one: Delivery) -> Line:
        key = one.key
        code = one.claim.referral_code if one.claim else ""
        return {
            "delivery": self._named("delivery", f"{key.candidate_id} {key.kind.value} {key.cycle}"),
            "candidate": self._named("candidate", key.candidate_id),
            "letter": key.kind.value,
            "cycle": key.cycle,
            "state": one.state.value if one.state else None,
            "at_month": self._month(one.at),
            "at_day": self._day(one.at),
            "link": self._named("link", code) if code else None,
            "has_left": has_left(one.state, code, self.referrals),
        }

    def referral(self, one: Referral) -> Line:
        return {
            "link": self._named("link", one.code),
            "partner": one.partner,
            "first_month": self._month(min(one.moments)),
            "clicked_on": self._day(one.clicked_at),
            "registered_on": self._day(one.registered_at),
            "hired_on": self._day(one.hired_at),
        }

    def _waiting_days(self, one: Candidate, since: datetime | None) -> int | None:
        if one.row not in self._waiting:
            return None
        return (self._now - since) // _DAY if since else 0

    def _named(self, kind: str, word: str) -> str:
        return self._naming.name(kind, word)

    def _when(self, what: str, moment: datetime | None) -> Line:
        return {f"{what}_month": self._month(moment), f"{what}_on": self._day(moment)}

    def _month(self, moment: datetime | None) -> str | None:
        day = self._day(moment)
        return day[:7] if day else None

    def _day(self, moment: datetime | None) -> str | None:
        """By the workbook's own clock."""
        return moment.astimezone(self._now.tzinfo).date().isoformat() if moment else None


def _since_last(persons: Persons) -> Mapping[int, float]:
    """By row: the days since the application of the same person before it."""
    found: dict[int, float] = {}
    for person in persons.people:
        dated = sorted((one.applied_at, one.row) for one in person.candidates if one.applied_at)
        for (earlier, _), (later, row) in itertools.pairwise(dated):
            found[row] = (later - earlier) / _DAY
    return found


def _credits(material: Material) -> Iterator[Line]:
    for ledger in material.credits.ledgers:
        for entry in ledger.entries:
            yield {
                "partner": ledger.rules.id,
                "entry": entry.kind.name.lower(),
                "amount": entry.amount,
                "on_month": f"{entry.on:%Y-%m}",
                "on_day": entry.on.isoformat(),
            }


def _shares(line: MediumCost) -> Iterator[Line]:
    first, last = line.period.first, line.period.last
    months = months_between(first, last) if first and last else ()
    for month in months or (None,):
        yield {
            "medium": line.medium,
            "name": line.medium,
            "in_month": f"{month:%Y-%m}" if month else None,
            "yen": line.yen,
            "months": len(months) or 1,
        }


def _by_month(lines: Iterable[Line], column: str) -> Mapping[str, Sequence[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(str(line[column] or UNDATED), []).append(line)
    return found or {UNDATED: ()}  # so that each table is there, with its columns
