"""Taking in what the LINE webhook heard: read → judge → append → show; and ending a link at a person's word.

Links, their ends, refusals, and answers to news, which stop further news as an answer by mail does.

Taking in the same records again adds nothing, so they may stay where they are, and several workbooks may read them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.line_answers import letters_answered, news_by_line
from sheets_automation.core.line_links import (
    NO_LINK,
    LineFact,
    LineFacts,
    LinkState,
    fold_links,
    read_facts,
    to_row,
)
from sheets_automation.core.line_records import LineRecord, LineUse
from sheets_automation.core.log_rows import to_row as event_row
from sheets_automation.core.model import Candidate
from sheets_automation.core.refusals import Refusal, address_mark, read_moments
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.core.returns import Return, sent_letters
from sheets_automation.core.rules import TabNames
from sheets_automation.jobs.plan import refuse_unknown
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Workbook

LineCodesOf = Callable[[str, str, int], Collection[str]]
"""The codes of a candidate at an address who was linked so often before, by every key that is or was in use."""
_BY_HR, _BY_LINE = "hr", "line"


@dataclass(slots=True, kw_only=True)
class LineReport:
    """What became of the records."""

    linked: list[str] = field(default_factory=list)
    """Ids of candidates."""
    ended: list[str] = field(default_factory=list)
    refused: int = 0
    """Addresses that were put on record, since their people refused letters in every channel."""
    answered: list[str] = field(default_factory=list)
    """Ids of candidates who answered their last follow-up by LINE in the chat."""
    known: int = 0
    """Events that were taken in before, or say again what is known."""
    used: int = 0
    """Codes that somebody else had used already: nothing is linked by them."""
    unknown: int = 0
    """Codes of another workbook, or of a letter to an address that has changed; ends of what was never linked."""
    not_shown: WorkbookError | None = None
    """Why the status columns are not up to date; the facts are safe, and the next run shows them."""


def take_in_line(
    workbook: Workbook,
    open_desk: OpenDesk,
    run: Run,
    records: Sequence[LineRecord],
    *,
    codes_of: LineCodesOf,
    end: Collection[str] = (),
) -> LineReport:
    """Append what is new, all in one append. `end` names candidates whose link a person ends."""
    desk, situation = sit_down(workbook, open_desk)
    refuse_unknown(end, situation)
    tabs = desk.rules.tabs
    judging = _Judging(situation, tabs, run, codes_of)
    for record in sorted(records, key=lambda one: (one.at, one.event_id)):
        judging.judge(record)
    judging.end_by_hr(end)
    refusals = list(_refusals(judging.refused, run))
    judging.report.refused = len(refusals)
    rows = {
        tabs.line: [to_row(fact) for fact in judging.new],
        tabs.refusals: [refusal_row(one) for one in refusals],
        tabs.log: [event_row(run.returned(one)) for one in judging.answers],
    }
    if facts := {tab: found for tab, found in rows.items() if found}:
        workbook.append(facts)
    judging.report.not_shown = show_state(workbook, desk, run)
    return judging.report


def _refusals(refused: Mapping[str, datetime], run: Run) -> Iterator[Refusal]:
    """What a word in the chat says of every channel, by the mark of the address that the chat was linked with."""
    for mark, at in refused.items():
        moment = min(at, run.clock())
        fact_id = run.next_referral_event_id()
        yield Refusal(fact_id=fact_id, at=moment, mark=mark, source=_BY_LINE, actor=run.actor)


class _Judging:
    """Judges one event after another by all that is known before it."""

    def __init__(self, situation: Situation, tabs: TabNames, run: Run, codes_of: LineCodesOf) -> None:
        tables = situation.snapshot.tables
        facts = read_facts(tables.get(tabs.line))
        self.report = LineReport()
        self.new: list[LineFact] = []
        self.refused: dict[str, datetime] = {}
        """When, by the mark of an address."""
        self._refused_before = read_moments(tables.get(tabs.refusals))
        self.answers: list[Return] = []
        self._news = news_by_line(sent_letters(situation.events))
        self._answered = {event.claim_id for event in situation.events if event.kind is EventKind.REPLIED}
        self._facts = LineFacts(facts)
        self._known = {fact.event_id for fact in facts if fact.event_id}
        self._run = run
        rows = Counter(one.id for one in situation.candidates)  # a doubled id leads to nobody
        self._candidates = [one for one in situation.candidates if one.address.value and rows[one.id] == 1]
        self._codes_of = codes_of
        self._candidate_of = self._fresh_codes()
        self._used_codes = self._codes_before()

    def judge(self, record: LineRecord) -> None:
        """Take one event in, if it is new."""
        if record.event_id in self._known:
            self.report.known += 1
        elif record.use is LineUse.LINK:
            self._link(record)
        elif record.use is LineUse.ANSWER:
            self._answer(record)
        else:
            self._end(record)

    def end_by_hr(self, candidate_ids: Iterable[str]) -> None:
        """End the links of these candidates."""
        for candidate_id in dict.fromkeys(candidate_ids):
            if fold_links(self._facts.about([candidate_id])).get(candidate_id, NO_LINK).user_id:
                self._add(self._fact(LinkState.ENDED, candidate_id, source=_BY_HR))
                self.report.ended.append(candidate_id)

    def _link(self, record: LineRecord) -> None:
        candidate = self._candidate_of.pop(record.code, None)
        if candidate is None:
            self._count_stale(record)
            return
        self._used_codes[record.code] = candidate.id
        mark = address_mark(candidate.address.value or "")
        refused_at = self._refused_at(record.user_id)
        self._add(self._fact(LinkState.LINKED, candidate.id, record, mark=mark, user_id=record.user_id))
        # A refusal is on record to the second. LINE delivers again what it could not at first, so a link may come late.
        if refused_at is not None and record.at.replace(microsecond=0) <= refused_at:
            self._add(self._fact(LinkState.ENDED, candidate.id, record))
            if mark not in self._refused_before:
                self.refused.setdefault(mark, refused_at)
            return
        self.report.linked.append(candidate.id)

    def _refused_at(self, user_id: str) -> datetime | None:
        """When whoever writes in this chat refused letters, as far as the chat was ever linked."""
        facts = self._facts.about(self._facts.linked_with(user_id))
        marks = {fact.mark for fact in facts if fact.user_id == user_id}
        return max(
            (at for known in (self._refused_before, self.refused) for m in marks if (at := known.get(m))), default=None
        )

    def _count_stale(self, record: LineRecord) -> None:
        """A code that links nobody now: people press a link twice, and pass letters on."""
        candidate_id = self._used_codes.get(record.code)
        by_same = candidate_id in self._facts.linked_with(record.user_id)
        self.report.known += candidate_id is not None and by_same
        self.report.used += candidate_id is not None and not by_same
        self.report.unknown += candidate_id is None

    def _answer(self, record: LineRecord) -> None:
        """Once for each letter: what else is said there, HR reads in the chat."""
        ids = self._facts.linked_with(record.user_id)
        news = [letter for one in ids for letter in self._news.get(one, ())]
        letters = letters_answered(record, fold_links(self._facts_of(record)), news)
        new = [one for one in letters if one.claim_id not in self._answered]
        now = self._run.clock()
        at = min(record.at, now).astimezone(now.tzinfo)
        for letter in new:
            self._answered.add(letter.claim_id)
            self.answers.append(Return(kind=EventKind.REPLIED, letter=letter, at=at, reference=record.event_id))
            self.report.answered.append(letter.key.candidate_id)
        self.report.known += bool(letters) and not new

    def _facts_of(self, record: LineRecord) -> Sequence[LineFact]:
        """About everybody who was ever linked with this chat, as known when it happened."""
        return self._facts.about(self._facts.linked_with(record.user_id), record.at)

    def _end(self, record: LineRecord) -> None:
        links = fold_links(self._facts_of(record))
        ended = [candidate_id for candidate_id, link in links.items() if link.user_id == record.user_id]
        for candidate_id in ended:
            self._add(self._fact(LinkState.ENDED, candidate_id, record))
        self.report.ended += ended
        marks = self._marks_of(record) if record.use is LineUse.REFUSE else frozenset()
        new = marks - self._refused_before.keys() - self.refused.keys()
        self.refused.update(dict.fromkeys(sorted(new), record.at))
        self.report.known += bool(marks) and not (ended or new)
        self.report.unknown += not (ended or marks)

    def _marks_of(self, record: LineRecord) -> frozenset[str]:
        """Of every address that this chat was ever linked with: who has left LINE may still refuse mail."""
        return frozenset(fact.mark for fact in self._facts_of(record) if fact.user_id == record.user_id)

    def _add(self, fact: LineFact) -> None:
        self.new.append(fact)
        self._facts.add(fact)

    def _fact(
        self,
        state: LinkState,
        candidate_id: str,
        record: LineRecord | None = None,
        *,
        mark: str = "",
        user_id: str = "",
        source: str = "",
    ) -> LineFact:
        now = self._run.clock()
        return LineFact(
            fact_id=self._run.next_referral_event_id(),
            at=min(record.at, now) if record else now,
            state=state,
            candidate_id=candidate_id,
            mark=mark,
            user_id=user_id,
            source=record.source.value if record else source,
            event_id=record.event_id if record else "",
            actor=self._run.actor,
        )

    def _fresh_codes(self) -> dict[str, Candidate]:
        """Whose code each one is that a letter could carry now."""
        return {code: one for one in self._candidates for code in self._codes(one, one.line_links)}

    def _codes_before(self) -> dict[str, str]:
        """Whose code each one was that has been used."""
        return {
            code: one.id
            for one in self._candidates
            for number in range(one.line_links)
            for code in self._codes(one, number)
        }

    def _codes(self, candidate: Candidate, links: int) -> Collection[str]:
        return self._codes_of(candidate.id, candidate.address.value or "", links)
