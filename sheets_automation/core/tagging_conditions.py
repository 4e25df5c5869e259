"""Whether a condition of タグ規則 holds for a row, and the words in which it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sheets_automation.core.analysis_stages import Ladder
from sheets_automation.core.cells import folded, number
from sheets_automation.core.headings import ALIASES, Field, heading_key
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate, Decision
from sheets_automation.core.tagging_rules import Comparison, Condition
from sheets_automation.core.tagging_words import folded_text, mentions

Told = tuple[str, str] | None
"""Why a condition holds, in Japanese and English; None where it does not."""
_NEEDS_ALL = frozenset({Comparison.LACKS, Comparison.DIFFERS, Comparison.BLANK})


@dataclass(frozen=True, slots=True, kw_only=True)
class TagScene:
    """What the conditions look at beside the row."""

    layout: Layout
    now: datetime
    decisions: Mapping[str, Decision]
    ladder: Ladder


def reason(row: Candidate, condition: Condition, scene: TagScene) -> Told:
    """Why the condition holds for the row; None where it does not."""
    ask, question = _ASKED[condition.comparison], _Question(row, condition, scene)
    headings = [there for heading in condition.headings if (there := in_sheet(heading, scene.layout))]
    if condition.comparison in _NEEDS_ALL:
        told = [ask(question, heading, row.fields.get(heading, "")) for heading in headings]
        return told[0] if told and all(told) else None
    answers = (ask(question, heading, row.fields.get(heading, "")) for heading in headings)
    return next((told for told in answers if told), None)


def in_sheet(heading: str, layout: Layout) -> str:
    """The heading as it stands in the sheet, also where the rule has another usual spelling of it; "" if absent."""
    column = layout.column_of(heading)
    if column is None:
        column = next((layout.columns[one] for one in _meanings(heading_key(heading)) if one in layout.columns), None)
    return "" if column is None else dict(layout.headings)[column]


@lru_cache(maxsize=256)
def _meanings(key: str) -> tuple[Field, ...]:
    return tuple(one for one, known in ALIASES.items() if key in map(heading_key, known))


class _Question:
    """One condition, asked of one row."""

    def __init__(self, row: Candidate, condition: Condition, scene: TagScene) -> None:
        self._row = row
        self._values = condition.values
        self._how = condition.comparison
        self._scene = scene

    def is_filled(self, heading: str, cell: str) -> Told:
        return (f"{heading}に記入がある", f"{heading} is filled in") if cell else None

    def is_blank(self, heading: str, cell: str) -> Told:
        return None if cell else (f"{heading}に記入がない", f"{heading} is blank")

    def mentions(self, heading: str, cell: str) -> Told:
        said = folded_text(cell)
        hits = "、".join(value for value in self._values if mentions(said, folded_text(value)))
        return (f"{heading}に「{hits}」がある", f"{heading} mentions {hits}") if hits else None

    def lacks(self, heading: str, cell: str) -> Told:
        values = "、".join(self._values)
        is_there = self.mentions(heading, cell)
        return None if is_there else (f"{heading}に「{values}」がない", f"{heading} does not mention {values}")

    def equals(self, heading: str, cell: str) -> Told:
        return (f"{heading}が「{cell}」である", f"{heading} is {cell}") if self._is_equal(heading, cell) else None

    def differs(self, heading: str, cell: str) -> Told:
        values = "、".join(self._values)
        is_equal = self._is_equal(heading, cell)
        return None if is_equal else (f"{heading}が「{values}」でない", f"{heading} is not {values}")

    def _is_equal(self, heading: str, cell: str) -> bool:
        """Tell whether the cell is one of the values; a decision, also in other words (不合格 for 不採用)."""
        if any(folded_text(cell) == folded_text(value) for value in self._values):
            return True
        columns, column = self._scene.layout.columns, self._scene.layout.column_of(heading)
        if column == columns.get(Field.TAGS):
            return not {*map(folded, self._row.tags)}.isdisjoint(map(folded, self._values))
        if column != columns.get(Field.DECISION) or self._row.decision is Decision.UNKNOWN:
            return False
        return self._row.decision in {self._scene.decisions.get(folded(value)) for value in self._values}

    def reached(self, heading: str, cell: str) -> Told:
        ladder = self._scene.ladder
        stands = ladder.standing(replace(self._row, stage=cell)).place
        for value in self._values:
            if 0 < ladder.places.get(folded(value), 0) <= stands:
                return f"{heading}が「{value}」まで進んでいる", f"{heading} came to {value}"
        return None

    def counts(self, heading: str, cell: str) -> Told:
        has, limit = number(cell), number(self._values[0])
        if has is None or limit is None or (has < limit if self._how is Comparison.AT_LEAST else has > limit):
            return None
        return f"{heading}が {has}({limit} {self._how})である", f"{heading} is {has}"

    def lies_back(self, heading: str, _cell: str) -> Told:
        limit, at, now = number(self._values[0]), self._moment(heading), self._scene.now
        if limit is None or at is None:
            return None
        days = (now.date() - at.astimezone(now.tzinfo).date()).days
        if not (0 <= days <= limit if self._how is Comparison.WITHIN_DAYS else days >= limit):
            return None
        return f"{heading}が {days} 日前({limit} {self._how})である", f"{heading} was {days} days ago"

    def _moment(self, heading: str) -> datetime | None:
        column, columns = self._scene.layout.column_of(heading), self._scene.layout.columns
        if column == columns.get(Field.APPLIED_AT):
            return self._row.applied_at
        return self._row.decided_at if column == columns.get(Field.DECIDED_AT) else None


_ASKED: Mapping[Comparison, Callable[[_Question, str, str], Told]] = {
    Comparison.FILLED: _Question.is_filled,
    Comparison.BLANK: _Question.is_blank,
    Comparison.CONTAINS: _Question.mentions,
    Comparison.LACKS: _Question.lacks,
    Comparison.EQUALS: _Question.equals,
    Comparison.DIFFERS: _Question.differs,
    Comparison.REACHED: _Question.reached,
    Comparison.AT_LEAST: _Question.counts,
    Comparison.AT_MOST: _Question.counts,
    Comparison.WITHIN_DAYS: _Question.lies_back,
    Comparison.DAYS_AGO: _Question.lies_back,
}
