"""Follow-ups: the same promises, for people who were rejected a year ago and agreed to news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sheets_automation.core.composing import Composer
from sheets_automation.core.identity import fingerprint
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.views import Views
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import campaigns_in, follow_up_desk, keep_consents
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.show import identities_to_write
from sheets_automation.jobs.situation import understand
from sheets_automation.workbooks.memory import MemoryWorkbook, sheet_of
from tests.campaign.memory_post import Effect, PostCarrier
from tests.campaign.memory_world import HAPPENINGS as MEMORY_HAPPENINGS
from tests.campaign.memory_world import MemoryWorld, StoppingWorkbook, desk_of
from tests.campaign.news_people import NEWS_EDITS, NEWS_HAPPENINGS, Records
from tests.campaign.news_truth import CAMPAIGNS, LETTERS, NEWS, Said, news, news_truth
from tests.campaign.schedule import ADDRESS, DECIDED_AT, HEADINGS, TAB, Event, Happening, Schedule
from tests.campaign.sheet_edits import Cells, Edit, chosen_row, column_of, heading_row, value_at
from tests.campaign.witness import LONG_AGO, Arrived, Truth
from tests.follow_up.house import FACTS, REFUSALS, campaign, plan_sheet

HAPPENINGS = (*MEMORY_HAPPENINGS, *NEWS_HAPPENINGS, *NEWS_HAPPENINGS)
_AGO = timedelta(days=300)
_LATELY, _EARLIER = 30, 200
"""Days: within the span in which nobody is written to again, and beyond it."""
_OURS, _SENT = "フォロー状況", "お送りしました"
_COUNTERPART = "通知状況"
"""The column by which the witness knows how a letter stands."""
_REJECTED = {"見出し2": "選考結果", "比べ方2": "等しい", "値2": "不採用"}
_SKILLED = {"見出し3": "タグ", "比べ方3": "等しい", "値3": "スキル強"}
_SPEAK_TO = ({**_REJECTED, **_SKILLED}, _REJECTED, {})


class NewsWorld(MemoryWorld):
    """The world in memory, when it writes news."""

    means = "メール"
    edits: Mapping[Happening, Edit] = {**MemoryWorld.edits, **NEWS_EDITS}

    def __init__(self, schedule: Schedule) -> None:
        super().__init__(schedule)
        dice = Random(schedule.dice + 2)
        grid = self.file.sheets[TAB].grid()
        decided = grid[1].index(DECIDED_AT)
        grid[1].append(NEWS)
        for row in grid[2:]:
            if row[decided]:
                row[decided] = f"{datetime.strptime(str(row[decided]), '%Y/%m/%d').astimezone() - _AGO:%Y/%m/%d}"
            row.append(dice.choice(("はい",) * 8 + ("いいえ", "")))
        self.file.sheets[TAB] = sheet_of(grid)
        plan = [campaign(name, name, 送信手段=self.means, **to) for name, to in zip(CAMPAIGNS, _SPEAK_TO, strict=True)]
        self.file.sheets["フォロー計画"] = plan_sheet(plan)
        self.records = Records(self.file)
        addresses = Counter(row[HEADINGS.index(ADDRESS)] for row in schedule.rows)
        self._in_two_rows = frozenset(address for address, rows in addresses.items() if rows > 1)
        self._give_a_history(dice)

    def send(self, workbook: StoppingWorkbook, effect: Effect, batch_size: int, run: Run) -> RunReport:
        carrier = PostCarrier(self.office, effect, batch_size, self.later)
        keep_consents(workbook, self.open_desk, run, "1")
        return send_letters(workbook, carrier, self.open_desk, run, Order())

    def open_desk(self, snapshot: Snapshot) -> Desk:
        """The desk at which news is written."""
        desk = desk_of(self.rules, *LETTERS)
        composer = desk.compose
        assert isinstance(composer, Composer)
        links = replace(composer.lint, link_domains=("links.minato.example",), own_addresses=("@example.com",))
        by_line = self.rules.guards.by_line
        compose = replace(composer, facts=FACTS, lint=links, refusal_url=lambda _: f"{REFUSALS}CODE", by_line=by_line)
        layout = locate_candidates(snapshot, self.rules.headings)
        campaigns = campaigns_in(snapshot, self.rules, set(LETTERS), layout)
        return follow_up_desk(replace(desk, compose=compose, has_referral=False), campaigns, layout)

    def edit(self, event: Event) -> bool:
        """What people do to our columns, they do to this one; what they rename is another matter."""
        if event.what is Happening.REFUSE_BY_LINK:
            cells = self.cells()
            row, column = chosen_row(cells, event.dice[0]), column_of(cells, ADDRESS)
            address = value_at(cells[row], column) if row and column is not None else None
            if address:
                self.records.refuse(str(address), self.time(), "link")
            return bool(address)
        if event.what is Happening.ANSWER:
            return self.records.answer(event.dice[0], self.time())
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

    def truth(self) -> Truth:
        return news_truth(self.cells(), self.said())

    def said(self) -> Said:
        """What was said and taken in by now."""
        records = self.records
        return Said(
            now=self.time(),
            refused=records.refused,
            answered=records.answered,
            written_lately=records.written_lately,
            claimed={row["宛先"] for row in self.log() if row["実行"] != LONG_AGO},
            in_two_rows=self._in_two_rows,
        )

    def letters(self) -> list[Arrived]:
        person_of = self.said().person_of
        sent = self.office.sent.values()
        return [news(one.to_address, one.letter.text, person_of(one.to_address)) for one in sent]

    def time(self) -> datetime:
        """By the world's own clock."""
        moment = self.schedule.begins.astimezone(UTC) + timedelta(seconds=self.passed)
        return moment.astimezone(ZoneInfo(self.schedule.zone))

    def candidates(self) -> tuple[Candidate, ...]:
        """All rows, as the product reads them."""
        snapshot = replace(MemoryWorkbook(self.file).read(), timezone=self.schedule.zone)
        return understand(snapshot, self.rules).candidates

    def _give_a_history(self, dice: Random) -> None:
        """Everybody has an id and is known by it; some were written to within the span, and some before."""
        snapshot = replace(MemoryWorkbook(self.file).read(), timezone=self.schedule.zone)
        situation = understand(snapshot, self.rules)
        views = Views(place=situation.layout.place, identities=identities_to_write(situation))
        MemoryWorkbook(self.file).show(views)
        grid = self.file.sheets[TAB].grid()
        grid[1].append("照合")
        for one in situation.candidates:  # as the runs of these letters had left it
            grid[one.row - 1].append(fingerprint(one.id, one.address.value or "", one.name_key))
        self.file.sheets[TAB] = sheet_of(grid)
        written = [(one, dice.choice((0, 0, _EARLIER, _EARLIER, _LATELY))) for one in situation.candidates]
        letters = [(one, days) for one, days in written if days and one.address.value]
        self.records.remember(letters, self.time(), self.means)
        self.records.written_lately |= {str(one.address.value) for one, days in letters if days == _LATELY}

    def _rename(self, heading: str, new: str) -> None:
        cells: Cells = self.file.sheets[TAB].grid()
        head: list[CellValue] = cells[heading_row(cells)]
        if heading in head:
            head[head.index(heading)] = new
            self.file.sheets[TAB] = sheet_of(cells)
