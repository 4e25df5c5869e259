"""Letters that wait for a person: in doubt, or stopped for good; the list, and a person's word about them."""

from __future__ import annotations

from typing import Literal

from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.layout import cell_name
from sheets_automation.core.model import Candidate, DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from sheets_automation.jobs.settle import Word, settle, stopped
from sheets_automation.jobs.situation import Situation, sit_down
from sheets_automation.service.documents import Problem
from sheets_automation.service.house import House, Room, is_looked_after
from sheets_automation.service.on_page import on_page
from sheets_automation.service.work_documents import (
    NotSettled,
    SettleAnswer,
    SettleWanted,
    UncertainDocument,
    UncertainLine,
)

_TEXTS = {
    DeliveryState.UNCERTAIN: (
        "届いたかどうか分かりません。送信元の記録を確かめて決めてください。",
        "It may or may not have left. Look at the mailbox, then decide.",
    ),
    DeliveryState.PREPARED: (
        "送信の途中で止まりました。次の送信のときに確かめます。",
        "A run stopped while it was sending this letter; the next one finds out.",
    ),
}


def uncertain_letters(room: Room) -> UncertainDocument:
    """The letters that wait for a person's word, those whose run has not ended, and those that stopped for good."""
    with room.reading() as workbook:
        desk, situation = sit_down(workbook, room.office.look_at_desk)
        show = _Lines(situation, workbook.link_to(situation.layout.place.tab), room.language)
        in_doubt = (*situation.log.uncertain(), *situation.log.unfinished())
        lines = [show.in_doubt(one) for one in in_doubt if is_looked_after(one.key.kind, room.kind)]
        lines += [show.stopped(*one) for one in stopped(situation, desk, room.office.clock())]
        return UncertainDocument(letters=lines)


class _Lines:
    """Letters as the page shows them."""

    def __init__(self, situation: Situation, link: str, language: str) -> None:
        self._people = {candidate.id: candidate for candidate in situation.candidates}
        self._column = situation.layout.place.name_column
        self._link = link
        self._language = language

    def in_doubt(self, delivery: Delivery) -> UncertainLine:
        """A letter of which nobody knows whether it left."""
        is_ja = self._language == "ja"
        text = _TEXTS[delivery.state or DeliveryState.UNCERTAIN][0 if is_ja else 1]
        if delivery.key.kind is LetterKind.APOLOGY:
            text = f"{'お詫びのメールです。' if is_ja else 'This is an apology. '}{text}"
        address = delivery.claim.to_address if delivery.claim else ""
        return self._line(delivery, self._people.get(delivery.key.candidate_id), address, text, ["sent", "again"])

    def stopped(self, one: Skipped, delivery: Delivery) -> UncertainLine:
        """A letter that goes no more before somebody says so; where its record is lost, it may have left as well."""
        words: list[Literal["sent", "again"]] = ["sent", "again"] if one.reason is Reason.RECORD_LOST else ["again"]
        text, address = on_page(one.text(self._language)), one.candidate.address.value or ""
        return self._line(delivery, one.candidate, address, text, words)

    def _line(
        self,
        delivery: Delivery,
        candidate: Candidate | None,
        address: str,
        text: str,
        words: list[Literal["sent", "again"]],
    ) -> UncertainLine:
        cell = cell_name(candidate.row, self._column) if candidate else ""
        return UncertainLine(
            id=delivery.key.candidate_id,
            kind=delivery.key.kind.value,
            row=candidate.row if candidate else None,
            link=f"{self._link}&range={cell}" if self._link and cell else None,
            name=candidate.name if candidate else "",
            address=address,
            at=delivery.at.isoformat(timespec="seconds") if delivery.at else None,
            state=_state(delivery),
            text=text,
            words=words,
        )


def settle_letters(house: House, room: Room, wanted: SettleWanted) -> SettleAnswer:
    """Record a person's word."""
    with house.pen(room.workbook), room.writing() as workbook:
        run = room.office.new_run()
        word, kind = Word(wanted.word), LetterKind(wanted.kind or room.kind)
        done = settle(workbook, room.office.open_desk, run, wanted.ids, word, note=wanted.note, kind=kind)
    error = done.not_shown
    return SettleAnswer(
        settled=len(done.settled),
        not_settled=[NotSettled(id=one, state=state.value if state else "open") for one, state in done.not_settled],
        not_shown=Problem(name=error.name, text=error.text(room.language)) if error else None,
    )


def _state(delivery: Delivery) -> str:
    return delivery.state.value if delivery.state else "open"
