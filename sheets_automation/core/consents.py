"""同意記録: who agreed to follow-ups, to which wording, when and where we know it from, as appended facts.

The proof has to outlive the row (特定電子メール法 asks for it one month longer than the last mail), so a fact holds no
address, only the mark that a refusal has, too. The last fact about an address by its own time counts, and of two at
one moment the withdrawal. What is known from a column alone counts least: it is gone with the yes in the sheet.
A consent holds for the address that it was given with; a withdrawal for the candidate, too, wherever mail goes by now.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final
from unicodedata import category, normalize

from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.fact_rows import fact_rows
from sheets_automation.core.model import Candidate
from sheets_automation.core.moments import moment_in
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.table import CellValue, Table

_WHOSE: Final = "候補者ID"
HEADINGS: Final = ("記録ID", "日時", "内容", "宛先の印", _WHOSE, "同意文の版", "出所", "記録した人")
RECORDED_AT: Final = "記録日時"
CHECK: Final = "検査値"
"""The heading over what shows that nobody changed a row."""
_NEWER: Final = (RECORDED_AT, CHECK)
"""Headings that tabs of earlier versions lack."""
_INVISIBLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp", "Zs"})
_COLUMN: Final = re.compile(r"列「.*」", re.DOTALL)


class ConsentWord(StrEnum):
    """What a fact says, in the words of the tab."""

    GIVEN = "同意"
    WITHDRAWN = "撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One row of the tab."""

    fact_id: str
    at: datetime
    """When it was said, as far as we know: a person may write it down later, and a column does not tell."""
    word: ConsentWord
    mark: str
    candidate_id: str = ""
    wording: str = ""
    """The version of the text that the person agreed to."""
    source: str = ""
    """Where we know it from: a column of the sheet, or what a person typed, e.g. "電話"."""
    actor: str = ""
    recorded_at: datetime | None = None
    """When it was written down; None in rows of earlier versions."""

    @property
    def rests_on_column(self) -> bool:
        """Whether it was only copied from a yes in the sheet, and so is no consent once nobody finds that there."""
        return self.word is ConsentWord.GIVEN and _COLUMN.fullmatch(self.source) is not None


def column_source(heading: str) -> str:
    """Where a fact is known from that was copied from the column under this heading."""
    return f"列「{heading}」"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """The facts, folded."""

    by_mark: Mapping[str, Consent]
    """The fact that counts for each mark."""
    withdrawn: Mapping[str, Consent]
    """The withdrawal that counts for each candidate id, where one does."""

    def about(self, candidate: Candidate) -> Consent | None:
        """The fact that counts for a row."""
        found = (self.by_mark.get(mark_of(candidate)), self.withdrawn.get(candidate.id))
        return max(filter(None, found), key=_weight, default=None)


def fold_consents(facts: Iterable[Consent]) -> Consents:
    """What counts, whatever the order in which it was written."""
    ordered = sorted(facts, key=_weight)
    by_id = {fact.candidate_id: fact for fact in ordered if fact.candidate_id}  # empty once a person was erased
    return Consents(
        by_mark={fact.mark: fact for fact in ordered},
        withdrawn={one: fact for one, fact in by_id.items() if fact.word is ConsentWord.WITHDRAWN},
    )


def _weight(fact: Consent) -> tuple[bool, datetime, bool]:
    # A copy from the sheet is dated by the copying: what was said may be older than anything else on record.
    return not fact.rests_on_column, fact.at, fact.word is ConsentWord.WITHDRAWN


def mark_of(candidate: Candidate) -> str:
    """The mark of the address that is written to; empty where there is none."""
    return address_mark(candidate.address.value) if candidate.address.value else ""


def with_consents(candidates: Sequence[Candidate], consents: Consents) -> tuple[Candidate, ...]:
    """The candidates, each with what is recorded of them.

    A recorded withdrawal stands against a yes in the sheet, which may be older, until a person records a new consent.
    A consent stands where the sheet says nothing, unless the sheet is all that we have it from: whoever clears a yes
    that was put into the wrong row has taken it back.
    """
    if not consents.by_mark:
        return tuple(candidates)
    return tuple(replace(one, news=_news(one, consents.about(one))) for one in candidates)


def _news(candidate: Candidate, found: Consent | None) -> bool | None:
    if found is None or found.rests_on_column:
        return candidate.news
    if found.word is ConsentWord.WITHDRAWN:
        return False
    return True if candidate.news is None else candidate.news


def agreed_to_news(family: Iterable[Candidate]) -> bool | None:
    """What the rows of one person say together: a no on any of them is one, then a yes; None where nobody knows."""
    said = {one.news for one in family}
    return False if False in said else True in said or None


def to_row(consent: Consent) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them, since the first append makes the tab with these headings."""
    texts = (
        consent.fact_id,
        consent.at.isoformat(timespec="milliseconds"),
        consent.word.value,
        consent.mark,
        *map(as_text, (consent.candidate_id, consent.wording, consent.source, consent.actor)),
    )
    return {
        **dict(zip(HEADINGS, texts, strict=True)),
        RECORDED_AT: consent.recorded_at.isoformat(timespec="milliseconds") if consent.recorded_at else "",
        CHECK: _check_of(consent),
    }


def _check_of(consent: Consent) -> str:
    """A word that is another one as soon as the row says something else; no sheet takes it for a number.

    A slip of the hand that turns 撤回 into 同意 would write to somebody who asked for nothing more.
    """
    moments = [one.isoformat(timespec="milliseconds") if one else "" for one in (consent.at, consent.recorded_at)]
    texts = (consent.fact_id, *moments, consent.word.value, consent.mark, consent.candidate_id, consent.wording)
    said = "\0".join(_visible(text) for text in (*texts, consent.source, consent.actor))
    return f"x{sha256(said.encode()).hexdigest()[:9]}"


def _visible(text: str) -> str:
    """What every sheet gives back as it was typed: blanks and controls may come back as others, or not at all."""
    return "".join(char for char in normalize("NFC", text) if category(char) not in _INVISIBLE)


def read_consents(table: Table | None) -> tuple[Consent, ...]:
    """All facts of the tab. Raises LogDamaged where a row is not as we wrote it: it may be a withdrawal."""
    return tuple(fact for fact, _ in _read(table))


def forget_candidates(table: Table, ids: Collection[str]) -> Mapping[str, Mapping[str, CellValue]]:
    """The cells that change, by the id of the fact, so that the proof says no more whose row it belonged to."""
    found: dict[str, Mapping[str, CellValue]] = {}
    for fact, is_checked in _read(table):
        if fact.candidate_id in ids:
            forgotten = to_row(replace(fact, candidate_id=""))
            found[fact.fact_id] = {name: forgotten[name] for name in (_WHOSE, *([CHECK] if is_checked else []))}
    return found


def _read(table: Table | None) -> Iterator[tuple[Consent, bool]]:
    """Each fact, and whether it carries a check: below the first that does, all do."""
    is_checked = False
    for row, cells in fact_rows(table, HEADINGS, _damaged, newer=_NEWER):
        is_checked = is_checked or bool(cells.get(CHECK))
        try:
            fact = _consent({name: typed(said) for name, said in cells.items()}, is_checked=is_checked)
        except ValueError as error:
            raise _damaged(table.title if table else "", row) from error
        yield fact, is_checked


def _consent(cells: Mapping[str, str], *, is_checked: bool) -> Consent:
    if not cells["宛先の印"]:
        raise ValueError(cells["記録ID"])
    recorded_at = cells.get(RECORDED_AT, "")
    fact = Consent(
        fact_id=cells["記録ID"],
        at=moment_in(cells["日時"]),
        word=ConsentWord(cells["内容"]),
        mark=cells["宛先の印"],
        candidate_id=cells[_WHOSE],
        wording=cells["同意文の版"],
        source=cells["出所"],
        actor=cells["記録した人"],
        recorded_at=moment_in(recorded_at) if recorded_at else None,
    )
    if is_checked and cells.get(CHECK) != _check_of(fact):
        raise ValueError(fact.fact_id)
    return fact


def _damaged(tab: str, row: int) -> LogDamaged:
    return LogDamaged(
        f"「{tab}」タブの {row} 行目が書き換えられているため、フォローに同意した方が分かりません。"
        "何も送らずに止めました。元に戻してから、もう一度実行してください。",
        f"Row {row} of tab {tab} was changed, so nobody can tell who agreed to follow-ups. "
        "Nothing was sent; put it back as it was, and run this again.",
    )
