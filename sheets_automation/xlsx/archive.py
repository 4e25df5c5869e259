"""The zip file under a workbook: opened with suspicion, read with caps."""

from __future__ import annotations

import errno
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sheets_automation.core.errors import WorkbookNotFound, WorkbookUnreadable
from sheets_automation.xlsx.limits import Limits

CHUNK_BYTES = 128 * 1024

_FINGERPRINTED_TAIL = 256 * 1024
_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_LONGEST_ZIP_COMMENT = 65_535
_ZIP64_RECORD = b"PK\x06\x06"
_ZIP64_RECORD_BYTES = 56
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_BYTES = 20
_IN_ZIP64_RECORD = 0xFFFFFFFF
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_BYTES_PER_DIRECTORY_ENTRY = 512
_CFB = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1


def open_file(path: Path) -> BinaryIO:
    """Open a workbook file for reading, or say why that is impossible."""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise WorkbookNotFound(
            f"「{path.name}」が見つかりません。場所と名前を確かめてください。",
            f'There is no file "{path.name}" here. Check its place and its name.',
        ) from error
    except OSError as error:
        raise _withheld(path.name, error) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say of what the system refuses while a workbook file is read that the file cannot be read now."""
    try:
        yield
    except OSError as error:
        raise _withheld(path.name, error) from error


def _withheld(name: str, error: OSError) -> WorkbookUnreadable:
    """The error for a file that may be whole, and that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return WorkbookUnreadable(
        f"「{name}」を読み取れません（{reason}）。"
        "フォルダーでないこと、読み取りの権限があること、ドライブにつながっていることを確かめてください。",
        f'"{name}" cannot be read ({reason}). '
        "Check that it is a file, that you may read it, and that its drive is connected.",
    )


def fingerprint_of(handle: BinaryIO) -> str:
    """Identify the bytes of an open file: place on disk, size, time, and the zip directory with every member's CRC."""
    status = os.fstat(handle.fileno())
    handle.seek(max(0, status.st_size - _END_RECORD_BYTES))
    handle.seek(max(0, status.st_size - _directory_bytes(handle.read())))
    directory = hashlib.blake2b(handle.read(), digest_size=16).hexdigest()
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{directory}"


def content_of(fingerprint: str) -> str:
    """What of a fingerprint tells the bytes alone, wherever the file lies, in letters that a file name can hold."""
    _, _, size, *_, directory = fingerprint.split("-")
    return f"{size}-{directory[:16]}"


def _directory_bytes(end: bytes) -> int:
    """How many of a file's last bytes to look at. A run asks twice for each letter, and most directories are small."""
    if not end.startswith(_END_RECORD):
        return _FINGERPRINTED_TAIL  # a comment follows, or this is no zip file
    size: int = struct.unpack_from("<L", end, 12)[0]
    return min(size + _END_RECORD_BYTES, _FINGERPRINTED_TAIL)


class Archive:
    """The members of a zip file, none of which is trusted."""

    def __init__(self, path: Path, handle: BinaryIO, limits: Limits) -> None:
        self._name = path.name
        self._handle = handle
        self._limits = limits
        self._size = os.fstat(handle.fileno()).st_size
        self.fingerprint = fingerprint_of(handle)
        self._check_kind()
        self._check_directory_size()
        try:
            self._zip = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise self._broken(str(error), error) from error
        self.members = self._checked_members()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._handle.close()

    @property
    def is_closed(self) -> bool:
        """Whether it was let go of."""
        return self._handle.closed

    def stream(self, name: str) -> Iterator[bytes]:
        """Inflate a member chunk by chunk; its CRC is checked at the end."""
        if self.is_closed:  # for a save that failed, and the file cannot be opened again either
            raise _withheld(self._name, OSError(errno.EBADF, os.strerror(errno.EBADF)))
        info = self.members[name]
        if info.file_size > self._limits.max_member_bytes:
            raise self.too_large(name)
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(CHUNK_BYTES):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, struct.error) as error:
            raise self._broken(f"{name}: {error}", error) from error

    def read(self, name: str) -> bytes:
        """Inflate a member whole."""
        if self.members[name].file_size > self._limits.max_part_bytes:
            raise self.too_large(name)
        return b"".join(self.stream(name))

    def raw(self, name: str) -> tuple[zipfile.ZipInfo, bytes]:
        """A member's directory entry and its compressed bytes as they lie in the file."""
        info = self.members[name]
        try:
            return info, self._raw(name, info)
        except OSError as error:
            raise self._broken(f"{name}: {error}", error) from error

    def _raw(self, name: str, info: zipfile.ZipInfo) -> bytes:
        self._handle.seek(info.header_offset)
        header = self._handle.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise self.damaged(f"{name}: no local header")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        self._handle.seek(name_length + extra_length, os.SEEK_CUR)
        compressed = self._handle.read(info.compress_size)
        if len(compressed) < info.compress_size:
            raise self.damaged(f"{name}: cut short")
        return compressed

    def damaged(self, detail: str) -> WorkbookUnreadable:
        """The error for a file that is cut short or contradicts itself."""
        return WorkbookUnreadable(
            f"「{self._name}」は壊れているか、途中で切れています（{detail}）。もう一度コピーするか、バックアップから戻してください。",
            f'"{self._name}" is damaged or cut short ({detail}). Copy it again, or restore it from a backup.',
        )

    def too_large(self, what: str) -> WorkbookUnreadable:
        """The error for a file that would take more memory or time than any honest workbook."""
        return WorkbookUnreadable(
            f"「{self._name}」は、まともなブックとしては大きすぎるため開きません（{what}）。入手元を確かめてください。",
            f'"{self._name}" is too large for an honest workbook ({what}). Check where it came from.',
        )

    def not_a_workbook(self, ja: str, en: str) -> WorkbookUnreadable:
        """The error for a file of some other kind."""
        return WorkbookUnreadable(
            f"「{self._name}」は{ja}です。Excel で開き、.xlsx または .xlsm として保存し直してください。",
            f'"{self._name}" is {en}. Open it in Excel and save it as .xlsx or .xlsm.',
        )

    def _broken(self, detail: str, error: Exception) -> WorkbookUnreadable:
        """The error for what went wrong while zipfile read: the file is to blame, or the drive that it lies on."""
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:  # a place that no file has
            return _withheld(self._name, error)
        return self.damaged(detail)

    def _check_kind(self) -> None:
        self._handle.seek(0)
        head = self._handle.read(4096)
        if self._size > self._limits.max_file_bytes:
            raise self.too_large(f"{self._size:,} bytes")
        if head.startswith(_CFB):
            raise self._old_or_encrypted()
        if head.startswith(b"PK"):
            return
        if not head.strip(b"\0"):
            raise self.damaged("empty")
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise self.not_a_workbook("名前だけ変えた HTML または XML", "HTML or XML under another name")
        raise self.not_a_workbook(
            "Excel のブックではない（名前だけ変えた CSV など）ファイル",
            "no Excel workbook (perhaps CSV under another name)",
        )

    def _old_or_encrypted(self) -> WorkbookUnreadable:
        self._handle.seek(0)
        marker = "EncryptedPackage".encode("utf-16-le")
        overlap = b""
        while chunk := self._handle.read(CHUNK_BYTES):
            if marker in overlap + chunk:
                return WorkbookUnreadable(
                    f"「{self._name}」にはパスワードがかかっています。Excel で外してから、保存し直してください。",
                    f'"{self._name}" is password protected. Open it in Excel, remove the password and save it.',
                )
            overlap = chunk[-len(marker) :]
        return self.not_a_workbook("古い形式（.xls）のブック", "a workbook of the old .xls format")

    def _check_directory_size(self) -> None:
        """Refuse a huge directory before zipfile reads it whole."""
        tail_bytes = min(
            self._size, _END_RECORD_BYTES + _LONGEST_ZIP_COMMENT + _ZIP64_LOCATOR_BYTES + _ZIP64_RECORD_BYTES
        )
        self._handle.seek(self._size - tail_bytes)
        tail = self._handle.read(tail_bytes)
        end = tail.rfind(_END_RECORD)
        if end < 0 or end + _END_RECORD_BYTES > len(tail):
            raise self.damaged("no zip directory at its end")
        size: int = struct.unpack_from("<L", tail, end + 12)[0]
        zip64 = end - _ZIP64_LOCATOR_BYTES - _ZIP64_RECORD_BYTES
        if (
            zip64 >= 0
            and tail.startswith(_ZIP64_RECORD, zip64)
            and tail.startswith(_ZIP64_LOCATOR, end - _ZIP64_LOCATOR_BYTES)
        ):
            large: int = struct.unpack_from("<Q", tail, zip64 + 40)[0]
            size = large if size == _IN_ZIP64_RECORD else max(size, large)
        if size > self._limits.max_members * _BYTES_PER_DIRECTORY_ENTRY:
            raise self.too_large("zip directory")

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > self._limits.max_members:
            raise self.too_large(f"{len(infos):,} members")
        if sum(info.compress_size for info in infos) > self._size:
            raise self.damaged("members overlap")
        members = {info.filename: info for info in infos}
        if len({part_key(name) for name in members}) < len(infos):
            raise self.damaged("two members of one name")
        for info in infos:
            self._check_member(info)
        return members

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise self.damaged(f"{info.filename}: encrypted")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self.damaged(f"{info.filename}: unknown compression")
        honest = max(self._limits.max_part_bytes, self._limits.max_ratio * info.compress_size)
        if info.file_size > honest:
            raise self.too_large(f"{info.filename}: {info.file_size:,} bytes")


def part_key(name: str) -> str:
    """What two spellings of one part name have in common: part names ignore case, and some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()
