"""Letters that people and their programs write."""

from __future__ import annotations

from typing import Any

from tests.google_emulator.gmail.addresses import domain
from tests.google_emulator.gmail.contents import plain_text, read_parts
from tests.google_emulator.gmail.letter import Field, Letter, encoded
from tests.google_emulator.gmail.mailbox import Mailbox
from tests.google_emulator.gmail.outgoing import Stamp
from tests.google_emulator.gmail.post_office import Departure
from tests.google_emulator.gmail.reports import Piece, multipart, text_piece
from tests.google_emulator.wire import Json

_AWAY: dict[str, tuple[str, tuple[Field, ...]]] = {
    "outlook": (
        "自動応答: {subject}",
        (Field("Auto-Submitted", "auto-generated"), Field("X-Auto-Response-Suppress", "All")),
    ),
    "gmail": ("Re: {subject}", (Field("Auto-Submitted", "auto-replied"), Field("Precedence", "bulk"))),
    "plain": ("Re: {subject}", ()),
}


def incoming(edit: Json, mailbox: Mailbox, stamp: Stamp) -> bytes:
    """A letter from outside, made from the words of an edit."""
    sender = edit.get("from", "somebody@example.com")
    answered = edit.get("in_reply_to", "")
    references = [Field("In-Reply-To", answered), Field("References", answered)] if answered else []
    more = [Field(name, encoded(value)) for name, value in edit.get("headers", {}).items()]
    head = [
        *_envelope(mailbox.address, sender, stamp),
        Field("From", encoded(sender)),
        Field("To", edit.get("to", mailbox.address)),
        Field("Subject", encoded(edit.get("subject", ""))),
        *references,
        *more,
    ]
    return _letter(head, edit.get("text", ""), edit.get("html", ""), stamp)


def by_owner(edit: Json, mailbox: Mailbox, stamp: Stamp) -> bytes:
    """A letter that the owner of a mailbox writes in the browser."""
    head = [
        Field("Date", stamp.date),
        Field("Message-ID", stamp.ids.rfc822()),
        Field("Subject", encoded(edit.get("subject", ""))),
        Field("From", mailbox.address),
        Field("To", edit.get("to", "")),
    ]
    return _letter(head, edit.get("text", ""), "", stamp)


def reply(letter: Departure, edit: Json, stamp: Stamp) -> bytes:
    """An answer to a letter that left, with the letter below it."""
    sender = edit.get("from") or letter.recipients[0].address
    subject = letter.letter.text("Subject")
    quoted = "\n".join(f"> {line}" for line in plain_text(read_parts(letter.letter.raw())).splitlines())
    date = f"{stamp.now:%Y年%m月%d日} {stamp.now:%H:%M}"
    text = f"{edit.get('text', 'ありがとうございます。')}\n\n{date} {letter.sender}:\n{quoted}\n"
    head = _answering(letter, sender, edit.get("subject", f"Re: {subject}"), stamp)
    return _letter(head, text, "", stamp)


def out_of_office(letter: Departure, edit: Json, stamp: Stamp) -> bytes:
    """The answer of a program for somebody who is away."""
    subject, marks = _AWAY[edit.get("style", "outlook")]
    sender = edit.get("from") or letter.recipients[0].address
    text = edit.get("text", "ただいま不在にしております。戻り次第ご連絡いたします。")
    title = edit.get("subject", subject.format(subject=letter.letter.text("Subject")))
    return _letter([*_answering(letter, sender, title, stamp), *marks], text, "", stamp)


def with_text(letter: Letter, text: str) -> bytes:
    """A letter with another text: one plain part, as the composer saves what it had no HTML for."""
    piece = text_piece(text)
    bare = letter.without("Content-Type", "Content-Transfer-Encoding")
    body = piece.body if bare.newline == "\r\n" else piece.body.replace(b"\r\n", b"\n")
    return Letter(fields=(*bare.fields, *piece.fields), newline=bare.newline, body=body).raw()


def _envelope(to: str, sender: str, stamp: Stamp) -> list[Field]:
    address = sender.rpartition("<")[2].rstrip(">")
    return [
        Field("Delivered-To", to),
        Field("Return-Path", f"<{address}>"),
        Field(
            "Received", f"from mail.{domain(address)} by mx.google.com with ESMTPS id {stamp.ids.queue()}; {stamp.date}"
        ),
        Field("Date", stamp.date),
        Field("Message-ID", stamp.ids.elsewhere(domain(address))),
    ]


def _answering(letter: Departure, sender: str, subject: str, stamp: Stamp) -> list[Field]:
    answered = letter.letter.first("Message-ID") or ""
    return [
        *_envelope(letter.mailbox, sender, stamp),
        Field("From", encoded(sender)),
        Field("To", letter.sender),
        Field("Subject", encoded(subject)),
        Field("In-Reply-To", answered),
        Field("References", answered),
    ]


def _letter(head: list[Field], text: str, html: str, stamp: Stamp) -> bytes:
    content = text_piece(text)
    if html:
        content = multipart("alternative", [content, text_piece(html, subtype="html")], stamp.ids)
    fields: list[Any] = [*head, Field("MIME-Version", "1.0"), *content.fields]
    return Piece(fields, content.body).raw()
