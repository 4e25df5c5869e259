"""A world in memory: the real jobs over a workbook and a post office that no process, disk or network stands behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sheets_automation.commands import send_report
from sheets_automation.core.composing import Composer
from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.errors import SheetsAutomationError, WorkbookUnreachable
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.rules import SendRules
from sheets_automation.core.send_window import SendWindow
from sheets_automation.core.table import Snapshot
from sheets_automation.core.views import Views
from sheets_automation.jobs.credits import show_credits
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.ports import NO_FACTS, Facts
from sheets_automation.workbooks.memory import MemoryFile, MemoryWorkbook, sheet_of
from tests.campaign.actors import Actor, Ending, Reach, ThreadActor
from tests.campaign.memory_post import LATE, LOST, REFUSED, Effect, PostCarrier, PostOffice
from tests.campaign.schedule import HEADINGS, LOG, TAB, Errand, Event, Happening, Schedule, Start
from tests.campaign.sheet_edits import EDITS, Cells, Edit, cut_log, sort_log
from tests.campaign.stage import TROUBLES
from tests.campaign.surroundings import headings_put_back
from tests.campaign.witness import Arrived, Truth, arrived, truth_of

LETTERS = Path(__file__).parents[2] / "templates"
COMPANY = "株式会社みなと製作所"
HAPPENINGS = (
    *EDITS,
    Happening.SORT_LOG,
    Happening.CUT_LOG,
    Happening.DELETE_DRAFT,
    Happening.ANSWER_LOST,
    Happening.ANSWER_LOST,
    Happening.NOT_REACHED,
    Happening.LATE_COMMIT,
    Happening.LATE_COMMIT,
)
_ORDERS = {Happening.ANSWER_LOST: LOST, Happening.NOT_REACHED: REFUSED, Happening.LATE_COMMIT: LATE}
_LATE_BY = 400.0  # seconds
_A_STEP_TAKES = 0.4


class StoppingWorkbook:
    """A MemoryWorkbook whose calls are effects."""

    title = "memory"
    single_run = False

    def __init__(self, file: MemoryFile, zone: str, effect: Effect) -> None:
        self._workbook = MemoryWorkbook(file)
        self._zone = zone
        self._effect = effect

    def read(self) -> Snapshot:
        """Read."""
        with self._effect("read", WorkbookUnreachable) as is_done:
            snapshot = self._workbook.read() if is_done else Snapshot(tables={}, revision="")
        return replace(snapshot, timezone=self._zone)

    def append(self, facts: Facts) -> None:
        """Append."""
        with self._effect("claim", WorkbookUnreachable) as is_done:
            if is_done:
                self._workbook.append(facts)

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Show."""
        with self._effect("show", WorkbookUnreachable) as is_done:
            if is_done:
                self._workbook.show(views, facts)

    def close(self) -> None:
        """Nothing is held open."""


class MemoryWorld:
    """One team's workbook and post office."""

    delivers = frozenset({"commit", "resolve"})
    has_rebuilding = False
    edits: Mapping[Happening, Edit] = {**EDITS, Happening.SORT_LOG: sort_log, Happening.CUT_LOG: cut_log}
    """What people do to the cells of a tab."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self._dice = Random(schedule.dice + 1)
        self.passed = 0.0
        self.office = PostOffice()
        self._late: list[tuple[float, Callable[[], object]]] = []
        grid: Cells = [["採用管理表"], list(HEADINGS), *(list(row) for row in schedule.rows)]
        self.file = MemoryFile(sheets={TAB: sheet_of(grid)})
        self.rules = _rules(schedule.zone, schedule.all_day)
        self._runs = count(1)

    def start(self, start: Start) -> Actor:
        def clock() -> datetime:
            since = timedelta(seconds=self.passed + start.clock_is_off)
            moment = self.schedule.begins.astimezone(UTC) + since  # by the world's clock, whatever the wall shows
            return moment.astimezone(ZoneInfo(self.schedule.zone))

        number = next(self._runs)
        codes = count(number * 1000)
        run = Run(
            id=f"R{number}",
            clock=clock,
            new_code=lambda: make_code((next(codes) * 0x9E3779B97F4A7C15).to_bytes(32, "big")),
        )
        batch_size = self._dice.choice((1, 3, 50))

        def job(reach: Reach) -> Ending:
            effect = Effect(reach)
            workbook = StoppingWorkbook(self.file, self.schedule.zone, effect)
            try:
                if start.errand is Errand.CREDITS:
                    show_credits(workbook, self.rules.partners, run)
                    return Ending(code=0)
                report = self.send(workbook, effect, batch_size, run)
            except SheetsAutomationError as error:
                return Ending(code=error.exit_code, document={"error": {"name": error.name}})
            document: dict[str, object] = {"skipped": list(send_report.skipped(report, "ja"))}
            if report.error is not None:
                document["error"] = {"name": report.error.name}
            return Ending(code=0, document=document)

        return ThreadActor(job)

    def send(self, workbook: StoppingWorkbook, effect: Effect, batch_size: int, run: Run) -> RunReport:
        """What a run that sends does."""
        carrier = PostCarrier(self.office, effect, batch_size, self.later)
        return send_letters(workbook, carrier, lambda _: desk_of(self.rules, "standard"), run, Order())

    def notices(self, actor: Actor) -> None:
        pass

    def edit(self, event: Event) -> bool:
        if event.what is Happening.DELETE_DRAFT:
            drafts = sorted(self.office.drafts)
            if drafts:
                del self.office.drafts[drafts[int(event.dice[0] * len(drafts))]]
            return bool(drafts)
        tab = LOG if event.what in {Happening.SORT_LOG, Happening.CUT_LOG} else TAB
        sheet = self.file.sheets.get(tab)
        if sheet is None:
            return False
        cells = sheet.grid()
        self.edits[event.what](cells, event.dice)
        self.file.sheets[tab] = sheet_of(cells)
        return True

    def trouble(self, event: Event, actor: Actor) -> str | None:
        kind = actor.stop.kind if actor.stop else ""
        fits = kind == "commit" if event.what is Happening.LATE_COMMIT else event.what in TROUBLES
        return _ORDERS[event.what] if fits else None

    def dies(self, actor: Actor, dice: Random) -> None:
        actor.kill()

    def passes(self, seconds: float) -> None:
        self.passed += seconds
        for at, happens in [one for one in self._late if one[0] <= self.passed]:
            self._late.remove((at, happens))
            happens()

    def now(self) -> float:
        self.passes(_A_STEP_TAKES)
        return self.passed

    def heals(self) -> None:
        cells = self.file.sheets[TAB].grid()
        if headings_put_back(cells):
            self.file.sheets[TAB] = sheet_of(cells)

    def cells(self) -> Cells:
        return self.file.sheets[TAB].grid()

    def truth(self) -> Truth:
        return truth_of(self.cells())

    def log(self) -> list[dict[str, str]]:
        sheet = self.file.sheets.get(LOG)
        rows = sheet.grid() if sheet else []
        shown = [dict(zip(map(str, rows[0]), (str(v or "") for v in row), strict=False)) for row in rows[1:]]
        return shown + [{h: str(v) for h, v in fact.items()} for tab, fact in self.file.journal if tab == LOG]

    def letters(self) -> list[Arrived]:
        return [arrived(letter.to_address, letter.letter.text) for letter in self.office.sent.values()]

    def later(self, happens: Callable[[], object]) -> None:
        """A call that was given up takes effect after all."""
        self._late.append((self.passed + _LATE_BY, happens))


@cache
def _rules(zone: str, all_day: bool) -> SendRules:
    rules = SendRules(timezone=ZoneInfo(zone), partners=(CreditRules(id="relay", name="キャリアリレー"),))
    if not all_day:
        return rules
    from datetime import time

    window = SendWindow(start=time(0), end=time(23, 59, 59), friday_end=time(23, 59, 59), days=frozenset(range(7)))
    return replace(rules, window=window)


@cache
def _composer(*names: str) -> Composer:
    letters = [letter_from_file(f"{name}.ja.md", (LETTERS / f"{name}.ja.md").read_text()) for name in names]
    return Composer(
        book=LetterBook(templates={letter.id: letter for letter in letters}),
        facts=LetterFacts(company=COMPANY),
        lint=LintRules(company_names=(COMPANY, "キャリアリレー"), link_domains=("career-relay.example",)),
        referral_base_url="https://career-relay.example/r/",
    )


def desk_of(rules: SendRules, *letters: str) -> Desk:
    """A desk that writes these letters alone."""
    composer = _composer(*letters)
    return Desk(rules=rules, compose=composer, headings_used=composer.headings_used())
