"""Delivery reports: what mail systems write back when a letter could not be delivered, or not yet."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

from tests.google_emulator.gmail.addresses import domain
from tests.google_emulator.gmail.ids import Ids
from tests.google_emulator.gmail.letter import Field, Letter
from tests.google_emulator.gmail.outgoing import PACIFIC

_JAPAN = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a letter is not delivered."""

    status: str
    """RFC 3463: "5.1.1"."""
    reply: str
    """What the receiving server said, or the sending one if it reached no other."""
    is_delay: bool = False
    """Whether delivery is still tried, so that the letter has not bounced. The status alone does not tell."""
    is_remote: bool = True
    """Whether the receiving server said no, or there was none to be found."""


_NO_CONNECTION = "The recipient server did not accept our requests to connect. [{domain}]"
CAUSES = {
    "no_such_user": Cause(status="5.1.1", reply="550 5.1.1 <{address}>: Recipient address rejected: User unknown"),
    "mailbox_full": Cause(status="5.2.2", reply="552 5.2.2 <{address}>: user is over quota"),
    "blocked": Cause(status="5.7.1", reply="550 5.7.1 <{address}>: message refused by recipient's policy"),
    "no_such_domain": Cause(status="5.4.4", reply="550 5.4.4 Host or domain name not found: {domain}", is_remote=False),
    "delay": Cause(status="4.4.1", reply=_NO_CONNECTION, is_delay=True, is_remote=False),
    "gave_up": Cause(status="4.4.1", reply=_NO_CONNECTION, is_remote=False),
}
"""By the names that edits give them. Who gives up after days of delay still writes a status that begins with 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report is about."""

    recipient: str
    """Who did not get it."""
    sender: str
    """Whose letter it was, and who gets the report."""
    original: Letter
    cause: Cause
    now: datetime
    ids: Ids
    names_failed: bool = True
    """Whether X-Failed-Recipients is written, by those who write it at all."""

    @property
    def reply(self) -> str:
        """The receiving server's words."""
        return self.cause.reply.format(address=self.recipient, domain=self.host)

    @property
    def host(self) -> str:
        """The recipient's domain."""
        return domain(self.recipient)

    @property
    def sent(self) -> datetime:
        """When the letter left."""
        return parsedate_to_datetime(self.original.first("Date") or format_datetime(self.now))

    def date(self, *, japan: bool = False) -> str:
        """The moment, as header fields have it."""
        local = self.now.astimezone(_JAPAN if japan else PACIFIC)
        return f"{local:%a}, {local.day} {local:%b %Y %H:%M:%S %z}"

    @property
    def original_id(self) -> str:
        """The Message-ID of the letter."""
        return self.original.first("Message-ID") or ""

    def failed(self) -> list[Field]:
        """X-Failed-Recipients, if it is written."""
        return [Field("X-Failed-Recipients", self.recipient)] if self.names_failed else []

    def answering(self) -> list[Field]:
        """The fields by which a mail program puts the report beside the letter."""
        return [Field("References", self.original_id), Field("In-Reply-To", self.original_id)]


@dataclass(frozen=True, slots=True)
class Piece:
    """One MIME part that is being written."""

    fields: Sequence[Field]
    body: bytes

    def raw(self) -> bytes:
        """The part as bytes."""
        head = "".join(f"{field.name}: {field.value}\r\n" for field in self.fields)
        return head.encode() + b"\r\n" + self.body


def text_piece(text: str, charset: str = "UTF-8", subtype: str = "plain") -> Piece:
    """A part that people read. ISO-2022-JP fits seven bits as it is; what else is not ASCII is sent as base64."""
    data = text.replace("\n", "\r\n").encode(charset.replace("-", "_").lower())
    fields = [Field("Content-Type", f'text/{subtype}; charset="{charset}"')]
    if data.isascii():
        return Piece(fields, data)
    fields.append(Field("Content-Transfer-Encoding", "base64"))
    return Piece(fields, base64.encodebytes(data).replace(b"\n", b"\r\n"))


def multipart(subtype: str, pieces: Sequence[Piece], ids: Ids, more: str = "") -> Piece:
    """A part of parts."""
    boundary = ids.boundary()
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + piece.raw() + b"\r\n" for piece in pieces)
    fields = [Field("Content-Type", f'multipart/{subtype}; boundary="{boundary}"{more}')]
    return Piece(fields, body + b"--" + boundary.encode() + b"--\r\n")


def report_piece(text: Piece, status: str, original: Piece, ids: Ids) -> Piece:
    """A multipart/report: words for people, fields for machines, and the letter."""
    machine = Piece([Field("Content-Type", "message/delivery-status")], status.replace("\n", "\r\n").encode())
    return multipart("report", [text, machine, original], ids, more="; report-type=delivery-status")


def whole_letter(report: Report) -> Piece:
    """The letter itself, sent back."""
    return Piece([Field("Content-Type", "message/rfc822")], report.original.raw())


def only_headers(report: Report) -> Piece:
    """The head of the letter."""
    head = report.original.raw().partition((report.original.newline * 2).encode())[0]
    return Piece([Field("Content-Type", "text/rfc822-headers")], head + b"\r\n")


def sealed(fields: Sequence[Field], content: Piece) -> bytes:
    """A whole report: its header fields before those of its content."""
    return Piece([*fields, Field("MIME-Version", "1.0"), *content.fields], content.body).raw()


def status_fields(report: Report, mta: str, remote: str = "") -> str:
    """The fields of a message/delivery-status."""
    action = "delayed" if report.cause.is_delay else "failed"
    lines = [
        f"Reporting-MTA: dns; {mta}",
        f"Arrival-Date: {report.date()}",
        "",
        f"Final-Recipient: rfc822; {report.recipient}",
        f"Action: {action}",
        f"Status: {report.cause.status}",
    ]
    if remote:
        lines.append(f"Remote-MTA: dns; {remote}")
    lines.append(f"Diagnostic-Code: smtp; {report.reply}")
    if report.cause.is_delay:
        later = report.now + timedelta(hours=47)
        lines.append(f"Will-Retry-Until: {later.astimezone(PACIFIC):%a, %d %b %Y %H:%M:%S %z}")
    return "\n".join(lines) + "\n"
