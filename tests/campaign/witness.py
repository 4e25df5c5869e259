"""What is true, as the receiving side and the sheet tell it: who was due when a run last looked, and who got what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_automation.core.table import CellValue
from tests.campaign.actors import Ending
from tests.campaign.schedule import ADDRESS, DECISION, NAME, NOTE, OPT_OUT, TAGS
from tests.campaign.sheet_edits import OURS, RENAMED, Cells, column_of, filled_rows, heading_row, value_at

_GREETING = re.compile(r"^(?P<name>.+?) ?様\r?$", re.MULTILINE)
EXIT_CODES = frozenset({0, 2, 3, 4, 5, 6, 7})
"""Those that docs/commands.md documents, but for 1: something unexpected."""
_RESULTS = {"不採用", "辞退", "応募者辞退", "不採用（辞退）"}
_STILL_WANTED = {"選考中", "内定", "採用", ""}
_TOLD_BEFORE = {"already_sent", "follow_up_had"}
LONG_AGO = "R0"
"""The run of the letters that had left before the schedule began, where there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A letter that left the house, as whoever received it tells."""

    address: str
    name: str
    """Who it greets."""
    letter: str = ""
    """Which one it is, where there are several."""
    chat: str = ""
    """Where it arrived, if it is no mail."""
    person: str = field(default="", compare=False)
    """Whose it is, where people may have several addresses."""


def greeted(text: str) -> str:
    """Read a letter's greeting as a person would."""
    greeting = _GREETING.search(text)
    return greeting["name"] if greeting else ""


def arrived(address: str, text: str) -> Arrived:
    """A mail, where there is but one letter."""
    return Arrived(address=address, name=greeted(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A promise that was broken."""

    promise: str
    """ "double", "wrong", "lost", "unlogged", "status", "cells", "crash", "endless", "leak"."""
    text: str


Row = tuple[tuple[str, CellValue], ...]
People = Sequence[Mapping[str, CellValue]]
"""Row by row, what stands under the headings of HR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The people's part of the candidates tab at one moment."""

    rows: tuple[Row, ...]
    may_be_told: frozenset[Arrived]
    """The letter to everybody whose decision is a rejection and who may be written to, as one row says it."""
    only_of: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Reasons to leave somebody out, and the addresses of which alone they are true."""


def people_of(cells: Cells) -> People:
    """Look at a tab as a person does."""
    named = enumerate(cells[heading_row(cells)])
    headings = {c: str(v) for c, v in named if v and str(v).removesuffix(RENAMED) not in OURS}
    people = [
        {heading: value_at(cells[row], column) for column, heading in headings.items()} for row in filled_rows(cells)
    ]
    return [person for person in people if any(value not in (None, "") for value in person.values())]


def rows_of(people: People) -> tuple[Row, ...]:
    """All that stands there, wherever its columns stand."""
    return tuple(tuple(sorted((h, v) for h, v in person.items() if v not in (None, ""))) for person in people)


def has_another_hope(family: People) -> bool:
    """Whether any row of a person is still in play."""
    return any(str(one.get(DECISION) or "") in _STILL_WANTED for one in family)


def truth_of(cells: Cells) -> Truth:
    """Who may be told the result."""
    people = people_of(cells)
    told = set()
    for person in people:
        family = [one for one in people if one.get(ADDRESS) == person.get(ADDRESS)]
        speaks_against = person.get(OPT_OUT) or person.get(TAGS) == "保留" or has_another_hope(family)
        if person.get(DECISION) == "不採用" and not speaks_against:
            told.add(Arrived(address=str(person.get(ADDRESS)), name=str(person.get(NAME))))
    return Truth(rows=rows_of(people), may_be_told=frozenset(told))


@dataclass(slots=True)
class Witness:
    """Follows one schedule from outside."""

    truth: Truth
    letters: list[Arrived] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    _allowed: set[Arrived] = field(default_factory=set)
    """Whoever might have been told by any commit so far: for letters that arrive late."""
    _addresses_of: dict[CellValue, set[str]] = field(default_factory=dict)
    """Under which addresses each person ever stood in the sheet, by the note in the row."""

    def sees_letters(self, letters: Sequence[Arrived], seen: Truth | None) -> None:
        """More letters may have left; `seen` is what the run that was at work had read last."""
        if seen is not None:
            self._allowed |= seen.may_be_told
        for letter in Counter(letters) - Counter(self.letters):
            allowed = self._allowed if seen is None else seen.may_be_told
            if letter not in allowed:
                self.violations.append(Violation(promise="wrong", text=f"{letter} was not to be told"))
        self.letters = list(letters)

    def sees_sheet(self, now: Truth, *, by_people: bool) -> None:
        """The sheet as it is now; where no person did anything, their part may not have changed."""
        if not by_people and now.rows != self.truth.rows:
            self.violations.append(Violation(promise="cells", text=f"{self.truth.rows} became {now.rows}"))
        self.truth = now
        for row in map(dict, now.rows):
            self._addresses_of.setdefault(row.get(NOTE), set()).add(str(row.get(ADDRESS)))

    def hears(self, ending: Ending) -> None:
        """What a run said when it ended: in its exit code, and where logs are kept."""
        if ending.crash or ending.code not in EXIT_CODES:
            self.violations.append(Violation(promise="crash", text=f"{ending.code}: {ending.crash}{ending.messages}"))
        people = {str(text) for row in map(dict, self.truth.rows) for text in (row.get(NAME), row.get(ADDRESS)) if text}
        told = [text for text in people if text in ending.messages]
        self.violations += [Violation(promise="leak", text=f"{text} stands in: {ending.messages}") for text in told]

    def judges_the_end(self, end: End) -> None:
        """What must hold when everybody has gone home and one undisturbed run has been made."""
        self.violations += [
            *_doubles(self.letters),
            *_unlogged(self.letters, end),
            *_lost(self.letters, end, self._addresses_of, self.truth.only_of),
            *_misshown(end),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The end of a schedule."""

    cells: Cells
    log: Sequence[dict[str, str]]
    """送信記録, row by row."""
    listed: Mapping[int, str]
    """Whom the last run left out: row, from 1, and reason."""
    refused: str
    """The name of the error with which the last run refused to do anything; "" where it did."""
    is_log_harmed: bool = False
    """A person has cut rows out of the log, sorted or deleted it."""


def _doubles(letters: Iterable[Arrived]) -> list[Violation]:
    people = Counter(letter.person or letter.address for letter in letters)
    return [Violation(promise="double", text=f"{one} got {n} letters") for one, n in people.items() if n > 1]


def _unlogged(letters: Iterable[Arrived], end: End) -> list[Violation]:
    """A letter that is out has a claim and an end that says so, or that it may be; or the log is known to be torn."""
    if end.refused == "log_damaged" or (end.refused and end.is_log_harmed):
        return []
    log = [row for row in end.log if row["実行"] != LONG_AGO]
    ended = {row["対象の記録ID"] for row in log if row["状態"] in {"送信", "不明", "確認(送信済み)"}}
    told = {row["宛先"] for row in log if row["状態"] == "準備" and row["記録ID"] in ended}
    missing = [letter for letter in letters if letter.address not in told]
    return [Violation(promise="unlogged", text=f"{letter} is not in the log") for letter in missing]


def _lost(
    letters: Iterable[Arrived],
    end: End,
    addresses_of: Mapping[CellValue, set[str]],
    only_of: Mapping[str, Collection[str]],
) -> list[Violation]:
    """Everybody due has a letter, or is listed with a reason that is true, or the run said why it does nothing."""
    if end.refused:
        return []
    written = {letter.address for letter in letters}
    true_of = {**dict.fromkeys(_TOLD_BEFORE, written), **only_of}
    columns = [column_of(end.cells, heading) for heading in (NAME, ADDRESS, DECISION, NOTE)]
    lost = []
    for row in filled_rows(end.cells):
        name, address, decision, note = (value_at(end.cells[row], c) if c is not None else None for c in columns)
        is_nobody = not (name or address) and decision != "不採用"  # a column was sorted past an empty row
        if decision not in _RESULTS or address in written or is_nobody:
            continue
        reason = end.listed.get(row + 1, "")
        if not reason or (reason in true_of and addresses_of.get(note, set()).isdisjoint(true_of[reason])):
            lost.append(Violation(promise="lost", text=f"row {row + 1} has no letter, and is listed as: {reason}"))
    return lost


def _misshown(end: End) -> list[Violation]:
    """The status column says of each row with an id of its own what the log says.

    A run that is killed in the moment in which a person deletes a row may leave a word in a row of nobody.
    """
    if end.refused:
        return []
    cells = end.cells
    ids, status = column_of(cells, "候補者ID"), column_of(cells, "通知状況")
    if ids is None or status is None:
        return [Violation(promise="status", text="our columns are not there")]
    sent = _sent(end.log)
    people = [column for heading in (NAME, ADDRESS) if (column := column_of(cells, heading)) is not None]
    named = [row for row in filled_rows(cells) if any(value_at(cells[row], c) for c in (ids, *people))]
    rows = Counter(value_at(cells[row], ids) for row in named)
    wrong = []
    for row in named:
        identity, word = value_at(cells[row], ids), value_at(cells[row], status)
        if rows[identity] == 1 and (word == "送信済み") != (identity in sent):
            wrong.append(Violation(promise="status", text=f"row {row + 1} ({identity}) says {word}"))
    return wrong


def _sent(log: Sequence[dict[str, str]]) -> set[str]:
    """The ids whose last letter, of those that left or may have, surely did."""
    letters: dict[str, dict[int, bool]] = {}
    for row in log:
        if row["状態"] in {"送信", "確認(送信済み)", "不明"}:
            states = letters.setdefault(row["候補者ID"], {})
            states[int(row["回"])] = states.get(int(row["回"]), False) or row["状態"] != "不明"
    return {identity for identity, states in letters.items() if states[max(states)]}
