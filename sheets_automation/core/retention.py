"""保存期間: whom the clock reaches, since when, and who may not be erased, and why. Pure; it only decides.

The clock is that of a person, not of a row: the last thing that happened to any of their applications counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from sheets_automation.core.cells import folded, text, words
from sheets_automation.core.dates import date_time
from sheets_automation.core.delivery_log import DeliveryEvent, DeliveryLog, EventKind
from sheets_automation.core.erased import is_erased
from sheets_automation.core.identity import identity_problems
from sheets_automation.core.incident import ids_behind
from sheets_automation.core.model import Candidate, Decision, DeliveryState
from sheets_automation.core.months import months_later
from sheets_automation.core.persons import Persons, find_persons
from sheets_automation.core.retention_facts import Erasures
from sheets_automation.core.retention_rules import RetentionRules
from sheets_automation.core.table import CellValue

DUE_HEADING, KEEP_HEADING = "消去予定日", "保持期限"
"""Ours says when; HR writes a day, or a word such as 保留, into the other."""
_HOLDS = words("保留 消去しない 保持")
"""Tags that say the same. 送信しない is about letters alone."""
_IN_PLAY = {Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED, Decision.UNKNOWN}
_TOUCHES = {EventKind.SENT, EventKind.SETTLED_SENT, EventKind.REPLIED}
"""What of the log happened to a person."""
_MICROSECOND = timedelta(microseconds=1)


class Standing(StrEnum):
    """How far the clock of a person has come."""

    RUNNING = "running"
    REACHED = "reached"  # the time is over, and nobody was told yet
    ANNOUNCED = "announced"  # HR was told, and may object
    DUE = "due"  # the notice is over, too
    KEPT = "kept"  # the time is over, and something stands in the way


class Obstacle(StrEnum):
    """Why somebody is not erased."""

    IN_PLAY = "in_play"
    LETTER_OPEN = "letter_open"
    LETTER_DUE = "letter_due"
    IDENTITY = "identity"
    HELD = "held"
    KEPT_UNTIL = "kept_until"


OBSTACLES: Mapping[Obstacle, tuple[str, str]] = {
    Obstacle.IN_PLAY: (
        "選考中・内定・採用の応募があります。",
        "has an application in selection, with an offer, or hired.",
    ),
    Obstacle.LETTER_OPEN: (
        "届いたか分からない通知があります。先に、画面の「未確定」か relay settle で決めてください。",
        "has a letter in doubt; settle it first, under “In doubt” in the page or with `relay settle`.",
    ),
    Obstacle.LETTER_DUE: ("これから送る通知があります。", "has a letter that is still to be sent."),
    Obstacle.IDENTITY: (
        "どの方の行か不明です(候補者ID・氏名・アドレスの組み合わせ)。画面の「点検」か relay check で確かめてください。",
        "whose row it is is not certain (id, name, address); see “Check” in the page, or `relay check`.",
    ),
    Obstacle.HELD: ("人が保留にしています。", "is kept at somebody's word."),
    Obstacle.KEPT_UNTIL: ("保持期限まで残します。", "is kept until the day that somebody wrote."),
}
"""By obstacle: Japanese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClock:
    """Where one person stands."""

    candidates: tuple[Candidate, ...]
    standing: Standing
    since: date | None
    """The last event; None where no date says anything."""
    ends: date
    """The time is over on this day."""
    due: date | None = None
    """Erased not before this day; None before it is announced."""
    obstacle: Obstacle | None = None
    """What keeps somebody whose time is over."""
    is_untold: bool = False
    """Whether a letter about a rejection was never sent, and nobody has refused it."""
    barrier: Obstacle | None = None
    """What would stop an erasure even at the person's own word, whose wish goes before a clock and a hold."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Of all rows of the person."""
        return tuple(one.id for one in self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPlan:
    """Everybody, the erased left out."""

    clocks: tuple[PersonClock, ...]
    erased: int
    """Rows that are anonymous already."""

    def of(self, *standings: Standing) -> tuple[PersonClock, ...]:
        """Those who stand so, the longest first."""
        found = [one for one in self.clocks if one.standing in standings]
        return tuple(sorted(found, key=lambda one: (one.ends, one.candidates[0].row)))

    @property
    def counts(self) -> Counter[Standing]:
        """How many people stand where."""
        return Counter(one.standing for one in self.clocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionScene:
    """All that the decision looks at beside the candidates."""

    log: DeliveryLog
    events: Sequence[DeliveryEvent]
    erasures: Erasures
    now: datetime
    """In the workbook's zone."""
    awaited: Collection[int] = ()
    """Rows with a letter that goes by itself, now or later."""
    keeps: Mapping[int, CellValue] = field(default_factory=dict)
    """What HR wrote under 保持期限, by row."""


def plan_retention(candidates: Sequence[Candidate], scene: RetentionScene, rules: RetentionRules) -> RetentionPlan:
    """Say where every person's clock stands."""
    living = [one for one in candidates if not is_erased(one.address.value)]
    persons = find_persons(living)
    reader = _Reader(living, persons.shared_addresses, scene, rules)
    families = [*(person.candidates for person in persons.people), *_alone(living, persons)]
    return RetentionPlan(clocks=tuple(map(reader.clock, families)), erased=len(candidates) - len(living))


def _alone(living: Iterable[Candidate], persons: Persons) -> Iterator[tuple[Candidate, ...]]:
    together = {one.row for person in persons.people for one in person.candidates}
    return ((one,) for one in living if one.row not in together)


class _Reader:
    def __init__(
        self,
        living: Sequence[Candidate],
        shared: Collection[int],
        scene: RetentionScene,
        rules: RetentionRules,
    ) -> None:
        self._scene = scene
        self._rules = rules
        self._today = scene.now.date()
        self._zone = scene.now.tzinfo
        self._touched = _last_touch(scene.events)
        self._open = frozenset(open_letters(scene.log))
        self._broken = identity_problems(living)
        self._shared = shared

    def clock(self, family: tuple[Candidate, ...]) -> PersonClock:
        since = max((moment.astimezone(self._zone).date() for moment in self._moments(family)), default=None)
        ends = months_later(since or self._announced_on(family) or self._today, self._rules.months)
        due = self._due(family, since)
        kept_until = max((day for one in family if (day := self._kept_until(one))), default=None)
        barrier = self._barrier(family)
        obstacle = barrier or self._objection(family, kept_until)
        if due is not None and kept_until is not None:
            due = max(due, kept_until + timedelta(days=1))
        standing = self._standing(since, ends, due, obstacle)
        return PersonClock(
            candidates=family,
            standing=standing,
            since=since,
            ends=ends,
            due=due if standing in {Standing.ANNOUNCED, Standing.DUE} else None,
            obstacle=obstacle if standing is Standing.KEPT else None,
            barrier=barrier,
            is_untold=any(self._is_untold(one) for one in family),
        )

    def _standing(self, since: date | None, ends: date, due: date | None, obstacle: Obstacle | None) -> Standing:
        if since is not None and self._today < ends:
            return Standing.RUNNING
        if obstacle is not None:
            return Standing.KEPT
        if due is None:
            return Standing.REACHED
        return Standing.DUE if self._today >= due else Standing.ANNOUNCED

    def _moments(self, family: Iterable[Candidate]) -> Iterator[datetime]:
        for one in family:
            if one.applied_at:
                yield one.applied_at
            if one.decided_at:  # a day without a time lasts until the midnight after it
                yield one.decided_at - _MICROSECOND
            elif one.first_seen_at:
                yield one.first_seen_at
            if one.id in self._touched:
                yield self._touched[one.id]

    def _announced_on(self, family: Iterable[Candidate]) -> date | None:
        found = [self._scene.erasures.announced.get(one.id) for one in family]
        days = [one.at.astimezone(self._zone).date() for one in found if one is not None and one.since is None]
        return min(days, default=None)

    def _due(self, family: Sequence[Candidate], since: date | None) -> date | None:
        """The day that was announced; an announcement by another last event, or to a row fewer, is none."""
        found = [self._scene.erasures.announced.get(one.id) for one in family]
        days = [one.due for one in found if one is not None and one.since == since and one.due is not None]
        return max(days) if len(days) == len(family) else None

    def _barrier(self, family: Sequence[Candidate]) -> Obstacle | None:
        if any(one.decision in _IN_PLAY or one.contradiction for one in family):
            return Obstacle.IN_PLAY
        if any(one.id in self._open for one in family):
            return Obstacle.LETTER_OPEN
        is_torn = any(one.row in self._broken or one.row in self._shared for one in family)
        return Obstacle.IDENTITY if is_torn else None

    def _objection(self, family: Sequence[Candidate], kept_until: date | None) -> Obstacle | None:
        if any(one.row in self._scene.awaited for one in family):
            return Obstacle.LETTER_DUE
        if any(self._is_held(one) for one in family):
            return Obstacle.HELD
        return Obstacle.KEPT_UNTIL if kept_until is not None and self._today <= kept_until else None

    def _is_untold(self, one: Candidate) -> bool:
        is_to_be_told = one.decision is Decision.REJECTED and not one.opted_out and not one.from_agency
        return is_to_be_told and one.id not in self._touched

    def _kept_until(self, one: Candidate) -> date | None:
        return kept_until(self._scene.keeps.get(one.row), self._zone)

    def _is_held(self, one: Candidate) -> bool:
        written = self._scene.keeps.get(one.row)
        return any(folded(tag) in _HOLDS for tag in one.tags) or (
            text(written) != "" and kept_until(written, self._zone) is None
        )


def kept_until(written: CellValue, zone: tzinfo | None) -> date | None:
    """The day in a cell of 保持期限; None for a blank and for words, which hold without an end."""
    if not text(written) or zone is None:
        return None
    moment = date_time(written, zone)
    return moment.at.date() if moment else None


def open_letters(log: DeliveryLog) -> Iterator[str]:
    """Ids of candidates with a letter that was claimed, or may have left, and of which nobody has said what it did."""
    for delivery in (*log.unfinished(), *log.uncertain()):
        yield from ids_behind(delivery.key.candidate_id, delivery.key.kind)
    for delivery in log.deliveries.values():
        if delivery.beaten and delivery.state in {None, DeliveryState.FAILED, DeliveryState.REFUSED}:
            yield from ids_behind(delivery.key.candidate_id, delivery.key.kind)


def announcement_due(clock: PersonClock, rules: RetentionRules, today: date) -> date:
    """The day to announce: never sooner than the notice, and for somebody without a date a whole time from now."""
    after_notice = today + rules.notice
    return after_notice if clock.since is not None else max(months_later(today, rules.months), after_notice)


def _last_touch(events: Iterable[DeliveryEvent]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for event in events:
        if event.kind in _TOUCHES:
            found[event.key.candidate_id] = max(found.get(event.key.candidate_id, event.at), event.at)
    return found
