"""What copying, disks and memory do to a file: cut it short, or turn over single bits."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

EVERY = 64


def cut_short(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file as a broken copy leaves it, cut at every 64th byte."""
    for end in range(0, len(content), EVERY):
        yield f"cut at {end}", content[:end]


def with_a_bit_flipped(content: bytes, *, times: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """The file with one bit turned over, anywhere; the checksums inside tell of most."""
    dice = random.Random(seed)
    for _ in range(times):
        yield _flipped(content, dice)


def with_a_bit_flipped_in_a_part(content: bytes, *, times: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """The file as a program with bad memory saves it: one bit of one part, under a checksum that fits."""
    dice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(times):
        name = dice.choice([name for name, part in parts.items() if part])
        place, changed = _flipped(parts[name], dice)
        yield f"{name}: {place}", _zipped({**parts, name: changed})


def _flipped(content: bytes, dice: random.Random) -> tuple[str, bytes]:
    place, bit = dice.randrange(len(content)), dice.randrange(8)
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    return f"bit {bit} of byte {place}", bytes(changed)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
