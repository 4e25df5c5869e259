"""Three values of a VBA project that are hidden by the algorithm of [MS-OVBA] 2.4.3: anybody may see and change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_VERSION: Final = 2
_BYTE: Final = 0xFF


def not_protected(project_id: str) -> str:
    """CMG: neither users nor the host protect the project."""
    return hide(bytes(4), project_id, seed=0x8D)


def no_password(project_id: str) -> str:
    """DPB: there is no password."""
    return hide(bytes(1), project_id, seed=0x31)


def visible(project_id: str) -> str:
    """GC: the editor shows the project."""
    return hide(b"\xff", project_id, seed=0x57)


def hide(data: bytes, project_id: str, *, seed: int) -> str:
    """A value as it stands in the PROJECT stream. It keeps nothing secret; Excel insists on it."""
    return "".join(f"{byte:02X}" for byte in _hidden(data, sum(project_id.encode()) & _BYTE, seed))


def _hidden(data: bytes, key: int, seed: int) -> Iterator[int]:
    before, last, plain = seed ^ _VERSION, seed ^ key, key
    yield seed
    yield before
    yield last
    for byte in (*bytes((seed & 6) // 2), *len(data).to_bytes(4, "little"), *data):
        before, last, plain = last, byte ^ ((before + plain) & _BYTE), byte
        yield last
