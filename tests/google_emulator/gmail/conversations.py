"""Which thread a message belongs to."""

from __future__ import annotations

import re

from tests.google_emulator.gmail.letter import Letter
from tests.google_emulator.gmail.mailbox import Mailbox

_REPLY = re.compile(r"(?i)^\s*(?:(?:re|aw|sv|fwd?|返信|転送)\s*(?:\[\d+\])?\s*[:：]\s*)+")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


def asked_for(mailbox: Mailbox, letter: Letter, thread_id: str) -> str:
    """The thread for a letter that the caller wants in `thread_id`; empty if it has to begin one.

    Refused if there is no such thread. With another subject the letter begins a thread of its own, whatever was asked.
    """
    if not thread_id:
        return found_for(mailbox, letter)
    conversation = mailbox.conversation(thread_id, "Invalid thread_id value")
    fits = subject_of(letter) == subject_of(conversation[0].letter)
    return conversation[0].thread if fits else ""


def found_for(mailbox: Mailbox, letter: Letter) -> str:
    """The thread of the messages that a letter refers to, if the subject is still the same; else empty."""
    references = set(message_ids(letter, "References", "In-Reply-To"))
    if not references:
        return ""
    for message in mailbox.newest_first():
        if references & set(message_ids(message.letter, "Message-ID")):
            same = subject_of(message.letter) == subject_of(letter)
            return message.thread if same or not subject_of(letter) else ""
    return ""


def message_ids(letter: Letter, *names: str) -> list[str]:
    """All ids of messages in these fields."""
    return [found for name in names for value in letter.every(name) for found in _MESSAGE_ID.findall(value)]


def subject_of(letter: Letter) -> str:
    """The subject as threads compare it: without "Re:", without case, with single spaces."""
    return " ".join(_REPLY.sub("", letter.text("Subject")).lower().split())
