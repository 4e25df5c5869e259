"""Workbooks that were made to hurt, each with people in it who are due: small on the disk, and huge or wrong inside."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.ruined_files.books import Book
from tests.xlsx.raw_workbook import SHEET, parts_of, sheet_of, zipped

TEXTS = "xl/sharedStrings.xml"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
)
FROM_OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
ONE_LONG_ENTITY = f"<!DOCTYPE x [<!ENTITY j '{'x' * 100_000}'>]>"
PASSWORD = Path(__file__).parents[1] / "xlsx" / "corpus" / "xlsx-populate-encrypted.xlsx"
_BLOCK = 2**20
_DIGITS_PER_NOISE = 100_000
_ENCRYPTED = struct.pack("<H", 1)

Maker = Callable[[Book], bytes]


def with_a_password(_: Book) -> bytes:
    """A workbook that Excel has encrypted."""
    return PASSWORD.read_bytes()


def with_an_encrypted_member(book: Book) -> bytes:
    """A zip file whose directory says that the sheet is encrypted."""
    content = bytearray(book.content)
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))
    content[entry + 8 : entry + 10] = _ENCRYPTED
    return bytes(content)


def with_a_cell_in_the_last_corner(book: Book) -> bytes:
    """One cell at XFD1048576 below the candidates: the sheet ends where no sheet can go on."""
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return _with(book, {SHEET: _parts(book)[SHEET].replace(b"</sheetData>", corner)})


def a_cell_in_the_last_corner_alone(_: Book) -> bytes:
    """A workbook of fewer than 1,800 bytes that holds nothing but one cell at XFD1048576."""
    out = io.BytesIO()
    zipped(out, parts_of(sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))
    return out.getvalue()


def with_entities(declared: str, part: str, book: Book) -> bytes:
    """One part declares entities, and a cell or text uses the last of them often."""
    parts = _parts(book)
    head, root, rest = parts[part].partition(b"<worksheet" if part == SHEET else b"<sst")
    used = rest.replace(b"</v>" if part == SHEET else b"</t>", b"&j;" * 1000 + b"</t>", 1)
    return _with(book, {part: head + declared.encode() + root + used})


def with_a_repeated(unit: bytes, times: int, place: bytes, part: str, book: Book, *, is_padded: bool = False) -> bytes:
    """A part in which a unit is repeated before a place; padded, it is not packed tightly enough to be told by that."""
    head, found, tail = _parts(book)[part].partition(place)
    assert found
    noise = random.Random(1)
    if is_padded:
        for _ in range(len(unit) * times // (150 * _DIGITS_PER_NOISE) + 1):
            head += b"<!--%x-->" % noise.getrandbits(4 * _DIGITS_PER_NOISE)
    return _with(book, {}, (part, head, unit, times, place + tail))


def with_a_huge_picture(book: Book) -> bytes:
    """A member that we never read, and copy with every save."""
    return _with(book, {}, ("xl/media/image1.png", b"", bytes(1000), 1_600_000, b""))


HOSTILE: Mapping[str, Maker] = {
    "password": with_a_password,
    "encrypted member": with_an_encrypted_member,
    "zip bomb": partial(with_a_repeated, b"\0", 4 * 2**30, b"</worksheet>", SHEET),
    "cell at XFD1048576": with_a_cell_in_the_last_corner,
    "cell at XFD1048576 alone": a_cell_in_the_last_corner_alone,
    "60 million empty rows": partial(with_a_repeated, b"<row/>", 60_000_000, b"</sheetData>", SHEET),
    "60 million empty rows, padded": partial(
        with_a_repeated, b"<row/>", 60_000_000, b"</sheetData>", SHEET, is_padded=True
    ),
    "1.6 GB shared string": partial(with_a_repeated, b"x", 1_600_000_000, b"</t>", TEXTS),
    "1.6 GB shared string, padded": partial(with_a_repeated, b"x", 1_600_000_000, b"</t>", TEXTS, is_padded=True),
    "100 million shared strings, padded": partial(
        with_a_repeated, b"<si><t>x</t></si>", 100_000_000, b"</sst>", TEXTS, is_padded=True
    ),
    "10 million cells, padded": partial(
        with_a_repeated, b"<c><v>1</v></c>", 10_000_000, b"</row>", SHEET, is_padded=True
    ),
    "10 million open tags, padded": partial(with_a_repeated, b"<a>", 10_000_000, b"</row>", SHEET, is_padded=True),
    "1.6 GB picture": with_a_huge_picture,
    "entity bomb in the sheet": partial(with_entities, LAUGHS, SHEET),
    "entity bomb in the texts": partial(with_entities, LAUGHS, TEXTS),
    "entity from outside": partial(with_entities, FROM_OUTSIDE, TEXTS),
    "quadratic entities": partial(with_entities, ONE_LONG_ENTITY, TEXTS),
}


def _parts(book: Book) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(book: Book, changed: Mapping[str, bytes], huge: tuple[str, bytes, bytes, int, bytes] | None = None) -> bytes:
    """The book with some parts changed, and perhaps one huge part that is made without ever being whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**_parts(book), **changed}.items():
            if huge is None or name != huge[0]:
                archive.writestr(name, part)
        if huge is not None:
            _write_huge(archive, *huge)
    return out.getvalue()


def _write_huge(archive: zipfile.ZipFile, name: str, head: bytes, unit: bytes, times: int, tail: bytes) -> None:
    """Deflate one block and write it as often as it is needed: a block after a full flush knows of none before it."""
    block = unit * max(1, _BLOCK // len(unit))
    blocks, rest = divmod(len(unit) * times, len(block))
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.header_offset = archive.start_dir
    deflated = [_flushed(head), *[_flushed(block)] * blocks, _flushed(block[:rest]), _flushed(tail, last=True)]
    crc = zlib.crc32(head)
    for _ in range(blocks):
        crc = zlib.crc32(block, crc)
    info.CRC = zlib.crc32(tail, zlib.crc32(block[:rest], crc))
    info.file_size = len(head) + len(block) * blocks + rest + len(tail)
    info.compress_size = sum(map(len, deflated))
    archive.fp.seek(archive.start_dir)
    archive.fp.write(info.FileHeader())
    archive.fp.writelines(deflated)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(info)
    archive.NameToInfo[name] = info


def _flushed(data: bytes, *, last: bool = False) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
