"""LINE連携記録: which candidate answered from which LINE chat, as appended facts.

A link holds the LINE user id, without which nothing can be pushed, and a mark of the address that the code went to: a
row whose address changes is somebody else's, and is not reached by the old link. The end of a link holds neither. The
last fact of a candidate by its own time counts, and of two at one moment the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.fact_rows import fact_rows
from sheets_automation.core.line_records import USER_ID
from sheets_automation.core.model import Candidate
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.table import CellValue, Table

HEADINGS: Final = (
    "記録ID",
    "日時",
    "種別",
    "候補者ID",
    "宛先の印",
    "LINEユーザーID",
    "出所",
    "イベントID",
    "記録した人",
)


class LinkState(StrEnum):
    """What a fact says, in the words of the tab."""

    LINKED = "連携"
    ENDED = "解除"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFact:
    """One row of the tab."""

    fact_id: str
    at: datetime
    state: LinkState
    candidate_id: str
    mark: str = ""
    user_id: str = field(default="", repr=False)
    source: str = ""
    """How we know: an event of LINE, or "hr"."""
    event_id: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLink:
    """How a candidate stands with our LINE account."""

    user_id: str = field(default="", repr=False)
    """Empty where the link has ended."""
    mark: str = ""
    links: int = 0
    """How often the candidate was ever linked: part of the next code."""


NO_LINK: Final = LineLink()


def fold_links(facts: Iterable[LineFact]) -> Mapping[str, LineLink]:
    """Where each candidate stands, whatever the order in which the facts were written."""
    links: dict[str, LineLink] = {}
    for fact in sorted(facts, key=lambda one: (one.at, one.state is LinkState.ENDED)):
        before = links.get(fact.candidate_id, NO_LINK)
        if fact.state is LinkState.LINKED:
            links[fact.candidate_id] = LineLink(user_id=fact.user_id, mark=fact.mark, links=before.links + 1)
        else:
            links[fact.candidate_id] = LineLink(links=before.links)
    return links


class LineFacts:
    """Facts as they come in, found by chat: a month of chatter asks for a few of them again and again."""

    def __init__(self, facts: Iterable[LineFact]) -> None:
        self._by_candidate: dict[str, list[LineFact]] = {}
        self._linked_with: dict[str, dict[str, None]] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: LineFact) -> None:
        """Take one more in."""
        self._by_candidate.setdefault(fact.candidate_id, []).append(fact)
        if fact.user_id:
            self._linked_with.setdefault(fact.user_id, {})[fact.candidate_id] = None

    def linked_with(self, user_id: str) -> Collection[str]:
        """The candidates who were ever linked with this chat."""
        return self._linked_with.get(user_id, {}).keys()

    def about(self, candidate_ids: Iterable[str], until: datetime | None = None) -> Sequence[LineFact]:
        """All that was known of these candidates at a moment, or is now."""
        facts = (fact for one in candidate_ids for fact in self._by_candidate.get(one, ()))
        return [fact for fact in facts if until is None or fact.at <= until]


def with_line(candidates: Sequence[Candidate], links: Mapping[str, LineLink]) -> tuple[Candidate, ...]:
    """The candidates, each with the chat that leads to them, if one does."""
    if not links:
        return tuple(candidates)
    return tuple(_linked(one, links[one.id]) if one.id in links else one for one in candidates)


def _linked(candidate: Candidate, link: LineLink) -> Candidate:
    is_same_person = bool(candidate.address.value) and link.mark == address_mark(candidate.address.value or "")
    return replace(candidate, line_user=link.user_id if is_same_person else "", line_links=link.links)


def to_row(fact: LineFact) -> dict[str, CellValue]:
    """One fact as cells by heading, all of them, since the first append makes the tab with these headings."""
    texts = (
        fact.fact_id,
        fact.at.isoformat(timespec="milliseconds"),
        fact.state.value,
        as_text(fact.candidate_id),
        fact.mark,
        fact.user_id,
        fact.source,
        fact.event_id,
        as_text(fact.actor),
    )
    return dict(zip(HEADINGS, texts, strict=True))


def read_facts(table: Table | None) -> tuple[LineFact, ...]:
    """All facts of the tab.

    Raises LogDamaged where a row is not as we wrote it: who ended a link must not be written to by it.
    """
    tab = table.title if table else ""
    return tuple(_fact(tab, row, cells) for row, cells in fact_rows(table, HEADINGS, _damaged))


def _fact(tab: str, row: int, cells: Mapping[str, str]) -> LineFact:
    said = (cells[heading] for heading in HEADINGS)
    fact_id, at, state, candidate_id, mark, user_id, source, event_id, actor = said
    try:
        fact = LineFact(
            fact_id=fact_id,
            at=datetime.fromisoformat(at),
            state=LinkState(state),
            candidate_id=typed(candidate_id),
            mark=mark,
            user_id=user_id,
            source=source,
            event_id=event_id,
            actor=typed(actor),
        )
    except ValueError as error:
        raise _damaged(tab, row) from error
    leads_somewhere = bool(USER_ID.fullmatch(user_id)) and bool(mark)
    if fact.at.tzinfo is None or not candidate_id or leads_somewhere != (fact.state is LinkState.LINKED):
        raise _damaged(tab, row)
    return fact


def _damaged(tab: str, row: int) -> LogDamaged:
    return LogDamaged(
        f"「{tab}」タブの {row} 行目が書き換えられているため、LINE の連携が分かりません。"
        "何も送らずに止めました。元に戻してから、もう一度実行してください。",
        f"Row {row} of tab {tab} was changed, so nobody can tell who is linked by LINE. "
        "Nothing was sent; put it back as it was, and run this again.",
    )
