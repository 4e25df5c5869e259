"""Reading: what the workbook says at this moment, parsed once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.candidates import read_candidates
from sheets_automation.core.delivery_log import DeliveryEvent, DeliveryLog, fold
from sheets_automation.core.layout import Field, Layout, locate_candidates
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.model import Candidate
from sheets_automation.core.rules import SendRules
from sheets_automation.core.selection import Selection, select_for_rejection
from sheets_automation.core.table import Snapshot
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One snapshot of the workbook, understood."""

    snapshot: Snapshot
    layout: Layout
    candidates: tuple[Candidate, ...]
    events: tuple[DeliveryEvent, ...]
    log: DeliveryLog

    @property
    def asks_consent(self) -> bool:
        """Whether the workbook has a column for consent to the referral link."""
        return Field.CONSENT in self.layout.columns


def read_situation(workbook: Workbook, rules: SendRules, wanted: Collection[str] = ()) -> Situation:
    """Read the workbook once and parse it; `wanted` names further headings that the letters use."""
    snapshot = workbook.read()
    return understand(snapshot, rules, wanted)


def understand(snapshot: Snapshot, rules: SendRules, wanted: Collection[str] = ()) -> Situation:
    """Parse a snapshot: where the candidates stand, who they are, and what the log says."""
    layout = locate_candidates(snapshot, rules.headings)
    events = read_events(snapshot.tables.get(rules.tabs.log))
    return Situation(
        snapshot=snapshot,
        layout=layout,
        candidates=tuple(read_candidates(snapshot, layout, rules.candidates, wanted)),
        events=events,
        log=fold(events),
    )


def select(situation: Situation, log: DeliveryLog, rules: SendRules, now: datetime) -> Selection:
    """Who is due, judged by `log`."""
    return select_for_rejection(
        situation.candidates,
        log,
        rules.guards,
        now=now,
        window=rules.window,
        is_holiday=rules.is_holiday,
    )
