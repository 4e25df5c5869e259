"""Finding the workbook that a person has open in Excel, and refusing one that no run may work in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.errors import ConfigurationError, WorkbookNotFound, WorkbookNotSaved, WriteRefused
from sheets_automation.workbooks.excel_live_calls import Calls, load_xlwings
from sheets_automation.workbooks.excel_live_native import Native

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlwings import Book


def find_book(name: str, calls: Calls, native: Native) -> Book:
    """The open workbook of this name or path, or the one in front where `name` is empty."""
    xlwings = load_xlwings()
    if xlwings.engines.active is None:
        raise ConfigurationError(
            "このコンピューターには Excel がありません。live: は Excel のある Windows か macOS で使えます。",
            "There is no Excel on this computer; live: works where Excel for Windows or macOS is.",
        )
    books = calls.ask(lambda: list(_open_books(xlwings)))
    if not name and books:
        return calls.ask(lambda: _in_front(xlwings))
    for book in books:
        if _is_meant(name, calls.ask(lambda book=book: book.name), calls, native, book):  # type: ignore[misc]
            return book
    raise _not_open(name)


def place_of(book: Book, calls: Calls, native: Native) -> Path:
    """Where the workbook lies: beside it stand its journal and its lock. Refuses one without a folder of its own."""
    title = calls.ask(lambda: book.name)
    location = calls.ask(lambda: native.location(book))
    if "://" in location:
        raise shared(title)
    path = Path(location)
    if not path.is_absolute():
        raise WorkbookNotSaved(
            f"「{title}」はまだ一度も保存されていません。送信の記録をブックの隣に残すので、"
            "先に「名前を付けて保存」で Excel ブック(.xlsx か .xlsm)として保存してください。",
            f'"{title}" was never saved. Records are kept beside the workbook, so save it first as .xlsx or .xlsm.',
        )
    return path


def refuse_writing(book: Book, calls: Calls, native: Native) -> None:
    """Refuse a workbook whose changes could not be saved, or in which others write at the same time."""
    title = calls.ask(lambda: book.name)
    if calls.ask(lambda: native.is_read_only(book)):
        raise WorkbookNotSaved(
            f"「{title}」は読み取り専用で開かれているので、結果を保存できません。"
            "ほかの方が閉じるのを待つか、編集できる状態で開き直してください。",
            f'"{title}" is open read-only, so no result could be saved. Open it so that it can be edited.',
        )
    if calls.ask(lambda: native.is_shared(book)):
        raise shared(title)


def shared(title: str) -> WriteRefused:
    """The refusal for a workbook that several people edit at once, or that lies in the cloud."""
    return WriteRefused(
        f"「{title}」は OneDrive や SharePoint で共有されているか、自動保存がオンです。"
        "同時に書き換わると記録が守れないので、自動保存をオフにし、このコンピューターのフォルダに保存したブックで実行してください。",
        f'"{title}" is shared in OneDrive or SharePoint, or saved automatically: records could be overwritten. '
        "Turn AutoSave off and use a workbook that lies in a folder of this computer.",
    )


def _open_books(xlwings: object) -> Iterator[Book]:
    for app in xlwings.apps:  # type: ignore[attr-defined]
        yield from app.books


def _in_front(xlwings: object) -> Book:
    book: Book = xlwings.apps.active.books.active  # type: ignore[attr-defined]
    return book


def _is_meant(name: str, title: str, calls: Calls, native: Native, book: Book) -> bool:
    if not _is_path(name):
        return title.casefold() == name.casefold()
    if title.casefold() != Path(name).name.casefold():
        return False
    return _folded(calls.ask(lambda: native.location(book))) == _folded(name)


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name


def _folded(path: str) -> str:
    return path if "://" in path else os.path.normcase(os.path.realpath(path))


def _not_open(name: str) -> WorkbookNotFound:
    shown = Path(name).name if name else ""
    return WorkbookNotFound(
        f"Excel で開いているブックに「{shown}」がありません。開いてから、もう一度実行してください。"
        if shown
        else "Excel で開いているブックがありません。開いてから、もう一度実行してください。",
        f'No workbook "{shown}" is open in Excel. Open it and run again.'
        if shown
        else "No workbook is open in Excel. Open it and run again.",
    )
