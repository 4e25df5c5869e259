"""Codes that prove by themselves that we wrote them: a name that nobody can turn back, and a seal over that name.

Whoever makes codes up meets the seal in 1 of 10^14 tries. A code of one purpose is none of another.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from sheets_automation.core.referral_codes import ALPHABET

SHORTEST_KEY: Final = 32
"""Characters: what a password generator calls 190 bits."""
CODE_LENGTH: Final = 27  # 29 ** 27 > 2 ** 128
_NAME_BYTES: Final = 10
_SEAL_BYTES: Final = 6
_SEPARATORS: Final = re.compile(r"[\s,]+")


def read_keys(text: str) -> tuple[str, ...]:
    """The keys in a setting, the newest first: it makes new codes, and all of them recognise old ones.

    Raises ValueError where one is too short to keep anything.
    """
    keys = tuple(key for key in _SEPARATORS.split(text) if key)
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(f"a key needs {SHORTEST_KEY} characters")
    return keys


def sealed_code(purpose: str, message: bytes, key: str) -> str:
    """The code for a message, always the same."""
    name = _keyed(key, f"{purpose} name", message)[:_NAME_BYTES]
    number = int.from_bytes(name + _seal(purpose, key, name), "big")
    characters = []
    for _ in range(CODE_LENGTH):
        number, value = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[value])
    return "".join(characters)


def is_sealed(purpose: str, code: str, keys: Iterable[str]) -> bool:
    """Whether a code, in capitals as we write it, was made by us for this purpose with one of these keys."""
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return False
    number = sum(ALPHABET.index(character) * len(ALPHABET) ** place for place, character in enumerate(code))
    if number.bit_length() > 8 * (_NAME_BYTES + _SEAL_BYTES):
        return False
    sealed = number.to_bytes(_NAME_BYTES + _SEAL_BYTES, "big")
    name, seal = sealed[:_NAME_BYTES], sealed[_NAME_BYTES:]
    return any(hmac.compare_digest(seal, _seal(purpose, key, name)) for key in keys)


def _seal(purpose: str, key: str, name: bytes) -> bytes:
    return _keyed(key, f"{purpose} seal", name)[:_SEAL_BYTES]


def _keyed(key: str, purpose: str, message: bytes) -> bytes:
    return hmac.digest(key.encode(), f"relay {purpose}\0".encode() + message, sha256)
