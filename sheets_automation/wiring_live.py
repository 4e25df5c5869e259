"""The workbook that is open in Excel here, behind its address `live:`, `live:NAME` or `live:PATH`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.workbooks.excel_live_address import PREFIX, open_book_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheets_automation.config import Config
    from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook
    from sheets_automation.workbooks.excel_live_computer import Premise
    from sheets_automation.workbooks.excel_live_selecting import RowShown
    from sheets_automation.workbooks.excel_live_voice import Voice


LIVE = PREFIX
"""What the address of an open workbook begins with."""


def open_live(
    config: Config, address: str, *, exclusive: bool, is_journal_lost: bool = False
) -> ExcelLiveWorkbook | None:
    """The open workbook behind an address; None for every other address."""
    name = open_book_name(address)
    if name is None:
        return None
    from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook

    return ExcelLiveWorkbook(
        name,
        exclusive=exclusive,
        timezone=config.workbook.timezone,
        ours_alone=(config.workbook.log_tab,),
        is_journal_lost=is_journal_lost,
    )


def file_behind(address: str) -> str:
    """The path of the file of an open workbook; every other address is given back as it is.

    The configuration lies beside it, and letters bear its mark: they belong to one workbook, open or not.
    """
    name = open_book_name(address)
    if name is None:
        return address
    if Path(name).is_absolute():
        return name
    from sheets_automation.workbooks.excel_live_calls import Calls
    from sheets_automation.workbooks.excel_live_finding import find_book, place_of
    from sheets_automation.workbooks.excel_live_native import native

    calls, words = Calls(), native()
    return str(place_of(find_book(name, calls, words), calls, words))


def is_live(address: str) -> bool:
    """Whether an address is that of a workbook that is open in Excel here."""
    return open_book_name(address) is not None


def settled(address: str) -> str:
    """The address of an open workbook by the path of its file: another one may be in front a moment later."""
    return f"{LIVE}{file_behind(address)}" if is_live(address) else address


def calling_location() -> str:
    """Where the workbook lies whose button was pressed in Excel."""
    from sheets_automation.workbooks import excel_live_voice

    return excel_live_voice.calling_location()


def is_still_open(location: str) -> bool:
    """Whether Excel still has the workbook open."""
    from sheets_automation.workbooks import excel_live_voice

    return excel_live_voice.is_still_open(location)


def select_row(address: str, cell: str, candidate_id: str, name: str) -> RowShown:
    """Select somebody's row in the workbook that is open in Excel here."""
    from sheets_automation.workbooks import excel_live_selecting

    return excel_live_selecting.select_row(file_behind(address), cell, candidate_id, name)


def voice_in(location: str) -> Voice:
    """Whoever has the workbook open, to be spoken to."""
    from sheets_automation.workbooks.excel_live_voice import Voice

    return Voice(location)


def folder_beside(location: str) -> Path:
    """The folder of ours beside a workbook, made if need be. Raises our error where it cannot be."""
    from sheets_automation.workbooks.excel_file import FOLDER
    from sheets_automation.workbooks.journal import make_folder

    path = Path(location).resolve()
    folder = path.parent / FOLDER
    make_folder(folder, path)
    return folder


def excel_premises(workbook: Path | None) -> Iterator[Premise]:
    """What this computer has and lacks for the buttons in Excel."""
    from sheets_automation.workbooks.excel_live_computer import Computer
    from sheets_automation.workbooks.excel_live_premises import premises

    return premises(workbook, Computer())
