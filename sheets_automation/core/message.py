"""A letter as an Internet message, ready for any carrier that takes mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from sheets_automation.core.errors import ConfigurationError, LetterError
from sheets_automation.core.mime import (
    address_field,
    base64_lines,
    multipart,
    one_line,
    parameter,
    text_field,
    text_part,
)
from sheets_automation.core.model import Attachment, DeliveryKey, LetterKind, OutgoingLetter

KEY_HEADER: Final = "X-Relay-Key"
"""A header of ours that ties a letter to its delivery, and tells nothing about the person."""

DELIVERY_HEADER: Final = "X-Relay-Delivery"
"""A header of ours with the kind and the cycle of a letter, for a log that was lost; of news with its template, too.

The name of a result's template may say what nobody was to tell: "スキル不足".
"""

# What RFC 5321 lets stand between angle brackets, without quoted local parts; characters beyond ASCII as in RFC 6531.
_ADDRESS: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@(?=.{1,253}$)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_STRAY_DOT: Final = re.compile(r"^\.|\.\.|\.@")
_MEDIA_TYPE: Final = re.compile(
    r"(?!message/|multipart/)[a-z0-9][a-z0-9.+-]{0,40}/[a-z0-9][a-z0-9.+-]{0,80}", re.IGNORECASE | re.ASCII
)


class AddressUnwritable(LetterError):
    """An address that cannot stand in a header; nothing may be sent to it."""

    name = "address_unwritable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose letter it is. Raises ConfigurationError when an address could not stand in a header."""

    name: str
    address: str
    reply_to: str = ""

    def __post_init__(self) -> None:
        """Check both addresses."""
        for key, address in (("address", self.address), ("reply_to", self.reply_to)):
            if (address or key == "address") and not (address.isascii() and _ADDRESS.fullmatch(address)):
                raise ConfigurationError(
                    f"設定 [sender] {key} のメールアドレスが正しくありません。"
                    "saiyo@example.co.jp の形で書いてください（日本語ドメインは xn-- の形）。",
                    f"[sender] {key} is no mail address; write it as jobs@example.com (an international domain "
                    "in its xn-- form).",
                )

    @property
    def domain(self) -> str:
        """The part after the @, which also ends our message ids."""
        return self.address.rpartition("@")[2].lower()


def message_id(key: DeliveryKey, attempt: int, to_address: str, sender: Sender) -> str:
    """The Message-ID of one attempt: the same however often the letter is composed."""
    return f"<{_digest(key, to_address, attempt)}@{sender.domain}>"


def letter_key(key: DeliveryKey, to_address: str) -> str:
    """What a letter's header says of its delivery: whoever knows key and address can tell that it is this one."""
    return _digest(key, to_address)


def compose_message(outgoing: OutgoingLetter, sender: Sender, *, date: datetime, refusal_url: str = "") -> bytes:
    """The whole message: pure ASCII with CRLF, unless the address itself needs SMTPUTF8.

    `refusal_url` is where one click of the mail program refuses further letters; empty for none.
    Raises AddressUnwritable when the recipient's address could not stand in a header.
    """
    if not _ADDRESS.fullmatch(outgoing.to_address):
        raise AddressUnwritable(
            "メールアドレスの形が正しくないため、このメールは作れません。候補者の行のメールアドレスを直してください。",
            "the address cannot stand in a mail header; correct it in the candidate's row.",
        )
    identity = _digest(outgoing.key, outgoing.to_address, outgoing.attempt)
    letter = outgoing.letter
    header = (
        _sender_fields(sender)
        + address_field("To", outgoing.to_name, _written(outgoing.to_address))
        + text_field("Subject", letter.subject)
        + f"Date: {format_datetime(date)}\r\n"
        f"Message-ID: <{identity}@{sender.domain}>\r\n"
        "Auto-Submitted: auto-generated\r\n"  # RFC 3834: holiday notices do not answer it
        f"{text_field('Content-Language', letter.language) if letter.language else ''}"
        f"{_refusal_fields(refusal_url)}"
        f"{KEY_HEADER}: {letter_key(outgoing.key, outgoing.to_address)}\r\n"
        f"{text_field(DELIVERY_HEADER, _delivery(outgoing))}"
        "MIME-Version: 1.0\r\n"
    )
    body = multipart(
        "alternative", f"=_a_{identity}", [text_part("plain", letter.text), text_part("html", letter.html)]
    )
    if outgoing.attachments:
        body = multipart("mixed", f"=_m_{identity}", [body, *map(_attachment_part, outgoing.attachments)])
    return header.encode() + body


def _refusal_fields(url: str) -> str:
    """RFC 2369 and RFC 8058: a button in the mail program, which posts to the address without opening it."""
    # On a line of its own, since an address cannot be folded.
    return f"List-Unsubscribe: \r\n <{url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" if url else ""


def _written(address: str) -> str:
    """Old addresses of Japanese mobile carriers hold stray dots; RFC 5322 wants these in quotes."""
    local, _, domain = address.rpartition("@")
    return f'"{local}"@{domain}' if _STRAY_DOT.search(address) else address


def _digest(key: DeliveryKey, to_address: str, attempt: int = 0) -> str:
    """An opaque name for a delivery (attempt 0) or one attempt at it; tells nothing about the person."""
    facts = "\0".join((key.candidate_id, key.kind, str(key.cycle), str(attempt), to_address))
    return sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]


@lru_cache(maxsize=8)
def _delivery(outgoing: OutgoingLetter) -> str:
    template = outgoing.letter.template if outgoing.key.kind is LetterKind.FOLLOW_UP else "-"
    return f"{outgoing.key.kind} {outgoing.key.cycle} {template}"


def _sender_fields(sender: Sender) -> str:
    reply_to = f"Reply-To: {sender.reply_to}\r\n" if sender.reply_to else ""
    return address_field("From", sender.name, sender.address) + reply_to


@lru_cache(maxsize=8)
def _attachment_part(attachment: Attachment) -> bytes:
    """The same file goes with every letter, so it is encoded once."""
    name = one_line(re.split(r"[/\\]", attachment.name)[-1]) or "attachment"
    known = _MEDIA_TYPE.fullmatch(attachment.media_type)
    head = (
        f"Content-Type: {attachment.media_type if known else 'application/octet-stream'}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment{parameter('filename', name)}\r\n\r\n"
    )
    return head.encode() + base64_lines(attachment.content)
