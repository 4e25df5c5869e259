"""Write the result: untouched members by their compressed bytes, changed ones anew, in the old order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheets_automation.xlsx.archive import CHUNK_BYTES
from sheets_automation.xlsx.draft import Draft

_STREAMED = 0x08
_LARGE = 1024 * 1024
_MAY_NEED_ZIP64 = 1 << 30
# Of a large sheet, level 6 saves one fifth more than level 1 and takes four times as long.
_LEVEL_FOR_LARGE = 1
_LEVEL = 6


def write_zip(out: BinaryIO, draft: Draft) -> None:
    """Write the whole result; the same draft always gives the same bytes."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in draft.names:
            if draft.is_untouched(name):
                _copy(archive, *draft.package.raw(name))
            else:
                _compress(archive, name, draft)


def _compress(archive: ZipFile, name: str, draft: Draft) -> None:
    size = draft.size(name)
    archive.compresslevel = _LEVEL_FOR_LARGE if size > _LARGE else _LEVEL
    with archive.open(name, "w", force_zip64=size > _MAY_NEED_ZIP64) as member:
        for piece in _larger(draft.stream(name)):
            member.write(piece)


def _larger(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces: a patched sheet comes in thousands of small ones."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _copy(archive: ZipFile, info: ZipInfo, compressed: bytes) -> None:
    # zipfile cannot take compressed bytes, but all it knows of a member is its ZipInfo in the directory to come.
    out = archive.fp
    assert out is not None  # noqa: S101 - open since the line above the caller's loop
    info = copy(info)
    info.flag_bits &= ~_STREAMED  # sizes and CRC are known now and stand in the header
    info.extra = b""
    info.header_offset = archive.start_dir
    out.seek(archive.start_dir)
    out.write(info.FileHeader(zip64=None))
    out.write(compressed)
    archive.start_dir = out.tell()
    archive.filelist.append(info)
    archive.NameToInfo[info.filename] = info
