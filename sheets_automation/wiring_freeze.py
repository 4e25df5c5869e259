"""The flag beside a workbook file that stops all sending; a Google spreadsheet needs none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.errors import WorkbookNotFound
from sheets_automation.wiring_live import file_behind

if TYPE_CHECKING:
    from sheets_automation.workbooks.stop_flag import StopFlag


def stop_flag(address: str) -> StopFlag | None:
    """The flag of a workbook file, open in Excel or not. WorkbookNotFound where there is no such file."""
    from sheets_automation.workbooks.addresses import spreadsheet_id

    if spreadsheet_id(address) is not None:
        return None
    from sheets_automation.workbooks.excel_file import FOLDER
    from sheets_automation.workbooks.stop_flag import StopFlag

    path = Path(file_behind(address)).resolve()
    if not path.is_file():
        raise WorkbookNotFound(
            f"ブック「{address}」が見つかりません。名前と場所を確かめてください。",
            f'There is no workbook "{address}". Check its name and place.',
        )
    return StopFlag(path, path.parent / FOLDER)
