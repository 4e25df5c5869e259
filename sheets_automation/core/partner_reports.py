"""紹介先の報告: rows that a partner or HR types or pastes under headings, in a tab or in a monthly statement.

Whatever cannot be read is a problem of its cell, and the other rows count all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import takewhile
from typing import Final

from sheets_automation.core.cells import folded, text, truth
from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.csv_text import typed
from sheets_automation.core.dates import date_time
from sheets_automation.core.errors import RegistrationsUnreadable
from sheets_automation.core.heading_problems import cell_name
from sheets_automation.core.referral_codes import read_code
from sheets_automation.core.referrals import RecordProblem, ReferralKind
from sheets_automation.core.registrations import Registration
from sheets_automation.core.report_words import CODE, COUNTED, DATE, HEADINGS, KIND, PARTNER, kind_named
from sheets_automation.core.table import CellValue, Row, Table

_ROWS_TO_SEARCH: Final = 30
_LONGEST_QUOTE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One row that could be read."""

    cell: str
    """Where its code stands, e.g. "紹介先報告!A5"."""
    registration: Registration
    counted: bool | None = None
    """Whether the partner counts it; None where the row does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsRead:
    """The rows of a table, and a problem for each cell that is not clear."""

    rows: tuple[ReportRow, ...] = ()
    problems: tuple[RecordProblem, ...] = ()

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """What the rows report."""
        return tuple(row.registration for row in self.rows)


class _Unclear(ValueError):
    """A cell that nobody can read."""

    def __init__(self, heading: str, ja: str, en: str) -> None:
        super().__init__(en)
        self.heading, self.ja, self.en = heading, ja, en


def read_reports(table: Table, partners: Sequence[CreditRules], zone: tzinfo, *, title: str = "") -> ReportsRead:
    """Read the rows below the headings. RegistrationsUnreadable where there is no heading for the codes, or two.

    `title` is what people call the table, where it is not the tab's own.
    """
    reader = _Reader(table, partners, zone, title or table.title)
    rows: list[ReportRow] = []
    problems: list[RecordProblem] = []
    for row in reader.below():
        try:
            rows.append(reader.read(row))
        except _Unclear as error:
            place = reader.place(row, error.heading)
            problems.append(RecordProblem(place=place, ja=f"{place}: {error.ja}", en=f"{place}: {error.en}"))
    return ReportsRead(rows=tuple(rows), problems=tuple(problems))


class _Reader:
    def __init__(self, table: Table, partners: Sequence[CreditRules], zone: tzinfo, title: str) -> None:
        self._table = table
        self._title = title
        self._zone = zone
        self._partners = {folded(word): rules.id for rules in partners for word in (rules.name, rules.id)}
        self._heading_row, self._columns = self._headings()

    def below(self) -> list[Row]:
        """The rows below the headings that say anything under one of them."""
        rows = self._table.rows(set(self._columns.values()))
        return [row for row in rows if row.number > self._heading_row and any(map(text, row.cells.values()))]

    def place(self, row: Row, heading: str) -> str:
        """The cell under a heading, as people find it."""
        return f"{self._title}!{cell_name(row.number, self._columns[heading])}"

    def read(self, row: Row) -> ReportRow:
        code, cell = self._said(row, CODE), self.place(row, CODE)
        kind, moment = self._kind(row), date_time(self._value(row, DATE), self._zone)
        if moment is None and self._said(row, DATE):
            shown = self._said(row, DATE)[:_LONGEST_QUOTE]
            raise _Unclear(
                DATE,
                f"日付「{shown}」が分かりません。2026/11/05 のように直してください。",
                f"the date “{shown}” is not clear. Write it like 2026/11/05.",
            )
        if moment is None and kind is ReferralKind.VOIDED:
            raise _Unclear(
                CODE,
                "取消には日付が要ります。取り消した日を入れてください。",
                "what is taken back needs a date: write when it was.",
            )
        partner = self._partner(row)
        return ReportRow(
            cell=cell,
            registration=Registration(
                text=code,
                kind=kind,
                at=moment.at if moment else None,
                place=cell,
                partner=partner,
                event_id=row_id(partner, code, kind, self._said(row, DATE)),
            ),
            counted=truth(self._value(row, COUNTED)),
        )

    def _kind(self, row: Row) -> ReferralKind:
        said = self._said(row, KIND)
        kind = kind_named(said)
        if kind is None:
            raise _Unclear(
                KIND,
                f"種別「{said[:_LONGEST_QUOTE]}」が分かりません。「登録」「採用決定」「取消」のどれかにしてください。",
                f"the kind “{said[:_LONGEST_QUOTE]}” is not clear. Write 登録, 採用決定 or 取消.",
            )
        return kind

    def _partner(self, row: Row) -> str:
        said = self._said(row, PARTNER)
        if not said:
            return ""
        if (partner := self._partners.get(folded(said))) is None:
            raise _Unclear(
                PARTNER,
                f"紹介先「{said[:_LONGEST_QUOTE]}」は設定にありません。設定の名前か id を入れてください。",
                f"the partner “{said[:_LONGEST_QUOTE]}” is not in the configuration. Write its name or id.",
            )
        return partner

    def _value(self, row: Row, heading: str) -> CellValue:
        return row.cells.get(self._columns.get(heading, -1))

    def _said(self, row: Row, heading: str) -> str:
        return typed(text(self._value(row, heading)))

    def _headings(self) -> tuple[int, Mapping[str, int]]:
        for row in takewhile(lambda one: one.number <= _ROWS_TO_SEARCH, self._table.rows()):
            found = {name: _columns_under(row, accepted) for name, accepted in HEADINGS.items()}
            if found[CODE]:
                doubled = next((columns for columns in found.values() if len(columns) > 1), None)
                if doubled:
                    raise _headings_wrong(self._title, f"{cell_name(row.number, doubled[1])}")
                return row.number, {name: columns[0] for name, columns in found.items() if columns}
        raise _headings_wrong(self._title, "")


def _columns_under(row: Row, accepted: frozenset[str]) -> list[int]:
    return [column for column, value in sorted(row.cells.items()) if folded(value) in accepted]


def row_id(partner: str, code: str, kind: ReferralKind, date: str) -> str:
    """The same for every reading of the same row, wherever it was moved: what it says is what it is."""
    said = "\0".join((partner, read_code(code).code or code, kind.value, date))
    return f"T-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _headings_wrong(title: str, doubled: str) -> RegistrationsUnreadable:
    if doubled:
        return RegistrationsUnreadable(
            f"「{title}」の {doubled} は、同じ意味の見出しの二つ目です。片方を消すか、別の名前にしてください。",
            f"{doubled} of {title} is a second heading for the same. Remove one of the two, or call it otherwise.",
        )
    return RegistrationsUnreadable(
        f"「{title}」に、見出し「紹介コード」(または「紹介URL」)がありません。上から {_ROWS_TO_SEARCH} 行のどこかに、"
        "紹介コード・登録日・種別 の見出しを並べてください。",
        f"{title} has no heading 紹介コード (or code, URL) in its first {_ROWS_TO_SEARCH} rows. "
        "Put the headings 紹介コード, 登録日 and 種別 into one of them.",
    )
