"""What the control address tells of the mail."""

from __future__ import annotations

from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.post_office import PostOffice
from tests.google_emulator.wire import Json


def show(office: PostOffice) -> Json:
    """The ledger of all letters that left, and what lies in each mailbox."""
    return {
        "letters": letters(office),
        "mailboxes": {address: _mailbox(one, office) for address, one in office.mailboxes.items()},
    }


def letters(office: PostOffice) -> list[Json]:
    """The ledger alone."""
    return [letter.show() for letter in office.ledger]


def _mailbox(mailbox: Mailbox, office: PostOffice) -> Json:
    return {
        "messages": [_message(one) for one in reversed(mailbox.newest_first())],
        "drafts": [
            {"id": draft.id, "messageId": draft.message.id, "subject": draft.message.letter.text("Subject")}
            for draft in mailbox.drafts.values()
        ],
        "labels": {label.id: label.name for label in mailbox.labels},
        "sendAs": mailbox.aliases.faces(),
        "historyId": str(mailbox.history.current),
        "sentInADay": len(office.sent_in_a_day(mailbox)),
        "enabled": mailbox.is_enabled,
    }


def _message(message: Message) -> Json:
    letter = message.letter
    names = ("From", "To", "Subject", "Message-ID")
    return {**message.stub(), **{name: letter.text(name) for name in names}, "snippet": message.snippet}
