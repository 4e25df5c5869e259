"""What stands in place of an address that was erased: a keyed digest, in the form of an address that reaches nobody.

Whoever has the key and an address can tell whether it was erased, which keeps a second letter away. Whoever has the
workbook alone can tell nothing: without the key there is nothing to try addresses against.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import Final

from sheets_automation.core.addresses import match_key

_DOMAIN: Final = "@erased.invalid"  # RFC 2606: .invalid belongs to nobody
_MARK_LENGTH: Final = 24
SHORTEST_KEY: Final = 32
"""Characters: what a password generator calls 190 bits."""


def keyed_mark(key: str, purpose: str, *words: str) -> str:
    """A name for these words that nobody can turn back, or try out, without the key."""
    framed = "".join(f"{len(word)}:{word}" for word in words).encode("utf-8", "surrogatepass")
    return hmac.digest(key.encode(), f"relay {purpose}\0".encode() + framed, sha256).hex()[:_MARK_LENGTH]


def erased_address(address: str, key: str) -> str:
    """What stands for a mailbox, however its address is written."""
    return f"x{keyed_mark(key, 'erased mailbox', match_key(address))}{_DOMAIN}"


def erased_spelling(address: str, key: str) -> str:
    """What stands for an address as it is written: without its +tag one that bounced may well work."""
    return f"b{keyed_mark(key, 'erased spelling', address.casefold())}{_DOMAIN}"


def erased_person(candidate_ids: Collection[str], key: str) -> str:
    """What joins the anonymous rows of one person, as their address did."""
    return f"p{keyed_mark(key, 'erased person', *sorted(candidate_ids))}{_DOMAIN}"


def is_erased(address: str | None) -> bool:
    """Whether this stands for an address that was erased."""
    return address is not None and address.endswith(_DOMAIN)


def key_name(key: str) -> str:
    """What an erasure notes of its key, so that a later run knows whether it has the right one."""
    return keyed_mark(key, "name of the key")[:10]


def marks_of(addresses: Iterable[str], keys: Collection[str]) -> Iterator[str]:
    """All that may stand for these addresses, by every key that is or was in use."""
    for address in addresses:
        for key in keys:
            yield erased_address(address, key)
