"""The container of a VBA project, [MS-CFB] version 3: a small file system of 512-byte sectors in one file."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_LIMIT: Final = 4096
"""Shorter streams share sectors; longer ones have their own."""
_FREE: Final = 0xFFFF_FFFF
_END: Final = 0xFFFF_FFFE
_TABLE: Final = 0xFFFF_FFFD
_NOBODY: Final = 0xFFFF_FFFF
_TABLES_IN_THE_HEADER: Final = 109
_LONGEST_NAME: Final = 31
_RED, _BLACK = 0, 1
_ENTRY: Final = struct.Struct("<64sHBBIII16sIQQIQ")

Folder = Mapping[str, "bytes | Folder"]
"""Streams and folders by name."""


@dataclass(slots=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    content: bytes = b""
    colour: int = _BLACK
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = _END


_STORAGE, _STREAM, _ROOT = 1, 2, 5


def compound_file(root: Folder) -> bytes:
    """The file with these folders and streams; the same content gives the same bytes."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_folder(entries, root)
    small = [entry for entry in entries if entry.kind == _STREAM and 0 < len(entry.content) < _MINI_LIMIT]
    large = [entry for entry in entries if len(entry.content) >= _MINI_LIMIT]
    mini_table = _place(small, _MINI_SECTOR)
    entries[0].content = b"".join(_filled(entry.content, _MINI_SECTOR) for entry in small)

    table_entry, directory = _Entry("", 0, _packed(mini_table)), _Entry("", 0, b"\0" * len(entries) * _ENTRY.size)
    chains = [*large, *(one for one in (entries[0], table_entry, directory) if one.content)]
    table = _place(chains, _SECTOR)
    directory.content = _directory(entries)
    tables = _tables_needed(len(table))
    first_table = len(table)
    table += [_TABLE] * tables
    sectors = b"".join(_filled(entry.content, _SECTOR) for entry in chains)
    header = _header(directory.start, table_entry, first_table, tables)
    return header + sectors + _packed(table)


def _add_folder(entries: list[_Entry], folder: Folder) -> int:
    """Add what a folder holds to the directory; the root of its tree."""
    numbers: dict[str, int] = {}
    for name, content in folder.items():
        if not 0 < len(name) <= _LONGEST_NAME:
            raise ValueError(f"“{name}” is too long for a stream")
        numbers[name] = len(entries)
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _STORAGE, start=0))
            entries[numbers[name]].child = _add_folder(entries, content)
    # Readers search this tree by the length of a name and then by its capitals.
    ordered = sorted(numbers, key=lambda name: (len(name), name.upper()))
    return _tree(entries, [numbers[name] for name in ordered], last_level=(len(ordered) + 1).bit_length() - 1)


def _tree(entries: list[_Entry], numbers: list[int], last_level: int, level: int = 0) -> int:
    """Let the middle one stand above the halves: only the last level can have gaps, so its entries alone are red."""
    if not numbers:
        return _NOBODY
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.colour = _RED if level == last_level else _BLACK
    entry.left = _tree(entries, numbers[:middle], last_level, level + 1)
    entry.right = _tree(entries, numbers[middle + 1 :], last_level, level + 1)
    return numbers[middle]


def _place(entries: list[_Entry], size: int) -> list[int]:
    """Lay contents one behind the other; for each sector, which one follows it."""
    table: list[int] = []
    for entry in entries:
        entry.start = len(table)
        count = -(-len(entry.content) // size)
        table += [*range(len(table) + 1, len(table) + count), _END]
    return table


def _tables_needed(sectors: int) -> int:
    """How many sectors the table of sectors takes, itself included."""
    per_sector = _SECTOR // 4
    needed = 1
    while needed * per_sector < sectors + needed:
        needed += 1
    if needed > _TABLES_IN_THE_HEADER:
        raise ValueError("a VBA project of more than 6 MB")
    return needed


def _header(directory_start: int, mini_table: _Entry, first_table: int, tables: int) -> bytes:
    places = [*range(first_table, first_table + tables)]
    places += [_FREE] * (_TABLES_IN_THE_HEADER - tables)
    return struct.pack(
        "<8s16sHHHHH6s9I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, tables, directory_start, 0, _MINI_LIMIT,
        mini_table.start, -(-len(mini_table.content) // _SECTOR), _END, 0,
        *places,
    )  # fmt: skip


def _directory(entries: list[_Entry]) -> bytes:
    return b"".join(_lines(entries))


def _lines(entries: list[_Entry]) -> Iterator[bytes]:
    for entry in entries:
        name = entry.name.encode("utf-16-le")
        yield _ENTRY.pack(
            name, len(name) + 2, entry.kind, entry.colour, entry.left, entry.right, entry.child, b"",
            0, 0, 0, entry.start, len(entry.content),
        )  # fmt: skip
    for _ in range(-len(entries) % (_SECTOR // _ENTRY.size)):
        yield _ENTRY.pack(b"", 0, 0, 0, _NOBODY, _NOBODY, _NOBODY, b"", 0, 0, 0, 0, 0)


def _packed(table: list[int]) -> bytes:
    """A table of sectors, filled up to whole ones."""
    filled = table + [_FREE] * (-len(table) % (_SECTOR // 4))
    return struct.pack(f"<{len(filled)}I", *filled)


def _filled(content: bytes, size: int) -> bytes:
    return content + b"\0" * (-len(content) % size)
