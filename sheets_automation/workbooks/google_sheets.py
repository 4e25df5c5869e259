"""A Google spreadsheet as the workbook: a fresh read and one atomic write a pass, and people at work in it.

Facts are appended by appendCells; each has an id, so a fact that was appended twice after a lost answer counts once.
Views are written where the last read says, shown by the answer to the write, and taken back where somebody had moved
a row in between.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sheets_automation.core.errors import LogDamaged, WorkbookChanged, WorkbookError
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.views import Views
from sheets_automation.google.transport import AnswerLost
from sheets_automation.ports import NO_CHANGES, NO_FACTS, FactChanges, Facts
from sheets_automation.workbooks.google_book import Book, Marker
from sheets_automation.workbooks.google_client import SheetsClient, unreachable
from sheets_automation.workbooks.google_erasing import changed_facts, differ, put_right
from sheets_automation.workbooks.google_facts import FACT_ID, Markers, append_facts, forget, known_facts, remade
from sheets_automation.workbooks.google_rows import without_ids
from sheets_automation.workbooks.google_writing import Pass, all_stands, pass_for

Json = dict[str, Any]

_TRIES = 3
_FRESH = 1.0
"""Seconds for which a book is taken for what the sheet is now: what is written beside people goes where it says."""
_DEAD_AFTER = 180.0
"""Seconds after which Google has given up on a request (usage limits of the Sheets API)."""
_LOOK_EVERY = 10.0


class GoogleSheetsWorkbook:
    """A Workbook over one Google spreadsheet."""

    def __init__(
        self,
        client: SheetsClient,
        *,
        fact_tabs: Collection[str] = ("送信記録", "紹介実績"),
        log_tab: str = "送信記録",
        is_log_given_up: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`is_log_given_up`: a person accepts a log that lacks facts which runs are known to have appended."""
        self._client = client
        self._fact_tabs = fact_tabs
        self._log_tab = log_tab
        self._is_log_given_up = is_log_given_up
        self._sleep = sleep
        self._monotonic = monotonic
        self._markers = Markers()
        self._book: Book | None = None
        self._read_at = 0.0
        self._sheet_ids: Mapping[str, int] = {}
        """As last read: a book that was written to is read anew, and its tabs stay."""
        self._title = "Google スプレッドシート"

    @property
    def title(self) -> str:
        """The spreadsheet's name, once it was read."""
        return self._title

    @property
    def single_run(self) -> bool:
        """Never: any number of runs and people may be at work in it."""
        return False

    def link_to(self, tab: str) -> str:
        """The tab in Google's own editor."""
        found = self._sheet_ids.get(tab)
        return "" if found is None else self._client.link_to(found)

    def read(self) -> Snapshot:
        """The spreadsheet as it is now, in one call. Raises LogDamaged when the end of the log is gone."""
        book = self._trusted_book()
        tables = {title: sheet.table() for title, sheet in book.sheets.items()}
        return Snapshot(tables=tables, revision=self._revision(book), timezone=book.timezone)

    def append(self, facts: Facts) -> None:
        """Append facts in one atomic call; after a lost answer, read whether they are there."""
        self._write(Views(), facts)

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Write views and facts in one atomic call, see where they landed, and take back what is misplaced."""
        self._write(views, facts)

    def lost_facts(self) -> Collection[str]:
        """Facts that runs have noted as their last ones, and that the log lacks."""
        return [marker.fact_id for marker in self._orphans(self._book or self.read_book())]

    def replace_facts(self, tab: str, rows: Sequence[Mapping[str, CellValue]], aside: str) -> None:
        """Rename the tab, make it anew and forget what is lost, in one atomic call; after a lost answer, look."""
        trouble: WorkbookError = unreachable()
        wanted = {row[FACT_ID] for row in rows}
        for attempt in range(_TRIES):
            book = self.read_book()
            if attempt and known_facts(book, tab) - {FACT_ID} == wanted:  # the heading stands over them
                return  # the call before was done after all
            try:
                self._client.write(list(remade(book, tab, rows, aside, self._markers)))
            except AnswerLost:
                continue
            except WorkbookChanged as error:
                trouble = error
                break
            self._book = None
            return
        raise trouble

    def rewrite(self, changes: FactChanges, views: Views, facts: Facts) -> None:
        """Change facts, write views and append facts in one atomic call; then see that each stands in its row.

        Raises WorkbookChanged, with nothing written, where one of these facts changed since the last read.
        """
        seen, before = self._book, self._trusted_book()
        if seen is not None and differ(seen, before, changes):
            raise _moved()
        self._write(views, facts, changes)
        for _ in range(_TRIES):
            changes = put_right(before, now := self.read_book(), changes)
            requests = list(changed_facts(now, changes))
            if not requests:
                return
            with suppress(AnswerLost):  # looked at again by the next turn
                self._client.write(requests)
        raise _moved()

    def forget_copies(self) -> Mapping[str, int]:
        """Nothing: the version history is Google's, and out of our reach."""
        return {}

    def beneath(self, _words: Collection[str]) -> Mapping[str, int]:
        """Nobody can tell: notes and comments are not read, and the certificate says so."""
        return {}

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _write(self, views: Views, facts: Facts, changes: FactChanges = NO_CHANGES) -> None:
        """Write until it is certain that everything stands where it belongs, a few times at most."""
        pending = {tab: list(rows) for tab, rows in facts.items() if rows}
        trouble: WorkbookError = _moved()
        for _ in range(_TRIES):
            try:
                whole = pass_for(book := self._book or self._trusted_book(), views)
                if whole.written and self._monotonic() - self._read_at > _FRESH:
                    whole = pass_for(book := self._trusted_book(), views)
            except WorkbookChanged:
                if facts and not pending:
                    return  # they are in the log, and the next pass shows the rest
                raise
            requests = [*changed_facts(book, changes), *self._fact_requests(book, pending), *whole.requests]
            if not requests:
                self._drop_ids(whole)
                return
            from sheets_automation.workbooks.google_verifying import ANSWER_FIELDS, ranges_to_see  # for who writes

            since = self._monotonic()
            try:
                answer = self._client.write(requests, ranges=ranges_to_see(whole), fields=ANSWER_FIELDS)
            except AnswerLost:
                missing, trouble = self._still_missing(whole, pending, since), unreachable()
                self._look_after_lost(whole, has_facts_there=bool(pending) and not missing)
                pending = missing
                continue
            except WorkbookChanged as error:  # somebody made or deleted a tab that the batch names
                self._book, trouble = None, error
                continue
            makes_tabs = not set(pending) <= set(book.sheets)
            pending, trouble = {}, _moved()
            # What the book says of tabs and columns holds on after an append to what was there, and after nothing else.
            self._book = None if whole.requests or makes_tabs else book
            if self._landed(whole, answer):
                self._drop_ids(whole)
                return
        if pending or not facts:
            raise trouble

    def _drop_ids(self, whole: Pass) -> None:
        """Empty the id cells of rows that are empty by now. To do it again does no harm, so an answer may be lost."""
        if whole.dropped_ids and whole.sheet is not None and whole.place is not None:
            self._book = None
            with suppress(AnswerLost):
                self._client.write(list(without_ids(whole.sheet, whole.place, whole.id_column, whole.dropped_ids)))

    def _fact_requests(self, book: Book, facts: Facts) -> Iterator[Json]:
        if self._is_log_given_up:
            yield from forget(self._orphans(book))
        for tab, rows in facts.items():
            yield from append_facts(book, tab, rows)
        for tab, rows in facts.items():
            yield from self._markers.note(book, tab, rows[-1])

    def _landed(self, whole: Pass, answer: Json) -> bool:
        """Whether everything stands where it belongs; what does not is taken back."""
        if whole.sheet is None or not whole.written:
            return True
        from sheets_automation.workbooks.google_verifying import is_in_place, seen_in

        if is_in_place(whole, seen_in(answer, whole.sheet.sheet_id)):
            return True
        self._give_back(whole)
        return False

    def _look_after_lost(self, whole: Pass, *, has_facts_there: bool) -> None:
        """After a lost answer: take back what the write, if it was done, has put where it does not belong."""
        sheet = self._book.sheet_of(whole.sheet.sheet_id) if self._book and whole.sheet else None
        if sheet is None or not whole.written:
            return
        from sheets_automation.workbooks.google_verifying import is_in_place, stands_all

        grid = sheet.grid()
        is_done = has_facts_there or stands_all(whole, grid)  # the facts came with the cells, or not at all
        if is_done and not is_in_place(whole, grid):
            self._give_back(whole)

    def _give_back(self, whole: Pass) -> None:
        from sheets_automation.workbooks.google_giving_back import give_back

        try:
            give_back(whole, read=self.read_book, write=self._client.write, sleep=self._sleep)
        finally:
            self._book = None

    def _still_missing(self, whole: Pass, facts: dict[str, list[Any]], since: float) -> dict[str, list[Any]]:
        """After a lost answer: which facts are not in their tabs.

        Appending them again is harmless even if the first request lands later, since a fact counts once. Columns that
        were made twice are not, so then we wait until that request is surely dead.
        """
        while True:
            book = self.read_book()
            known = {tab: known_facts(book, tab) for tab in facts}
            missing = {
                tab: left
                for tab, rows in facts.items()
                if (left := [row for row in rows if row.get(FACT_ID) not in known[tab]])
            }
            is_done = not missing and all_stands(whole, book)
            if is_done or not whole.is_structural or self._monotonic() - since > _DEAD_AFTER:
                return missing
            self._sleep(_LOOK_EVERY)

    def read_book(self) -> Book:
        """The spreadsheet as it is now, before anything is judged about it."""
        self._book = self._client.fetch()
        self._read_at = self._monotonic()
        self._sheet_ids = {title: sheet.sheet_id for title, sheet in self._book.sheets.items()}
        self._title = self._book.title
        return self._book

    def _trusted_book(self) -> Book:
        """The spreadsheet as it is now, refused where its log lacks what a run is known to have appended."""
        book = self.read_book()
        if self._orphans(book) and not self._is_log_given_up:
            raise LogDamaged(
                f"「{self._log_tab}」タブの終わりの行、またはタブそのものがなくなっています。誰に送ったかの唯一の記録なので、"
                "このままでは何も送りません。「ファイル」の「変更履歴」から元に戻してください。"
                "どうしても戻せないときは、relay rebuild-log で送信済みの通知から作り直せます。",
                f"The last rows of tab {self._log_tab}, or the whole tab, are gone. It is the only record of who was "
                "written to, so nothing is sent. Bring it back from “Version history” in the File menu. "
                "If it is lost for good, `relay rebuild-log` rebuilds it from the letters that were sent.",
            )
        return book

    def _orphans(self, book: Book) -> Sequence[Marker]:
        """Notes of facts that the log lacks."""
        mine = [marker for marker in book.markers if marker.tab == self._log_tab]
        known = known_facts(book, self._log_tab) if mine else set()
        return [marker for marker in mine if marker.fact_id not in known]

    def _revision(self, book: Book) -> str:
        """The same while no tab but the logs differs."""
        shown = ((title, sheet.cells) for title, sheet in book.sheets.items() if title not in self._fact_tabs)
        return f"{zlib.crc32(repr(list(shown)).encode('utf-8', 'surrogatepass')):08x}"


def _moved() -> WorkbookChanged:
    return WorkbookChanged(
        "書き込むあいだに行や列が動かされたため、書いたものを元に戻しました。もう一度実行してください。",
        "Rows or columns were moved during the writing, so it was taken back. Run again.",
    )
