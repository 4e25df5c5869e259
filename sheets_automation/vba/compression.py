"""The compression of VBA source, [MS-OVBA] 2.4.1: chunks of 4,096 bytes, each of literals and references back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

_CHUNK: Final = 4096
_SIGNATURE: Final = b"\x01"
_COMPRESSED: Final = 0xB000
_SHORTEST_MATCH: Final = 3
_TOKENS_IN_A_SEQUENCE: Final = 8


def compress(source: bytes) -> bytes:
    """The compressed container of some source. ValueError for bytes that no text is: they would not get smaller."""
    return _SIGNATURE + b"".join(_chunk(source[at : at + _CHUNK]) for at in range(0, len(source), _CHUNK))


def _chunk(chunk: bytes) -> bytes:
    tokens = list(_tokens(chunk))
    packed = bytearray()
    for at in range(0, len(tokens), _TOKENS_IN_A_SEQUENCE):
        sequence = tokens[at : at + _TOKENS_IN_A_SEQUENCE]
        packed.append(sum(1 << bit for bit, token in enumerate(sequence) if len(token) > 1))
        packed += b"".join(sequence)
    if len(packed) > _CHUNK:
        # The specification would store such a chunk as it is and fill it up with zeros, which no source should hold.
        raise ValueError("this is no source text: it cannot be compressed")
    return (_COMPRESSED | (len(packed) - 1)).to_bytes(2, "little") + packed


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """Literals, and references to the longest and nearest piece that was there before."""
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    at = 0
    while at < len(chunk):
        start, length = _longest_match(chunk, at, seen[chunk[at : at + _SHORTEST_MATCH]])
        if length < _SHORTEST_MATCH:
            yield chunk[at : at + 1]
            length = 1
        else:
            low_bits = 16 - _offset_bits(at)
            yield ((at - start - 1) << low_bits | (length - _SHORTEST_MATCH)).to_bytes(2, "little")
        for passed in range(at, at + length):
            seen[chunk[passed : passed + _SHORTEST_MATCH]].append(passed)
        at += length


def _longest_match(chunk: bytes, at: int, candidates: list[int]) -> tuple[int, int]:
    longest = min((1 << (16 - _offset_bits(at))) - 1 + _SHORTEST_MATCH, len(chunk) - at)
    best, found = 0, 0
    for start in reversed(candidates):
        if chunk[start : start + found + 1] != chunk[at : at + found + 1]:
            continue  # no longer than what is found
        length = found
        while length < longest and chunk[start + length] == chunk[at + length]:
            length += 1
        if length > found:
            best, found = start, length
        if found == longest:
            break
    return best, found


def _offset_bits(at: int) -> int:
    """How many bits of a reference say how far back it goes; the others say how long it is."""
    return max(4, (at - 1).bit_length())
