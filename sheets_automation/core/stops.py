"""送信停止: whether all sending from a workbook is stopped, by whom, when and why.

Three places can stop it, and any one is enough: a fact in the log, the cell 送信停止 of the tab 設定, and for a file a
flag beside it, which can be set while Excel or another run holds the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sheets_automation.core.cells import folded, text, truth
from sheets_automation.core.errors import SendRefused
from sheets_automation.core.wording import minute_in_words

if TYPE_CHECKING:  # a table can carry a stop, and a stop is read from a table
    from sheets_automation.core.table import Table

STOP_LABEL: Final = "送信停止"
STOP_LABELS: Final = (
    STOP_LABEL,
    "送信を停止",
    "送信を止める",
    "全送信停止",
    "freeze",
    "stop sending",
    "sending stopped",
)
"""What stands in the first column of 設定 beside the word that stops everything."""
_FOLDED: Final = frozenset(map(folded, STOP_LABELS))


class StopSource(StrEnum):
    """Where a stop stands."""

    LOG = "log"
    SETTING = "setting"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why nothing is sent."""

    source: StopSource
    at: datetime | None = None
    by: str = ""
    because: str = ""
    cell: str = ""
    """Where it stands, for a cell of the workbook."""
    id: str = ""
    """What ties the flag beside a file to its fact in the log."""
    is_readable: bool = True
    """False for a cell that says neither yes nor no, and for a flag that cannot be read: it stops everything, too."""

    def text(self, language: str) -> str:
        """Who stopped it, when and why, in one sentence."""
        return self._in_cell(language) if self.source is StopSource.SETTING else self._by_person(language)

    def _in_cell(self, language: str) -> str:
        if language == "ja":
            said = "" if self.is_readable else "「はい」「いいえ」のどちらとも読めないので、"
            return f"{self.cell} の「{STOP_LABEL}」により、{said}すべての送信を止めています。"
        said = "" if self.is_readable else ", which says neither yes nor no"
        return f"All sending is stopped by “{STOP_LABEL}” in {self.cell}{said}."

    def _by_person(self, language: str) -> str:
        if not self.is_readable:
            ja = "ファイルのそばの「送信停止」の印を読めないため、すべての送信を止めています。"
            return ja if language == "ja" else "All sending is stopped: the flag beside the file cannot be read."
        who = self.by.partition(" (")[0]
        when = minute_in_words(self.at)
        if language == "ja":
            because = f"(「{self.because}」)" if self.because else ""
            return f"{when} に{f' {who} さんが' if who else ''}すべての送信を止めました{because}。"
        because = f" (“{self.because}”)" if self.because else ""
        return f"All sending was stopped{f' by {who}' if who else ''} on {when}{because}."


class SendingFrozen(SendRefused):
    """All sending from this workbook is stopped until a person lets it go on."""

    name = "sending_frozen"


def frozen(stop: Stop) -> SendingFrozen:
    """What a run says that may not send."""
    if stop.source is StopSource.SETTING:
        ja, en = "再開するには、このセルを空にしてください。", "Empty that cell to let it go on."
    else:
        ja = "再開するには、画面の「送信を再開」か relay thaw を使ってください。"
        en = "To let it go on, use the page or `relay thaw`."
    return SendingFrozen(f"{stop.text('ja')}{ja}", f"{stop.text('en')} {en}")


def stop_in_settings(table: Table | None) -> Stop | None:
    """The stop that HR typed into 設定: anything beside the label but a blank and a clear no."""
    return next(_typed(table), None) if table is not None else None


def _typed(table: Table) -> Iterator[Stop]:
    for row in table.rows({0, 1}):
        value = row.cells.get(1)
        if folded(row.cells.get(0)) in _FOLDED and text(value):
            said = truth(value)
            if said is not False:
                yield Stop(source=StopSource.SETTING, cell=f"{table.title}!B{row.number}", is_readable=said is not None)
