"""Letters as the receiving side has them, read by the standard parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from tests.core.mail_grammar import check_message
from tests.poison.company import INNOCENTS, SENDER

FIELDS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "content-language", "x-relay-key",
    "mime-version", "content-type",
}  # fmt: skip
_LINK = re.compile(r'(?:href|src|action)\s*=\s*["\']?([^"\'\s>]*)', re.IGNORECASE)
_LIVE_TAG = re.compile(r"<\s*/?\s*(?:script|img|iframe|object|embed|form|svg|link|base|meta http)", re.IGNORECASE)
_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Arrived:
    """One letter that arrived."""

    envelope: tuple[str, ...]
    """Where it was delivered to."""
    message: EmailMessage

    @property
    def to(self) -> list[tuple[str, str]]:
        """Whom its header names: address and name."""
        return [(one.addr_spec, one.display_name) for one in self.message["To"].addresses]

    @property
    def text(self) -> str:
        """The plain text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML."""
        return self._part("html")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        assert part is not None
        return str(part.get_content())


def arrived(raw: bytes, envelope: Iterable[str] = ()) -> Arrived:
    """Read a letter; the envelope is what its header says where the carrier has none."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    named = tuple(one.addr_spec for one in message["To"].addresses)
    return Arrived(envelope=tuple(envelope) or named, message=message)


def check_letter(letter: Arrived, *, more_fields: Iterable[str] = (), name: str, address: str) -> None:
    """Fail unless the letter is to this one person alone, and nothing in it leads or runs anywhere."""
    assert letter.envelope == (address,)
    assert letter.to == [(address, name)]
    assert sorted(field.lower() for field in letter.message.keys()) == sorted({*FIELDS, *more_fields})  # noqa: SIM118
    assert [one.addr_spec for one in letter.message["From"].addresses] == [SENDER]
    assert len(str(letter.message["Subject"]).splitlines()) == 1
    assert f"{name}様" in letter.text
    others = [other for other in INNOCENTS.values() if other != name]
    assert not [other for other in others if other in letter.text or other in letter.html]
    assert not _LIVE_TAG.search(letter.html)
    assert not _HANDLER.search(letter.html)
    assert all(link.startswith("https://relay.example.com/r/") for link in _LINK.findall(letter.html))
    assert not [part for part in letter.message.walk() if part.defects]


def check_bytes(raw: bytes) -> None:
    """Fail unless the letter keeps every rule of mail, byte by byte."""
    check_message(raw)
