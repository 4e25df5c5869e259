"""停止コード: the opaque code in an unsubscribe link, made from the address with a key.

The public app has no list of people, and must not need one. So a code proves by itself that we wrote it: it holds a
name for the mailbox, which nobody can turn back into an address without the key, and a seal over that name. Whoever
has a genuine one can refuse letters for that one mailbox, and learns nothing. It has nothing in common with the
紹介コード, which the partner gets to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.referral_codes import ALPHABET
from sheets_automation.core.sealed_codes import CODE_LENGTH, SHORTEST_KEY, is_sealed, read_keys, sealed_code

__all__ = ["ALPHABET", "CODE_LENGTH", "SHORTEST_KEY", "is_genuine", "read_keys", "refusal_code"]

_PURPOSE: Final = "refusal"


def refusal_code(address: str, key: str) -> str:
    """The code of a mailbox, the same in every letter to it."""
    return sealed_code(_PURPOSE, match_key(address).encode(), key)


def is_genuine(code: str, keys: Iterable[str]) -> bool:
    """Whether a code, in capitals as we write it, was made by us with one of these keys."""
    return is_sealed(_PURPOSE, code, keys)
