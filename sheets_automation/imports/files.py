"""Open a file of candidates by what it is, not by what its name says."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sheets_automation.core.errors import ImportUnreadable, WorkbookError
from sheets_automation.core.importing.source import SourceFile
from sheets_automation.imports.text_files import text_file, unreadable

if TYPE_CHECKING:
    from sheets_automation.xlsx.package import Package

LARGEST_FILE = 200_000_000
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that somebody has sent us, instead of the path of one."""

    name: str
    data: bytes = field(repr=False)
    encoding: str = ""
    """As a person has named it; empty to find it out."""


class OpenFiles:
    """The files of one import; they stay open while their tables are read."""

    def __init__(self) -> None:
        self._packages: list[Package] = []
        self._folder: TemporaryDirectory[str] | None = None

    def read(self, path: Path, more_known: Collection[str] = ()) -> SourceFile:
        """Open one. Raises ImportUnreadable, with what to do."""
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise unreadable(
                path.name,
                f"ファイルがあるか、開けるかを確かめてください({error.strerror})。",
                f"check that it is there and that you may open it ({error.strerror}).",
            ) from error
        if data.startswith(_ZIP):
            return self._workbook(path)
        return _text(path.name, data, more_known)

    def read_sent(self, sent: SentFile, more_known: Collection[str] = ()) -> SourceFile:
        """Understand a file that somebody has sent us. Raises ImportUnreadable, with what to do."""
        if not sent.data.startswith(_ZIP):
            return _text(sent.name, sent.data, more_known, sent.encoding)
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="relay-import-")  # for its owner alone, and gone when we are done
        place = Path(self._folder.name) / str(len(self._packages))
        place.mkdir()
        path = place / Path(sent.name).name  # by its own name, which errors tell
        path.write_bytes(sent.data)
        return self._workbook(path)

    def close(self) -> None:
        """Let go of all of them."""
        for package in self._packages:
            with suppress(WorkbookError):
                package.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _workbook(self, path: Path) -> SourceFile:
        from sheets_automation.xlsx.package import Package
        from sheets_automation.xlsx.reading import tables

        try:
            package = Package.open(path)
            self._packages.append(package)
            return SourceFile(name=path.name, tables=tuple(tables(package).values()))
        except WorkbookError as error:
            raise ImportUnreadable(error.ja, error.en) from error


def _text(name: str, data: bytes, more_known: Collection[str], encoding: str = "") -> SourceFile:
    for refused in (_too_large, _another_format, _nothing):
        if (problem := refused(name, data)) is not None:
            raise problem
    return text_file(name, data, more_known, encoding)


def _too_large(name: str, data: bytes) -> ImportUnreadable | None:
    if len(data) <= LARGEST_FILE:
        return None
    return unreadable(
        name, "大きすぎます(200 MB まで)。分けて出力してください。", "it is too large (200 MB). Export it in parts."
    )


def _another_format(name: str, data: bytes) -> ImportUnreadable | None:
    if data.startswith(_COMPOUND):
        return unreadable(
            name,
            "古い形式(.xls)か、パスワード付きのブックです。Excel でパスワードなしの .xlsx として保存してください。",
            "it is an old .xls file, or has a password. Open it in Excel and save it as .xlsx without one.",
        )
    if data.startswith(_PDF):
        return unreadable(
            name,
            "PDF からは取り込めません。CSV か Excel で出力してください。",
            "a PDF cannot be imported. Export CSV or Excel.",
        )
    return None


def _nothing(name: str, data: bytes) -> ImportUnreadable | None:
    return None if data.strip(b"\0 \r\n\t") else unreadable(name, "中身がありません。", "it is empty.")
