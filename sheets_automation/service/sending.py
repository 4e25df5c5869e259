"""Sending what was approved, in stretches of some seconds, each a run of its own: closing the page loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.layout import cell_name
from sheets_automation.core.model import Candidate, Claim, DeliveryState, LetterKind, OutgoingLetter, Prepared, Receipt
from sheets_automation.core.reasons import Reason
from sheets_automation.core.receipt_words import detail_in_words
from sheets_automation.core.sentences import Skipped
from sheets_automation.jobs.approve import Approval, left_by
from sheets_automation.jobs.deliver import LetterOutcome
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.situation import Situation
from sheets_automation.jobs.stretches import Stretch
from sheets_automation.ports import Carrier
from sheets_automation.service.documents import Problem
from sheets_automation.service.follow_up import keep_consents_of
from sheets_automation.service.house import House, Room
from sheets_automation.service.on_page import on_page
from sheets_automation.service.work_documents import SendAnswer, SentLine
from sheets_automation.wiring_records import heed_records

_BATCH = 10
"""Letters claimed at once: what is claimed still goes when the seconds are over."""
_TOLD_BEFORE = {Reason.ALREADY_SENT, Reason.LETTER_UNCERTAIN, Reason.RUN_STOPPED, Reason.NOT_CHOSEN}
_STATE_TEXTS: Mapping[DeliveryState, tuple[str, str]] = {
    DeliveryState.SENT: ("送りました。", "Sent."),
    DeliveryState.FAILED: ("送れませんでした。次回もう一度送ります。", "Not sent; the next run tries again."),
    DeliveryState.REFUSED: (
        "相手のメールサーバーが宛先を拒否しました。",
        "The mail server refused this address.",
    ),
    DeliveryState.UNCERTAIN: ("送れたかどうか分かりません。", "It may or may not have left."),
    DeliveryState.WITHDRAWN: ("送りませんでした。", "Not sent."),
}


@dataclass(slots=True, kw_only=True)
class StoppableStretch(Stretch):
    """A stretch that somebody can end before its seconds are over."""

    asked: threading.Event = field(default_factory=threading.Event)


class Sending:
    """The stretches that are under way, by workbook, so that whoever takes letters back can stop them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._under_way: dict[str, StoppableStretch] = {}

    def send(self, room: Room, approval: Approval, stretch: StoppableStretch) -> SendAnswer:
        """Send for one stretch. Raises Refusal (423) while another one is under way."""
        answer = None
        with self._house.pen(room.workbook, patience=0), self._noted(room.workbook, stretch):
            try:
                answer = self._send(room, approval, stretch)
            finally:
                if answer is None or not answer.done:
                    self._house.rests()
        return answer

    def _send(self, room: Room, approval: Approval, stretch: StoppableStretch) -> SendAnswer:
        def progress(done: int, of: int) -> None:
            approved = len(approval.letters)  # those that are not among `of` were looked after by earlier stretches
            self._house.progress(approved - of + done, approved)

        run = room.office.new_run(
            should_stop=lambda: stretch.asked.is_set() or self._house.ended.is_set(), part_of=approval.id
        )
        run.is_time_up = stretch.is_time_up
        if room.kind is LetterKind.FOLLOW_UP:
            keep_consents_of(room)
        with room.writing() as workbook, room.posting() as carrier:
            heed_records(room.office, workbook)
            order = Order(approval=approval)
            report = send_letters(workbook, _InSmallBatches(carrier), room.office.open_desk, run, order, progress)
            link = workbook.link_to(report.plan.situation.layout.place.tab)
        return _answer(report, approval, link, room.language)

    def stop(self, workbook: str) -> None:
        """Let the stretch that is under way end after the letter in flight."""
        if (stretch := self._under_way.get(workbook)) is not None:
            stretch.asked.set()

    @contextmanager
    def _noted(self, workbook: str, stretch: StoppableStretch) -> Iterator[None]:
        self._under_way[workbook] = stretch
        try:
            yield
        finally:
            del self._under_way[workbook]


class _InSmallBatches:
    """The same carrier, claiming fewer letters at once."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self.name = carrier.name
        self.batch_size = min(carrier.batch_size, _BATCH)

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        return self._carrier.prepare(letters)

    def commit(self, prepared: Prepared) -> Receipt:
        return self._carrier.commit(prepared)

    def resolve(self, claim: Claim) -> Receipt:
        return self._carrier.resolve(claim)

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        self._carrier.sweep(open_claims)

    def close(self) -> None:
        self._carrier.close()


def _answer(report: RunReport, approval: Approval, link: str, language: str) -> SendAnswer:
    situation = report.plan.situation
    reached = {outcome.planned.candidate.id for outcome in report.outcomes if outcome.reason is not Reason.RUN_STOPPED}
    left = sum(planned.candidate.id not in reached for planned in report.plan.letters)
    ended = [outcome for outcome in report.outcomes if outcome.reason is not Reason.RUN_STOPPED]
    lines = [_outcome_line(outcome, situation, link, language) for outcome in ended]
    dropped = {outcome.planned.candidate.id for outcome in report.outcomes} | set(left_by(situation, approval))
    lines += [
        _left_out_line(one, situation, link, language)
        for one in report.plan.skipped
        if one.candidate.id in approval.letters and one.candidate.id not in dropped and one.reason not in _TOLD_BEFORE
    ]
    there = {candidate.id for candidate in situation.candidates}
    lines += [_gone_line(candidate_id, language) for candidate_id in approval.letters if candidate_id not in there]
    return SendAnswer(
        run_id=report.run_id,
        sent=lines,
        left=left,
        done=left == 0 and report.error is None,
        error=_problem(report.error, language),
        not_shown=_problem(report.not_shown, language),
        uncertain=sum(outcome.state is DeliveryState.UNCERTAIN for outcome in report.outcomes),
    )


def _outcome_line(outcome: LetterOutcome, situation: Situation, link: str, language: str) -> SentLine:
    candidate = outcome.planned.candidate
    if outcome.reason is not None:
        text = on_page(Skipped(candidate=candidate, reason=outcome.reason).text(language))
    else:
        text = _state_text(outcome, language)
    reason = outcome.reason.value if outcome.reason else None
    return _line(candidate, outcome.state.value, reason, text, _cell_link(candidate, situation, link))


def _state_text(outcome: LetterOutcome, language: str) -> str:
    """How it ended, with what the carrier noted of it behind the first sentence, in brackets."""
    text = _STATE_TEXTS[outcome.state][0 if language == "ja" else 1]
    if not outcome.detail or outcome.state is DeliveryState.SENT:
        return text
    detail = detail_in_words(outcome.detail, language)
    return text.replace("。", f"({detail})。", 1) if language == "ja" else f"{text[:-1]} ({detail})."


def _left_out_line(one: Skipped, situation: Situation, link: str, language: str) -> SentLine:
    link_shown = _cell_link(one.candidate, situation, link)
    return _line(one.candidate, "left_out", one.reason.value, on_page(one.text(language)), link_shown)


def _line(candidate: Candidate, state: str, reason: str | None, text: str, link: str | None) -> SentLine:
    return SentLine(
        id=candidate.id, row=candidate.row, name=candidate.name, state=state, reason=reason, text=text, link=link
    )


def _gone_line(candidate_id: str, language: str) -> SentLine:
    text = "この方の行が表からなくなりました。" if language == "ja" else "The row of this candidate is gone."
    reason = Reason.CHANGED_DURING_RUN.value
    return SentLine(id=candidate_id, row=None, name="", state="left_out", reason=reason, text=text, link=None)


def _cell_link(candidate: Candidate, situation: Situation, link: str) -> str | None:
    place = situation.layout.place
    return f"{link}&range={cell_name(candidate.row, place.name_column)}" if link else None


def _problem(error: SheetsAutomationError | None, language: str) -> Problem | None:
    return Problem(name=error.name, text=on_page(error.text(language))) if error is not None else None
