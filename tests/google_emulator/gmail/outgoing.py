"""What Gmail does to a letter that comes through the API, and to one that it delivers."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.google_emulator.accounts import project_number
from tests.google_emulator.gmail.addresses import Named, check_addresses, named_in
from tests.google_emulator.gmail.ids import Ids
from tests.google_emulator.gmail.letter import Field, Letter, encoded, read_letter
from tests.google_emulator.gmail.mailbox import Mailbox
from tests.google_emulator.gmail.refusals import NO_RAW, invalid, too_large
from tests.google_emulator.wire import Json

SEND_LIMIT = 36_700_160
INSERT_LIMIT = 52_428_800
IMPORT_LIMIT = 157_286_400
PACIFIC = ZoneInfo("America/Los_Angeles")
"""Where the servers say they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What is written on a letter as it comes in."""

    now: datetime
    project: str
    ids: Ids

    @property
    def date(self) -> str:
        """The moment as header fields have it: "Thu, 4 Jun 2026 14:11:36 -0700"."""
        local = self.now.astimezone(PACIFIC)
        return f"{local:%a}, {local.day} {local:%b %Y %H:%M:%S %z}"

    def received(self) -> Field:
        """The trace line of the API; it names the project's number, and nobody's computer."""
        number = project_number(self.project)
        return Field("Received", f"from {number} named unknown by gmailapi.google.com with HTTPREST; {self.date}")


def raw_of(message: Json, limit: int = SEND_LIMIT) -> bytes:
    """The bytes that a request carries."""
    text = message.get("raw", "")
    if not text:
        raise invalid(NO_RAW)
    bare = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        raw = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError as error:
        shown = f"Invalid value at 'raw' (TYPE_BYTES), Base64 decoding failed for \"{text}\""
        raise invalid(shown) from error
    if len(raw) > limit:
        raise too_large()
    return raw


def as_draft(raw: bytes, mailbox: Mailbox, stamp: Stamp) -> bytes:
    """A letter as it lies among the drafts: with a date and an id, if it had none, and under a name of the mailbox."""
    letter = read_letter(raw)
    check_addresses(letter)
    letter = _from_its_owner(letter.in_ascii(), mailbox)
    missing = [
        field
        for field in (Field("Date", stamp.date), Field("Message-Id", stamp.ids.rfc822()))
        if letter.first(field.name) is None
    ]
    return letter.above([stamp.received()]).below(missing).raw()


def as_sent(raw: bytes, mailbox: Mailbox, stamp: Stamp, *, passes: int) -> Letter:
    """A letter as it lies among the sent ones: the date and the id are Gmail's, whatever was written there.

    Every pass through the API leaves its trace, and a letter sent without a draft passes twice: as the draft that it is
    for a moment, and as it leaves.
    """
    letter = read_letter(raw)
    check_addresses(letter)
    letter = _from_its_owner(letter.in_ascii(), mailbox).without("Date", "Message-ID", "Return-Path", "Delivered-To")
    ours = [Field("Date", stamp.date), Field("Message-Id", stamp.ids.rfc822())]
    return letter.above([stamp.received()] * passes).below(ours)


def as_delivered(letter: Letter, recipient: str, sender: str, stamp: Stamp) -> bytes:
    """A letter as it lies with a recipient: nobody sees who else got a blind copy."""
    queue = stamp.ids.queue().lower()
    trace = [
        Field("Delivered-To", recipient),
        Field("Received", f"by 2002:a05:6402:1234:b0:0:0:0 with SMTP id {queue}csp0001; {stamp.date}"),
        Field("Return-Path", f"<{sender}>"),
    ]
    return letter.without("Bcc").above(trace).raw()


def _from_its_owner(letter: Letter, mailbox: Mailbox) -> Letter:
    """Nobody sends under a name that is not confirmed: then the mailbox's own address stands there."""
    written = named_in(letter.every("From"))
    if not written:
        default = mailbox.aliases.default
        shown = str(Named(default.display_name, default.address))
        return letter.without("From").below([Field("From", encoded(shown))])
    alias = mailbox.aliases.find(written[0].address)
    if alias is not None and alias.may_send:
        return letter
    original = letter.first("From") or ""
    name = original.rpartition("<")[0].strip()
    ours = f"{name} <{mailbox.address}>" if name else mailbox.address
    return letter.changed("From", ours)
