"""Follow-ups to a LINE server: everybody has linked a chat, and news goes there, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from sheets_automation.carriers.line import LineCarrier
from sheets_automation.carriers.line_api import LineApi, Pushed, PushOutcome
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.line_links import LineFact, LinkState, to_row
from sheets_automation.core.model import Claim, OutgoingLetter
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import keep_consents
from sheets_automation.jobs.line_again import written_again
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.situation import understand
from tests.campaign.actors import AFTER, Actor
from tests.campaign.memory_post import LATE, Effect
from tests.campaign.memory_world import StoppingWorkbook
from tests.campaign.news_truth import Said, news
from tests.campaign.news_world import HAPPENINGS, NewsWorld
from tests.campaign.schedule import Event, Happening, Schedule
from tests.campaign.witness import Arrived
from tests.line_server.account import TOKEN, Account, Taken, user
from tests.line_server.server import LineServer, Switches

_PEOPLE = (Happening.REFUSE_BY_LINE, Happening.UNLINK_CHAT, Happening.LINK_OTHER_CHAT, Happening.BLOCK_CHAT)
_TROUBLES = (Happening.STATUS_429, Happening.STATUS_500, Happening.MONTHLY_QUOTA)
LINE_HAPPENINGS = (
    *(one for one in HAPPENINGS if one is not Happening.DELETE_DRAFT),
    *_PEOPLE,
    *_PEOPLE,
    *_TROUBLES,
    *_TROUBLES,
)
_PUSH, _COUNT = "commit", "count"
_PATHS = {_PUSH: "/v2/bot/message/push", _COUNT: "/v2/bot/message/quota"}
_TRIES = 4
"""As often as a call is made before it is given up."""


@dataclass
class _Account(Account):
    """Also keeps what was accepted for whoever has blocked us: it is sent, and nobody sees it."""

    accepted: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def take(self, to: str, texts: tuple[str, ...], key: str) -> Taken:
        self.accepted.append((to, texts))
        return super().take(to, texts, key)


class LineWorld(NewsWorld):
    """Everybody has linked a LINE chat, and news goes there."""

    means = "LINE"
    delivers = frozenset({_PUSH})

    def __init__(self, server: LineServer, schedule: Schedule) -> None:
        super().__init__(schedule)
        self.rules = replace(self.rules, guards=replace(self.rules.guards, by_line=True))
        self._server = server
        self._began = schedule.begins.astimezone(UTC)
        self.account = _Account(now=self._began)
        server.account, server.switches = self.account, Switches()  # the same server for all schedules
        self._address_of: dict[str, str] = {}
        self._linked: dict[str, str] = {}
        """The chat of each candidate now."""
        self._users = map(user, count())
        for one in self.candidates():
            if one.address.value:
                self._link(one.id, one.address.value)

    def send(self, workbook: StoppingWorkbook, effect: Effect, batch_size: int, run: Run) -> RunReport:
        seen: list[tuple[Snapshot, Desk]] = []

        def open_desk(snapshot: Snapshot) -> Desk:
            seen.append((snapshot, self.open_desk(snapshot)))
            return seen[-1][1]

        def again(claim: Claim) -> OutgoingLetter | None:
            snapshot, desk = seen[-1]
            return written_again(claim, understand(snapshot, desk.rules, desk.headings_used), desk, run.clock())

        channel = _Stopping(self._channel(), effect, self.later)
        line = LineCarrier(channel, lambda outgoing: outgoing.letter.text.encode(), written_again=again)
        keep_consents(workbook, open_desk, run, "1")
        try:
            return send_letters(workbook, line, open_desk, run, Order())
        finally:
            line.close()

    def edit(self, event: Event) -> bool:
        if event.what not in _PEOPLE:
            return super().edit(event)
        linked = sorted(self._linked)
        if not linked:
            return False
        candidate_id = linked[int(event.dice[0] * len(linked))]
        chat = self._linked[candidate_id]
        if event.what is Happening.BLOCK_CHAT:
            self.account.blocked_by.add(chat)
            if event.dice[1] < 0.5:  # nobody has taken in that it was blocked
                return True
        self._end(candidate_id)
        if event.what is Happening.REFUSE_BY_LINE:
            self.records.refuse(self._address_of[chat], self._next_moment(), "line")
        elif event.what is Happening.LINK_OTHER_CHAT:
            self._link(candidate_id, self._address_of[chat])
        return True

    def trouble(self, event: Event, actor: Actor) -> str | None:
        kind = actor.stop.kind if actor.stop else ""
        if kind not in _PATHS:
            return None if event.what in _TROUBLES else super().trouble(event, actor)
        times = 1 + int(event.dice[0] * _TRIES)
        switches = self._server.switches
        if event.what is Happening.MONTHLY_QUOTA:
            self.account.quota = self.account.used
        elif event.what is Happening.STATUS_429:
            switches.answers[_PATHS[kind]] = [(429, "The API rate limit has been exceeded. Try again later.")] * times
        elif event.what is Happening.STATUS_500:
            switches.answers[_PATHS[kind]] = [(500, "Internal server error")] * times
        elif kind == _COUNT:
            return None
        elif event.what is Happening.LATE_COMMIT:
            return LATE
        elif event.what is Happening.NOT_REACHED:
            switches.hang_up = times
        else:
            switches.lose_answers, switches.after_a_loss = 1, [(500, "Internal server error")] * (times - 1)
        return ""

    def notices(self, actor: Actor) -> None:
        if actor.stop is not None and actor.stop.moment == AFTER and actor.stop.kind in _PATHS:
            self._server.switches = Switches()

    def passes(self, seconds: float) -> None:
        super().passes(seconds)
        self.account.now = self._began + timedelta(seconds=self.passed)

    def heals(self) -> None:
        self._server.switches = Switches()
        self.account.quota = None
        super().heals()

    def said(self) -> Said:
        chats: dict[str, set[str]] = {}
        for chat in self._linked.values():
            chats.setdefault(self._address_of[chat], set()).add(chat)
        return replace(super().said(), chats=chats)

    def letters(self) -> list[Arrived]:
        person_of, address_of = self.said().person_of, self._address_of
        accepted = self.account.accepted
        return [news(address_of[to], "\n".join(texts), person_of(address_of[to]), to) for to, texts in accepted]

    def _channel(self) -> LineApi:
        return LineApi(TOKEN, host=f"http://{self._server.place}", timeout=5, sleep=lambda _: None)

    def _link(self, candidate_id: str, address: str) -> None:
        chat = next(self._users)
        self.account.friends.add(chat)
        self._address_of[chat], self._linked[candidate_id] = address, chat
        self._record(LinkState.LINKED, candidate_id, mark=address_mark(address), user_id=chat)

    def _end(self, candidate_id: str) -> None:
        del self._linked[candidate_id]
        self._record(LinkState.ENDED, candidate_id)

    def _record(self, state: LinkState, candidate_id: str, **more: str) -> None:
        at = self._next_moment()
        fact = LineFact(fact_id=self.records.next_id(), at=at, state=state, candidate_id=candidate_id, **more)
        self.records.write_down({"LINE連携記録": [to_row(fact)]})

    def _next_moment(self) -> datetime:
        """No two facts are of one moment: the end of a link would count."""
        self.now()
        return self.time()


class _Stopping:
    """A channel whose calls are effects, and whose pushes may reach LINE after they were given up."""

    def __init__(self, api: LineApi, effect: Effect, later: Callable[[Callable[[], object]], None]) -> None:
        self._api = api
        self._effect = effect
        self._later = later
        self.close = api.close

    def push(self, user_id: str, texts: Sequence[str], retry_key: str) -> Pushed:
        push = partial(self._api.push, user_id, texts, retry_key)
        said = Pushed(outcome=PushOutcome.UNKNOWN)
        try:
            with self._effect(_PUSH, CarrierError, late=partial(self._later, push)) as is_done:
                said = push() if is_done else said
        except CarrierError:  # the call was given up
            return Pushed(outcome=PushOutcome.UNKNOWN)
        return said

    def messages_left(self) -> int | None:
        with self._effect(_COUNT, CarrierError):
            return self._api.messages_left()
