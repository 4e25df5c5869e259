"""Delivering a plan: prepare → claim → commit → record, batch by batch, every letter at most once.

A letter is committed only if this run's claim was the first in the log, and the workbook, read again after the claim,
still asks for exactly this letter. Dying on any line leaves a claim that the next run resolves with the carrier.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind, claim_of
from sheets_automation.core.errors import CarrierError, CellsKept, LogDamaged, SheetsAutomationError, WorkbookChanged
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryState, OutgoingLetter, Prepared, Receipt
from sheets_automation.core.reasons import Reason
from sheets_automation.core.rivals import rivals_of
from sheets_automation.core.selection import Due
from sheets_automation.core.stops import Stop, frozen
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.plan import Plan, PlannedLetter, plan_letters, write_again
from sheets_automation.jobs.run import Progress, Run
from sheets_automation.jobs.show import TRIES, views_of
from sheets_automation.jobs.situation import Situation, understand, who_is_due
from sheets_automation.ports import Carrier, Facts, Workbook

_TOLD_MEANWHILE = {
    Reason.ALREADY_SENT,
    Reason.LETTER_UNCERTAIN,
    Reason.LETTER_UNFINISHED,
    Reason.PERSON_ALREADY_TOLD,
    Reason.FOLLOW_UP_HAD,
    Reason.FOLLOW_UP_TOO_SOON,
    Reason.FOLLOW_UP_TOO_OFTEN,
}
_COUNTS_AT_ONCE = {EventKind.HELD, EventKind.RELEASED, EventKind.REPLIED, EventKind.BOUNCED}
"""What people say counts behind a claim, too; another claim there has lost."""
_UNCERTAIN_IN_A_ROW = 3  # then the carrier is ill, and every further letter would need a person to settle it


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOutcome:
    """What became of one planned letter."""

    planned: PlannedLetter
    state: DeliveryState
    """SENT, FAILED, REFUSED or UNCERTAIN; WITHDRAWN where it was not sent for `reason`."""
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """Who is due in one state of the workbook."""

    revision: str
    due: Mapping[str, Due]
    left_out: Mapping[str, Reason]

    def objection(self, letter: OutgoingLetter, desk: Desk) -> Reason | None:
        """Why this letter may not be committed any more."""
        one = self.due.get(letter.key.candidate_id)
        if one is None:
            reason = self.left_out.get(letter.key.candidate_id, Reason.CHANGED_DURING_RUN)
            return Reason.CLAIMED_ELSEWHERE if reason in _TOLD_MEANWHILE else reason
        if (one.key, one.attempt) != (letter.key, letter.attempt):
            return Reason.CLAIMED_ELSEWHERE
        return None if desk.still_says(letter, one.candidate) else Reason.CHANGED_DURING_RUN


@dataclass(slots=True, kw_only=True)
class Delivering:
    """One run's way through a plan."""

    workbook: Workbook
    carrier: Carrier
    desk: Desk
    run: Run
    plan: Plan
    agreed: Callable[[Situation], Collection[str]] | None = None
    """To whose letters people agree, by the log as it is; None where nobody has to. They may take it back meanwhile."""
    accepted_stops: Sequence[Stop] = ()
    """What stops others, and not these letters: a person has said so."""
    situation: Situation = field(init=False)
    """As last read."""
    is_open: bool = False
    """Whether anything is claimed: with the first claims the plan is shown, so that their ids stand in the workbook."""
    outcomes: list[LetterOutcome] = field(default_factory=list)
    error: SheetsAutomationError | None = None
    """What stopped the run, if anything did; the letters before it are recorded all the same."""
    events: list[DeliveryEvent] = field(default_factory=list)
    """All that this run appended, or tried to."""
    _judgement: _Judgement | None = None
    """Of the workbook as last read; none yet of the state that the plan was made from."""
    _recorded: int = 0
    _uncertain_in_a_row: int = 0

    def __post_init__(self) -> None:
        """Begin with what the plan was made from."""
        self.situation = self.plan.situation

    def deliver(self, progress: Progress) -> None:
        """Deliver all letters, or as many as can be; a letter without an outcome was not touched."""
        letters = self.plan.letters
        try:
            self.carrier.sweep([claim_of(claim) for claim in self.situation.log.open_claims()])
            for batch in _batches(letters, self.carrier.batch_size):
                if self._is_stopping() or self.run.is_time_up():
                    break
                self._deliver_batch(batch)
                progress(len(self.outcomes), len(letters))
            self._record()
        except SheetsAutomationError as error:
            self.error = self.error or error

    def _deliver_batch(self, batch: Sequence[PlannedLetter]) -> None:
        ready = self.carrier.prepare([write_again(planned, self.desk) for planned in batch])
        claims = [self.run.claim(prepared, self.carrier.name) for prepared in ready]
        self.events += claims
        self._record()
        objections = self._objections(ready, claims)
        for planned, prepared, claim in zip(batch, ready, claims, strict=True):
            reason = Reason.RUN_STOPPED if self._is_stopping() else objections.get(prepared.outgoing.key.candidate_id)
            if reason is Reason.RUN_STOPPED and self.run.is_leaving() and prepared.failure is None:
                continue  # its claim stays open: whoever is killed between taking back and recording leaves doubt
            receipt = prepared.failure or self._commit(prepared, claim, reason)
            if receipt is not None:
                self._end(planned, claim, receipt, reason)

    def _record(self) -> None:
        """Append what happened and what is claimed next, in one atomic call."""
        rows = [to_row(event) for event in self.events[self._recorded :]]
        if not rows:
            return
        facts = {self.desk.rules.tabs.log: rows}
        if self.is_open:
            self.workbook.append(facts)
        else:
            self._open(facts)
        self._recorded = len(self.events)

    def _open(self, facts: Facts) -> None:
        """Show the plan and append the first claims; look again while people move rows."""
        plan = self.plan
        for attempt in count(1):
            try:
                self.workbook.show(views_of(plan, self.desk, self.run.clock(), run_open=self.run.id), facts)
            except CellsKept:
                break  # told at the end, by the last pass
            except WorkbookChanged:
                if attempt == TRIES:
                    raise
            else:
                break
            self.situation = understand(self.workbook.read(), self.desk.rules, self.desk.headings_used)
            plan = plan_letters(self.situation, self.desk, self.run)
        self.is_open = True

    def _commit(self, prepared: Prepared, claim: DeliveryEvent, reason: Reason | None) -> Receipt | None:
        """Deliver the letter, or take it back for `reason`; None when the carrier can't even tell how it stands.

        Then the claim stays open in the log, and the next run finds out.
        """
        try:
            if reason is None:
                return self.carrier.commit(prepared)
        except CarrierError as error:
            self.error = error
        try:
            receipt = self.carrier.resolve(claim_of(claim))
        except CarrierError as error:
            self.error = self.error or error
            return None
        is_taken = reason is Reason.CLAIMED_ELSEWHERE and receipt.state is DeliveryState.UNCERTAIN
        # We never sent it, and whoever has the letter may have taken ours away: what became of it, their record says.
        return replace(receipt, state=DeliveryState.WITHDRAWN) if is_taken else receipt

    def _end(self, planned: PlannedLetter, claim: DeliveryEvent, receipt: Receipt, reason: Reason | None) -> None:
        self.events.append(self.run.outcome(claim, receipt))
        if receipt.state is not DeliveryState.WITHDRAWN:
            reason = None
        elif reason is None:
            reason = Reason.RUN_STOPPED
        self.outcomes.append(LetterOutcome(planned=planned, state=receipt.state, reason=reason, detail=receipt.detail))
        self._watch_the_carrier(receipt)

    def _watch_the_carrier(self, receipt: Receipt) -> None:
        uncertain = receipt.state is DeliveryState.UNCERTAIN
        self._uncertain_in_a_row = self._uncertain_in_a_row + 1 if uncertain else 0
        if self._uncertain_in_a_row >= _UNCERTAIN_IN_A_ROW:
            self.error = self.error or CarrierError(
                f"{_UNCERTAIN_IN_A_ROW} 通続けて送れたかどうか分からなかったので、止めました。"
                "送信設定と接続を確かめてから、画面の「未確定」か relay settle で決めてください。",
                f"Stopped: {_UNCERTAIN_IN_A_ROW} letters in a row may or may not have left. "
                "Check the carrier and the connection, then settle them under “In doubt” in the page "
                "or with `relay settle`.",
            )

    def _is_stopping(self) -> bool:
        return self.error is not None or self.run.should_stop()

    def _objections(self, ready: Sequence[Prepared], claims: Sequence[DeliveryEvent]) -> Mapping[str, Reason]:
        """Read again after the claim: why letters of this batch may not be committed, by candidate id."""
        snapshot = self.workbook.read()
        judged = self._judgement
        if not self.workbook.single_run or judged is None or judged.revision != snapshot.revision:
            judged = self._judgement = self._judge(snapshot, claims[0])
        elif not self._is_time():
            return {prepared.outgoing.key.candidate_id: Reason.WINDOW_CLOSED for prepared in ready}
        self._heed_stop(snapshot)
        letters = [prepared.outgoing for prepared in ready]
        found = [(letter.key.candidate_id, judged.objection(letter, self.desk)) for letter in letters]
        objections = {candidate_id: reason for candidate_id, reason in found if reason is not None}
        if not self.workbook.single_run:
            # All that was not judged by, even before a claim of ours: a sorted log mixes the claims of two runs.
            behind = self.situation.events[self._position(claims[0]) :]
            free = [claim for claim in claims if claim.key.candidate_id not in objections]
            contested = self._contested(free, behind)
            objections |= {claim.key.candidate_id: Reason.CLAIMED_ELSEWHERE for claim in contested}
        return objections

    def _heed_stop(self, snapshot: Snapshot) -> None:
        """End in good order where all sending was stopped meanwhile: what this batch has claimed is taken back."""
        stops = (snapshot.stop, *self.situation.stops)
        if (stop := next((one for one in stops if one and one not in self.accepted_stops), None)) is not None:
            self.error = self.error or frozen(stop)

    def _contested(self, claims: Sequence[DeliveryEvent], behind: Sequence[DeliveryEvent]) -> Iterator[DeliveryEvent]:
        """Those of our claims that another run has used as its own, or still could.

        Whoever is not first by the log gives up by itself. But a log that was sorted in between is not the one that the
        other run has read; so its letter is taken away from it where its carrier can do that.
        """
        for claim in claims:
            for rival in rivals_of(claim, behind):
                if rival.has_left or not self._is_taken_from(rival.claim):
                    yield claim
                    break

    def _is_taken_from(self, rival: DeliveryEvent) -> bool:
        """Take a letter back that another run has made ready; whether it can surely not leave any more."""
        try:
            receipt = self.carrier.resolve(claim_of(rival))
        except CarrierError as error:
            self.error = self.error or error
            return False
        if receipt.state is DeliveryState.WITHDRAWN:
            self.events.append(self.run.outcome(rival, receipt))
        return receipt.state is DeliveryState.WITHDRAWN

    def _judge(self, snapshot: Snapshot, claim: DeliveryEvent) -> _Judgement:
        """Decide about everybody anew, by the claims that stood in the log before this one: whoever was first has it.

        About everybody, not about one batch alone: nobody else writes into a file that we hold, so what is found now
        holds for all batches until the file changes again.
        """
        self.situation = understand(snapshot, self.desk.rules, self.desk.headings_used)
        position = self._position(claim)
        before, behind = self.situation.events[:position], self.situation.events[position:]
        log = fold((*before, *(event for event in behind if event.kind in _COUNTS_AT_ONCE)))
        selection = who_is_due(self.situation, log, self.desk, self.run.clock())
        due = {one.candidate.id: one for one in selection.due}
        agreed = self.agreed(self.situation) if self.agreed else due
        return _Judgement(
            revision=snapshot.revision,
            due={candidate_id: one for candidate_id, one in due.items() if candidate_id in agreed},
            left_out=dict.fromkeys(due, Reason.NOT_CHOSEN)
            | {one.candidate.id: one.reason for one in selection.skipped},
        )

    def _position(self, claim: DeliveryEvent) -> int:
        for position, event in enumerate(self.situation.events):
            if event.event_id == claim.event_id:
                return position
        raise LogDamaged(
            "送信記録に書いたばかりの行が見つかりません。何も送らずに止めました。タブを元に戻してください。"
            "どうしても戻せないときは、relay rebuild-log で送信済みの通知から作り直せます。",
            "The rows just written to the delivery log are gone. Stopped without sending; restore the tab. "
            "If it is lost for good, `relay rebuild-log` rebuilds it from the letters that were sent.",
        )

    def _is_time(self) -> bool:
        return self.desk.rules.window.is_open(self.run.clock(), self.desk.rules.is_holiday)


def _batches(letters: Sequence[PlannedLetter], size: int) -> Iterator[Sequence[PlannedLetter]]:
    for start in range(0, len(letters), size):
        yield letters[start : start + size]
