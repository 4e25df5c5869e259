"""Reading candidates: from rows of cells in human shapes to records that the rest of the house can trust."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple, TypeVar

from sheets_automation.core.addresses import read_address
from sheets_automation.core.cells import CROSSES, folded, is_midnight, seen, split_tags, text, truth, words
from sheets_automation.core.circulation import number_in
from sheets_automation.core.dates import Moment, date_time
from sheets_automation.core.decisions import DECISION_WORDS, contradict, keeps_in_play
from sheets_automation.core.headings import Field, heading_key
from sheets_automation.core.identity import derived_id
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import NO_FIELDS, Candidate, Contradiction, Decision
from sheets_automation.core.names import display_name, join_names, name_key
from sheets_automation.core.phones import phone_key
from sheets_automation.core.table import CellValue, Row, Snapshot

Meaning = TypeVar("Meaning")

_JAPAN = timezone(timedelta(hours=9), "JST")
_TOTALS = words("合計 計 総計 小計 総合計 集計 平均 件数 以下余白 total subtotal sum average")
_DITTOS = words("〃 々 同上 仝 ″ '' \" ditto")
_LANGUAGES = {
    **dict.fromkeys(words("ja jp jpn japanese 日本語 日 和文"), "ja"),
    **dict.fromkeys(words("en eng english 英語 英 英文"), "en"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRules:
    """How the words in the cells are understood."""

    decisions: Mapping[str, Decision] = field(default_factory=lambda: DECISION_WORDS)
    """By folded word; a blank cell is IN_SELECTION, any other word UNKNOWN."""
    agency_media: frozenset[str] = words("エージェント 人材紹介 紹介会社 agent agency recruiter")
    """Folded words; a medium that contains one is an agency, which tells its candidates itself."""
    timezone: tzinfo = _JAPAN
    language: str = "ja"
    """Of letters to rows that name none."""


def read_candidates(
    snapshot: Snapshot, layout: Layout, rules: CandidateRules, wanted: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Read every candidate in one pass, top to bottom.

    `wanted` names further headings whose cells the letters use. Rows that name nobody are no candidates: empty ones,
    totals, repeated headings. Only a rejection without name and address is kept, since somebody is waiting behind it.
    Where a line goes on with the person above (merged cells, 〃) and keeps them in play, it denies their rejection.
    """
    reader = _Reader(layout, rules, wanted)
    rows = snapshot.tables[layout.place.tab].rows(reader.needed)
    candidates: list[Candidate] = []
    head, line = -1, 0  # the candidate whose further lines may follow, and the last line of theirs
    for row in rows:
        if row.number <= layout.place.heading_row:
            continue
        candidate = reader.read(row)
        is_below, line = row.number == line + 1, row.number
        if is_below and head >= 0 and reader.goes_on_with(candidates[head], row, candidate):
            candidates[head] = reader.with_further_line(candidates[head], row)
        else:
            head = len(candidates) if candidate else -1
        if candidate:
            candidates.append(candidate)
    return _with_distinct_ids(candidates)


def _with_distinct_ids(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Number the new ids that are taken: -2, -3 … in the order of the rows."""
    taken = {candidate.id for candidate in candidates if not candidate.id_is_new}
    numbers: dict[str, int] = {}  # the last one given, since a sheet may hold the same row ten thousand times
    for index, candidate in enumerate(candidates):
        if candidate.id_is_new:
            number = numbers.get(candidate.id, 0) + 1
            while (distinct := candidate.id if number == 1 else f"{candidate.id}-{number}") in taken:
                number += 1
            numbers[candidate.id] = number
            taken.add(distinct)
            if number > 1:
                candidates[index] = replace(candidate, id=distinct)
    return tuple(candidates)


class _Columns(NamedTuple):
    """Where each field stands; -1, which no row has, where its heading is absent. Plain attributes, for speed."""

    id: int
    fingerprint: int
    name: int
    family_name: int
    given_name: int
    address: int
    phone: int
    decision: int
    decided_at: int
    first_seen: int
    applied_at: int
    opening: int
    medium: int
    stage: int
    tags: int
    opt_out: int
    consent: int
    news: int
    credit: int
    approval: int
    language: int


class _Remembered(dict[CellValue, Meaning]):
    """What text cells mean, worked out once for each distinct text; equal words become one object."""

    def __init__(self, meaning: Callable[[CellValue], Meaning]) -> None:
        super().__init__()
        self._meaning = meaning

    def __missing__(self, value: CellValue) -> Meaning:
        self[value] = meaning = self._meaning(value)
        return meaning

    def of(self, value: CellValue) -> Meaning:
        """Return the meaning of a cell. Numbers are not remembered: 1 and True are one key."""
        return self[value] if value is None or type(value) is str else self._meaning(value)


class _Reader:
    """Reads one row after the other."""

    def __init__(self, layout: Layout, rules: CandidateRules, wanted: Collection[str]) -> None:
        self._at = _Columns(**{name: layout.columns.get(Field(name), -1) for name in _Columns._fields})
        self._more_addresses = layout.more_address_columns
        self._decision_heading = layout.heading_of(Field.DECISION)
        headings = dict(layout.headings)
        self._more_decisions = [(headings[at], at) for at in layout.more_decision_columns]
        self._address_heading = heading_key(layout.heading_of(Field.ADDRESS))
        self._wanted = [(heading, at) for heading in wanted if (at := layout.column_of(heading)) is not None]
        self._rules = rules
        self._word = _Remembered(text).of
        self._truth = _Remembered(truth).of
        self._decision = _Remembered(self._read_decision).of
        self._language = _Remembered(self._read_language).of
        self._is_agency = _Remembered(self._read_agency).of
        self._moment = _Remembered(self._read_moment).of
        named = (at for _, at in (*self._wanted, *self._more_decisions))
        self.needed = {*self._at, *self._more_addresses, *named} - {-1}

    def read(self, row: Row) -> Candidate | None:
        """Read one row; None when it is no candidate."""
        cell, at = row.cells.get, self._at
        name = self._name(row)
        address = read_address(cell(at.address))
        decision = self._decision(cell(at.decision))
        phone = phone_key(cell(at.phone))
        if not (address.value or self._names_somebody(row, name, phone, decision)):
            return None
        medium = self._word(cell(at.medium))
        stored_id = text(cell(at.id))
        decided = self._moment(cell(at.decided_at))
        language = self._language(cell(at.language))
        return Candidate(
            row=row.number,
            id=stored_id or self._new_id(row, name),
            id_is_new=not stored_id,
            stored_fingerprint=text(cell(at.fingerprint)),
            name=name,
            name_key=name_key(name),
            address=address,
            more_addresses=self._further_addresses(row) if self._more_addresses else (),
            phone=phone,
            decision=decision,
            decision_text=self._word(cell(at.decision)),
            contradiction=self._contradiction(row, decision) if self._more_decisions else None,
            decided_at=decided.latest if decided else None,
            decided_at_problem=decided is None and self._word(cell(at.decided_at)) != "",
            first_seen_at=_beginning(self._moment(cell(at.first_seen))),
            applied_at=_beginning(self._moment(cell(at.applied_at))),
            opening=self._word(cell(at.opening)),
            medium=medium,
            stage=self._word(cell(at.stage)),
            tags=split_tags(cell(at.tags)),
            opted_out=_is_refusal(cell(at.opt_out)),
            consent=self._truth(cell(at.consent)),
            news=self._truth(cell(at.news)),
            credit=number_in(cell(at.credit)) if at.credit >= 0 else "",
            approved=self._truth(cell(at.approval)) is True,
            from_agency=self._is_agency(medium),
            language=language,
            hidden=row.hidden,
            fields=self._fields(row, language) if self._wanted else NO_FIELDS,
        )

    def goes_on_with(self, head: Candidate, row: Row, candidate: Candidate | None) -> bool:
        """Tell a further line of the person above: merged cells leave who it is blank, and people write 〃."""
        if candidate and (candidate.address.value or candidate.phone):
            return False
        cell, at = row.cells.get, self._at
        name = self._name(row)
        is_same = name_key(name) == head.name_key or folded(name) in _DITTOS or not name
        says_something = any(text(cell(column)) for column in (at.decision, at.opening, at.applied_at))
        return is_same and says_something and folded(cell(at.address)) in {"", *_DITTOS}

    def with_further_line(self, head: Candidate, row: Row) -> Candidate:
        """The candidate, contradicted where the line keeps in play whom their own row rejects."""
        value = row.cells.get(self._at.decision)
        decision = self._decision(value)
        if head.decision is not Decision.REJECTED or head.contradiction or not keeps_in_play(decision, folded(value)):
            return head
        heading = self._decision_heading
        found = Contradiction(
            decision_heading=heading, other_heading=heading, other_word=self._word(value), other_row=row.number
        )
        return replace(head, contradiction=found)

    def _name(self, row: Row) -> str:
        cell, at = row.cells.get, self._at
        whole = display_name(cell(at.name))
        return whole or join_names(display_name(cell(at.family_name)), display_name(cell(at.given_name)))

    def _names_somebody(self, row: Row, name: str, phone: str, decision: Decision) -> bool:
        """Tell a candidate without a usable address from a total, a divider, a repeated heading and an empty line.

        A name alone is no candidate, nor are figures beside it: 不採用数, 【10月応募】.
        """
        cell, at = row.cells.get, self._at
        if folded(name).strip("()[]【】") in _TOTALS or heading_key(cell(at.address)) == self._address_heading:
            return False
        said = (at.decision, at.decided_at, at.applied_at, at.opening, at.medium, at.stage, at.tags)
        is_somebody = bool(phone or _is_said(cell(at.address)) or (name and any(_is_said(cell(one)) for one in said)))
        return is_somebody or decision is Decision.REJECTED

    def _new_id(self, row: Row, name: str) -> str:
        cell, at = row.cells.get, self._at
        columns = (at.address, at.opening, at.applied_at, at.medium)
        return derived_id((name, *(text(cell(column)) for column in columns)))

    def _further_addresses(self, row: Row) -> tuple[str, ...]:
        found = (read_address(row.cells.get(at)).value for at in self._more_addresses)
        return tuple(address for address in found if address)

    def _contradiction(self, row: Row, decision: Decision) -> Contradiction | None:
        for heading, at in self._more_decisions:
            value = seen(row.cells.get(at))
            if value and contradict(decision, self._decision(value), folded(value)):
                mine = self._decision_heading
                return Contradiction(decision_heading=mine, other_heading=heading, other_word=self._word(value))
        return None

    def _fields(self, row: Row, language: str) -> Mapping[str, str]:
        return {heading: _for_letter(row.cells.get(at), language) for heading, at in self._wanted}

    def _read_moment(self, value: CellValue) -> Moment | None:
        return date_time(value, self._rules.timezone)

    def _read_decision(self, value: CellValue) -> Decision:
        word = folded(value)
        return self._rules.decisions.get(word, Decision.UNKNOWN) if word else Decision.IN_SELECTION

    def _read_language(self, value: CellValue) -> str:
        word = folded(value)
        return _LANGUAGES.get(word, word) if word else self._rules.language

    def _read_agency(self, medium: CellValue) -> bool:
        # "contains", unlike for decisions: リクルートエージェント is an agency, and a letter too few can be put right.
        word = folded(seen(medium))
        return any(agency in word for agency in self._rules.agency_media)


def _is_said(value: CellValue) -> bool:
    """Whether a cell says something of a person: a bare number is a count."""
    word = folded(value)
    return word != "" and not word.isdecimal()


def _beginning(moment: Moment | None) -> datetime | None:
    return moment.at if moment else None


def _is_refusal(value: CellValue) -> bool:
    """Tell whether an opt-out cell stops letters: everything does but a blank and a clear no, even a note or a ×."""
    word = folded(value)
    return word != "" and (truth(value) is not False or word in CROSSES)


def _for_letter(value: CellValue, language: str) -> str:
    """Write a cell as a letter shows it: a date cell in words, and a line break of Windows as any other."""
    if not isinstance(value, datetime) or language != "ja":
        return text(value).replace("\r\n", "\n")
    day = f"{value.year}年{value.month}月{value.day}日"
    return day if is_midnight(value) else f"{day} {value:%H:%M}"
