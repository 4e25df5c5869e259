"""Erasing people, one straight line: note who → letters → facts and rows → what is shown → copies → note the end.

Whom it is going to erase stands in 消去記録 before anything changes, and they get no letter from then on. Every step
done again leads to the same, so an erasure that died is finished by the next one, whatever that was asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sheets_automation.core.delivery_log import DeliveryEvent
from sheets_automation.core.erased import keyed_mark
from sheets_automation.core.erasing import letters_to
from sheets_automation.core.erasure_certificate import Certificate, Why
from sheets_automation.core.errors import CellsKept, WorkbookChanged
from sheets_automation.core.model import DeliveryKey
from sheets_automation.core.retention_facts import FactKind, to_row
from sheets_automation.core.views import Views
from sheets_automation.jobs.erase_facts import Pen
from sheets_automation.jobs.erase_left import left_over, named
from sheets_automation.jobs.erase_pass import ErasingPass, carriers_of, families_of, pass_over
from sheets_automation.jobs.erase_traces import known_names, show_without, traces_left
from sheets_automation.jobs.import_candidates import identities_of
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import TRIES
from sheets_automation.jobs.situation import OpenDesk, Situation, understand
from sheets_automation.ports import Eraser

_PORTION = 200
"""People in one atomic pass where others are at work too."""
Sent = Sequence[tuple[DeliveryKey, int]]
"""Letters, by their key and the number of the attempt."""


class LetterShelf(Protocol):
    """Where letters lie after they were sent."""

    @property
    def name(self) -> str:
        """One word for it."""
        ...

    def letters(self, sent: Sent) -> Iterator[tuple[str, bytes]]:
        """Those of these letters that still lie there, by name."""
        ...

    def erase(self, sent: Sent) -> int:
        """Delete them, and say how many they were."""
        ...


class LineNotes(Protocol):
    """What the LINE webhook has noted and no workbook has cleared away yet."""

    def forget(self, users: Collection[str]) -> int:
        """Take all records of these users away, and say how many they were."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What an erasure needs from outside."""

    key: str = field(repr=False)
    """Of what stands for addresses."""
    shelves: Sequence[LetterShelf] = ()
    line_notes: Sequence[LineNotes] = ()


def erase(
    workbook: Eraser,
    open_desk: OpenDesk,
    run: Run,
    tools: Tools,
    ids: Collection[str],
    reason: Why = Why.REQUEST,
) -> Certificate:
    """Erase these candidates, and whomever an erasure that died has left. Name all rows of a person.

    It asks nothing: who may be erased was decided by whoever calls. Of what was left only those are erased who still
    are whom it named, and whom nothing keeps; the others wait for a person, and the certificate says so.
    """
    pen = Pen(run)
    snapshot = workbook.read()
    desk = open_desk(snapshot)
    tab = desk.rules.tabs.erasures
    situation = understand(snapshot, desk.rules)
    left = left_over(situation, desk, run, {tools.key, *desk.rules.guards.erasure_keys}, ids)
    details = {one: named(situation, one, reason.value, tools.key) for one in sorted(ids)}
    begun = [pen.fact(FactKind.BEGUN, erasure=run.id, candidate_id=one, detail=it) for one, it in details.items()]
    if begun:
        workbook.append({tab: [to_row(one) for one in begun]})
    work = _Work(workbook, open_desk, run, tools, pen, reason)
    work.certificate.waiting = left.waiting
    work.erase(left.ids.union(ids))
    ended = [*left.ended, *([run.id] if begun else [])]
    detail = work.certificate.summary()
    if ended:
        workbook.append({tab: [to_row(pen.fact(FactKind.DONE, erasure=one, detail=detail)) for one in ended]})
    workbook.show(Views())
    return work.certificate


class _Work:
    """One erasure under way."""

    def __init__(self, workbook: Eraser, open_desk: OpenDesk, run: Run, tools: Tools, pen: Pen, reason: Why) -> None:
        self._workbook = workbook
        self._open_desk = open_desk
        self._run = run
        self._tools = tools
        self._pen = pen
        self._word: DeliveryEvent | None = None
        self.certificate = Certificate(
            erasure=run.id,
            workbook=workbook.title,
            begun_at=run.clock(),
            reason=reason,
            actor=run.actor,
            is_shared=not workbook.single_run,
        )

    def erase(self, wanted: frozenset[str]) -> None:
        """All steps between the first fact and the last."""
        situation = self._look()
        known_as = known_names(situation, wanted)
        groups = [tuple(one.id for one in family) for family in families_of(situation.candidates, wanted)]
        self.certificate.people = len(groups)
        groups += [tuple(wanted - {one for group in groups for one in group})]  # of whom the log alone still knows
        size = len(groups) if self._workbook.single_run else _PORTION
        for first in range(0, len(groups), size):
            if ids := frozenset(one for group in groups[first : first + size] for one in group):
                self._portion(ids)
        show_without(self._workbook, self._open_desk, self._run, wanted)
        self.certificate.counts.update(self._workbook.forget_copies())
        place = situation.layout.place
        left = traces_left(self._workbook.read(), known_as, place.tab)
        self.certificate.left = [*left, *self._workbook.beneath(known_as.words).items()]
        self.certificate.ended_at = self._run.clock()

    def _look(self) -> Situation:
        snapshot = self._workbook.read()
        self._desk = self._open_desk(snapshot)
        return understand(snapshot, self._desk.rules)

    def _portion(self, ids: frozenset[str]) -> None:
        """One atomic pass, and again until nothing is left: people and other runs may write meanwhile."""
        changed: WorkbookChanged | None = None
        for _ in range(TRIES + 1):
            situation = self._look()
            if named := identities_of(situation, set(ids)):  # else the id of a row would follow from what it says
                self._workbook.show(Views(place=situation.layout.place, identities=named))
                continue
            found = pass_over(
                situation, self._desk, self._run, self._pen, ids, self._tools.key, self._word_for(situation)
            )
            if found.is_empty:
                return
            self._erase_outside(situation, found)
            try:
                self._workbook.rewrite(found.changes, found.views, found.facts)
            except WorkbookChanged as error:
                changed = error
                continue
            except CellsKept as kept:
                self.certificate.cells_kept = kept
            self._count(situation, found)
        if changed is not None:
            raise changed

    def _word_for(self, situation: Situation) -> DeliveryEvent:
        """The event that explains the changed rows: one for each pass that changes any, and never one that is taken."""
        if self._word is None or any(one.event_id == self._word.event_id for one in situation.events):
            self._word = self._run.erased()
        return self._word

    def _erase_outside(self, situation: Situation, found: ErasingPass) -> None:
        """Letters and notes, first: what the log says leads to them."""
        counts, people = self.certificate.counts, found.people
        sent = letters_to(situation.events, people)
        counts["letters"] += sum(shelf.erase(sent) for shelf in self._tools.shelves)
        users = {one.line_user for family in found.families for one in family if one.line_user}
        if users:
            counts["line"] += sum(notes.forget(users) for notes in self._tools.line_notes)

    def _count(self, situation: Situation, found: ErasingPass) -> None:
        one, key = self.certificate, self._tools.key
        rows = [candidate.id for family in found.families for candidate in family]
        one.counts["rows"] += len(rows)
        one.counts["log"] += found.log_rows
        tabs = self._desk.rules.tabs
        one.counts["facts"] += sum(len(by_id) for tab, by_id in found.changes.items() if tab != tabs.log)
        one.marks += [keyed_mark(key, "erased row", candidate_id) for candidate_id in rows]
        one.alone += found.rows.alone
        one.refusals += found.refusals
        one.proofs_until = max(filter(None, (one.proofs_until, found.proofs_until)), default=None)
        one.carriers.update(carriers_of(situation.events, found.people))
