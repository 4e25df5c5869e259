"""What a folder of exported tables says of itself: what kind of data it holds, and how each last export ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from sheets_automation.core.errors import ExportUnusable

MARK: Final = "_relay_export.json"
_RECORDS: Final = "_exports"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """The last export of one workbook."""

    workbook: str
    source: str
    """A digest of its address: two workbooks must not take one name."""
    at: str
    is_whole: bool
    """False from the first file that was replaced until the last: whoever died in between leaves it so."""
    rows: Mapping[str, int] = field(default_factory=dict)


def enter(folder: Path, *, is_personal: bool) -> None:
    """Make the folder ours, or see that it is: of the same kind of data, and nobody else's."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        there = {one.name for one in folder.iterdir()}
        if MARK not in there and there:
            raise _foreign(folder)
        if MARK not in there:
            write(folder / MARK, {"format": _FORMAT, "personal_data": is_personal})
    except OSError as error:
        raise cannot(folder, error) from error
    if holds_personal_data(folder) != is_personal:
        raise _other_kind(folder)


def holds_personal_data(folder: Path) -> bool:
    """Whether the tables of this folder say who people are. Raises ExportUnusable where it is no such folder."""
    mark = _read(folder / MARK)
    if mark is None or mark.get("format") != _FORMAT:
        raise ExportUnusable(
            f"{folder} は relay export が書き出したフォルダではありません。",
            f"{folder} is no folder that `relay export` has written.",
        )
    return bool(mark.get("personal_data"))


def record_of(folder: Path, workbook: str) -> ExportRecord | None:
    """How the last export of a workbook ended; None where there was none."""
    found = _read(_path(folder, workbook))
    return ExportRecord(**found) if found is not None else None


def records(folder: Path) -> Iterator[ExportRecord]:
    """Those of all workbooks, by name."""
    for path in sorted((folder / _RECORDS).glob("*.json")):
        if (found := _read(path)) is not None:
            yield ExportRecord(**found)


def note(folder: Path, record: ExportRecord) -> None:
    """Write down how an export stands, durably."""
    path = _path(folder, record.workbook)
    path.parent.mkdir(exist_ok=True)
    write(path, asdict(record))


def write(path: Path, document: Mapping[str, Any]) -> None:
    """Replace a file in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    make_durable(fresh)
    fresh.replace(path)
    make_durable(path.parent)


def make_durable(path: Path) -> None:
    """Let the disk have it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # a bucket that is mounted as a folder knows no such thing
            os.fsync(handle)
    finally:
        os.close(handle)


def cannot(folder: Path, error: OSError) -> ExportUnusable:
    """The error for a folder that the system does not let us at."""
    return ExportUnusable(
        f"{folder} に書き出せません({error.strerror})。場所・権限・空き容量を確かめてください。",
        f"{folder} cannot be written to ({error.strerror}). Check the place, its permissions and the free space.",
    )


def _path(folder: Path, workbook: str) -> Path:
    return folder / _RECORDS / f"{workbook}.json"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _foreign(folder: Path) -> ExportUnusable:
    return ExportUnusable(
        f"{folder} には、ほかのものが入っています。空のフォルダか、前に書き出したフォルダを指定してください。",
        f"{folder} holds other things. Name an empty folder, or one that an export has written.",
    )


def _other_kind(folder: Path) -> ExportUnusable:
    return ExportUnusable(
        f"{folder} には、個人情報のあるデータとないデータを混ぜられません。別のフォルダを指定してください。",
        f"{folder} must not hold data with and without personal data together. Name another folder.",
    )
