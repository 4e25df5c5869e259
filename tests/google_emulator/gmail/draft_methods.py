"""users.drafts: letters that are written and not sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.google_emulator.gmail.conversations import asked_for, subject_of
from tests.google_emulator.gmail.faces import message_face
from tests.google_emulator.gmail.letter import read_letter
from tests.google_emulator.gmail.mailbox import Draft, Mailbox, Message
from tests.google_emulator.gmail.outgoing import as_draft, raw_of
from tests.google_emulator.gmail.paging import page_of
from tests.google_emulator.gmail.post_office import PostOffice
from tests.google_emulator.gmail.refusals import invalid
from tests.google_emulator.gmail.search import search
from tests.google_emulator.wire import Call, Json


@dataclass(frozen=True, slots=True)
class DraftMethods:
    """The methods of drafts."""

    office: PostOffice

    def all(self) -> dict[str, Callable[[Call, Mailbox], Json]]:
        """The methods by their names."""
        return {
            "drafts.create": self.create,
            "drafts.get": self.get,
            "drafts.list": self.list,
            "drafts.update": self.update,
            "drafts.send": self.send,
            "drafts.delete": self.delete,
        }

    def create(self, call: Call, mailbox: Mailbox) -> Json:
        """Write a draft. Its name stays the same until it is sent or deleted."""
        message = _given(call)
        raw = as_draft(raw_of(message), mailbox, self.office.stamp(call.principal.project))
        thread = asked_for(mailbox, read_letter(raw), message.get("threadId", ""))
        return _stub(self.write(mailbox, raw, thread))

    def write(self, mailbox: Mailbox, raw: bytes, thread: str = "") -> Draft:
        """Put a new draft into a mailbox."""
        draft = Draft(id=mailbox.ids.draft(), message=mailbox.store(raw, ["DRAFT"], thread=thread))
        mailbox.drafts[draft.id] = draft
        return draft

    def get(self, call: Call, mailbox: Mailbox) -> Json:
        """One draft."""
        draft = mailbox.draft(call.path["id"])
        return {"id": draft.id, "message": message_face(draft.message, call.one("format"), (), mailbox.ids)}

    def list(self, call: Call, mailbox: Mailbox) -> Json:
        """The drafts, those written last first."""
        everywhere = call.flag("includeSpamTrash")
        query = call.one("q")
        found = search(mailbox, query, everywhere=everywhere) if query else mailbox.newest_first()
        names = {id(draft.message): draft for draft in mailbox.drafts.values() if draft.is_draft}
        drafts = [names[id(one)] for one in found if id(one) in names and (everywhere or "TRASH" not in one.labels)]
        shown, more = page_of(drafts, call)
        listed: Json = {"drafts": [_listed(draft) for draft in shown]} if shown else {}
        return {**listed, **more, "resultSizeEstimate": len(drafts)}

    def update(self, call: Call, mailbox: Mailbox) -> Json:
        """Write a draft anew: the name stays, the message is another one."""
        draft = mailbox.draft(call.path["id"])
        if not draft.is_draft:
            raise invalid("Message not a draft")
        message = _given(call)
        raw = as_draft(raw_of(message), mailbox, self.office.stamp(call.principal.project))
        self.rewrite(mailbox, draft, raw, message.get("threadId", ""))
        return _stub(draft)

    def rewrite(self, mailbox: Mailbox, draft: Draft, raw: bytes, thread_id: str = "") -> None:
        """Put another message in a draft's place; with another subject it leaves its thread."""
        letter, old = read_letter(raw), draft.message
        if thread_id:
            thread = asked_for(mailbox, letter, thread_id)
        else:
            thread = old.thread if subject_of(letter) == subject_of(old.letter) else ""
        new = mailbox.store(raw, old.labels, thread=thread)
        draft.message = new
        mailbox.drop(old)

    def send(self, call: Call, mailbox: Mailbox) -> Json:
        """Send a draft; what is given along with its name takes its place first. Without a name, send what is given."""
        message = call.body.get("message", {})
        stamp = self.office.stamp(call.principal.project)
        if not call.body.get("id"):
            raw = raw_of(message)
            thread = asked_for(mailbox, read_letter(raw), message.get("threadId", ""))
            return self.office.send(mailbox, raw, thread=thread, stamp=stamp, via="drafts.send").stub()
        draft = mailbox.draft(call.body["id"])
        if not draft.is_draft:
            raise invalid("Message not a draft")
        raw = as_draft(raw_of(message), mailbox, stamp) if message.get("raw") else draft.message.raw
        return self._send(mailbox, draft, raw, via="drafts.send", project=call.principal.project).stub()

    def send_by_hand(self, mailbox: Mailbox, draft: Draft) -> Message:
        """A person presses Send."""
        return self._send(mailbox, draft, draft.message.raw, via="hand", project="")

    def _send(self, mailbox: Mailbox, draft: Draft, raw: bytes, *, via: str, project: str) -> Message:
        stamp = self.office.stamp(project)
        thread = draft.message.thread
        return self.office.send(mailbox, raw, thread=thread, stamp=stamp, draft_id=draft.id, via=via)

    def delete(self, call: Call, mailbox: Mailbox) -> Json:
        """Delete a draft for good. It does not go to the bin."""
        mailbox.drop(mailbox.draft(call.path["id"]).message)
        return {}


def _given(call: Call) -> Json:
    message: Json | None = call.body.get("message")
    if message is None:
        raise invalid("Missing draft message")
    return message


def _stub(draft: Draft) -> Json:
    return {"id": draft.id, "message": draft.message.stub()}


def _listed(draft: Draft) -> Json:
    return {"id": draft.id, "message": {"id": draft.message.id, "threadId": draft.message.thread}}
