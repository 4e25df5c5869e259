"""One pass of an erasure: from what the workbook says now to everything that changes in one atomic write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheets_automation.core.analysis_letters import told_by_row
from sheets_automation.core.anonymous_rows import AnonymousRows, SheetRows, anonymise
from sheets_automation.core.consents import forget_candidates
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.erased import erased_address, is_erased, key_name
from sheets_automation.core.erasing import (
    Whom,
    erased_events,
    event_changes,
    other_changes,
    whom,
)
from sheets_automation.core.headings import Field
from sheets_automation.core.log_rows import to_row as log_row
from sheets_automation.core.model import Candidate
from sheets_automation.core.months import months_later
from sheets_automation.core.persons import find_persons
from sheets_automation.core.refusals import Refusal, address_mark, addresses_of, read_marks
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.core.retention_facts import FactKind, RetentionFact, to_row
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Views
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.erase_facts import Pen
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation, zone_of
from sheets_automation.ports import FactChanges, Facts

Family = tuple[Candidate, ...]
_SOURCE = "erasure"
_PROOF_MONTHS = 1
"""特定電子メール法: so long after the last mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasingPass:
    """Everything that one write does."""

    families: tuple[Family, ...]
    people: Whom
    rows: AnonymousRows
    changes: FactChanges
    views: Views
    facts: Facts
    log_rows: int
    refusals: int
    proofs_until: date | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of these people is left that we can reach."""
        return not self.families and not any(self.changes.values())


def families_of(candidates: Sequence[Candidate], ids: Collection[str]) -> tuple[Family, ...]:
    """The people who stand in these rows and are not erased yet."""
    rows = [one for one in candidates if one.id in ids and not is_erased(one.address.value)]
    people = find_persons(rows).people
    together = {one.row for person in people for one in person.candidates}
    return (*(person.candidates for person in people), *((one,) for one in rows if one.row not in together))


def pass_over(
    situation: Situation, desk: Desk, run: Run, pen: Pen, ids: Collection[str], key: str, word: DeliveryEvent
) -> ErasingPass:
    """Say what changes. `word` is the event that explains the changed rows of the log, if there are any."""
    families = families_of(situation.candidates, ids)
    addresses = [address for family in families for one in family for address in addresses_of(one)]
    people = whom(ids, addresses, situation.events)
    now = run.clock().astimezone(zone_of(situation.snapshot, desk.rules))
    rows = _anonymous(situation, desk, families, key, run.new_code() + run.id)
    erased, seal = erased_events(situation.events, people, key=key, erasure=word.event_id)
    facts: dict[str, list[Mapping[str, CellValue]]] = {}
    if erased:
        facts[desk.rules.tabs.log] = [log_row(replace(word, reference=key_name(key), detail=seal))]
    refusals = list(_refusals(situation, desk, families, rows, run))
    if refusals:
        facts[desk.rules.tabs.refusals] = [refusal_row(one) for one in refusals]
    proofs = list(_proofs(situation, families, now))
    if proofs:
        facts[desk.rules.tabs.erasures] = [
            to_row(pen.fact(FactKind.PROOF, due=until, detail=f"紹介同意 {erased_address(address, key)} {day}"))
            for address, day, until in proofs
        ]
    return ErasingPass(
        families=families,
        people=people,
        rows=rows,
        changes=dict(_changes(situation, desk, people, erased, key, now.date())),
        views=_views(situation, rows),
        facts=facts,
        log_rows=len(erased),
        refusals=len(refusals),
        proofs_until=max((until for _, _, until in proofs), default=None),
    )


def _anonymous(situation: Situation, desk: Desk, families: Sequence[Family], key: str, seed: str) -> AnonymousRows:
    place = situation.layout.place
    rules = desk.rules
    past = [one for one in situation.candidates if is_erased(one.address.value)]
    wanted = {place.heading_row, *(one.row for family in families for one in family), *(one.row for one in past)}
    table = situation.snapshot.tables[place.tab]
    sheet = SheetRows(
        layout=situation.layout,
        cells={row.number: row.cells for row in table.rows() if row.number in wanted},
        told=told_by_row(
            situation.candidates,
            situation.log,
            find_persons(situation.candidates),
            tells_agencies=rules.guards.write_to_agency_candidates,
        ),
        zone=zone_of(situation.snapshot, rules),
    )
    smallest = 1 if rules.retention.keeps_small_groups else rules.analysis.small_group
    return anonymise(families, past, sheet, key=key, seed=seed, smallest_group=smallest)


def _views(situation: Situation, rows: AnonymousRows) -> Views:
    if not rows.cells:
        return Views()
    return Views(place=situation.layout.place, cells=rows.cells, only_over=rows.held)


def _changes(
    situation: Situation, desk: Desk, people: Whom, erased: Mapping[str, DeliveryEvent], key: str, today: date
) -> Iterator[tuple[str, Mapping[str, Mapping[str, CellValue]]]]:
    tabs = desk.rules.tabs
    views = {situation.layout.place.tab, tabs.refusals, tabs.erasures, tabs.consents}
    for title, table in situation.snapshot.tables.items():
        if title == tabs.log:
            found = event_changes(erased, table)
        elif title == tabs.erasures:
            found = {one.fact_id: {"内容": ""} for one in _over(situation, today)}
        elif title == tabs.consents:  # the proof stays, and says no more whose row it belonged to
            found = forget_candidates(table, people.ids)
        elif title in views:
            continue
        else:
            found = other_changes(table, people, key=key)
        if found:
            yield title, found


def _over(situation: Situation, today: date) -> Iterator[RetentionFact]:
    """Proofs whose time is over."""
    return (one for one in situation.erasures.proofs if one.detail and one.due is not None and one.due < today)


def _refusals(
    situation: Situation, desk: Desk, families: Sequence[Family], rows: AnonymousRows, run: Run
) -> Iterator[Refusal]:
    """A refusal outlives the row: it holds for the address that is gone, and the row is counted as one that refused."""
    known = set(read_marks(situation.snapshot.tables.get(desk.rules.tabs.refusals)))
    in_column = Field.OPT_OUT in situation.layout.columns
    for family in families:
        if not any(one.opted_out for one in family):
            continue
        addresses = [address for one in family for address in addresses_of(one)]
        stand_ins = [] if in_column else [rows.persons[one.id] for one in family if one.opted_out]
        for mark in map(address_mark, (*addresses, *stand_ins)):
            if mark not in known:
                known.add(mark)
                yield Refusal(
                    fact_id=f"{run.id}-F{len(known):05d}", at=run.clock(), mark=mark, source=_SOURCE, actor=run.actor
                )


def _proofs(situation: Situation, families: Sequence[Family], now: datetime) -> Iterator[tuple[str, date, date]]:
    """Consents to the referral link whose proof has to be kept, for a month after the last letter that carried one."""
    linked: dict[str, datetime] = {}
    for event in situation.events:
        if event.kind is EventKind.SENT:
            linked[event.key.candidate_id] = max(linked.get(event.key.candidate_id, event.at), event.at)
    for family in families:
        for one in family:
            at = linked.get(one.id)
            if one.consent and one.address.value and at is not None:
                day = at.astimezone(now.tzinfo).date()
                until = months_later(day, _PROOF_MONTHS)
                if until >= now.date():
                    yield one.address.value, day, until


def carriers_of(events: Sequence[DeliveryEvent], people: Whom) -> Counter[str]:
    """By what letters to these people left: there may be copies."""
    return Counter(
        one.carrier for one in events if one.kind is EventKind.SENT and people.has(one.key.candidate_id, one.key.kind)
    )
