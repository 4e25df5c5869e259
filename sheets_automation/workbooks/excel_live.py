"""The workbook that a person has open in Excel: read and written through xlwings, and never saved by us.

Facts go to the journal beside the workbook the moment they happen, as with a file. `show` writes them into their tabs
as the person sees them. Whether that is saved is the person's own decision: the journal keeps every fact, and the next
run, on the open workbook or on its file, writes again what the workbook lacks.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from sheets_automation.core.errors import CellsKept, SheetsAutomationError, TabNotOurs, WorkbookBusy, WriteRefused
from sheets_automation.core.table import Snapshot, Table
from sheets_automation.core.views import TabView, Views, is_free, is_shown
from sheets_automation.ports import NO_FACTS, Facts
from sheets_automation.workbooks.excel_facts import FACT_ID, Fact, FactTab, copy_of
from sheets_automation.workbooks.excel_file import FOLDER, LAST_FACT, RUN_OPEN
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_calls import Calls
from sheets_automation.workbooks.excel_live_candidates import (
    ColumnsPlan,
    check_columns,
    plan_columns,
    take_back,
    write_columns,
)
from sheets_automation.workbooks.excel_live_drawing import add_tab, draw_tab
from sheets_automation.workbooks.excel_live_facts import add_facts
from sheets_automation.workbooks.excel_live_finding import find_book, place_of, refuse_writing
from sheets_automation.workbooks.excel_live_native import native
from sheets_automation.workbooks.excel_live_quiet import quietly, restore_left_over
from sheets_automation.workbooks.excel_live_reading import Cells, OpenTab, Reader, revision_of
from sheets_automation.workbooks.excel_losses import journal_missing, log_cut
from sheets_automation.workbooks.journal import Journal, make_folder
from sheets_automation.workbooks.stop_flag import StopFlag
from sheets_automation.xlsx.saving import explained


class ExcelLiveWorkbook:
    """A Workbook over what Excel shows. Refuses what cannot be saved, or what others write into at the same time."""

    def __init__(
        self,
        name: str,
        *,
        exclusive: bool,
        timezone: str,
        ours_alone: Collection[str] = ("送信記録",),
        is_journal_lost: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Find the open workbook of this name or path, the one in front if `name` is empty; `exclusive` to write.

        `ours_alone` are fact tabs that nobody else may write into: they are restored from the journal. With
        `is_journal_lost` a person has given up the journal of an unfinished run.
        """
        self._timezone = timezone
        self._exclusive = exclusive
        self._ours_alone = ours_alone
        self._is_journal_lost = is_journal_lost
        self._is_checked = False
        self._stack = ExitStack()
        calls, words = Calls(sleep), native()
        book = find_book(name, calls, words)
        self._book = OpenBook(book, calls.ask(lambda: book.app), calls, words)
        self._path = place_of(book, calls, words).resolve()
        self._folder = self._path.parent / FOLDER
        self._note = self._folder / f"{self._path.name}.held"
        self._reader = Reader(self._book)
        self._tabs: dict[str, OpenTab] = {}
        self._accepted: set[str] = set()
        """Fact tabs that were found to be ours."""
        try:
            if exclusive:
                refuse_writing(book, calls, words)
                self._take_lock()
                restore_left_over(self._book.app, calls, self._note)
            self._journal = Journal(self._folder / f"{self._path.name}.journal", create=exclusive, like=self._path)
            self._stack.callback(self._journal.close)
        except BaseException:
            self.close()
            raise

    @property
    def title(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def path(self) -> Path:
        """Where the file lies that the person may save into."""
        return self._path

    @property
    def single_run(self) -> bool:
        """Whether we hold the lock. A person at work is noticed by the revision."""
        return self._exclusive

    def link_to(self, _tab: str) -> str:
        """No address leads into a file."""
        return ""

    def read(self) -> Snapshot:
        """What Excel shows now, saved or not, with the facts that it does not show yet."""
        self._tabs = self._reader.tabs()
        found = {title: tab.table() for title, tab in self._tabs.items()}
        for tab, facts in self._fact_tabs().items():
            found[tab] = facts.table()
        return Snapshot(
            tables=found,
            revision=revision_of(self._tabs, self._ours_alone),
            timezone=self._timezone,
            stop=StopFlag(self._path, self._folder).read(),
        )

    def append(self, facts: Facts) -> None:
        """Write facts to the journal; they are in the workbook after the next `show`."""
        if facts.keys() - self._accepted:  # most often none: a run appends twice for each letter
            self._tabs = self._reader.tabs()
            self._fact_tabs()
            for tab, rows in facts.items():  # a tab of this name that is not ours is refused before anything is written
                FactTab(tab, self._table(tab)).add(rows)
        self._journal.append(facts)
        self._accepted |= facts.keys()

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Write everything that the workbook does not show yet. Nothing is touched where nothing differs.

        Any write of a program empties Excel's list of what can be undone; so there is none without need. New facts go
        to the journal after that, as ever: the next pass shows them.
        """
        kept = self._write(views)
        if facts:
            self.append(facts)
        if kept is not None:
            raise kept

    def lost_facts(self) -> Collection[str]:
        """The run that the workbook says is unfinished, and the last fact of its log, where nobody knows of them."""
        self._tabs = self._reader.tabs()
        return self._lost()

    def replace_facts(self, tab: str, rows: Sequence[Fact], aside: str) -> None:
        """Let these be the facts in the journal, put the old tab aside, and write the tab anew.

        Whoever dies in between leaves a journal that the next run, or the next rebuilding, reads.
        """
        self._tabs = self._reader.tabs()
        self._is_checked = True
        self._journal.replace(tab, rows)
        old = self._tabs.get(tab)
        if old is not None:
            with quietly(self._book.app, self._book.calls, self._note):
                draw_tab(self._book, add_tab(self._book, aside), copy_of(old.table(), aside), None)
                anew = FactTab(tab, None)
                anew.add(rows)
                add_facts(self._book, anew.additions(), old, frozenset())
        self._write(Views())

    def close(self) -> None:
        """Let go of the journal and the lock; Excel and the workbook stay as they are."""
        self._stack.close()

    def _write(self, views: Views) -> CellsKept | None:
        """One pass: all that could refuse it is looked at first, then written, then looked at again."""
        self._tabs = self._reader.tabs()
        additions = [tab.additions() for tab in self._fact_tabs().values()]
        plan = plan_columns(self._book, self._tabs.get(views.place.tab) if views.place else None, views)
        tabs = [view for view in views.tabs if self._is_wanted(view)]
        names = self._names(views)
        if not (any(additions) or plan or tabs or names):
            return plan.kept if plan is not None else None
        if views.run_open:
            self._journal.open_run(views.run_open)
        with quietly(self._book.app, self._book.calls, self._note):
            for name, text in names.items():
                self._book.put_name(name, text)
            for added in additions:
                present = self._tabs.get(added.tab)
                hidden = self._reader.hidden_by_filter(present) if added and present else frozenset()
                add_facts(self._book, added, present, hidden)
            for view in tabs:
                present = self._tabs.get(view.tab)
                draw_tab(self._book, present.sheet if present else add_tab(self._book, view.tab), view, present)
            if plan:
                self._write_columns(plan, views)
        return plan.kept if plan is not None else None

    def _write_columns(self, plan: ColumnsPlan, views: Views) -> None:
        """However the writing ends, what came to stand beside somebody else is taken back."""
        written: dict[int, Cells] = {}

        def back() -> OpenTab:
            return take_back(self._book, plan, written, lambda: self._reader.tab(plan.place.tab), views)

        try:
            write_columns(self._book, plan, self._reader.hidden_by_filter(plan.tab), written)
        except SheetsAutomationError:
            if written:
                back()
            raise
        check_columns(plan, back())

    def _is_wanted(self, view: TabView) -> bool:
        """Whether the tab shows something else. WriteRefused for a tab of that name that is not ours."""
        table = self._table(view.tab)
        if not is_free(view, table):
            raise TabNotOurs(view.tab)
        return not is_shown(view, table)

    def _names(self, views: Views) -> dict[str, str | None]:
        """The hidden names that have to change."""
        wanted: dict[str, str | None] = {RUN_OPEN: views.run_open}
        if (last := self._last_fact()) or self._is_journal_lost:  # what was given up is not asked for again
            wanted[LAST_FACT] = last
        return {name: text for name, text in wanted.items() if self._book.name_text(name) != text}

    def _fact_tabs(self) -> Mapping[str, FactTab]:
        """The fact tabs as last read, with all that the journal knows."""
        if not self._is_checked:
            self._check_journal()
            self._is_checked = True
        by_tab: dict[str, list[Fact]] = defaultdict(list)
        for tab, fact in self._journal.facts():
            by_tab[tab].append(fact)
        return {tab: self._fact_tab(tab, facts) for tab, facts in by_tab.items()}

    def _fact_tab(self, tab: str, facts: Sequence[Fact]) -> FactTab:
        found = FactTab(tab, self._table(tab))
        try:
            found.add(facts)
        except WriteRefused:  # somebody took the headings away
            if not self._is_journal_lost or tab not in self._ours_alone:
                raise
            found = FactTab(tab, None)
            found.add(facts)
        if tab in self._ours_alone:
            found.restore(facts)
        return found

    def _check_journal(self) -> None:
        """Refuse a workbook that lacks facts: moved away from the journal of a run that goes on, or without its log."""
        if self._is_journal_lost:
            return
        run_id, fact_id = self._book.name_text(RUN_OPEN), self._book.name_text(LAST_FACT)
        if run_id is not None and not self._journal.knows_run(run_id):
            raise journal_missing(self.title, run_id, FOLDER)
        if fact_id is not None and not self._knows_fact(fact_id):
            raise log_cut(self.title, FOLDER)

    def _lost(self) -> list[str]:
        run_id, fact_id = self._book.name_text(RUN_OPEN), self._book.name_text(LAST_FACT)
        lost_run = run_id is not None and not self._journal.knows_run(run_id)
        lost_fact = fact_id is not None and not self._knows_fact(fact_id)
        return [str(one) for one, is_lost in ((run_id, lost_run), (fact_id, lost_fact)) if is_lost]

    def _last_fact(self) -> str | None:
        """The id of the last fact of the log, where the journal has any."""
        ids = (fact.get(FACT_ID) for tab, fact in reversed(self._journal.facts()) if tab in self._ours_alone)
        return next((str(one) for one in ids), None)

    def _knows_fact(self, fact_id: str) -> bool:
        if any(fact.get(FACT_ID) == fact_id for _, fact in self._journal.facts()):
            return True
        logs = (self._tabs[tab] for tab in self._ours_alone if tab in self._tabs)
        return any(fact_id in cells.values() for log in logs for cells in log.rows.values())

    def _table(self, tab: str) -> Table | None:
        found = self._tabs.get(tab)
        return found.table() if found is not None else None

    def _take_lock(self) -> None:
        """The lock that a run on the file takes: a button and `relay send` never work on a workbook at once."""
        from filelock import FileLock, Timeout

        make_folder(self._folder, self._path)
        lock = FileLock(self._folder / f"{self._path.name}.lock", timeout=0)
        with explained(self._path):
            try:
                lock.acquire()
            except Timeout as error:
                raise WorkbookBusy(
                    f"「{self.title}」では別の実行が進行中です。終わってから、もう一度実行してください。",
                    f'Another run is at work on "{self.title}". Wait until it has ended, then run again.',
                ) from error
        self._stack.callback(lock.release)
