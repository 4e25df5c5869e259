"""A make-believe Excel: open workbooks, a person in front of them, and every call counted.

`do` is its only door for programs: in this process, or from another one over a socket (see `server`). What people do,
they do with the workbooks themselves.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.excel_engine.grid import REFUSED, Area, Refused, Tab, refused

CALL_REJECTED = -2147418111
BEING_EDITED = -2146777998


@dataclass
class Book:
    """An open workbook."""

    name: str
    location: str
    tabs: list[Tab] = field(default_factory=list)
    names: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """What each name refers to, and whether people see it."""
    is_read_only: bool = False
    is_shared: bool = False
    autosaves: bool = False
    is_structure_protected: bool = False
    active: int = 0
    is_saved: bool = True

    def tab(self, number: int) -> Tab:
        """A tab by its number, which renaming does not change."""
        for one in self.tabs:
            if one.number == number:
                return one
        raise refused("Subscript out of range")

    def titled(self, title: str) -> Tab:
        """A tab by its title."""
        return next(tab for tab in self.tabs if tab.title == title)


class Excel:
    """The application."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.front = ""
        self.pid = 4711
        self.state: dict[str, object] = {
            "screen_updating": True,
            "enable_events": True,
            "calculation": "automatic",
            "status_bar": False,
            "version": "16.0",
        }
        self.selection = ("", (1, 1, 1, 1))
        self.undo: list[str] = ["入力"]
        """What the person could undo; any write of a program empties it."""
        self.calls: Counter[str] = Counter()
        self.alerts: list[tuple[str, str]] = []
        self.answer = "yes"
        """What the person presses in a box that asks."""
        self.chosen = ""
        """The file that the person chooses; empty to cancel."""
        self.rejects = 0
        """How many of the next calls are rejected, since a cell is being edited."""
        self.rejects_after = 0
        self.refuses: str = ""
        """A verb that fails for good."""
        self.on_call = lambda _verb: None
        """What happens elsewhere before a call: a person at work."""
        self._numbers = itertools.count(1)
        self._door = threading.RLock()

    def open(self, path: Path, titles: tuple[str, ...] = ("Sheet1",)) -> Book:
        """A person opens a workbook."""
        book = Book(path.name, str(path))
        book.tabs = [self.new_tab(title) for title in titles]
        self.books[path.name] = book
        self.front = path.name
        return book

    def new_tab(self, title: str) -> Tab:
        """A tab that belongs to no workbook yet."""
        return Tab(next(self._numbers), title)

    def do(self, verb: str, *args: object) -> object:
        """One call of a program."""
        with self._door:
            self.calls[verb] += 1
            self.on_call(verb)
            self._reject()
            if verb == self.refuses:
                raise refused()
            return getattr(self, f"_{verb}")(*args)

    def _reject(self) -> None:
        if self.rejects_after:
            self.rejects_after -= 1
        elif self.rejects:
            self.rejects -= 1
            if self.rejects % 2:
                raise Refused(CALL_REJECTED, 0, "Call was rejected by callee.")
            raise Refused(REFUSED, BEING_EDITED, "")

    def _tab(self, book: str, number: int) -> Tab:
        return self._book(book).tab(number)

    def _book(self, name: str) -> Book:
        if name not in self.books:
            raise Refused(-2147417848, 0, "The object invoked has disconnected from its clients.")
        return self.books[name]

    def _changed(self, book: str, what: str) -> None:
        self.undo.clear()
        self._book(book).is_saved = False
        del what

    # The application

    def _list_books(self) -> list[str]:
        return list(self.books)

    def _front_book(self) -> str:
        return self.front

    def _get_state(self, key: str) -> object:
        return self.pid if key == "pid" else self.state[key]

    def _set_state(self, key: str, value: object) -> None:
        self.state[key] = value

    def _get_selection(self) -> object:
        return self.selection

    def _alert(self, prompt: str, title: str, buttons: str) -> str:
        self.alerts.append((title, prompt))
        return self.answer if buttons == "yes_no" else "ok"

    def _choose_file(self) -> object:
        return self.chosen or False

    # Workbooks

    def _get_location(self, book: str) -> str:
        return self._book(book).location

    def _get_flag(self, book: str, flag: str) -> bool:
        return bool(getattr(self._book(book), flag))

    def _list_tabs(self, book: str) -> list[tuple[int, str]]:
        return [(tab.number, tab.title) for tab in self._book(book).tabs]

    def _active_tab(self, book: str) -> int:
        found = self._book(book)
        return found.active or found.tabs[0].number

    def _activate_tab(self, book: str, number: int) -> None:
        self._book(book).active = self._tab(book, number).number

    def _activate_book(self, book: str) -> None:
        self.front = self._book(book).name

    def _select_cells(self, book: str, number: int, area: Area) -> None:
        if (self.front, self._active_tab(book)) != (book, number):
            raise refused("Select method of Range class failed")
        self.selection = (self._tab(book, number).title, tuple(area))

    def _add_tab(self, book: str) -> int:
        found = self._book(book)
        if found.is_structure_protected:
            raise refused("Workbook is protected and cannot be changed.")
        tab = self.new_tab(f"Sheet{len(found.tabs) + 1}")
        found.tabs.append(tab)
        found.active = tab.number
        self._changed(book, tab.title)
        return tab.number

    def _rename_tab(self, book: str, number: int, title: str) -> None:
        if any(tab.title.casefold() == title.casefold() for tab in self._book(book).tabs):
            raise refused("That name is already taken. Try a different one.")
        self._tab(book, number).title = title
        self._changed(book, title)

    def _delete_tab(self, book: str, number: int) -> None:
        self._book(book).tabs.remove(self._tab(book, number))
        self._changed(book, "tab")

    def _list_names(self, book: str) -> list[str]:
        return list(self._book(book).names)

    def _get_name(self, book: str, name: str) -> str:
        if name not in self._book(book).names:
            raise refused()
        return self._book(book).names[name][0]

    def _put_name(self, book: str, name: str, refers_to: str) -> None:
        self._book(book).names[name] = (refers_to, True)
        self._changed(book, name)

    def _hide_name(self, book: str, name: str) -> None:
        self._book(book).names[name] = (self._book(book).names[name][0], False)

    def _delete_name(self, book: str, name: str) -> None:
        del self._book(book).names[name]
        self._changed(book, name)

    # Tabs

    def _get_used(self, book: str, number: int) -> Area:
        return self._tab(book, number).used()

    def _get_values(self, book: str, number: int, area: Area) -> object:
        return self._tab(book, number).values(tuple(area))

    def _get_formulas(self, book: str, number: int, area: Area) -> object:
        return self._tab(book, number).formulas(tuple(area))

    def _put_values(self, book: str, number: int, area: Area, values: object) -> None:
        self._tab(book, number).put(tuple(area), values)
        self._changed(book, "values")

    def _clear(self, book: str, number: int, area: Area) -> None:
        self._tab(book, number).clear(tuple(area))
        self._changed(book, "clear")

    def _visible_cells(self, book: str, number: int, area: Area) -> list[Area]:
        return self._tab(book, number).visible(tuple(area))

    def _get_look(self, book: str, number: int, area: Area, look: str) -> object:
        return self._tab(book, number).one_of(tuple(area), look)

    def _put_look(self, book: str, number: int, area: Area, look: str, value: object) -> None:
        self._tab(book, number).dress(tuple(area), look, value)
        self._changed(book, look)

    def _set_width(self, book: str, number: int, area: Area, width: float) -> None:
        self._tab(book, number).widths.update(dict.fromkeys(range(area[1], area[1] + area[3]), width))

    def _add_rule(self, book: str, number: int, area: Area, spec: dict[str, object]) -> None:
        self._tab(book, number).rules.append((tuple(area), spec))

    def _has_merged(self, book: str, number: int, area: Area) -> bool:
        return self._tab(book, number).has_merged(tuple(area))

    def _is_protected(self, book: str, number: int) -> bool:
        return self._tab(book, number).is_protected

    def _protect(self, book: str, number: int) -> None:
        self._tab(book, number).is_protected = True

    def _unprotect(self, book: str, number: int, password: str) -> None:
        tab = self._tab(book, number)
        if password != tab.password:
            raise refused("The password you supplied is not correct.")
        tab.is_protected = False

    def _is_filtered(self, book: str, number: int) -> bool:
        return bool(self._tab(book, number).filtered)

    def _get_filter(self, book: str, number: int) -> Area | None:
        return self._tab(book, number).filter_area

    def _put_filter(self, book: str, number: int, area: Area | None) -> None:
        tab = self._tab(book, number)
        tab.filter_area = tuple(area) if area else None
        tab.filtered = set()

    def _list_tables(self, book: str, number: int) -> list[tuple[str, Area]]:
        return list(self._tab(book, number).tables.items())

    def _resize_table(self, book: str, number: int, name: str, area: Area) -> None:
        self._tab(book, number).tables[name] = tuple(area)

    def _list_charts(self, book: str, number: int) -> int:
        return len(self._tab(book, number).charts)

    def _add_chart(self, book: str, number: int, spec: dict[str, object]) -> int:
        self._tab(book, number).charts.append(dict(spec))
        return len(self._tab(book, number).charts) - 1

    def _set_chart(self, book: str, number: int, at: int, key: str, value: object) -> None:
        self._tab(book, number).charts[at][key] = value

    def _delete_chart(self, book: str, number: int, _at: int) -> None:
        self._tab(book, number).charts.pop()
