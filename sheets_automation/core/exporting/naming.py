"""How people, letters and links are called in an export: by names that nobody can turn back, or as in the workbook."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Final, Protocol

_BYTES: Final = 10


class Naming(Protocol):
    """Gives names."""

    @property
    def is_personal(self) -> bool:
        """Whether people can be told by what is exported."""
        ...

    def name(self, kind: str, word: str) -> str:
        """The name for a word of the workbook: the same each time, and another for another kind."""
        ...


class KeyedNames:
    """Opaque names, made with a key. The same person has another one in another workbook."""

    is_personal = False

    def __init__(self, key: str, workbook: str) -> None:
        self._key = hmac.new(key.encode(), f"export {workbook}".encode(), sha256).digest()

    def name(self, kind: str, word: str) -> str:
        """Eighty bits of a keyed digest: enough for a billion rows."""
        digest = hmac.new(self._key, f"{kind} {word}".encode("utf-8", "surrogatepass"), sha256).digest()
        return digest[:_BYTES].hex()


class OwnNames:
    """The workbook's own ids: only together with everything else that says who somebody is."""

    is_personal = True

    def name(self, kind: str, word: str) -> str:  # noqa: ARG002 - as every naming
        """The word itself."""
        return word
