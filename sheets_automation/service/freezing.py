"""Stopping all sending from the page, and letting it go on."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.stops import Stop, frozen
from sheets_automation.jobs.freeze import StopReport, Thaw, flagged, freeze, thaw
from sheets_automation.jobs.run import Run
from sheets_automation.service.documents import StopShown
from sheets_automation.service.house import House, Room
from sheets_automation.service.on_page import on_page
from sheets_automation.service.refusals import Refusal
from sheets_automation.service.work_documents import FreezeWanted, StopsAnswer, ThawWanted
from sheets_automation.wiring_follow_up import open_news
from sheets_automation.wiring_freeze import stop_flag


def stops_shown(stops: Sequence[Stop], language: str) -> list[StopShown]:
    """What stops the sending; the same word in the log and beside the file is one."""
    texts = {stop.text(language): stop for stop in stops}
    return [
        StopShown(source=stop.source.value, text=text, advice=_advice(stop, text, language))
        for text, stop in texts.items()
    ]


def _advice(stop: Stop, text: str, language: str) -> str:
    return on_page(frozen(stop).text(language).removeprefix(text).strip())


def freeze_workbook(house: House, room: Room, wanted: FreezeWanted) -> StopsAnswer:
    """Stop everything at once; recorded now, or by the next run where somebody else holds the file."""
    run = room.office.new_run()
    stop = flagged(run, wanted.because)
    if (flag := stop_flag(room.workbook)) is None:
        return _answer(_freeze(room, run, stop), room)
    flag.put(stop)
    try:
        with house.pen(room.workbook):
            return _answer(_freeze(room, run, stop), room)
    except (WorkbookError, Refusal):  # a stretch of sending, or Excel: the flag has stopped it
        return StopsAnswer(stops=stops_shown([stop], room.language), waiting=None, recorded=False)


def thaw_workbook(house: House, room: Room, wanted: ThawWanted) -> StopsAnswer:
    """Let letters go again. Sends nothing."""
    word = Thaw(expect=wanted.expect, because=wanted.because)
    flag = stop_flag(room.workbook)
    with house.pen(room.workbook), room.writing() as workbook:
        office = room.office
        return _answer(thaw(workbook, office.look_at_desk, open_news(office), office.new_run(), word, flag), room)


def _freeze(room: Room, run: Run, stop: Stop) -> StopReport:
    with room.writing() as workbook:
        return freeze(workbook, room.office.look_at_desk, open_news(room.office), run, stop)


def _answer(report: StopReport, room: Room) -> StopsAnswer:
    return StopsAnswer(stops=stops_shown(report.stops, room.language), waiting=report.waiting, recorded=True)
