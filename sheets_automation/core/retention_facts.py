"""消去記録: what was announced, begun and done about erasing people, as appended facts.

A fact names a candidate by the id alone. It holds no name, no address and nothing else that was erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.fact_rows import fact_rows
from sheets_automation.core.table import CellValue, Table

HEADINGS: Final = ("記録ID", "日時", "種別", "消去ID", "候補者ID", "基準日", "消去予定日", "内容", "記録した人")


class FactKind(StrEnum):
    """What happened. The words stand in the tab."""

    ANNOUNCED = "予告"  # the clock has run out, and the person will be erased after the notice
    BEGUN = "開始"  # an erasure names everybody whom it is going to erase
    PROOF = "控え"  # what has to be kept as proof of a consent, apart from the person
    DONE = "完了"
    SHOWN = "開示"  # somebody was shown all that is held about a person


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionFact:
    """One row of the tab."""

    fact_id: str
    at: datetime
    kind: FactKind
    erasure: str = ""
    """Id of the run that erases, or erased."""
    candidate_id: str = ""
    since: date | None = None
    """Of an announcement: the day of the last event about the person."""
    due: date | None = None
    """Of an announcement: not before this day. Of a proof: kept until this day."""
    detail: str = ""
    """Why, how many, or the proof; no personal data."""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One erasure, folded."""

    id: str
    begun_at: datetime
    named: Mapping[str, str]
    """What it noted of each candidate whom it is going to erase, by id."""
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasures:
    """Everything that the tab says."""

    announced: Mapping[str, RetentionFact] = field(default_factory=lambda: MappingProxyType({}))
    """The last announcement, by candidate id."""
    erasures: Mapping[str, Erasure] = field(default_factory=lambda: MappingProxyType({}))
    """By id, in the order in which they began."""
    proofs: tuple[RetentionFact, ...] = ()

    @property
    def unfinished(self) -> tuple[Erasure, ...]:
        """Erasures of which nobody has recorded the end."""
        return tuple(one for one in self.erasures.values() if not one.is_done)

    @property
    def barred(self) -> frozenset[str]:
        """Ids of candidates whom an unfinished erasure has named: they get no letter any more."""
        return frozenset(one for erasure in self.unfinished for one in erasure.named)


def fold_erasures(facts: Iterable[RetentionFact]) -> Erasures:
    """Fold the facts. One that was appended twice counts once."""
    seen: set[str] = set()
    announced: dict[str, RetentionFact] = {}
    named: dict[str, list[RetentionFact]] = {}
    done: set[str] = set()
    proofs: list[RetentionFact] = []
    for fact in facts:
        if fact.fact_id in seen:
            continue
        seen.add(fact.fact_id)
        if fact.kind is FactKind.ANNOUNCED:
            announced[fact.candidate_id] = fact
        elif fact.kind is FactKind.BEGUN:
            named.setdefault(fact.erasure, []).append(fact)
        elif fact.kind is FactKind.PROOF:
            proofs.append(fact)
        elif fact.kind is FactKind.DONE:
            done.add(fact.erasure)
    erasures = {
        one: Erasure(
            id=one,
            begun_at=facts[0].at,
            named={fact.candidate_id: fact.detail for fact in facts},
            is_done=one in done,
        )
        for one, facts in named.items()
    }
    return Erasures(announced=announced, erasures=erasures, proofs=tuple(proofs))


def to_row(fact: RetentionFact) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them text, since the first append makes the tab with these headings."""
    texts = (
        fact.fact_id,
        fact.at.isoformat(timespec="seconds"),
        fact.kind.value,
        fact.erasure,
        as_text(fact.candidate_id),
        fact.since.isoformat() if fact.since else "",
        fact.due.isoformat() if fact.due else "",
        as_text(fact.detail),
        as_text(fact.actor),
    )
    return dict(zip(HEADINGS, texts, strict=True))


def read_facts(table: Table | None) -> Iterator[RetentionFact]:
    """Every fact of the tab.

    Raises LogDamaged where a row is not as we wrote it: who is to be erased, and who may not be written to because
    that has begun, must not depend on a slip of the hand.
    """
    for row, cells in fact_rows(table, HEADINGS, _damaged):
        yield _fact(table.title if table else "", row, cells)


def _fact(tab: str, row: int, cells: Mapping[str, str]) -> RetentionFact:
    try:
        fact = RetentionFact(
            fact_id=cells["記録ID"],
            at=datetime.fromisoformat(cells["日時"]),
            kind=FactKind(cells["種別"]),
            erasure=cells["消去ID"],
            candidate_id=typed(cells["候補者ID"]),
            since=_day(cells["基準日"]),
            due=_day(cells["消去予定日"]),
            detail=typed(cells["内容"]),
            actor=typed(cells["記録した人"]),
        )
    except ValueError as error:
        raise _damaged(tab, row) from error
    if not fact.fact_id or fact.at.tzinfo is None:
        raise _damaged(tab, row)
    return fact


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _damaged(tab: str, row: int) -> LogDamaged:
    return LogDamaged(
        f"「{tab}」タブの {row} 行目が書き換えられているため、誰を消去するところだったか分かりません。"
        "何も送らず、何も消さずに止めました。元に戻してから、もう一度実行してください。",
        f"Row {row} of tab {tab} was changed, so nobody can tell who was to be erased. "
        "Nothing was sent or erased; put it back as it was, and run this again.",
    )
