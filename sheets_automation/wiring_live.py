"""The workbook that is open in Excel here, behind its address `live:`, `live:NAME` or `live:PATH`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.workbooks.excel_live_address import open_book_name

if TYPE_CHECKING:
    from sheets_automation.config import Config
    from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook


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
