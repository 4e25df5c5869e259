"""Who may get which news at one moment, as people would read it out of the sheet and of what was said to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sheets_automation.core.table import CellValue
from tests.campaign.schedule import ADDRESS, DECIDED_AT, DECISION, NAME, OPT_OUT, TAGS
from tests.campaign.sheet_edits import Cells
from tests.campaign.witness import Arrived, People, Truth, greeted, has_another_hope, people_of, rows_of

NEWS = "フォロー同意"
HALF_A_YEAR = timedelta(days=180)
CAMPAIGNS = ("再応募のご案内", "半年後のご連絡", "会社だより")
"""To whoever was rejected and is skilled, to whoever else was rejected, and to whoever withdrew: by their priority."""
LETTERS = {"welcome_back": "再度のご応募を歓迎", "check_in": "いかがお過ごしでしょうか", "company_news": "近況を"}
"""Their letters, and by what a reader would know each."""
_WITHDREW = {"辞退", "応募者辞退", "不採用（辞退）"}
_EDITED = re.compile(r"^(?:n\d+\.)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said and taken in, and stands in no column."""

    now: datetime
    refused: Collection[str] = ()
    answered: Collection[str] = ()
    written_lately: Collection[str] = ()
    claimed: Collection[str] = ()
    """To these a run of this schedule has written, or was about to."""
    chats: Mapping[str, Collection[str]] | None = None
    """The chats that lead to an address now; None where news goes by mail."""
    in_two_rows: Collection[str] = ()
    """Addresses that stood in two rows: once one of them is edited, nothing tells that they are one person's."""
    silent: frozenset[str] = field(init=False)
    """Persons to whom nothing goes for the present."""

    def __post_init__(self) -> None:
        """Know people by any of their addresses."""
        object.__setattr__(self, "silent", frozenset(map(self.person_of, (*self.answered, *self.written_lately))))

    def person_of(self, address: str) -> str:
        """Whose address it is, however often somebody has edited it."""
        owner = _EDITED.sub("", address)
        return address if owner in self.in_two_rows else owner


def news(address: str, text: str, person: str, chat: str = "") -> Arrived:
    """Read what arrived as a person would."""
    letter = next((name for name, words in LETTERS.items() if words in text), "")
    return Arrived(address=address, name=greeted(text), letter=letter, chat=chat, person=person)


def news_truth(cells: Cells, said: Said) -> Truth:
    """Who may be sent what."""
    people = people_of(cells)
    told = {letter for person in people for letter in _letters_to(person, people, said)}
    only_of = {"person_answered": said.answered, "follow_up_too_soon": {*said.written_lately, *said.claimed}}
    return Truth(rows=rows_of(people), may_be_told=frozenset(told), only_of=only_of)


def _letters_to(person: Mapping[str, CellValue], people: People, said: Said) -> Iterator[Arrived]:
    address, name = str(person.get(ADDRESS)), str(person.get(NAME))
    family = [one for one in people if one.get(ADDRESS) == person.get(ADDRESS)]
    agrees = {one.get(NEWS) or None for one in family} - {None} == {"はい"}
    refuses = address in said.refused or any(one.get(OPT_OUT) for one in family)
    letter = _letter_for(person, said.now)
    if not letter or not agrees or refuses or said.person_of(address) in said.silent:
        return
    if person.get(TAGS) == "保留" or has_another_hope(family):
        return
    for chat in [""] if said.chats is None else said.chats.get(address, ()):
        yield Arrived(address=address, name=name, letter=letter, chat=chat)


def _letter_for(person: Mapping[str, CellValue], now: datetime) -> str:
    """Of the first campaign that speaks to a row."""
    try:
        decided = datetime.strptime(str(person.get(DECIDED_AT)), "%Y/%m/%d").replace(tzinfo=now.tzinfo)
    except ValueError:
        return ""
    if decided > now - HALF_A_YEAR:
        return ""
    if person.get(DECISION) == "不採用":
        return "welcome_back" if person.get(TAGS) == "スキル強" else "check_in"
    return "company_news" if person.get(DECISION) in _WITHDREW else ""
