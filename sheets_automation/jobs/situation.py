"""Reading: what the workbook says at this moment, parsed once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from sheets_automation.core import retention_facts
from sheets_automation.core.approvals import Agreement, fold_agreements
from sheets_automation.core.candidates import read_candidates
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.delivery_log import DeliveryEvent, DeliveryLog
from sheets_automation.core.layout import Field, Layout, locate_candidates
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.model import Candidate, DeliveryKey, LetterKind
from sheets_automation.core.refusals import honour, read_marks
from sheets_automation.core.retention_facts import Erasures, fold_erasures
from sheets_automation.core.rules import SendRules
from sheets_automation.core.selection import Selection, select_for_rejection
from sheets_automation.core.stops import Stop, StopSource, stop_in_settings
from sheets_automation.core.table import Snapshot, Table
from sheets_automation.jobs.credits import summarise
from sheets_automation.jobs.desk import Desk
from sheets_automation.ports import Workbook

OpenDesk = Callable[[Snapshot], Desk]
"""Makes the desk from the configuration and from the workbook's own 文面 and 設定 tabs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One snapshot of the workbook, understood."""

    snapshot: Snapshot
    layout: Layout
    candidates: tuple[Candidate, ...]
    events: tuple[DeliveryEvent, ...]
    log: DeliveryLog
    erasures: Erasures = field(default_factory=Erasures)
    """What was announced, begun and done about erasing people."""
    stops: tuple[Stop, ...] = ()
    """Everything that stops all sending: one is enough."""

    @property
    def asks_consent(self) -> bool:
        """Whether the workbook has a column for consent to the referral link."""
        return Field.CONSENT in self.layout.columns

    def agreements(self, kind: LetterKind) -> Mapping[DeliveryKey, Agreement]:
        """What people last said of the letter of this kind that each candidate would get in the present cycle."""
        found = fold_agreements(self.events)
        return {key: one for key, one in found.items() if key == self.log.current_key(key.candidate_id, kind)}

    def after(self, events: Sequence[DeliveryEvent]) -> Situation:
        """The same workbook once these events have happened too; those that it knows already count once."""
        return replace(self, log=fold((*self.events, *events)))


def sit_down(workbook: Workbook, open_desk: OpenDesk) -> tuple[Desk, Situation]:
    """Read the workbook once, make the desk by what it says, and parse it."""
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    return desk, understand(snapshot, desk.rules, desk.headings_used)


def understand(snapshot: Snapshot, rules: SendRules, wanted: Collection[str] = ()) -> Situation:
    """Parse a snapshot: where the candidates stand, who they are, who refused letters, and what the log says."""
    layout = locate_candidates(snapshot, rules.headings)
    candidate_rules = replace(rules.candidates, timezone=zone_of(snapshot, rules))
    events = read_events(snapshot.tables.get(rules.tabs.log))
    refused = read_marks(snapshot.tables.get(rules.tabs.refusals))
    candidates = honour(
        read_candidates(snapshot, layout, candidate_rules, wanted),
        refused,
        written_to=lambda: ((one.key.candidate_id, one.to_address) for one in events if one.to_address),
    )
    candidates = _with_line(candidates, snapshot.tables.get(rules.tabs.line))
    candidates = _with_consents(candidates, snapshot.tables.get(rules.tabs.consents))
    erasures = fold_erasures(retention_facts.read_facts(snapshot.tables.get(rules.tabs.erasures)))
    return Situation(
        snapshot=snapshot,
        layout=layout,
        candidates=_barred(candidates, erasures.barred),
        erasures=erasures,
        events=events,
        log=(log := fold(events)),
        stops=_stops(snapshot, log, rules),
    )


def _with_line(candidates: tuple[Candidate, ...], facts: Table | None) -> tuple[Candidate, ...]:
    """The candidates, with the chats that they have linked. Few workbooks have LINE, and no other loads it."""
    if facts is None:
        return candidates
    from sheets_automation.core.line_links import fold_links, read_facts, with_line

    return with_line(candidates, fold_links(read_facts(facts)))


def _with_consents(candidates: tuple[Candidate, ...], facts: Table | None) -> tuple[Candidate, ...]:
    """The candidates, with what they agreed to since their rows were written."""
    if facts is None:
        return candidates
    from sheets_automation.core.consents import fold_consents, read_consents, with_consents

    return with_consents(candidates, fold_consents(read_consents(facts)))


def _barred(candidates: tuple[Candidate, ...], ids: Collection[str]) -> tuple[Candidate, ...]:
    """The candidates, those marked whose erasure has begun."""
    return tuple(replace(one, is_barred=one.id in ids) for one in candidates) if ids else candidates


def _stops(snapshot: Snapshot, log: DeliveryLog, rules: SendRules) -> tuple[Stop, ...]:
    said = log.frozen
    by_word = Stop(source=StopSource.LOG, at=said.at, by=said.actor, because=said.detail) if said else None
    in_cell = stop_in_settings(snapshot.tables.get(rules.tabs.settings))
    return tuple(stop for stop in (snapshot.stop, by_word, in_cell) if stop is not None)


def zone_of(snapshot: Snapshot, rules: SendRules) -> tzinfo:
    """The zone of the workbook's dates: its own where it has one, as a Google spreadsheet does."""
    try:
        return ZoneInfo(snapshot.timezone)
    except (KeyError, ValueError, OSError):
        return rules.timezone


def credit_summary(situation: Situation, rules: SendRules, now: datetime) -> CreditSummary:
    """What the referrals have earned by now."""
    return summarise(situation.snapshot, situation.log, rules.partners, rules.tabs, now)


def who_is_due(situation: Situation, log: DeliveryLog, desk: Desk, now: datetime) -> Selection:
    """Who is due a letter of the kind that this desk writes, judged by `log`."""
    choose = desk.mailing.select if desk.mailing else select
    return choose(situation, log, desk.rules, now)


def select(situation: Situation, log: DeliveryLog, rules: SendRules, now: datetime) -> Selection:
    """Who is due the result of a selection, judged by `log`."""
    return select_for_rejection(
        situation.candidates,
        log,
        rules.guards,
        now=now,
        window=rules.window,
        is_holiday=rules.is_holiday,
    )
