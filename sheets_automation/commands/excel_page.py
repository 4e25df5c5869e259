"""The page of one open workbook, kept by one process: a second press of a button brings the same page back.

Whoever comes second leaves a wish beside the workbook, and the process that keeps the page opens it there. It ends when
the workbook is closed in Excel, or when nobody has been on the page for long.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sheets_automation.service.house import House
from sheets_automation.service.local import OpenPage, open_house
from sheets_automation.wiring import Office
from sheets_automation.wiring_live import file_behind, folder_beside, is_still_open, voice_in

LOOK_EVERY: Final = 0.3
ASK_EXCEL_EVERY: Final = 20.0
IDLE_SECONDS: Final = 30 * 60.0
_LOOKS: Final = 100
"""How often to look whether the other process, which may just be ending, has seen the wish."""
_PLACES: Final = frozenset({"plan", "send", "check", "credits", ""})
_SAVE = "終わったら、ブックを上書き保存してください。"


def show_page(address: str, place: str) -> None:
    """Show a place of the workbook's page, and keep the page unless another process does."""
    from filelock import FileLock, Timeout

    location = file_behind(address)
    office = Office.open(None, address)
    office.open_workbook(address, exclusive=False).close()  # what cannot be read is told here and now
    wish = folder_beside(location) / f"{Path(location).name}.page"
    wish.write_text(place, encoding="utf-8")
    lock = FileLock(wish.with_suffix(f"{wish.suffix}.lock"))
    for _ in range(_LOOKS):
        with suppress(Timeout):
            with lock.acquire(timeout=LOOK_EVERY):
                _keep_page(address, location, wish)
            return
        if not wish.exists():
            return  # the process that keeps the page has seen it


def _keep_page(address: str, location: str, wish: Path) -> None:
    voice = voice_in(location)

    def progress(done: int, of: int) -> None:
        voice.status(f"通知を送信しています {done}/{of} 通" if done < of else f"{of} 通を処理しました。{_SAVE}")

    house = House(workbook=address, progress=progress, rests=lambda: voice.status(""), started_from="excel")
    keeper = PageKeeper(wish, lambda: is_still_open(location), house.is_writing)
    try:
        open_house(house, port=0, tell=lambda _address: None, opens_browser=False, attend=keeper.attend)
    finally:
        voice.status("")


@dataclass(slots=True)
class PageKeeper:
    """Looks after the page: shows it when it is wished for, and ends it when nobody needs it."""

    wish: Path
    is_open: Callable[[], bool]
    """Whether Excel still has the workbook."""
    is_sending: Callable[[], bool]
    """Whether letters are under way: then nothing is ended."""
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic

    def attend(self, page: OpenPage) -> None:
        """Begin, beside the server."""
        threading.Thread(target=self.look_after, args=(page,), daemon=True).start()

    def look_after(self, page: OpenPage) -> None:
        """Until the page is needed no more."""
        seen = asked = self.monotonic()
        visits = 0
        while not page.server.should_exit:
            now = self.monotonic()
            if self._grant(page) or page.gate.visits != visits or self.is_sending():
                seen, visits = now, page.gate.visits
            elif now - seen > IDLE_SECONDS:
                page.end()
            if now - asked > ASK_EXCEL_EVERY and not self.is_sending():
                asked = now
                if not self.is_open():
                    page.end()
            self.sleep(LOOK_EVERY)

    def _grant(self, page: OpenPage) -> bool:
        """Show the place that somebody wishes for, once."""
        try:
            place = self.wish.read_text(encoding="utf-8")
            self.wish.unlink()
        except OSError:
            return False
        page.show(place if place in _PLACES else "")
        return True
