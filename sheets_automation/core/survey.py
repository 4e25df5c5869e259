"""満足度: one question after a letter, one to five and nothing else, and what it may say of a group.

An answer is a fact with a mark of the letter's code and a seal over the number, both made with the key of the links. So
nobody who looks into the sheet, or finds a letter among the sent mail, can tell what anybody has answered. The analysis
opens the seals, and shows no group of fewer than five.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.csv_text import as_text
from sheets_automation.core.sealed_codes import is_sealed, sealed_code
from sheets_automation.core.table import CellValue, Row, Table

SCORES: Final = (1, 2, 3, 4, 5)
LEAST_SHOWN: Final = 5
"""Answers; a group of fewer could be told apart."""
HEADINGS: Final = ("記録ID", "日付", "回答の印", "答え(封印)", "記録した人")
_PURPOSE: Final = "survey"
_MARK: Final = re.compile(r"s[0-9a-f]{32}")
_SEAL: Final = re.compile(r"s[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row of the tab: somebody answered, or chose another number later."""

    fact_id: str
    day: date
    mark: str
    seal: str
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """The answers of some months in a row, five at least."""

    first: date
    last: date
    """First days of months."""
    answers: int
    total: int
    """Of the numbers."""

    @property
    def mean(self) -> float:
        """From 1 to 5."""
        return self.total / self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the answers say, as far as they may."""

    answers: int = 0
    """That are counted: the newest wait until there are as many as a group needs."""
    counts: tuple[int, ...] = (0,) * len(SCORES)
    """How many gave each number, from 1 to 5."""
    lines: tuple[SurveyLine, ...] = ()

    @property
    def mean(self) -> float | None:
        """From 1 to 5; None where too few have answered."""
        total = sum(score * number for score, number in zip(SCORES, self.counts, strict=True))
        return total / self.answers if self.answers else None


NO_SURVEY: Final = Survey()


def survey_code(candidate_id: str, address: str, key: str) -> str:
    """The code in the letter to this row at this address, always the same: one answer a letter."""
    return sealed_code(_PURPOSE, f"{candidate_id}\0{match_key(address)}".encode(), key)


def is_genuine(code: str, keys: Iterable[str]) -> bool:
    """Whether a code, in capitals as we write it, was made by us with one of these keys."""
    return is_sealed(_PURPOSE, code, keys)


def answer_mark(code: str) -> str:
    """What stands for a letter in the tab."""
    return f"s{sha256(b'relay survey' + code.encode()).hexdigest()[:32]}"


def fact_id(code: str, at: str, score: int, key: str) -> str:
    """The same for the same use of the same link, so that a record is taken in once. It tells nothing."""
    return f"s{_keyed(key, 'fact', f'{code} {at} {score}')[:24]}"


def seal_of(fact: str, score: int, key: str) -> str:
    """What a cell shows of an answer."""
    return f"s{_keyed(key, 'answer', f'{fact} {score}')[:16]}"


def score_behind(answer: Answer, keys: Iterable[str]) -> int | None:
    """The number under a seal; None without its key, or where somebody changed the cell."""
    for key in keys:
        for score in SCORES:
            if hmac.compare_digest(seal_of(answer.fact_id, score, key), answer.seal):
                return score
    return None


def _keyed(key: str, purpose: str, message: str) -> str:
    return hmac.digest(key.encode(), f"relay survey {purpose}\0{message}".encode(), "sha256").hex()


def to_row(answer: Answer) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them, since the first append makes the tab with these headings."""
    texts = (answer.fact_id, answer.day.isoformat(), answer.mark, answer.seal, as_text(answer.actor))
    return dict(zip(HEADINGS, texts, strict=True))


def read_answers(table: Table | None) -> tuple[Answer, ...]:
    """The answers in the order of the tab. A row that somebody changed counts for nothing: no letter depends on it."""
    if table is None:
        return ()
    columns: Mapping[str, int] = {}
    answers: dict[str, Answer] = {}
    for row in table.rows():
        if not columns:
            found = {str(value).strip(): column for column, value in row.cells.items()}
            columns = found if set(HEADINGS) <= set(found) else {}
        elif (answer := _answer(row, columns)) is not None:
            answers.setdefault(answer.fact_id, answer)
    return tuple(answers.values())


def _answer(row: Row, columns: Mapping[str, int]) -> Answer | None:
    fact, day, mark, seal, actor = (str(row.cells.get(columns[heading], "")).strip() for heading in HEADINGS)
    if not (fact and _MARK.fullmatch(mark) and _SEAL.fullmatch(seal)):
        return None
    try:
        return Answer(fact_id=fact, day=date.fromisoformat(day[:10]), mark=mark, seal=seal, actor=actor)
    except ValueError:
        return None


def evaluate(answers: Sequence[Answer], keys: Sequence[str], least: int = LEAST_SHOWN) -> Survey:
    """Count the last answer of each letter, in groups of `least` at least.

    The newest wait until a whole group of them has come: else whoever looks every day could read off each single answer
    from what has changed since yesterday.
    """
    least = max(least, LEAST_SHOWN)
    last: dict[str, tuple[date, int]] = {}
    for answer in sorted(answers, key=lambda one: one.day):  # stable: on one day the later row is the later answer
        if (score := score_behind(answer, keys)) is not None:
            last.pop(answer.mark, None)
            last[answer.mark] = answer.day, score
    counted = list(last.values())[: len(last) // least * least]
    return Survey(
        answers=len(counted),
        counts=tuple(sum(score == wanted for _, score in counted) for wanted in SCORES),
        lines=_lines(counted, least),
    )


def _lines(counted: Sequence[tuple[date, int]], least: int) -> tuple[SurveyLine, ...]:
    """Months, put together until there are enough; what is left over at the end goes with the line before it."""
    groups: list[list[tuple[date, int]]] = []
    for day, score in counted:
        month = day.replace(day=1)
        if not groups or (len(groups[-1]) >= least and groups[-1][-1][0] != month):
            groups.append([])
        groups[-1].append((month, score))
    if len(groups) > 1 and len(groups[-1]) < least:
        left_over = groups.pop()
        groups[-1] += left_over
    return tuple(
        SurveyLine(first=group[0][0], last=group[-1][0], answers=len(group), total=sum(score for _, score in group))
        for group in groups
    )
