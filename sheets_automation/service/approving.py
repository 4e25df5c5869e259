"""Agreeing to letters and taking that back, over HTTP: the job's own words, and a signed text for the page to keep."""

from __future__ import annotations

from sheets_automation.jobs.approve import Approval, Wish, approve, recall
from sheets_automation.jobs.send import resolve_leftovers
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import sit_down
from sheets_automation.service.house import House, Room
from sheets_automation.service.signing import read, sign
from sheets_automation.service.work_documents import ApprovalGiven, ApprovalWanted, UndoAnswer

_WAIT_FOR_THE_LETTER_IN_FLIGHT = 90.0
"""Seconds: a slow mail server has a minute to say what became of it."""


def give_approval(house: House, room: Room, wanted: ApprovalWanted) -> ApprovalGiven:
    """Freeze the letters of a plan."""
    wish = Wish(plan=wanted.plan, without=wanted.without, expect=wanted.expect, workbook=room.workbook)
    with house.pen(room.workbook), room.writing() as workbook:
        agreed = approve(workbook, room.office.open_desk, room.office.new_run(), wish)
    return ApprovalGiven(
        approval=sign(agreed.approval, house.keys[0]) if agreed.approval else None,
        letters=agreed.letters,
        state="approved" if agreed.approval else "proposed",
    )


def read_approval(house: House, room: Room, text: str) -> Approval:
    """The approval that the page kept. Raises ApprovalVoid."""
    return read(text, house.keys, workbook=room.workbook, kind=room.kind, now=room.office.clock())


def take_back(house: House, room: Room, approval: Approval) -> UndoAnswer:
    """Void an approval, and find out with the carrier what became of letters whose run died."""
    office = room.office
    with house.pen(room.workbook, patience=_WAIT_FOR_THE_LETTER_IN_FLIGHT), room.writing() as workbook:
        withdrawn = recall(workbook, office.open_desk, office.new_run(), approval)
        desk, situation = sit_down(workbook, office.open_desk)
        run = office.new_run()
        if room.carrier and situation.log.unfinished() and not situation.stops:
            with room.posting() as carrier:
                resolve_leftovers(workbook, carrier, situation, desk, run)
        show_state(workbook, desk, run)
    text = (
        f"{withdrawn} 通を取りやめました。送信済みの通知は取り消せません。"
        if room.language == "ja"
        else f"{withdrawn} will not be sent. Letters that have left cannot be taken back."
    )
    return UndoAnswer(withdrawn=withdrawn, text=text)
