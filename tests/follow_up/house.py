"""A team that writes to people who agreed to it: a workbook in memory with フォロー計画, an outbox, and a clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheets_automation.core.campaigns_tab import HEADINGS
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.jobs.consent import Word, record_consents
from sheets_automation.jobs.follow_up import campaigns_in, follow_up_desk, keep_consents
from sheets_automation.jobs.send import Order, plan_run, send_letters
from sheets_automation.workbooks.memory import MemorySheet
from tests.jobs.house import COMPANY, House, workbook_of

KEY = "follow-up-tests-need-a-key-of-some-length"
REFUSALS = "https://links.minato.example/u/"
FACTS = LetterFacts(company=COMPANY, contact="saiyo@example.com", postal_address="神奈川県みなと市汐見町1-2-3")
HALF_A_YEAR = {"見出し1": "選考結果日", "比べ方1": "日以上前", "値1": "180"}


def past(name: str, address: str, **more) -> dict[str, object]:
    """A row of somebody who was rejected in spring, and agreed to hear from us."""
    return {
        "氏名": name,
        "メールアドレス": address,
        "応募職種": "営業職",
        "選考結果": "不採用",
        "選考結果日": "2026/04/10",
        "フォロー同意": "はい",
        "連絡停止": "",
        **more,
    }


def campaign(name: str = "半年後のご連絡", letter: str = "半年後のご連絡", **more) -> dict[str, object]:
    """A row of フォロー計画 that is in use."""
    return {"使用": "○", "キャンペーン": name, "文面": letter, **HALF_A_YEAR, **more}


def plan_sheet(campaigns: list[dict[str, object]]) -> MemorySheet:
    """The tab as HR fills it in."""
    sheet = MemorySheet()
    sheet.put(1, 0, "フォロー計画")
    for column, heading in enumerate(HEADINGS):
        sheet.put(4, column, heading)
    for number, row in enumerate(campaigns, start=5):
        for heading, value in row.items():
            sheet.put(number, HEADINGS.index(heading), value)
    return sheet


@dataclass
class NewsHouse(House):
    """The house, when it writes news."""

    by_line: bool = False

    @classmethod
    def of(cls, folder, rows, *campaigns, **fields):
        file = workbook_of(rows)
        file.sheets["フォロー計画"] = plan_sheet(list(campaigns) or [campaign()])
        return cls(folder, file, **fields)

    def news_desk(self, snapshot):
        desk = self.desk()
        if self.by_line:
            desk = replace(desk, rules=replace(desk.rules, guards=replace(desk.rules.guards, by_line=True)))
        composer = replace(
            desk.compose,
            facts=FACTS,
            lint=LintRules(
                company_names=(COMPANY,), link_domains=("links.minato.example",), own_addresses=("@example.com",)
            ),
            refusal_url=lambda one: f"{REFUSALS}{refusal_code(one.address.value, KEY)}",
            by_line=self.by_line,
        )
        desk = replace(desk, compose=composer, has_referral=False)
        layout = locate_candidates(snapshot, desk.rules.headings)
        letters = {letter.partition(".")[0] for letter in composer.book.templates}
        self.campaigns = campaigns_in(snapshot, desk.rules, letters, layout)
        return follow_up_desk(desk, self.campaigns, layout)

    def plan_news(self, **order):
        """A dry run."""
        return plan_run(self.workbook(), self.news_desk, self.run(), Order(**order))

    def keep_consents(self):
        """What a real run does before it plans."""
        return keep_consents(self.workbook(), self.news_desk, self.run(), "2026-04")

    def hears(self, *, agrees, source="電話", on=None):
        """HR puts on record what the only candidate has said."""
        (one,) = self.plan_news().plan.situation.candidates
        word = Word(agrees=agrees, source=source, wording="2026-04", on=on)
        return record_consents(self.workbook(), self.desk, self.run(), [one.id], word)

    def send_news(self, carrier=None, run=None, **order):
        """A real run, as the command does it."""
        self.keep_consents()
        carrier, run = carrier or self.outbox(), run or self.run()
        return send_letters(self.workbook(), carrier, self.news_desk, run, Order(**order))

    def reasons(self) -> dict[str, str]:
        """Why nobody of these is sent news, by name; who is due is not in it."""
        return {one.candidate.name: str(one.reason) for one in self.plan_news().skipped()}

    def due(self) -> dict[str, str]:
        """The campaign of everybody who is due, by name."""
        return {one.candidate.name: one.candidate.occasion.campaign for one in self.plan_news().plan.letters}

    def cells(self, heading: str) -> list[object]:
        """A column of the candidates, from the first row down; nothing where there is no such column."""
        grid = self.file.sheets["候補者"].grid()
        at = grid[2].index(heading) if heading in grid[2] else None
        return [None if at is None else row[at] for row in grid[3:]]

    def fact_rows(self, tab: str) -> list[dict[str, object]]:
        """The facts of a tab, by heading."""
        table = self.workbook().read().tables.get(tab)
        rows = list(table.rows()) if table else []
        if not rows:
            return []
        names = {column: str(text) for column, text in rows[0].cells.items()}
        return [{name: row.cells.get(column, "") for column, name in names.items()} for row in rows[1:]]
