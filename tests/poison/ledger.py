"""Letters as the receiving side has them, read by the standard parser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import Message
from functools import lru_cache
from typing import Any

from tests.core.mail_grammar import check_message
from tests.poison.company import INNOCENTS, SENDER
from tests.poison.pages import live_parts_of_letter

FIELDS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "content-language", "x-relay-key",
    "x-relay-delivery", "mime-version", "content-type",
}  # fmt: skip
HOME = "https://relay.example.com/r/"


@dataclass(frozen=True)
class Arrived:
    """One letter that arrived."""

    envelope: tuple[str, ...]
    """Where it was delivered to."""
    message: Message

    @property
    def to(self) -> list[tuple[str, str]]:
        """Whom its header names: address and name."""
        return [(one.addr_spec, one.display_name) for one in self.header("To").addresses]

    @property
    def text(self) -> str:
        """The plain text."""
        return self._part("text/plain")

    @property
    def html(self) -> str:
        """The HTML."""
        return self._part("text/html")

    def header(self, name: str) -> Any:
        """A field as the standard parser understands it."""
        return _understood(name, str(self.message[name]))

    def _part(self, kind: str) -> str:
        [part] = [one for one in self.message.walk() if one.get_content_type() == kind]
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode("utf-8")


@lru_cache(maxsize=4096)  # innocents have the same header in each world, and the standard parser takes its time
def _understood(name: str, folded: str) -> Any:
    header = policy.default.header_factory(name, "".join(folded.splitlines()))
    assert not header.defects
    return header


def arrived(raw: bytes, envelope: Iterable[str] = ()) -> Arrived:
    """Read a letter; the envelope is what its header says where the carrier has none."""
    letter = Arrived(envelope=tuple(envelope), message=message_from_bytes(raw))
    return letter if letter.envelope else replace(letter, envelope=tuple(address for address, _ in letter.to))


def check_letter(letter: Arrived, *, more_fields: Iterable[str] = (), name: str, address: str) -> None:
    """Fail unless the letter is to this one person alone, and nothing in it leads or runs anywhere."""
    text, html = letter.text, letter.html
    assert letter.envelope == (address,)
    assert letter.to == [(address, name)]
    assert sorted(field.lower() for field in letter.message.keys()) == sorted([*FIELDS, *more_fields])  # noqa: SIM118
    assert [one.addr_spec for one in letter.header("From").addresses] == [SENDER]
    assert len(str(letter.header("Subject")).splitlines()) == 1
    assert f"{name}様" in text
    others = [other for other in INNOCENTS.values() if other != name]
    assert not [other for other in others if other in text or other in html]
    assert live_parts_of_letter(html, HOME) == []
    assert not [part for part in letter.message.walk() if part.defects]


def check_bytes(raw: bytes) -> None:
    """Fail unless the letter keeps every rule of mail, byte by byte."""
    check_message(raw)
