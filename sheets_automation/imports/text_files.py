"""A CSV or TSV file as a table: encoding, delimiter and quoting found out, each line with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from functools import partial
from itertools import islice

from sheets_automation.core.errors import ImportUnreadable
from sheets_automation.core.headings import heading_key
from sheets_automation.core.importing.source import SourceFile, locate_headings
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.imports.encodings import Encoding, find_encoding, named_encoding

_DELIMITERS = ",\t;|"
_LINES_LOOKED_AT = 200
_LONGEST_FIELD = 1_000_000


def text_file(name: str, data: bytes, more_known: Collection[str] = (), encoding_named: str = "") -> SourceFile:
    """Understand how a text file is written; a person may have named its encoding.

    Raises ImportUnreadable with the line where it cannot be read.
    """
    encoding = named_encoding(data, encoding_named) if encoding_named else find_encoding(data)
    if encoding is None and encoding_named:
        raise unreadable(
            name,
            f"文字コード {encoding_named} では読めません。別の文字コードを選んでください。",
            f"it is not written in {encoding_named}. Choose another encoding.",
        )
    if encoding is None:
        raise unreadable(
            name,
            "文字コードが分かりません。元のシステムから UTF-8 で出力し直してください。",
            "its encoding is unknown. Export it again, as UTF-8.",
        )
    files = [_as(name, data, encoding, delimiter) for delimiter in _DELIMITERS]
    best = max(files, key=lambda file: _score(file, more_known))
    _check(best)
    return best


def unreadable(name: str, ja: str, en: str) -> ImportUnreadable:
    """The error for a file that is not read; the name of a file says nothing of people."""
    return ImportUnreadable(f"「{name}」を読めません。{ja}", f'"{name}" cannot be read: {en}')


def _as(name: str, data: bytes, encoding: Encoding, delimiter: str) -> SourceFile:
    table = Table(title=name, source=partial(_rows, data, encoding.codec, delimiter))
    return SourceFile(name=name, tables=(table,), encoding=encoding.name, delimiter=delimiter)


def _rows(data: bytes, codec: str, delimiter: str, columns: Collection[int] | None) -> Iterator[Row]:
    """The lines as rows; a value over several lines counts by its first one."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 1
    for values in reader:
        cells: dict[int, CellValue] = {
            column: value for column, value in enumerate(values) if value and (columns is None or column in columns)
        }
        if cells:
            yield Row(number, cells)
        number = reader.line_num + 1


def _score(file: SourceFile, more_known: Collection[str]) -> tuple[int, int]:
    """How well a delimiter fits: the headings that are known then, and the lines of one width."""
    try:
        found = locate_headings(file, more_known)
        widths = [len(row.cells) for row in islice(file.tables[0].rows(), _LINES_LOOKED_AT)]
    except (csv.Error, UnicodeError):
        return -1, 0
    known = len({heading_key(one) for one in found.headings.values()}) if found else 0
    return known, sum(width > 1 for width in widths)


def _check(file: SourceFile) -> None:
    """Read all of it once: a quote that is never closed would swallow the rest, and nobody would notice."""
    number = 0
    try:
        for row in file.tables[0].rows():
            number = row.number
    except csv.Error as error:
        raise unreadable(
            file.name,
            f'{number + 1} 行目のあたりで引用符(")の対応が崩れています({error})。もう一度出力してください。',
            f"its quotes do not match near line {number + 1} ({error}). Export it again.",
        ) from error
