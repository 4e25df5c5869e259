"""Calls to Excel through xlwings: each may be rejected while a person edits a cell, and is then asked again.

What Excel refuses for good comes back as one of our errors: its own stop here.
"""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Final, TypeVar

from sheets_automation.core.errors import (
    ConfigurationError,
    SheetsAutomationError,
    WorkbookBusy,
    WorkbookNotFound,
    WriteRefused,
)
from sheets_automation.installing import install_line

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

TRIES: Final = 12
SECONDS: Final = 15
"""Long enough for somebody who finishes typing a word; then the person is told what to do."""
_LONGEST_WAIT: Final = 3

# RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE: nothing was done, so all may be asked again.
_REJECTED: Final = frozenset({0x80010001, 0x8001010A, 0x800AC472})
_TIMED_OUT: Final = frozenset({-1712})  # errAETimeout: Excel for the Mac did not come to it
# RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, RPC_E_DISCONNECTED; procNotFound, connectionInvalid, errAENoSuchObject
_GONE: Final = frozenset({0x800706BA, 0x800706BE, 0x80010108, -600, -609, -1728})


class _NoPaidParts:
    """Keeps xlwings' paid parts out of this process: xlwings looks for them by itself, and does without."""

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        if name == "xlwings.pro" or name.startswith("xlwings.pro."):
            raise ModuleNotFoundError("only the open-source parts of xlwings are used", name=name)
        return None


def load_xlwings() -> ModuleType:
    """The open-source parts of xlwings. Raises ConfigurationError where it is not installed."""
    if "xlwings" not in sys.modules and not any(isinstance(one, _NoPaidParts) for one in sys.meta_path):
        sys.meta_path.insert(0, _NoPaidParts())
    try:
        xlwings = import_module("xlwings")
        import_module("tenacity")
    except ImportError as error:
        raise ConfigurationError(
            f"Excel とやり取りする部品(xlwings)がありません。{install_line('excel')} で入れてください。",
            f"The parts that talk to Excel are missing. Run: {install_line('excel')}",
        ) from error
    _tame(sys.modules.get("xlwings._xlwindows"))
    return xlwings


def _tame(windows: ModuleType | None) -> None:
    """On Windows, undo two habits of xlwings that would hurt people at work in Excel."""
    if windows is None:
        return
    # It asks again for ever, without a pause, while a cell is edited. We ask again ourselves, and not for ever.
    vars(windows)["N_COM_ATTEMPTS"] = 1
    # When Python ends it kills every Excel process whose window it does not find: another program's, with its work.
    atexit.unregister(windows.cleanup)


class Calls:
    """Asks Excel, again while it rejects the call, and translates what it refuses."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def ask(self, what: Callable[[], T]) -> T:
        """Do it, or raise one of our errors. `what` may be asked several times: it must only read, or set."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential

        trying = Retrying(
            retry=retry_if_exception(is_busy),
            wait=wait_exponential(multiplier=0.05, max=_LONGEST_WAIT),
            stop=stop_after_attempt(TRIES) | stop_after_delay(SECONDS),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return trying(what)
        except Exception as error:
            if (said := translated(error)) is None:
                raise
            raise said from error

    def ask_once(self, what: Callable[[], T]) -> T:
        """Do it without patience, for what is no great loss."""
        try:
            return what()
        except Exception as error:
            if (said := translated(error)) is None:
                raise
            raise said from error


def is_busy(error: BaseException) -> bool:
    """Whether Excel did nothing because a person is in the middle of something."""
    if type(error).__name__ == "ExcelBusyError":
        return True
    if sys.platform == "win32" and isinstance(error, AttributeError):
        return True  # pywin32 takes a rejected call for an attribute that is not there
    return any(code in _REJECTED or code in _TIMED_OUT for code in codes(error))


def codes(error: BaseException) -> Iterator[int]:
    """The codes that a COM error or an error of AppleScript bears; a COM error holds Excel's own inside."""
    details = getattr(error, "excepinfo", None)
    for code in (getattr(error, "hresult", None), details[5] if details else None):
        if isinstance(code, int):
            yield code & 0xFFFFFFFF
    number = getattr(error, "errornumber", None)
    if isinstance(number, int):
        yield number


def translated(error: Exception) -> SheetsAutomationError | None:
    """Our error for one of Excel's; None for what is none of Excel's."""
    if isinstance(error, SheetsAutomationError):
        return None
    if is_busy(error):
        return WorkbookBusy(
            "Excel が応じません。セルの入力中か、Excel の画面が何かを尋ねています。"
            "Enter か Esc で入力を終え、開いている画面を閉じてから、もう一度実行してください。",
            "Excel does not respond: a cell is being edited, or Excel is asking something. "
            "Finish the cell with Enter or Esc, close the dialog, and run again.",
        )
    found = list(codes(error))
    if any(code in _GONE for code in found):
        return closed()
    if found or type(error).__name__ == "XlwingsError":
        shown = f"0x{found[-1]:08X}" if found and found[-1] > 0 else str(found[-1] if found else type(error).__name__)
        return WriteRefused(
            f"Excel が操作を受け付けませんでした({shown})。シートやブックの保護と、開いている画面を確かめてください。",
            f"Excel refused ({shown}). Check whether the sheet or the workbook is protected, and for open dialogs.",
        )
    return None


def closed() -> WorkbookNotFound:
    """The error for a workbook that was closed, or an Excel that was ended, meanwhile."""
    return WorkbookNotFound(
        "Excel でブックが閉じられました。もう一度開いてから実行してください。送信済みの記録は残っています。",
        "The workbook was closed in Excel. Open it and run again. What was sent is recorded.",
    )
