"""Addresses in header fields: who is named, and whether Gmail takes what is written there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tests.google_emulator.gmail.letter import Letter, decoded
from tests.google_emulator.gmail.refusals import invalid

_LOCAL = r"[^\s@<>()\[\]\\,;:\"]+|\"(?:[^\"\\]|\\.)+\""
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_ADDRESS = re.compile(rf"(?:{_LOCAL})@{_LABEL}(?:\.{_LABEL})+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ITEM = re.compile(r'(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<]|["<])+')
_COMMENT = re.compile(r'\((?:[^()"\\]|\\.)*\)(?=\s*(?:,|$))')
_EMPTY_GROUP = re.compile(r"\s*[^:<>@\",]+:\s*;\s*")
_WITH_NAME = re.compile(r'(?P<name>(?:"(?:[^"\\]|\\.)*"|[^"<])*)<(?P<address>[^<>]*)>')
_BARE = re.compile(r"[\w.-]+")
"""A sender that is no address, such as the "me" of many examples: the mailbox's own address takes its place."""
_CHECKED = ("From", "To", "Cc", "Bcc", "Reply-To")
RECIPIENT_FIELDS = ("To", "Cc", "Bcc")


@dataclass(frozen=True, slots=True)
class Named:
    """An address and the name beside it, decoded."""

    name: str
    address: str

    def __str__(self) -> str:
        """Write it as a header does."""
        if not self.name:
            return self.address
        if re.search(r'[()<>@,;:\\".\[\]]', self.name):
            return '"{}" <{}>'.format(self.name.replace("\\", r"\\").replace('"', r"\""), self.address)
        return f"{self.name} <{self.address}>"


def named_in(values: Iterable[str]) -> list[Named]:
    """Everybody who is named in these fields."""
    return [named for value in values for item in _items(value) if (named := _read(item)) and named.address]


def everybody(letter: Letter) -> list[Named]:
    """All recipients, each address once, in the order To, Cc, Bcc."""
    found: dict[str, Named] = {}
    for field in RECIPIENT_FIELDS:
        for one in named_in(letter.every(field)):
            found.setdefault(one.address.lower(), one)
    return list(found.values())


def check_addresses(letter: Letter) -> None:
    """Refuse a letter with an address that Gmail cannot read. Drafts are checked like letters that go out."""
    for field in _CHECKED:
        for value in letter.every(field):
            if value and not _readable(value) and not (field == "From" and _BARE.fullmatch(value)):
                raise invalid(f"Invalid {field} header")


def same(one: str, other: str) -> bool:
    """Whether two addresses are the same mailbox to Gmail."""
    return one.lower() == other.lower()


def domain(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2].lower()


def _readable(value: str) -> bool:
    items = _items(value)
    return bool(items or _EMPTY_GROUP.fullmatch(value)) and all(_well_written(item) for item in items)


def _well_written(item: str) -> bool:
    named = _read(item)
    bare = _QUOTED.sub("", item.partition("<")[0]) if "<" in item else ""
    return bool(named and _ADDRESS.fullmatch(named.address)) and not re.search(r'["():;\[\]\\]', bare)


def _items(value: str) -> list[str]:
    """The entries of a list of addresses; commas in quotes and brackets separate nothing. An empty group has none."""
    text = "" if _EMPTY_GROUP.fullmatch(value) else _COMMENT.sub(" ", value)
    return [item for part in _ITEM.findall(text) if (item := part.strip())]


def _read(item: str) -> Named | None:
    found = _WITH_NAME.fullmatch(item)
    if not found:
        return Named("", item) if "<" not in item else None
    name = found["name"].strip()
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Named(decoded(name), found["address"].strip())
