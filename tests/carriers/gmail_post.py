"""A mailbox of Gmail, as the emulator keeps it, and the carrier that sends from it."""

from __future__ import annotations

import base64
import email
from datetime import UTC, datetime
from email import policy

from google.oauth2.credentials import Credentials

from sheets_automation.carriers.gmail import GmailCarrier
from sheets_automation.carriers.gmail_client import GmailClient
from sheets_automation.carriers.gmail_mailbox import Mailbox
from sheets_automation.carriers.gmail_pacing import Pacer
from sheets_automation.google.transport import Caller
from tests.carriers.contract import a_letter, as_mail
from tests.google_emulator import Running

MAILBOX = "saiyo@example.co.jp"


class GmailPost:
    """The mailbox `MAILBOX`. Time passes on the emulator's clock alone, when somebody waits."""

    def __init__(self, google: Running) -> None:
        self.google = google
        google.control.freeze(datetime(2026, 11, 24, 1, tzinfo=UTC))
        self.waited: list[float] = []

    def carrier(self, compose=as_mail, **mailbox) -> GmailCarrier:
        def addressed(outgoing) -> bytes:
            return f"To: {outgoing.to_address}\r\nFrom: {MAILBOX}\r\n".encode() + compose(outgoing)

        return GmailCarrier(self.mailbox(**mailbox), addressed, sleep=self.sleep)

    def mailbox(self, **changes) -> Mailbox:
        pacer = Pacer(units_per_minute=6000, monotonic=self.monotonic, sleep=self.sleep)
        token = changes.pop("token", f"owner:{MAILBOX}")
        caller = Caller(Credentials(token=token), self.google.address)
        client = GmailClient(caller, pacer, sleep=self.sleep, now=self.google.control.now)
        fields = {
            "address": MAILBOX,
            "sender": MAILBOX,
            "label": "お祈りメール",
            "workbook_mark": "0123456789ab",
            **changes,
        }
        return Mailbox(client=client, now=self.google.control.now, **fields)

    def delivered(self) -> list[bytes]:
        """What left, less the headers that were added on the way."""
        return [_as_composed(base64.b64decode(letter["raw"])) for letter in self.google.control.ledger()]

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.google.control.advance(seconds)

    def monotonic(self) -> float:
        return self.google.control.now().timestamp()


def _as_composed(raw: bytes) -> bytes:
    message = email.message_from_bytes(raw, policy=policy.default)
    return (
        f"Subject: {message['Subject']}\r\n\r\n{message.get_content()}".encode()
        .replace(b"\r\n", b"\n")
        .replace(b"\n", b"\r\n")
    )


def drafts_in(post: GmailPost) -> list[dict]:
    """What lies in the drafts folder."""
    client = post.mailbox().client
    return client.look(client.asked("drafts.list")).get("drafts", [])


def sent_in(post: GmailPost) -> list[dict]:
    """The sent messages, with their labels."""
    client = post.mailbox().client
    listed = client.look(client.asked("messages.list", labelIds=["SENT"])).get("messages", [])
    return [client.look(client.asked("messages.get", id=one["id"], format="metadata")) for one in listed]


def prepared(post, **mailbox):
    """A carrier and one letter that it has made ready."""
    carrier = post.carrier(**mailbox)
    [ready] = carrier.prepare([a_letter()])
    return carrier, ready
