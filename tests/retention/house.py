"""An HR team whose candidates grow old: rows, letters and referrals of last year, on any backend."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count

from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_period import read_period
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.erasure_certificate import Certificate
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.log_rows import HEADINGS as LOG_HEADINGS
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, Letter, LetterKind
from sheets_automation.core.referral_codes import RANDOM_BYTES, make_code
from sheets_automation.core.retention_rules import RetentionRules
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.analyse import look_at
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.erase import Tools
from sheets_automation.jobs.retention import RetentionLook, announce, erase_due, erase_person, look_at_retention
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation, understand
from tests.core.builders import JST
from tests.workbooks.people import Grid, Store

TAB, LOG = "候補者", "送信記録"
COLUMNS = [
    "候補者ID",
    "氏名",
    "メールアドレス",
    "電話番号",
    "応募職種",
    "応募媒体",
    "応募日",
    "選考段階",
    "選考結果",
    "結果日",
    "スキル",
    "タグ",
    "備考",
    "連絡停止",
]
KEY = "k" * 32
LETTER = Letter(template="standard.ja", language="ja", subject="選考結果", text="様", html="様")
NOW = datetime(2027, 12, 1, 10, 0, tzinfo=JST)
_runs = count(1)


def name_of(number: int) -> str:
    """A given name that no other number has."""
    return "甲乙丙丁戊己庚辛壬癸"[number // 10] + "一二三四五六七八九十"[number % 10] + "郎"


def row(number: int, **cells: object) -> dict[str, object]:
    """A candidate who was turned down in spring 2026, more than a year before NOW."""
    ready = {
        "候補者ID": f"C-{number}",
        "氏名": f"候補 {name_of(number)}",
        "メールアドレス": f"person{number}@mail.example",
        "電話番号": f"090-1234-{5000 + number}",
        "応募職種": ["営業職", "開発職", "経理職"][number % 3],
        "応募媒体": ["媒体A", "媒体B"][number % 2],
        "応募日": datetime(2026, 3 + number % 2, 1 + number % 20),  # noqa: DTZ001 - a date cell
        "選考段階": ["書類選考", "一次面接"][number % 2],
        "選考結果": "不採用",
        "結果日": datetime(2026, 4 + number % 2, 1 + number % 20),  # noqa: DTZ001
        "スキル": ["Python、SQL", "簿記", "営業"][number % 3],
        "タグ": ["スキル強", "再応募候補", ""][number % 3] or None,
        "備考": f"前職は会社{number}。家族の都合で退職",
    }
    return {**ready, **cells}


def sheet(*rows: dict[str, object], columns: list[str] = COLUMNS) -> Grid:
    """A candidates tab with these rows."""
    return [list(columns), *([one.get(heading) for heading in columns] for one in rows)]


def letters(rows: Collection[dict[str, object]], *, run: str = "20260510-090000-AAAAAA") -> list[DeliveryEvent]:
    """The events of letters to these rows, which left ten days after the decision."""
    events: list[DeliveryEvent] = []
    for one in rows:
        decided = one["結果日"]
        assert isinstance(decided, datetime)
        at = (decided + timedelta(days=10, hours=9)).replace(tzinfo=JST)
        claim = DeliveryEvent(
            event_id=f"{run}-{len(events) + 1:04d}",
            at=at,
            run_id=run,
            key=DeliveryKey(candidate_id=str(one["候補者ID"]), kind=LetterKind.REJECTION),
            kind=EventKind.PREPARED,
            carrier="outbox",
            reference=f"file-{one['候補者ID']}",
            to_address=str(one["メールアドレス"]),
            template="standard.ja",
            subject=f"{one['氏名']}様 選考結果のご連絡",
            referral_code=make_code(bytes([len(events)]) * RANDOM_BYTES),
            actor="人事",
        )
        sent = DeliveryEvent(
            event_id=f"{run}-{len(events) + 2:04d}",
            at=at + timedelta(seconds=2),
            run_id=run,
            key=claim.key,
            kind=EventKind.SENT,
            claim_id=claim.event_id,
            carrier="outbox",
            reference=claim.reference,
            actor="人事",
        )
        events += [claim, sent]
    return events


def log_tab(events: Collection[DeliveryEvent]) -> Grid:
    """送信記録 with these events."""
    rows = [to_row(event) for event in events]
    headings = [*LOG_HEADINGS, "検査値"]
    return [headings, *([one[heading] or None for heading in headings] for one in rows)]


class Team:
    """One team, at one moment."""

    def __init__(self, store: Store, now: datetime = NOW, **retention: object) -> None:
        self.store = store
        self.now = now
        self.rules = SendRules(
            timezone=JST,
            guards=GuardRules(erasure_keys=(KEY,)),
            retention=RetentionRules(**retention),
        )
        self.tools = Tools(key=KEY)

    def later(self, **span: int) -> Team:
        team = Team(self.store, self.now + timedelta(**span))
        team.rules, team.tools = self.rules, self.tools
        return team

    def desk(self, _snapshot: object = None) -> Desk:
        return Desk(rules=self.rules, compose=lambda *_: LETTER)

    def run(self) -> Run:
        number = next(_runs)
        return Run(
            id=f"{self.now:%Y%m%d-%H%M%S}-E{number:05d}",
            clock=lambda: self.now,
            new_code=lambda: f"N{number}",
            actor="人事",
        )

    def look(self) -> RetentionLook:
        return self._with(lambda workbook: look_at_retention(workbook, self.desk, self.run()))

    def announce(self) -> RetentionLook:
        return self._with(lambda workbook: announce(workbook, self.desk, self.run()))

    def erase_due(self, expect: int | None, wrap: Callable = lambda workbook: workbook) -> RetentionLook:
        return self._with(lambda workbook: erase_due(wrap(workbook), self.desk, self.run(), self.tools, expect=expect))

    def erase(self, named: str) -> Certificate:
        return self._with(lambda workbook: erase_person(workbook, self.desk, self.run(), self.tools, named))

    def situation(self) -> Situation:
        return self._with(lambda workbook: understand(workbook.read(), self.rules))

    def analysis(self, period: str = "") -> dict:
        """The analysis document, without what is of this very moment."""
        with closing(self.store.open()) as workbook:
            look = look_at(workbook.read(), self.rules, self.run(), read_period(period))
        document = analysis_document(look.analysis, "ja")
        document["figures"] = [figure for figure in document["figures"] if figure["id"] != "waiting"]
        return {name: value for name, value in document.items() if name not in {"as_of", "waiting"}}

    def _with(self, work: Callable) -> object:
        workbook = self.store.open()
        try:
            done = work(workbook)
        except BaseException:
            self.store.crash(workbook)
            raise
        workbook.close()
        return done

    def rows(self, tab: str = TAB) -> list[dict[str, object]]:
        """The rows of a tab by heading, without empty cells."""
        head, *body = self.store.look()[tab]
        named = [{h: v for h, v in zip(head, cells, strict=False) if h and v not in {None, ""}} for cells in body]
        return [one for one in named if one]

    def everything(self) -> str:
        """All that stands in the workbook, as one text."""
        return str(self.store.look())
