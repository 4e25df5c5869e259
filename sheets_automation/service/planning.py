"""The plan at a glance: read once, marked, and kept until the workbook, its log or the configuration changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sheets_automation.config import Config
from sheets_automation.config.sections import WorkbookSection
from sheets_automation.core.approvals import Agreement
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import Campaigns
from sheets_automation.jobs.freeze import letters_waiting
from sheets_automation.jobs.marking import MarkedPlan, mark_plan
from sheets_automation.jobs.situation import Situation, credit_summary, understand
from sheets_automation.service.house import Mailing, Room
from sheets_automation.wiring import Reading
from sheets_automation.wiring_follow_up import FollowUpOffice, open_news

_KEPT_FOR = 20.0
"""Seconds: the clock moves on, and a file of letters may have changed."""
_MOST_KEPT = 8


@dataclass(slots=True, kw_only=True)
class View:
    """A plan as it was made, with all that is told of it."""

    marked: MarkedPlan
    reading: Reading
    agreements: Mapping[DeliveryKey, Agreement]
    credits: CreditSummary
    title: str
    links: Mapping[str, str]
    """Of the candidates' tab and that of the campaigns; empty for a file."""
    now: datetime
    revision: str
    config: Config
    made: float
    kind: LetterKind
    held_up: int | None = None
    """How many letters of every kind wait while sending is stopped; told with the plan of results."""
    campaigns: Campaigns | None = None
    """What HR has planned; None where results are written."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """The document, by language."""

    @property
    def problems(self) -> list[SheetsAutomationError]:
        """With any of these nothing is sent."""
        return self.reading.problems

    def link_to(self, cell: str) -> str | None:
        """Where a browser shows this cell ("候補者!A12"); None for a file."""
        tab, _, place = cell.rpartition("!")
        link = self.links.get(tab)
        return f"{link}&range={place}" if link else None


class Planner:
    """Keeps the last plans, since a page asks for the same one many times."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._views: dict[tuple[str, Mailing], View] = {}
        self._turns: dict[str, threading.Lock] = {}
        """One at a time makes a plan of a workbook: two who ask at once get the same one."""
        self._titles: dict[str, str] = {}
        self._lock = threading.Lock()

    def title_of(self, workbook: str) -> str:
        """The title of a workbook that was read here before; empty for any other."""
        return self._titles.get(workbook, "")

    def view(self, room: Room) -> View:
        """The plan as it is now."""
        with self._turn(room.workbook), room.reading() as workbook:
            snapshot = workbook.read()
            revision = _revision(snapshot, room.office.config.workbook)
            kept = self._kept((room.workbook, room.mailing))
            if kept is not None and _still_holds(kept, room, revision):
                return kept
            view = self._make(room, snapshot, revision)
            view.title = self._titles[room.workbook] = workbook.title
            tabs = (view.marked.plan.situation.layout.place.tab, view.marked.desk.rules.tabs.campaigns)
            view.links = {tab: link for tab in tabs if (link := workbook.link_to(tab))}
            self._keep((room.workbook, room.mailing), view)
            return view

    def _turn(self, workbook: str) -> threading.Lock:
        with self._lock:
            return self._turns.setdefault(workbook, threading.Lock())

    def _kept(self, name: tuple[str, Mailing]) -> View | None:
        """The last plan of a workbook. What nobody can use any more is forgotten, since it is full of people."""
        with self._lock:
            now = self._monotonic()
            self._views = {one: view for one, view in self._views.items() if now - view.made < _KEPT_FOR}
            return self._views.get(name)

    def _keep(self, name: tuple[str, Mailing], view: View) -> None:
        with self._lock:
            self._views.pop(name, None)
            while len(self._views) >= _MOST_KEPT:
                del self._views[next(iter(self._views))]
            self._views[name] = view

    def _make(self, room: Room, snapshot: Snapshot, revision: str) -> View:
        office = room.office
        desk = office.look_at_desk(snapshot)
        situation = understand(snapshot, desk.rules, desk.headings_used)
        return View(
            marked=mark_plan(situation, desk, office.clock),
            reading=office.reading,
            agreements=situation.agreements(room.kind),
            credits=credit_summary(situation, desk.rules, office.clock()),
            title="",
            links={},
            now=office.clock(),
            revision=revision,
            config=office.config,
            made=self._monotonic(),
            kind=room.kind,
            held_up=_held_up(room, desk, situation),
            campaigns=office.campaigns if isinstance(office, FollowUpOffice) else None,
        )


def _held_up(room: Room, desk: Desk, situation: Situation) -> int | None:
    if not situation.stops or room.kind is not LetterKind.REJECTION:
        return None
    return letters_waiting(situation, desk, open_news(room.office), room.office.new_run())


def _still_holds(kept: View, room: Room, revision: str) -> bool:
    return kept.revision == revision and kept.config == room.office.config


def _revision(snapshot: Snapshot, tabs: WorkbookSection) -> str:
    """A digest of everything in the workbook: its own revision does not count facts that were only appended yet."""
    digest = sha256(f"{snapshot.revision} {snapshot.stop}".encode("utf-8", "surrogatepass"))
    for tab in (tabs.log_tab, tabs.consents_tab, tabs.refusals_tab):
        facts = snapshot.tables.get(tab)
        for row in facts.rows() if facts else ():
            digest.update(repr(row.cells).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
