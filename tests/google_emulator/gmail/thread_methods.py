"""users.threads."""

from __future__ import annotations

from collections.abc import Callable

from tests.google_emulator.gmail.faces import message_face, untouched_face
from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.message_methods import found, relabel
from tests.google_emulator.gmail.paging import estimate, page_of
from tests.google_emulator.wire import Call, Json


def thread_methods() -> dict[str, Callable[[Call, Mailbox], Json]]:
    """The methods by their names."""
    return {
        "threads.get": _get,
        "threads.list": _list,
        "threads.modify": _modify,
        "threads.trash": _trash,
        "threads.untrash": _untrash,
        "threads.delete": _delete,
    }


def _get(call: Call, mailbox: Mailbox) -> Json:
    messages = mailbox.conversation(call.path["id"])
    named = call.query.get("metadataHeaders", ())
    faces = [message_face(one, call.one("format"), named, mailbox.ids) for one in messages]
    return {"id": messages[0].thread, "historyId": _history(messages), "messages": faces}


def _list(call: Call, mailbox: Mailbox) -> Json:
    """Threads with a message that matches, the one with the newest match first. Snippets are no longer told."""
    threads = list(dict.fromkeys(one.thread for one in found(call, mailbox)))
    shown, more = page_of(threads, call)
    faces = []
    for thread in shown:
        messages = mailbox.conversation(thread)
        faces.append({"id": thread, "historyId": _history(messages)})
    listed: Json = {"threads": faces} if faces else {}
    return {**listed, **more, "resultSizeEstimate": estimate(threads)}


def _modify(call: Call, mailbox: Mailbox) -> Json:
    messages = mailbox.conversation(call.path["id"])
    return _changed(messages, is_new=relabel(messages, call.body, mailbox))


def _trash(call: Call, mailbox: Mailbox) -> Json:
    messages = mailbox.conversation(call.path["id"])
    return _changed(messages, is_new=mailbox.relabel(messages, ["TRASH"], ["INBOX", "SPAM"]))


def _untrash(call: Call, mailbox: Mailbox) -> Json:
    messages = mailbox.conversation(call.path["id"])
    return _changed(messages, is_new=mailbox.relabel(messages, remove=["TRASH"]))


def _delete(call: Call, mailbox: Mailbox) -> Json:
    for message in mailbox.conversation(call.path["id"]):
        mailbox.drop(message)
    return {}


def _changed(messages: list[Message], *, is_new: bool) -> Json:
    """Ids and labels after a change; more where there was nothing to change."""
    thread = messages[0].thread
    if is_new:
        return {"id": thread, "messages": [one.stub() for one in messages]}
    return {"id": thread, "historyId": _history(messages), "messages": [untouched_face(one) for one in messages]}


def _history(messages: list[Message]) -> str:
    return str(max(one.history for one in messages))
