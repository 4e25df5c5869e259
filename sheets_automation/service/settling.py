"""Letters in doubt: the list, and a person's word about them."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.layout import cell_name
from sheets_automation.core.model import DeliveryState
from sheets_automation.jobs.settle import Word, settle
from sheets_automation.jobs.situation import sit_down
from sheets_automation.service.documents import Problem
from sheets_automation.service.house import House, Room, is_looked_after
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
    """The letters that wait for a person's word, and those whose run has not ended."""
    with room.reading() as workbook:
        _, situation = sit_down(workbook, room.office.look_at_desk)
        place = situation.layout.place
        link = workbook.link_to(place.tab)
        people = {candidate.id: candidate for candidate in situation.candidates}

        def lines() -> Iterator[UncertainLine]:
            for delivery in (*situation.log.uncertain(), *situation.log.unfinished()):
                if not is_looked_after(delivery.key.kind, room.kind):
                    continue
                one = people.get(delivery.key.candidate_id)
                cell = cell_name(one.row, place.name_column) if one else ""
                yield UncertainLine(
                    id=delivery.key.candidate_id,
                    row=one.row if one else None,
                    link=f"{link}&range={cell}" if link and cell else None,
                    name=one.name if one else "",
                    address=delivery.claim.to_address if delivery.claim else "",
                    at=delivery.at.isoformat(timespec="seconds") if delivery.at else None,
                    state=_state(delivery),
                    text=_TEXTS[delivery.state or DeliveryState.UNCERTAIN][0 if room.language == "ja" else 1],
                )

        return UncertainDocument(letters=[*lines()])


def settle_letters(house: House, room: Room, wanted: SettleWanted) -> SettleAnswer:
    """Record a person's word."""
    with house.pen(room.workbook), room.writing() as workbook:
        run = room.office.new_run()
        word = Word(wanted.word)
        done = settle(workbook, room.office.open_desk, run, wanted.ids, word, note=wanted.note, kind=room.kind)
    error = done.not_shown
    return SettleAnswer(
        settled=len(done.settled),
        not_settled=[NotSettled(id=one, state=state.value if state else "open") for one, state in done.not_settled],
        not_shown=Problem(name=error.name, text=error.text(room.language)) if error else None,
    )


def _state(delivery: Delivery) -> str:
    return delivery.state.value if delivery.state else "open"
