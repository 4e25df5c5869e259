"""A whole house in memory for job tests: a workbook, an outbox, letters, rules, and a fixed clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from sheets_automation.carriers.outbox import OutboxCarrier
from sheets_automation.core.composing import Composer
from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.message import Sender, compose_message
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, plan_run, send_letters
from sheets_automation.workbooks.memory import MemoryFile, MemorySheet, MemoryWorkbook
from tests.core.builders import JST, NOW

LETTERS = Path(__file__).parents[2] / "templates"
COMPANY = "株式会社みなと製作所"
HEADINGS = ("氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日", "タグ", "備考")
_runs = count(1)


def rejected(name: str, address: str, **more) -> dict[str, object]:
    """A row that is due."""
    return {
        "氏名": name,
        "メールアドレス": address,
        "応募職種": "営業職",
        "選考結果": "不採用",
        "選考結果日": "2026/11/18",
        **more,
    }


def people(number: int) -> list[dict[str, object]]:
    """So many candidates who are due."""
    return [rejected(f"山田 {chr(0x4E00 + n)}郎", f"yamada{n}@example.com") for n in range(number)]


def workbook_of(rows: list[dict[str, object]]) -> MemoryFile:
    """A workbook as HR keeps it: a title above the headings, and these rows."""
    sheet = MemorySheet()
    sheet.put(1, 0, "採用管理表 2026年度")
    headings = list(dict.fromkeys([*HEADINGS, *(key for row in rows for key in row)]))
    for column, heading in enumerate(headings):
        sheet.put(3, column, heading)
    for number, row in enumerate(rows, start=4):
        for heading, value in row.items():
            sheet.put(number, headings.index(heading), value)
    return MemoryFile(sheets={"候補者": sheet})


@dataclass
class House:
    """One team's workbook and outbox."""

    folder: Path
    file: MemoryFile
    rules: SendRules = field(
        default_factory=lambda: SendRules(timezone=JST, partners=(CreditRules(id="relay", name="キャリアリレー"),))
    )
    now: datetime = NOW

    def workbook(self) -> MemoryWorkbook:
        """As another process would open it."""
        return MemoryWorkbook(self.file)

    def outbox(self) -> OutboxCarrier:
        """The carrier."""
        sender = Sender(name=COMPANY, address="saiyo@example.com")
        return OutboxCarrier(self.folder, partial(compose_message, sender=sender, date=self.now))

    def run(self, **fields) -> Run:
        """A new run with its own id and codes."""
        number = next(_runs)
        codes = count(number * 1000)
        return Run(
            id=fields.pop("id", f"R{number}"),
            clock=lambda: self.now,
            new_code=lambda: make_code((next(codes) * 0x9E3779B97F4A7C15).to_bytes(32, "big")),
            **fields,
        )

    def desk(self, _snapshot=None) -> Desk:
        """The letters in templates/, for our company."""
        letters = [letter_from_file(path.name, path.read_text()) for path in LETTERS.glob("*.md")]
        book = LetterBook(templates={letter.id: letter for letter in letters})
        composer = Composer(
            book=book,
            facts=LetterFacts(company=COMPANY),
            lint=LintRules(company_names=(COMPANY, "キャリアリレー"), link_domains=("career-relay.example",)),
            referral_base_url="https://career-relay.example/r/",
        )
        return Desk(rules=self.rules, compose=composer, headings_used=composer.headings_used())

    def plan(self, **order):
        """A dry run."""
        return plan_run(self.workbook(), self.desk, self.run(), Order(**order))

    def send(self, carrier=None, workbook=None, run=None, **order):
        """A real run."""
        return send_letters(
            workbook or self.workbook(), carrier or self.outbox(), self.desk, run or self.run(), Order(**order)
        )

    def delivered(self) -> list[str]:
        """Names of the letters that left."""
        new = self.folder / "new"
        return sorted(path.name for path in new.iterdir()) if new.exists() else []

    def later(self, **span) -> House:
        """The same house, some time later."""
        return replace(self, now=self.now + timedelta(**span))

    def cell(self, row: int, heading: str, tab: str = "候補者"):
        """What stands in a cell, by heading."""
        sheet = self.file.sheets[tab]
        heading_row = next(n for n, cells in sorted(sheet.rows.items()) if heading in cells.values())
        column = next(c for c, value in sheet.rows[heading_row].items() if value == heading)
        return sheet.rows.get(row, {}).get(column)


def no_news(_snapshot):
    """The desks of a company that writes none."""
    return ()
