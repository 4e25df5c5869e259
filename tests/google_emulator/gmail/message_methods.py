"""users.messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from tests.google_emulator.gmail.conversations import asked_for
from tests.google_emulator.gmail.faces import message_face, untouched_face, websafe
from tests.google_emulator.gmail.ids import attachment_of, checked_id
from tests.google_emulator.gmail.letter import read_letter
from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.outgoing import IMPORT_LIMIT, INSERT_LIMIT, raw_of
from tests.google_emulator.gmail.paging import estimate, page_of
from tests.google_emulator.gmail.post_office import ARRIVED, PostOffice
from tests.google_emulator.gmail.refusals import invalid, not_found
from tests.google_emulator.gmail.search import search
from tests.google_emulator.wire import Call, Json

_MOST_IDS = 1_000


@dataclass(frozen=True, slots=True)
class MessageMethods:
    """The methods of messages."""

    office: PostOffice

    def all(self) -> dict[str, Callable[[Call, Mailbox], Json]]:
        """The methods by their names."""
        return {
            "messages.send": self.send,
            "messages.insert": self.insert,
            "messages.import": self.take_in,
            "messages.get": get,
            "messages.list": list_messages,
            "messages.modify": modify,
            "messages.batchModify": batch_modify,
            "messages.trash": trash,
            "messages.untrash": untrash,
            "messages.delete": delete,
            "messages.batchDelete": batch_delete,
            "messages.attachments.get": attachment,
        }

    def send(self, call: Call, mailbox: Mailbox) -> Json:
        """Send a letter at once."""
        raw = raw_of(call.body)
        thread = asked_for(mailbox, read_letter(raw), call.body.get("threadId", ""))
        stamp = self.office.stamp(call.principal.project)
        return self.office.send(mailbox, raw, thread=thread, stamp=stamp).stub()

    def insert(self, call: Call, mailbox: Mailbox) -> Json:
        """Put a message into the mailbox as it is, as IMAP's APPEND does."""
        return self._put(call, mailbox, raw_of(call.body, INSERT_LIMIT), "receivedTime", ())

    def take_in(self, call: Call, mailbox: Mailbox) -> Json:
        """Put a message into the mailbox as if it had arrived."""
        return self._put(call, mailbox, raw_of(call.body, IMPORT_LIMIT), "dateHeader", ARRIVED)

    def _put(self, call: Call, mailbox: Mailbox, raw: bytes, source: str, usual: Sequence[str]) -> Json:
        labels = call.body.get("labelIds") or usual
        for label in labels:
            mailbox.labels.check_known(label)
        thread = asked_for(mailbox, read_letter(raw), call.body.get("threadId", ""))
        by_header = call.one("internalDateSource", source) == "dateHeader"
        return mailbox.store(raw, labels, thread=thread, date=_written(raw) if by_header else None).stub()


def get(call: Call, mailbox: Mailbox) -> Json:
    """One message, in the form asked for."""
    message = mailbox.find(call.path["id"])
    return message_face(message, call.one("format"), call.query.get("metadataHeaders", ()), mailbox.ids)


def found(call: Call, mailbox: Mailbox) -> list[Message]:
    """The messages that a list is asked for, newest first. Only a query waits for the index; labels count at once."""
    wanted = call.query.get("labelIds", [])
    for label in wanted:
        mailbox.labels.check_known(label)
    everywhere = call.flag("includeSpamTrash") or bool({"TRASH", "SPAM"} & set(wanted))
    query = call.one("q").strip()
    messages = search(mailbox, query, everywhere=everywhere) if query else mailbox.newest_first()
    hidden = set() if everywhere or query else {"TRASH", "SPAM"}
    return [one for one in messages if one.labels.issuperset(wanted) and not one.labels & hidden]


def list_messages(call: Call, mailbox: Mailbox) -> Json:
    """Ids of messages. A list of nothing has no list."""
    messages = found(call, mailbox)
    shown, more = page_of(messages, call)
    listed: Json = {"messages": [{"id": one.id, "threadId": one.thread} for one in shown]} if shown else {}
    return {**listed, **more, "resultSizeEstimate": estimate(messages)}


def modify(call: Call, mailbox: Mailbox) -> Json:
    """Put labels on one message and take labels off it."""
    message = mailbox.find(call.path["id"])
    return _changed(message, is_new=relabel([message], call.body, mailbox))


def _changed(message: Message, *, is_new: bool) -> Json:
    """The answer of whatever changes labels: short where it did, longer where all was so already."""
    return message.stub() if is_new else untouched_face(message)


def relabel(messages: Sequence[Message], body: Json, mailbox: Mailbox) -> bool:
    """Change the labels of messages as a request says, and tell whether that was news; refused before any change.

    What is put among the spam or into the bin is not in the inbox any more, though nobody said so; taking it out of
    there does not bring it back.
    """
    added, removed = body.get("addLabelIds") or [], body.get("removeLabelIds") or []
    mailbox.labels.check_change(added, removed)
    if {"SPAM", "TRASH"} & set(added):
        removed = [*removed, "INBOX"]
    return mailbox.relabel(messages, added, removed)


def batch_modify(call: Call, mailbox: Mailbox) -> Json:
    """Change the labels of up to 1,000 messages. Those that are not there are passed over in silence."""
    relabel(_named(call, mailbox), call.body, mailbox)
    return {}


def batch_delete(call: Call, mailbox: Mailbox) -> Json:
    """Delete up to 1,000 messages for good."""
    for message in _named(call, mailbox):
        mailbox.drop(message)
    return {}


def trash(call: Call, mailbox: Mailbox) -> Json:
    """Throw a message into the bin."""
    message = mailbox.find(call.path["id"])
    return _changed(message, is_new=mailbox.relabel([message], ["TRASH"], ["INBOX", "SPAM"]))


def untrash(call: Call, mailbox: Mailbox) -> Json:
    """Take a message out of the bin."""
    message = mailbox.find(call.path["id"])
    return _changed(message, is_new=mailbox.relabel([message], remove=["TRASH"]))


def delete(call: Call, mailbox: Mailbox) -> Json:
    """Delete a message for good."""
    mailbox.drop(mailbox.find(call.path["id"]))
    return {}


def attachment(call: Call, mailbox: Mailbox) -> Json:
    """The content of an attachment. The token says which; the message in the path is not looked at."""
    message_id, part_id = attachment_of(call.path["id"])
    if message_id not in mailbox.messages:
        raise not_found()
    for part in mailbox.messages[message_id].part.walk():
        if part.id == part_id:
            return {"size": len(part.data), "data": websafe(part.data)}
    raise invalid("Invalid attachment token")


def _named(call: Call, mailbox: Mailbox) -> list[Message]:
    ids = call.body.get("ids") or []
    if not ids:
        raise invalid("No message ids specified")
    if len(ids) > _MOST_IDS:
        raise invalid(f"Number of ids cannot exceed {_MOST_IDS}")
    known = dict.fromkeys(checked_id(one) for one in ids)
    return [mailbox.messages[one] for one in known if one in mailbox.messages]


def _written(raw: bytes) -> datetime | None:
    try:
        return parsedate_to_datetime(read_letter(raw).first("Date") or "")
    except (ValueError, TypeError):
        return None
