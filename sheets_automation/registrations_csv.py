"""Read a partner's CSV file of registrations: any of the encodings and headings that partners really send."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final

from sheets_automation.core.cells import folded
from sheets_automation.core.dates import date_time
from sheets_automation.core.errors import RegistrationsUnreadable
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.core.registrations import Registration
from sheets_automation.core.report_words import CODE, DATE, HEADINGS, KIND, kind_named

LARGEST_FILE: Final = 20_000_000
_LONGEST_QUOTE: Final = 40
_USED: Final = (CODE, DATE, KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationsFile:
    """What a file reports, and what in it could not be understood."""

    registrations: tuple[Registration, ...]
    problems: tuple[RecordProblem, ...]


def read_registrations(path: Path, zone: tzinfo) -> RegistrationsFile:
    """Read a CSV file. RegistrationsUnreadable where it is no such file; a row that is not clear is a problem."""
    rows = _rows(path)
    _, heading_cells = next(rows, (1, []))
    columns = _columns(heading_cells, path.name)
    registrations: list[Registration] = []
    problems: list[RecordProblem] = []
    for number, cells in rows:
        by_heading = {name: cells[column].strip() for name, column in columns.items() if column < len(cells)}
        if not any(cell.strip() for cell in cells):
            continue
        try:
            registrations.append(_registration(by_heading, f"{path.name}:{number}", zone))
        except ValueError as error:
            problems.append(_unclear(f"{path.name}:{number}", str(error)))
    return RegistrationsFile(registrations=tuple(registrations), problems=tuple(problems))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line on which each ends."""
    text = _text(path)
    first_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first_line.count))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise _unreadable(path.name, f"{error}") from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(path.name, error.strerror or "OSError") from error
    if len(data) > LARGEST_FILE:
        raise _unreadable(path.name, f"> {LARGEST_FILE:,} bytes")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path.name, "UTF-8, CP932 ×")


def _columns(cells: Sequence[str], file: str) -> Mapping[str, int]:
    """Which column holds what; the code is needed, and no heading may be there twice."""
    columns: dict[str, int] = {}
    for name in _USED:
        found = [column for column, cell in enumerate(cells) if folded(cell) in HEADINGS[name]]
        if len(found) > 1 or (not found and name == CODE):
            raise _heading_problem(file, cells)
        if found:
            columns[name] = found[0]
    return columns


def _registration(cells: Mapping[str, str], place: str, zone: tzinfo) -> Registration:
    """The report of a row; ValueError with the cell that is not clear."""
    kind_text, date_text = cells.get(KIND, ""), cells.get(DATE, "")
    kind = kind_named(kind_text)
    moment = date_time(date_text, zone) if date_text else None
    if kind is None:
        raise ValueError(kind_text)
    if date_text and moment is None:
        raise ValueError(date_text)
    return Registration(text=cells.get(CODE, ""), kind=kind, at=moment.at if moment else None, place=place)


def _unclear(place: str, cell: str) -> RecordProblem:
    shown = cell[:_LONGEST_QUOTE]
    return RecordProblem(
        place=place,
        ja=f"{place}: 「{shown}」が分からないので、登録していません。"
        "日付は 2026/11/05 のように、種別は「登録」「採用決定」のように直してください。",
        en=f"{place}: “{shown}” is not clear, so nothing was registered. "
        "Write dates like 2026/11/05 and kinds like “registered” or “hired”.",
    )


def _heading_problem(file: str, cells: Sequence[str]) -> RegistrationsUnreadable:
    found = "、".join(cell.strip()[:_LONGEST_QUOTE] for cell in cells) or "―"
    return RegistrationsUnreadable(
        f"{file} の1行目に、見出し「紹介コード」(または「紹介URL」)が1つだけ必要です。今の見出し: {found}",
        f"The first line of {file} needs exactly one heading 紹介コード (or code, URL). It has: {found}",
    )


def _unreadable(file: str, why: str) -> RegistrationsUnreadable:
    return RegistrationsUnreadable(
        f"{file} を読めません({why})。Excel では「CSV UTF-8」で保存し直してください。",
        f"{file} cannot be read ({why}). Save it as “CSV UTF-8”.",
    )
