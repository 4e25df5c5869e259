"""Follow-ups, in memory and by LINE: the same promises, for people who were rejected a year ago and agreed to news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sheets_automation.carriers.line import LineCarrier
from sheets_automation.carriers.line_api import LineApi
from sheets_automation.core.composing import Composer
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.line_links import LineFact, LinkState, to_row
from sheets_automation.core.model import Claim, OutgoingLetter, Prepared, Receipt
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import campaigns_in, follow_up_desk, keep_consents
from sheets_automation.jobs.line_again import written_again
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.situation import understand
from sheets_automation.workbooks.memory import MemoryWorkbook, sheet_of
from tests.campaign.memory_post import Effect, PostCarrier
from tests.campaign.memory_world import HAPPENINGS as MEMORY_HAPPENINGS
from tests.campaign.memory_world import MemoryWorld, StoppingWorkbook, desk_of
from tests.campaign.schedule import DECIDED_AT, TAB, Event, Happening, Schedule
from tests.campaign.sheet_edits import Cells, heading_row
from tests.campaign.witness import NEWS, Arrived, arrived
from tests.follow_up.house import FACTS, REFUSALS, campaign, plan_sheet
from tests.line_server.account import TOKEN, Account, user
from tests.line_server.server import LineServer

HAPPENINGS = MEMORY_HAPPENINGS
LINE_HAPPENINGS = tuple(one for one in HAPPENINGS if one is not Happening.DELETE_DRAFT)
_AGO = timedelta(days=300)
_OURS, _SENT = "フォロー状況", "お送りしました"
_COUNTERPART = "通知状況"
"""The column by which the witness knows how a letter stands."""


class NewsWorld(MemoryWorld):
    """The world in memory, when it writes news."""

    means = "メール"

    def __init__(self, schedule: Schedule) -> None:
        super().__init__(schedule)
        grid = self.file.sheets[TAB].grid()
        decided = grid[1].index(DECIDED_AT)
        grid[1].append(NEWS)
        for row in grid[2:]:
            if row[decided]:
                row[decided] = f"{datetime.strptime(str(row[decided]), '%Y/%m/%d').astimezone() - _AGO:%Y/%m/%d}"
            row.append("はい")
        self.file.sheets[TAB] = sheet_of(grid)
        rejected = {"見出し2": "選考結果", "比べ方2": "等しい", "値2": "不採用"}
        self.file.sheets["フォロー計画"] = plan_sheet([campaign(送信手段=self.means, **rejected)])

    def send(self, workbook: StoppingWorkbook, effect: Effect, batch_size: int, run: Run) -> RunReport:
        carrier = PostCarrier(self.office, effect, batch_size, self.later)
        keep_consents(workbook, self.open_desk, run, "1")
        return send_letters(workbook, carrier, self.open_desk, run, Order())

    def open_desk(self, snapshot: Snapshot) -> Desk:
        """The desk at which news is written."""
        desk = desk_of(self.rules, "check_in")
        composer = desk.compose
        assert isinstance(composer, Composer)
        links = replace(composer.lint, link_domains=("links.minato.example",), own_addresses=("@example.com",))
        by_line = self.rules.guards.by_line
        news = replace(composer, facts=FACTS, lint=links, refusal_url=lambda _: f"{REFUSALS}CODE", by_line=by_line)
        layout = locate_candidates(snapshot, self.rules.headings)
        campaigns = campaigns_in(snapshot, self.rules, {"check_in"}, layout)
        return follow_up_desk(replace(desk, compose=news, has_referral=False), campaigns, layout)

    def edit(self, event: Event) -> bool:
        """What people do to our columns, they do to this one; what they rename is another matter."""
        if event.what is Happening.RENAME_HEADING:
            return super().edit(event)
        self._rename(_OURS, _COUNTERPART)
        done = super().edit(event)
        self._rename(_COUNTERPART, _OURS)
        return done

    def cells(self) -> Cells:
        """As the witness reads them: our column under the heading that it knows, with the word that it knows."""
        cells = super().cells()
        head = heading_row(cells)
        if _OURS in cells[head]:
            column = cells[head].index(_OURS)
            for row in cells[head + 1 :]:
                if column < len(row):
                    row[column] = "送信済み" if _SENT in str(row[column]) else None
            cells[head][column] = _COUNTERPART
        else:  # nobody was ever due or written to
            cells[head] += [None] * (max(map(len, cells)) - len(cells[head])) + [_COUNTERPART]
        return cells

    def _rename(self, heading: str, new: str) -> None:
        cells: Cells = self.file.sheets[TAB].grid()
        head: list[CellValue] = cells[heading_row(cells)]
        if heading in head:
            head[head.index(heading)] = new
            self.file.sheets[TAB] = sheet_of(cells)


class LineWorld(NewsWorld):
    """Everybody has linked a LINE chat, and news goes there."""

    means = "LINE"

    def __init__(self, server: LineServer, schedule: Schedule) -> None:
        super().__init__(schedule)
        self.rules = replace(self.rules, guards=replace(self.rules.guards, by_line=True))
        self._server = server
        self._began = schedule.begins.astimezone(UTC)
        server.account.__init__(now=self._began)  # type: ignore[misc]  # the same server for all schedules
        self._address_of: dict[str, str] = {}
        self._link_everybody()

    @property
    def account(self) -> Account:
        """What LINE knows."""
        return self._server.account

    def send(self, workbook: StoppingWorkbook, effect: Effect, batch_size: int, run: Run) -> RunReport:
        def again(claim: Claim) -> OutgoingLetter | None:
            snapshot = replace(MemoryWorkbook(self.file).read(), timezone=self.schedule.zone)
            desk = self.open_desk(snapshot)
            return written_again(claim, understand(snapshot, desk.rules, desk.headings_used), desk, run.clock())

        channel = LineApi(TOKEN, host=f"http://{self._server.place}", timeout=5, sleep=lambda _: None)
        line = LineCarrier(channel, lambda outgoing: outgoing.letter.text.encode(), written_again=again)
        keep_consents(workbook, self.open_desk, run, "1")
        try:
            return send_letters(workbook, _Stopping(line, effect, self.later), self.open_desk, run, Order())
        finally:
            line.close()

    def passes(self, seconds: float) -> None:
        super().passes(seconds)
        self.account.now = self._began + timedelta(seconds=self.passed)

    def letters(self) -> list[Arrived]:
        return [arrived(self._address_of[to], texts[0]) for to, texts in self.account.delivered]

    def _link_everybody(self) -> None:
        snapshot = replace(MemoryWorkbook(self.file).read(), timezone=self.schedule.zone)
        rows = []
        for number, one in enumerate(understand(snapshot, self.rules).candidates):
            chat, address = user(number), one.address.value or ""
            self.account.friends.add(chat)
            self._address_of[chat] = address
            fact = LineFact(
                fact_id=f"L{number}",
                at=self._began,
                state=LinkState.LINKED,
                candidate_id=one.id,
                mark=address_mark(address),
                user_id=chat,
            )
            rows.append(to_row(fact))
        MemoryWorkbook(self.file).append({"LINE連携記録": rows})


class _Stopping:
    """A carrier whose pushes are effects: they may be lost, not made, or made after they were given up."""

    def __init__(self, carrier: LineCarrier, effect: Effect, later: Callable[[Callable[[], object]], None]) -> None:
        self._carrier = carrier
        self._effect = effect
        self._later = later
        self.name, self.batch_size = carrier.name, carrier.batch_size
        self.sweep, self.close = carrier.sweep, carrier.close

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        return self._carrier.prepare(letters)

    def commit(self, prepared: Prepared) -> Receipt:
        late = partial(self._later, partial(self._carrier.commit, prepared))
        with self._effect("commit", CarrierError, late=late) as is_done:
            receipt = self._carrier.commit(prepared) if is_done else None
        assert receipt is not None  # else the effect has raised
        return receipt

    def resolve(self, claim: Claim) -> Receipt:
        with self._effect("resolve", CarrierError) as is_done:
            receipt = self._carrier.resolve(claim) if is_done else None
        assert receipt is not None
        return receipt
