"""The catalogue: every kind of poisoned cell, each alone among twenty innocent rows."""

from __future__ import annotations

from tests.poison.addresses import ADDRESSES
from tests.poison.kind import Kind
from tests.poison.letters import LETTERS
from tests.poison.names import NAMES
from tests.poison.tabs import TABS
from tests.poison.words import WORDS

KINDS: tuple[Kind, ...] = (*NAMES, *ADDRESSES, *WORDS, *LETTERS, *TABS)

IN_HEADERS: tuple[Kind, ...] = tuple(
    kind for kind in KINDS if kind.name.startswith(("name:", "address:", "opening:", "setting: sender"))
)
"""Those that aim at the header of a letter or at the conversation with a mail server."""
