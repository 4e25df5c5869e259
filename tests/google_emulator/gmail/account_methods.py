"""The mailbox itself: its profile, its history, its labels and the names it sends under."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.google_emulator.gmail.history import TYPES, Change
from tests.google_emulator.gmail.labels import Label
from tests.google_emulator.gmail.mailbox import Mailbox
from tests.google_emulator.gmail.paging import page_of
from tests.google_emulator.gmail.refusals import invalid, not_found
from tests.google_emulator.wire import Call, Json

_WATCHED_FOR = timedelta(days=7)


def account_methods() -> dict[str, Callable[[Call, Mailbox], Json]]:
    """The methods by their names."""
    return {
        "getProfile": _profile,
        "watch": _watch,
        "stop": lambda _call, _mailbox: {},
        "history.list": _history,
        "labels.list": _labels,
        "labels.get": _label,
        "labels.create": _create_label,
        "labels.update": lambda call, mailbox: _change_label(call, mailbox, whole=True),
        "labels.patch": lambda call, mailbox: _change_label(call, mailbox, whole=False),
        "labels.delete": _delete_label,
        "settings.sendAs.list": lambda _call, mailbox: {"sendAs": mailbox.aliases.faces()},
        "settings.sendAs.get": lambda call, mailbox: mailbox.aliases.get(call.path["sendAsEmail"]).face(),
        "settings.sendAs.create": lambda call, mailbox: mailbox.aliases.create(call.body).face(),
        "settings.sendAs.update": _change_alias,
        "settings.sendAs.patch": _change_alias,
        "settings.sendAs.delete": _delete_alias,
        "settings.sendAs.verify": _verify_alias,
    }


def _profile(_: Call, mailbox: Mailbox) -> Json:
    return {
        "emailAddress": mailbox.address,
        "messagesTotal": len(mailbox.messages),
        "threadsTotal": len({one.thread for one in mailbox.messages.values()}),
        "historyId": str(mailbox.history.current),
    }


def _watch(call: Call, mailbox: Mailbox) -> Json:
    """Nobody is told anything here; the answer is what a client waits for."""
    topics = f"projects/{call.principal.project}/topics/"
    if not call.body.get("topicName", "").startswith(topics):
        raise invalid(f"Invalid topicName does not match {topics}*")
    until = int((call.now + _WATCHED_FOR).timestamp() * 1000)
    return {"historyId": str(mailbox.history.current), "expiration": str(until)}


def _history(call: Call, mailbox: Mailbox) -> Json:
    start = call.one("startHistoryId")
    if not start:
        raise invalid("Missing/invalid parameter: startHistoryId")
    changes = mailbox.history.since(int(start))
    if changes is None:
        raise not_found()
    shown, more = page_of([one for one in changes if _is_wanted(one, call)], call)
    listed: Json = {"history": [one.face() for one in shown]} if shown else {}
    return {**listed, **more, "historyId": str(mailbox.history.current)}


def _is_wanted(change: Change, call: Call) -> bool:
    types = call.query.get("historyTypes", ())
    return change.concerns(call.one("labelId")) and (not types or TYPES.get(change.kind) in types)


def _labels(_: Call, mailbox: Mailbox) -> Json:
    return {"labels": [label.face() for label in mailbox.labels]}


def _label(call: Call, mailbox: Mailbox) -> Json:
    return _counted(mailbox.labels.get(call.path["id"]), mailbox)


def _counted(label: Label, mailbox: Mailbox) -> Json:
    face = label.face()
    colour = {"color": face.pop("color")} if "color" in face else {}
    return {**face, **mailbox.counts(label.id), **colour}


def _create_label(call: Call, mailbox: Mailbox) -> Json:
    """The only answer that does not say whose the label is."""
    face = mailbox.labels.create(call.body).face()
    del face["type"]
    return face


def _change_label(call: Call, mailbox: Mailbox, *, whole: bool) -> Json:
    label = mailbox.labels.get(call.path["id"])
    mailbox.labels.change(label, call.body, whole=whole)
    return _counted(label, mailbox)


def _delete_label(call: Call, mailbox: Mailbox) -> Json:
    mailbox.remove_label(call.path["id"])
    return {}


def _change_alias(call: Call, mailbox: Mailbox) -> Json:
    alias = mailbox.aliases.get(call.path["sendAsEmail"])
    mailbox.aliases.change(alias, call.body)
    return alias.face()


def _delete_alias(call: Call, mailbox: Mailbox) -> Json:
    mailbox.aliases.remove(mailbox.aliases.get(call.path["sendAsEmail"]))
    return {}


def _verify_alias(call: Call, mailbox: Mailbox) -> Json:
    """A mail with a link goes to the address; here it stays pending until a person confirms (the edit add_alias)."""
    mailbox.aliases.get(call.path["sendAsEmail"])
    return {}
