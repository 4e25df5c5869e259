"""The modules of a VBA project that somebody else may have saved: [MS-CFB] version 3, and [MS-OVBA] 2.3 and 2.4.

Whatever is not as Excel writes it raises ValueError: nothing is guessed of a project that may be replaced.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST: Final = 4_000_000
_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_LIMIT: Final = 4096
_TABLES_IN_THE_HEADER: Final = 109
_LAST_SECTOR: Final = 0xFFFF_FFF9
_ENTRY: Final = struct.Struct("<64sHBBIII16sIQQIQ")
_STREAM, _ROOT = 2, 5
_LONGEST_CHUNK: Final = 4096

_VERSION: Final = 0x09


class StoredModule(NamedTuple):
    """A module as it is stored: its name, whether it is one of procedures alone, and its source."""

    name: str
    is_standard: bool
    source: str


def stored_modules(project: bytes) -> list[StoredModule]:
    """The modules of a vbaProject.bin, in its own order."""
    streams = _streams(project)
    if "dir" not in streams:
        raise ValueError("no list of modules")
    return [
        StoredModule(name, is_standard, decompress(streams[stream][offset:]).decode("latin-1"))
        for name, stream, offset, is_standard in _listed(decompress(streams["dir"]))
    ]


def stream_names(project: bytes) -> frozenset[str]:
    """What the file holds, whichever folder it lies in."""
    return frozenset(_streams(project))


def decompress(container: bytes) -> bytes:
    """What a compressed container holds."""
    if container[:1] != b"\x01":
        raise ValueError("no compressed container")
    made, at = bytearray(), 1
    while at + 2 <= len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        if header >> 12 & 7 != 3:  # noqa: PLR2004 - the signature of each chunk
            raise ValueError("no chunk")
        end = min(at + (header & 0xFFF) + 3, len(container))
        made += _chunk(container[at + 2 : end]) if header >> 15 else container[at + 2 : end]
        if len(made) > _LARGEST:
            raise ValueError("a module that is too large")
        at = end
    return bytes(made)


def _chunk(packed: bytes) -> bytes:
    made, at = bytearray(), 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            if at >= len(packed):
                break
            if not flags >> bit & 1:
                made.append(packed[at])
                at += 1
                continue
            token, at = int.from_bytes(packed[at : at + 2], "little"), at + 2
            low_bits = 16 - max(4, (len(made) - 1).bit_length())
            start = len(made) - (token >> low_bits) - 1
            if start < 0 or len(made) > _LONGEST_CHUNK:
                raise ValueError("a reference to nothing")
            for number in range((token & (1 << low_bits) - 1) + 3):
                made.append(made[start + number])
    return bytes(made)


def _listed(directory: bytes) -> Iterator[tuple[str, str, int, bool]]:
    """Name, stream, where the source begins in it, and whether it is a module of procedures: [MS-OVBA] 2.3.4.2.3."""
    name = stream = ""
    offset, is_standard = 0, False
    for kind, content in _records(directory):
        match kind:
            case 0x19:  # MODULENAME
                name, stream, offset, is_standard = content.decode("latin-1"), "", 0, False
            case 0x1A:  # MODULESTREAMNAME
                stream = content.decode("latin-1")
            case 0x31:  # MODULEOFFSET
                offset = int.from_bytes(content, "little")
            case 0x21:  # MODULETYPE of procedures
                is_standard = True
            case 0x2B:  # the module's end
                yield name, stream, offset, is_standard


def _records(directory: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, at)
        if kind == _VERSION:
            size += 2  # its size is not the real one
        if at + 6 + size > len(directory):
            raise ValueError("a list of modules that is cut off")
        yield kind, directory[at + 6 : at + 6 + size]
        at += 6 + size


def _streams(file: bytes) -> Mapping[str, bytes]:
    """All streams by name; a project has none of the same name twice."""
    if file[:8] != _MAGIC or len(file) > _LARGEST or struct.unpack_from("<H", file, 26)[0] != 3:  # noqa: PLR2004
        raise ValueError("no VBA project")
    tables, directory_start, mini_start = (struct.unpack_from("<I", file, at)[0] for at in (44, 48, 60))
    if tables > _TABLES_IN_THE_HEADER:
        raise ValueError("a VBA project that is too large")
    places = struct.unpack_from(f"<{tables}I", file, 76)
    table = [number for place in places for number in struct.unpack(f"<{_SECTOR // 4}I", _sector(file, place))]
    directory = b"".join(_sector(file, number) for number in _chain(table, directory_start))
    entries = [_ENTRY.unpack_from(directory, at) for at in range(0, len(directory), _ENTRY.size)]
    root = next((entry for entry in entries if entry[2] == _ROOT), None)
    if root is None:
        raise ValueError("a VBA project without a root")
    mini = b"".join(_sector(file, number) for number in _chain(table, root[11]))
    mini_sectors = b"".join(_sector(file, number) for number in _chain(table, mini_start))
    mini_table = struct.unpack(f"<{len(mini_sectors) // 4}I", mini_sectors)
    found: dict[str, bytes] = {}
    for entry in entries:
        if entry[2] != _STREAM:
            continue
        name, start, size = entry[0][: max(0, entry[1] - 2)].decode("utf-16-le"), entry[11], entry[12]
        if size >= _MINI_LIMIT:
            content = b"".join(_sector(file, number) for number in _chain(table, start))
        else:
            sectors = _chain(mini_table, start) if size else ()
            content = b"".join(mini[number * _MINI_SECTOR : (number + 1) * _MINI_SECTOR] for number in sectors)
        if name in found or len(content) < size:
            raise ValueError("a VBA project that is broken")
        found[name] = content[:size]
    return found


def _sector(file: bytes, number: int) -> bytes:
    sector = file[(number + 1) * _SECTOR : (number + 2) * _SECTOR]
    if len(sector) < _SECTOR:
        raise ValueError("a VBA project that is cut off")
    return sector


def _chain(table: list[int] | tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors of a stream, one after the other."""
    for _ in range(len(table) + 1):
        if start > _LAST_SECTOR:
            return
        if start >= len(table):
            break
        yield start
        start = table[start]
    raise ValueError("a VBA project that leads nowhere")
