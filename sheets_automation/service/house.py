"""The house that the service works in: which workbook, which carrier, whose configuration, and one writer at a time."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import LetterKind
from sheets_automation.jobs.run import Progress, no_progress
from sheets_automation.ports import Carrier, LogKeeper
from sheets_automation.service.gate import Actor, StartedFrom, Visit
from sheets_automation.service.refusals import sending_already
from sheets_automation.wiring import Office
from sheets_automation.wiring_follow_up import FollowUpOffice, ways_of_news

ACTOR = "RELAY_ACTOR"
_NO_CARRIER: Mapping[StartedFrom, tuple[str, str]] = {
    "terminal": (
        "送信手段がありません。relay open に --carrier を付けるか、設定ファイルの [sender] carrier に書いてください。",
        "No carrier is set. Start `relay open` with --carrier, or set [sender] carrier in the configuration.",
    ),
    "excel": (
        "送信手段がありません。設定ファイルの [sender] carrier に書いてください。",
        "No carrier is set. Write it into [sender] carrier of the configuration.",
    ),
    "cloud": (
        "送信手段がありません。管理者に、設定の [sender] carrier を決めてもらってください。",
        "No carrier is set. Ask the operator to set [sender] carrier in the configuration.",
    ),
}
_PATIENCE = 2.0
"""Seconds that a short piece of writing waits for another one."""


class Mailing(StrEnum):
    """The letters that one plan is about."""

    RESULTS = "results"
    FOLLOW_UP = "follow_up"
    FOLLOW_UP_LINE = "follow_up_line"  # the part of HR's campaigns that goes by LINE, where all else goes by mail

    @property
    def kind(self) -> LetterKind:
        """Of these letters."""
        return LetterKind.REJECTION if self is Mailing.RESULTS else LetterKind.FOLLOW_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One request at work in one workbook, by the configuration as it is now."""

    workbook: str
    carrier: str
    """Its address; empty where none is set."""
    actor: Actor
    office: Office
    language: str
    started_from: StartedFrom = "terminal"
    mailing: Mailing = Mailing.RESULTS
    """The letters that are written here; the office is one for them."""
    has_line_part: bool = False
    """Whether follow-ups by LINE are a plan of their own."""

    @property
    def kind(self) -> LetterKind:
        """Of the letters that are written here."""
        return self.mailing.kind

    @contextmanager
    def reading(self) -> Iterator[LogKeeper]:
        """The workbook, only read: it may be open in Excel."""
        with closing(self.office.open_workbook(self.workbook, exclusive=False)) as workbook:
            yield workbook

    @contextmanager
    def writing(self) -> Iterator[LogKeeper]:
        """The workbook, locked while we write."""
        with closing(self.office.open_workbook(self.workbook, exclusive=True)) as workbook:
            yield workbook

    @contextmanager
    def posting(self) -> Iterator[Carrier]:
        """What carries the letters. Raises ConfigurationError where nothing is set."""
        if not self.carrier:
            raise ConfigurationError(*_NO_CARRIER[self.started_from])
        with closing(self.office.open_carrier(self.carrier, self.workbook)) as carrier:
            yield carrier


def _carrier_of_news(mailing: Mailing, ways: Sequence[str]) -> str:
    """What carries follow-ups. Raises ConfigurationError for a part by LINE that nobody has allowed."""
    first, *line = ways
    if mailing is Mailing.FOLLOW_UP:
        return first
    if not line:
        raise ConfigurationError(
            "フォローを LINE でも送るには、設定ファイルの [follow_up] に line = true と書いてください。",
            "To send follow-ups by LINE as well, write line = true under [follow_up] in the configuration.",
        )
    return line[0]


def _nothing() -> None:
    """Nobody wants to know."""


def is_looked_after(kind: LetterKind, where: LetterKind) -> bool:
    """Whether letters of a kind are looked after where others are written: news by itself, all else together."""
    return (kind is LetterKind.FOLLOW_UP) is (where is LetterKind.FOLLOW_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How one workbook among several is worked in."""

    config: str | None
    carrier: str
    line_records: str = ""


@dataclass(slots=True, kw_only=True)
class House:
    """Where every request finds its workbook, its carrier, and who else is writing."""

    workbook: str
    """Empty where each request names its own."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """By address, for workbooks that have a configuration of their own."""
    carrier: str = ""
    config: str | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    keys: tuple[bytes, ...] = field(default_factory=lambda: (secrets.token_bytes(32),), repr=False)
    """The first signs approvals, and all are accepted: they hold for this process, or for all that share one."""
    started_from: StartedFrom = "terminal"
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when the service ends: whoever sends stops after the letter in flight."""
    progress: Progress = no_progress
    """Told how many letters of an approval are done: whoever is not in front of the page wants to know, too."""
    rests: Callable[[], None] = _nothing
    """Told when a stretch has ended and letters are left: the next one may begin at once, or never."""
    _pens: dict[str, threading.Lock] = field(default_factory=dict)
    _pens_lock: threading.Lock = field(default_factory=threading.Lock)

    def room(self, visit: Visit, language: str, mailing: Mailing = Mailing.RESULTS) -> Room:
        """A room for one request: the configuration is read anew, so that a correction counts at once."""
        workbook = visit.workbook or self.workbook
        place = self.places.get(workbook, Place(config=self.config, carrier=self.carrier))
        office = Office.open(place.config or self.config, workbook, {**self.environ, ACTOR: visit.actor.signature})
        carrier = place.carrier or office.config.sender.carrier
        ways = ways_of_news(office.config, office.config.follow_up.carrier or carrier)
        if mailing is not Mailing.RESULTS:
            carrier = _carrier_of_news(mailing, ways)
            office = FollowUpOffice(office)
        office.leaves_by = carrier
        return Room(
            workbook=workbook,
            carrier=carrier,
            actor=visit.actor,
            office=office,
            language=language,
            started_from=self.started_from,
            mailing=mailing,
            has_line_part=len(ways) > 1,
        )

    def line_records_of(self, workbook: str) -> str:
        """Where the LINE webhook of a workbook notes what it hears; empty where nobody says so."""
        place = self.places.get(workbook)
        return place.line_records if place else ""

    @contextmanager
    def pen(self, workbook: str, patience: float = _PATIENCE) -> Iterator[None]:
        """Let one request at a time write into a workbook. Raises Refusal (423) for whoever comes second."""
        with self._pens_lock:
            pen = self._pens.setdefault(workbook, threading.Lock())
        if not pen.acquire(timeout=patience):
            raise sending_already()
        try:
            yield
        finally:
            pen.release()

    def is_writing(self) -> bool:
        """Whether anybody is writing just now."""
        return any(pen.locked() for pen in self._pens.values())
