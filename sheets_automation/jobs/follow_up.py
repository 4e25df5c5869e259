"""The follow-up job: the straight line of the main job, for news to people who agreed to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.campaigns import Campaign, resting
from sheets_automation.core.campaigns_tab import CampaignsTab, campaigns_tab, read_campaigns
from sheets_automation.core.consents import (
    Consent,
    ConsentWord,
    column_source,
    fold_consents,
    mark_of,
    read_consents,
)
from sheets_automation.core.consents import to_row as consent_row
from sheets_automation.core.delivery_log import Delivery, DeliveryLog
from sheets_automation.core.follow_up import select_for_follow_up
from sheets_automation.core.follow_up_guards import FollowUpScene, by_candidate
from sheets_automation.core.follow_up_view import HEADING, WIDTH, follow_up_line, last_sent
from sheets_automation.core.headings import Field
from sheets_automation.core.identity import identity_problems
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate, LetterKind
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import fold_referrals
from sheets_automation.core.refusals import Refusal, addresses_of, read_marks
from sheets_automation.core.refusals import address_mark as refusal_mark
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.core.rules import SendRules
from sheets_automation.core.selection import Selection, scene_of
from sheets_automation.core.status_view import own_columns, stamp_of
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.tagging import headings_wanted
from sheets_automation.core.tagging import scene_of as conditions_of
from sheets_automation.core.tagging_rules import RuleProblem
from sheets_automation.core.views import Look, OwnColumn, ViewCell, Views, same_value
from sheets_automation.jobs.desk import Desk, Mailing
from sheets_automation.jobs.plan import Plan
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import identities_to_write
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down, zone_of
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigns:
    """What HR has planned in this workbook."""

    tab: CampaignsTab
    active: tuple[Campaign, ...]
    """Those that can be followed here."""
    problems: tuple[RuleProblem, ...]
    """Of rows that cannot be followed, and why campaigns rest."""


def campaigns_in(snapshot: Snapshot, rules: SendRules, letters: Collection[str], layout: Layout) -> Campaigns:
    """Read フォロー計画, and tell what of it can be followed in this workbook with these `letters`, by name."""
    tab = read_campaigns(snapshot.tables.get(rules.tabs.campaigns), zone_of(snapshot, rules))
    rests = {one.name: resting([one], layout, letters) for one in tab.campaigns}
    return Campaigns(
        tab=tab,
        active=tuple(one for one in tab.campaigns if not rests[one.name]),
        problems=(*tab.problems, *(problem for found in rests.values() for problem in found)),
    )


def follow_up_desk(desk: Desk, campaigns: Campaigns, layout: Layout) -> Desk:
    """The same desk, at which follow-ups are written instead of results; they carry no referral link."""
    wanted = headings_wanted(campaigns.active, layout)
    return replace(
        desk,
        headings_used=frozenset((*desk.headings_used, *wanted)),
        has_referral=False,
        mailing=Mailing(kind=LetterKind.FOLLOW_UP, select=_Selecting(campaigns.active), views=_views),
    )


@dataclass(frozen=True, slots=True)
class _Selecting:
    """Who is due one of these campaigns."""

    campaigns: Sequence[Campaign]

    def __call__(self, situation: Situation, log: DeliveryLog, rules: SendRules, now: datetime) -> Selection:
        now = now.astimezone(zone_of(situation.snapshot, rules))
        candidates = situation.candidates
        base = scene_of(
            LetterKind.FOLLOW_UP,
            candidates,
            log,
            rules.guards,
            now=now,
            window=rules.window,
            is_holiday=rules.is_holiday,
        )
        scene = FollowUpScene(
            base=base,
            rules=rules.follow_up,
            campaigns=self.campaigns,
            conditions=conditions_of(
                self.campaigns, candidates, situation.layout, now=now, decisions=rules.candidates.decisions
            ),
            by_candidate=by_candidate(log.deliveries),
            hired=_hired(situation, log, rules),
        )
        return select_for_follow_up(candidates, scene)


def _hired(situation: Situation, log: DeliveryLog, rules: SendRules) -> frozenset[str]:
    """Whom a partner reported as hired."""
    events, _ = read_referral_events(situation.snapshot.tables.get(rules.tabs.referrals))
    codes = (one.code for one in fold_referrals(events) if one.hired_at)
    return frozenset(log.candidate_of_code[code] for code in codes if code in log.candidate_of_code)


def _views(plan: Plan, desk: Desk, _now: datetime, run_open: str | None) -> Views:
    """Ids for whoever has none, and フォロー状況 and 照合 where they say something else than they should."""
    situation = plan.situation
    stamp = own_columns(situation.layout)[Field.FINGERPRINT]
    cells = dict(_changed(plan, desk, stamp.heading))
    written = {heading for row in cells.values() for heading in row}
    return Views(
        place=situation.layout.place,
        identities=identities_to_write(situation),
        columns=tuple(one for one in (OwnColumn(heading=HEADING, width=WIDTH), stamp) if one.heading in written),
        cells=cells,
        run_open=run_open,
    )


def _changed(plan: Plan, desk: Desk, stamped: str) -> Iterator[tuple[str, Mapping[str, ViewCell]]]:
    """The cells to write by candidate id. `stamped` heads 照合, by which whoever is only sent news is known, too."""
    broken = identity_problems(plan.situation.candidates)
    has_approvals = desk.rules.guards.require_approval
    due = {one.candidate.row: one.candidate for one in plan.letters}
    skipped = {one.candidate.row: one for one in plan.skipped}
    deliveries = by_candidate(plan.situation.log.deliveries)
    shown = _shown(plan.situation)
    for one in plan.situation.candidates:
        sent = last_sent(deliveries, one.id)
        line = follow_up_line(one, due.get(one.row), skipped.get(one.row), sent, desk.rules.language) or None
        cells = {} if same_value(line, shown.get(one.row)) else {HEADING: ViewCell(value=line, look=Look.TEXT)}
        keeps_stamp = one.row in broken or (has_approvals and one.stored_fingerprint)
        if not keeps_stamp and (stamp := stamp_of(one)) and stamp != one.stored_fingerprint:
            cells[stamped] = ViewCell(value=stamp)
        if cells:
            yield one.id, cells


def _shown(situation: Situation) -> Mapping[int, CellValue]:
    """What our column shows now, by row."""
    column = situation.layout.column_of(HEADING)
    if column is None:
        return {}
    rows = situation.snapshot.tables[situation.layout.place.tab].rows({column})
    return {row.number: row.cells.get(column) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was put on record before anything was sent."""

    consents: int = 0
    withdrawals: int = 0
    refusals: int = 0


def keep_consents(workbook: Workbook, open_desk: OpenDesk, run: Run, wording: str) -> Kept:
    """Record who agrees, no longer agrees or refuses by the columns of HR, as far as it is not on record.

    What stands in a column goes with its row. The proof of a consent and a refusal have to outlive it.
    """
    desk, situation = sit_down(workbook, open_desk)
    tabs = desk.rules.tabs
    consents = list(_news(situation, desk, run, wording))
    refusals = list(_refusals(situation, desk, run))
    facts = {
        tab: rows
        for tab, rows in (
            (tabs.consents, [*map(consent_row, consents)]),
            (tabs.refusals, [*map(refusal_row, refusals)]),
        )
        if rows
    }
    if facts:
        workbook.append(facts)
    given = sum(one.word is ConsentWord.GIVEN for one in consents)
    return Kept(consents=given, withdrawals=len(consents) - given, refusals=len(refusals))


def _news(situation: Situation, desk: Desk, run: Run, wording: str) -> Iterator[Consent]:
    """The consents that the sheet shows and the record does not, one for an address."""
    source = column_source(situation.layout.heading_of(Field.NEWS))
    known = fold_consents(read_consents(situation.snapshot.tables.get(desk.rules.tabs.consents)))
    now = run.clock()
    said: dict[str, Candidate] = {}
    for one in situation.candidates:
        if one.news is not None and (mark := mark_of(one)):
            said[mark] = one if mark not in said or one.news is False else said[mark]
    for mark, one in said.items():
        word = ConsentWord.GIVEN if one.news else ConsentWord.WITHDRAWN
        before = known.about(one)
        if (before.word if before else ConsentWord.WITHDRAWN) is not word:
            yield Consent(
                fact_id=run.next_referral_event_id(),
                at=now,
                word=word,
                mark=mark,
                candidate_id=one.id,
                wording=wording if one.news else "",
                source=source,
                actor=run.actor,
                recorded_at=now,
            )


def _refusals(situation: Situation, desk: Desk, run: Run) -> Iterator[Refusal]:
    """The refusals that the sheet shows and the record does not."""
    known = set(read_marks(situation.snapshot.tables.get(desk.rules.tabs.refusals)))
    source = column_source(situation.layout.heading_of(Field.OPT_OUT))
    for one in situation.candidates:
        if not one.opted_out:
            continue
        for address in addresses_of(one):
            if (mark := refusal_mark(address)) not in known:
                known.add(mark)
                yield Refusal(
                    fact_id=run.next_referral_event_id(),
                    at=run.clock(),
                    mark=mark,
                    source=source,
                    actor=run.actor,
                )


def make_plan_tab(workbook: Workbook, open_desk: OpenDesk) -> bool:
    """Make フォロー計画 with examples that are all switched off, where the workbook has none."""
    desk, situation = sit_down(workbook, open_desk)
    tab = desk.rules.tabs.campaigns
    if tab in situation.snapshot.tables:
        return False
    workbook.show(Views(tabs=(campaigns_tab(tab),)))
    return True


def follow_ups(workbook: Workbook, open_desk: OpenDesk) -> tuple[Mapping[str, str], Sequence[Delivery]]:
    """The names by candidate id, and every follow-up that left or may have, the last one first."""
    _, situation = sit_down(workbook, open_desk)
    return {one.id: one.name for one in situation.candidates}, follow_ups_of(situation)


def follow_ups_of(situation: Situation) -> Sequence[Delivery]:
    """Every follow-up that left or may have, the last one first."""
    found = by_candidate(situation.log.deliveries)
    sent = [one for candidate_id in found for one in last_sent(found, candidate_id)]
    return sorted(sent, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)


def campaign_of(delivery: Delivery) -> tuple[str, str]:
    """The campaign of a follow-up, and why it went; empty where a rebuilt log no longer knows."""
    campaign, _, why = (delivery.claim.detail if delivery.claim else "").partition(": ")
    return campaign, why
