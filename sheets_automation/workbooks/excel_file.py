"""An Excel file as the workbook, with no Excel installed: read fast, written rarely, and only in our own cells.

Facts go to a journal beside the file the moment they happen and are folded into their tabs at the next save. Whoever
will write holds an OS lock from the beginning, so that one run at a time is at work on a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.errors import CellsKept, WriteRefused
from sheets_automation.core.table import Snapshot, Table
from sheets_automation.core.views import Views
from sheets_automation.ports import NO_FACTS, FactChanges, Facts
from sheets_automation.workbooks.excel_facts import FACT_ID, Fact, FactTab, copy_of
from sheets_automation.workbooks.excel_lock import locked
from sheets_automation.workbooks.excel_losses import (
    changed_since,
    journal_missing,
    log_cut,
    open_elsewhere,
)
from sheets_automation.workbooks.journal import Journal
from sheets_automation.workbooks.stop_flag import StopFlag
from sheets_automation.xlsx.archive import fingerprint_of, reading
from sheets_automation.xlsx.archive import open_file as opened
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import tables
from sheets_automation.xlsx.saving import explained, put_right, replace_file, who_has_it_open
from sheets_automation.xlsx.workbook_part import hidden_name

if TYPE_CHECKING:
    from sheets_automation.xlsx.edit import Edit

RUN_OPEN = "_relay_run_open"
"""Hidden name with the id of a run whose letters may be under way: facts may be in the journal alone."""
LAST_FACT = "_relay_last_fact"
"""Hidden name with the id of the log's last fact: rows that are deleted at its end leave no gap behind."""
FOLDER = ".relay"
"""Beside the workbook: its journal, its lock and its backups."""


class ExcelFileWorkbook:
    """A Workbook over an .xlsx or .xlsm file. Refuses what it cannot do without guessing (WriteRefused)."""

    _tables: Mapping[str, Table]

    def __init__(
        self,
        path: Path,
        *,
        exclusive: bool,
        timezone: str,
        keep_backups: int = 10,
        ours_alone: Collection[str] = ("送信記録",),
        is_journal_lost: bool = False,
    ) -> None:
        """Open for reading, or with `exclusive` for reading and writing. Raises WorkbookBusy when it is in use.

        `ours_alone` are fact tabs that nobody else may write into: they are restored from the journal. With
        `is_journal_lost` a person has given up the journal of an unfinished run.
        """
        self._path = path
        self._timezone = timezone
        self._keep_backups = keep_backups
        self._exclusive = exclusive
        self._ours_alone = ours_alone
        self._is_journal_lost = is_journal_lost
        target = path.resolve()
        self._folder = target.parent / FOLDER
        self._stack = ExitStack()
        self._open()
        self._revision: str | None = None
        self._has_old_texts = False
        try:
            if exclusive:
                self._refuse_while_open()  # a person's save would undo ours
                self._stack.callback(locked(path, self._folder))
                put_right(path, self._folder / "backups")
            self._journal = Journal(self._folder / f"{target.name}.journal", create=exclusive, like=target)
            self._stack.callback(self._journal.close)
        except BaseException:
            self.close()
            raise

    @property
    def title(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def single_run(self) -> bool:
        """Whether we hold the lock."""
        return self._exclusive

    def link_to(self, _tab: str) -> str:
        """No address leads into a file."""
        return ""

    def read(self) -> Snapshot:
        """The file as it is now, with the facts that it does not show yet."""
        package = self._current_package()
        found = dict(self._tables)
        for tab, facts in self._fact_tabs().items():
            found[tab] = facts.table()
        self._revision = package.fingerprint
        stop = StopFlag(self._path.resolve(), self._folder).read()
        return Snapshot(tables=found, revision=package.fingerprint, timezone=self._timezone, stop=stop)

    def append(self, facts: Facts) -> None:
        """Write facts to the journal; they are in the workbook after the next `show`."""
        for tab in facts.keys() - self._facts.keys():  # most often none: a run appends twice for each letter
            self._current_package()
            # A tab of this name that is not ours is refused before anything is written.
            if tab not in self._fact_tabs():
                FactTab(tab, self._tables.get(tab)).add(facts[tab])
        self._journal.append(facts)

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Save the file once, with everything that it does not show yet; or not at all.

        New facts go to the journal after that, as ever: the next save shows them.
        """
        kept = self._save(views)
        if facts:
            self.append(facts)
        if kept is not None:
            raise kept

    def lost_facts(self) -> Collection[str]:
        """The run that the workbook says is unfinished, and the last fact of its log, where nobody knows of them."""
        workbook = self._current_package().read(self._package.workbook_part)
        run_id, fact_id = hidden_name(workbook, RUN_OPEN), hidden_name(workbook, LAST_FACT)
        lost_run = run_id is not None and not self._journal.knows_run(run_id)
        lost_fact = fact_id is not None and not self._knows_fact(fact_id)
        return [str(one) for one, is_lost in ((run_id, lost_run), (fact_id, lost_fact)) if is_lost]

    def replace_facts(self, tab: str, rows: Sequence[Fact], aside: str) -> None:
        """Let these be the facts in the journal, then save the file with the tab made anew and the old one beside it.

        Whoever dies in between leaves a journal that the next run, or the next rebuilding, reads.
        """
        self._current_package()
        self._refuse_while_open()
        old = self._tables.get(tab)
        self._journal.replace(tab, rows)
        self._facts.clear()
        self._facts_taken = 0
        self._tables = {title: table for title, table in self._tables.items() if title != tab}
        self._save(Views(tabs=(copy_of(old, aside),) if old is not None else ()))

    def rewrite(self, changes: FactChanges, views: Views, facts: Facts) -> None:
        """Change facts in the journal and append to it, then save the file once with all of it."""
        if self._revision not in {None, self._current_package().fingerprint}:
            raise changed_since(self.title)
        self._refuse_while_open()
        self._journal.rewrite(changes, facts)
        self._facts.clear()
        self._facts_taken, self._is_checked = 0, False
        if (kept := self._save(views)) is not None:
            raise kept

    def forget_copies(self) -> Mapping[str, int]:
        """Delete earlier states, and leave nothing in the journal's free pages and the file's list of texts."""
        from sheets_automation.workbooks.excel_erasing import forget_backups, save_without_unused_texts

        self._journal.wipe()
        has_none = save_without_unused_texts(self._path, self._current_package(), self._folder / "backups")
        self._has_old_texts, self._revision = not has_none, self._current_package().fingerprint
        return {"backups": forget_backups(self._path.resolve(), self._folder / "backups", self._keep_backups)}

    def beneath(self, words: Collection[str]) -> Mapping[str, int]:
        """Look through the parts of the file that no cell shows."""
        from sheets_automation.xlsx.forgetting import words_beneath

        return words_beneath(self._current_package(), words, has_old_texts=self._has_old_texts)

    def _save(self, views: Views) -> CellsKept | None:
        # The writer is large, and readers don't need it.
        from sheets_automation.workbooks.excel_saving import edit_for
        from sheets_automation.workbooks.excel_yielding import going_around

        package = self._current_package()
        if self._revision not in {None, package.fingerprint}:
            raise changed_since(self.title)
        self._refuse_while_open()
        facts = [tab.additions() for tab in self._fact_tabs().values()]
        names = {RUN_OPEN: views.run_open}
        if (last := self._last_fact()) or self._is_journal_lost:  # what was lost and given up is not asked for again
            names[LAST_FACT] = last
        edit, kept = going_around(lambda some: edit_for(package, self._tables, some, facts, names), self._tables, views)
        if edit.is_empty:
            return kept
        if views.run_open:
            self._journal.open_run(views.run_open)
        replace_file(
            self._path,
            edit.write,
            lambda written: self._verify(edit, written),
            expected_fingerprint=package.fingerprint,
            backup_dir=self._folder / "backups",
            keep_backups=self._keep_backups,
        )
        self._revision = self._current_package().fingerprint
        return kept

    def close(self) -> None:
        """Let go of the file, the journal and the lock."""
        self._package.close()
        self._stack.close()

    def _current_package(self) -> Package:
        """The open package, or a new one if somebody has saved the file meanwhile."""
        with opened(self._path) as handle, reading(self._path):
            is_same = fingerprint_of(handle) == self._package.fingerprint
        if not is_same or self._package.is_closed:
            before = self._package
            self._open()
            before.close()  # only now: where the new file cannot be opened, somebody may still read the old one
        return self._package

    def _open(self) -> None:
        """Open the file that is there now; what was read of another one is forgotten."""
        self._package = Package.open(self._path)
        self._tables = tables(self._package)
        self._facts: dict[str, FactTab] = {}
        self._facts_taken = 0
        self._is_checked = False

    def _verify(self, edit: Edit, written: Path) -> None:
        edit.verify(written)
        self._package.close()  # Windows replaces no file that anybody holds open, ourselves included

    def _fact_tabs(self) -> Mapping[str, FactTab]:
        """The fact tabs with all that the journal knows; only what is new to it is looked at."""
        facts = self._journal.facts()
        is_first_look = not self._is_checked
        if is_first_look:
            self._check_journal()
            self._is_checked = True
        by_tab: dict[str, list[Fact]] = defaultdict(list)
        for tab, fact in facts[self._facts_taken :]:
            by_tab[tab].append(fact)
        for tab, found in by_tab.items():
            if tab not in self._facts:
                self._facts[tab] = FactTab(tab, self._tables.get(tab))
            self._take(tab, found)
            if is_first_look and tab in self._ours_alone:
                self._facts[tab].restore(found)
        for tab, changes in self._journal.changes.items() if is_first_look else ():
            self._facts[tab] = self._facts.get(tab) or FactTab(tab, self._tables.get(tab))
            self._facts[tab].change(changes)
        self._facts_taken = len(facts)
        return self._facts

    def _take(self, tab: str, facts: Sequence[Fact]) -> None:
        try:
            self._facts[tab].add(facts)
        except WriteRefused:  # somebody took the headings away
            if not self._is_journal_lost or tab not in self._ours_alone:
                raise
            self._facts[tab] = FactTab(tab, None)
            self._facts[tab].add(facts)

    def _last_fact(self) -> str | None:
        """The id of the last fact of the log, where the journal has any."""
        ids = (fact.get(FACT_ID) for tab, fact in reversed(self._journal.facts()) if tab in self._ours_alone)
        return next((str(one) for one in ids), None)

    def _knows_fact(self, fact_id: str) -> bool:
        if any(fact.get(FACT_ID) == fact_id for _, fact in self._journal.facts()):
            return True
        logs = (self._tables[tab] for tab in self._ours_alone if tab in self._tables)
        return any(fact_id in row.cells.values() for log in logs for row in log.rows())

    def _check_journal(self) -> None:
        """Refuse a workbook that lacks facts: moved away from the journal of a run that goes on, or without its log."""
        if self._is_journal_lost:
            return
        workbook = self._package.read(self._package.workbook_part)
        run_id, fact_id = hidden_name(workbook, RUN_OPEN), hidden_name(workbook, LAST_FACT)
        if run_id is not None and not self._journal.knows_run(run_id):
            raise journal_missing(self.title, run_id, FOLDER)
        if fact_id is not None and not self._knows_fact(fact_id):
            raise log_cut(self.title, FOLDER)

    def _refuse_while_open(self) -> None:
        with explained(self._path):
            program = who_has_it_open(self._path)
        if program is not None:
            raise open_elsewhere(self.title, program)
