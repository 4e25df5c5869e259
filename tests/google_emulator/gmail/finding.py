"""Which mailbox, draft or letter a scripted edit means. Scripts are written before there are ids, so words do, too."""

from __future__ import annotations

from tests.google_emulator.gmail.addresses import everybody, same
from tests.google_emulator.gmail.mailbox import Draft, Mailbox, Message
from tests.google_emulator.gmail.post_office import Departure, PostOffice
from tests.google_emulator.wire import Json


class NothingFound(LookupError, ValueError):
    """An edit speaks of something that is not there. The control address tells ValueErrors to whoever wrote it."""


def mailbox_meant(office: PostOffice, edit: Json) -> Mailbox:
    """The mailbox that is named; without a name the only one there is."""
    if "mailbox" in edit:
        return office.mailbox(edit["mailbox"])
    if len(office.mailboxes) != 1:
        raise NothingFound("say which mailbox: there is not exactly one")
    return next(iter(office.mailboxes.values()))


def draft_meant(office: PostOffice, edit: Json) -> tuple[Mailbox, Draft]:
    """The draft with this id, to this address, with this subject, or the "oldest" (as usual) or "newest"."""
    mailboxes = [mailbox_meant(office, edit)] if "mailbox" in edit else list(office.mailboxes.values())
    drafts = [(mailbox, draft) for mailbox in mailboxes for draft in mailbox.drafts.values() if draft.is_draft]
    wanted = edit.get("draftId", "oldest")
    found = [
        (mailbox, draft)
        for mailbox, draft in drafts
        if wanted in {draft.id, "oldest", "newest"} and _fits(draft.message, edit)
    ]
    if not found:
        raise NothingFound(f"no such draft: {edit}")
    return found[-1 if wanted == "newest" else 0]


def letter_meant(office: PostOffice, edit: Json) -> Departure:
    """The letter that left with this message or draft id, to this address; of several the last."""
    wanted = edit.get("messageId") or edit.get("draftId")
    found = [
        letter
        for letter in office.ledger
        if (not wanted or wanted in {letter.message_id, letter.draft_id})
        and ("mailbox" not in edit or same(letter.mailbox, edit["mailbox"]))
        and ("to" not in edit or any(same(one.address, edit["to"]) for one in letter.recipients))
    ]
    if not found:
        raise NothingFound(f"no such letter has left: {edit}")
    return found[-1]


def message_meant(office: PostOffice, edit: Json) -> tuple[Mailbox, Message]:
    """The message with this id, to this address or with this subject; of several the newest."""
    mailbox = mailbox_meant(office, edit)
    for message in mailbox.newest_first():
        if edit.get("messageId", message.id) == message.id and _fits(message, edit):
            return mailbox, message
    raise NothingFound(f"no such message: {edit}")


def _fits(message: Message, edit: Json) -> bool:
    if "to" in edit and not any(same(one.address, edit["to"]) for one in everybody(message.letter)):
        return False
    # When an edit changes the subject, "subject" is the new one.
    return edit.get("with_subject", message.letter.text("Subject")) == message.letter.text("Subject")
