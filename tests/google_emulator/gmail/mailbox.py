"""One mailbox: its messages, drafts, labels, names and history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from tests.google_emulator.gmail.aliases import Alias, Aliases
from tests.google_emulator.gmail.contents import Part, read_parts, snippet
from tests.google_emulator.gmail.history import History
from tests.google_emulator.gmail.ids import Ids, checked_id
from tests.google_emulator.gmail.labels import Labels, in_order
from tests.google_emulator.gmail.letter import Letter, read_letter
from tests.google_emulator.gmail.refusals import not_found
from tests.google_emulator.wire import Json

INDEX_DELAY = timedelta(seconds=30)
"""How long a search does not find a new message, unless a test says otherwise."""


@dataclass(kw_only=True, eq=False)
class Message:
    """One message in a mailbox. What is in it never changes; an edited draft is another message."""

    id: str
    thread: str
    labels: set[str]
    raw: bytes
    date: int
    """Milliseconds since 1970: internalDate."""
    history: int = 0
    indexed: datetime
    """From when on a search finds it."""

    @cached_property
    def letter(self) -> Letter:
        """Its header and body."""
        return read_letter(self.raw)

    @cached_property
    def part(self) -> Part:
        """Its MIME parts."""
        return read_parts(self.raw)

    @cached_property
    def snippet(self) -> str:
        """Its first words."""
        return snippet(self.part)

    @property
    def size_estimate(self) -> int:
        """Its bytes, and eight more for each time that it came through the API, as recorded sizes have it."""
        return len(self.raw) + 8 * sum("gmailapi.google.com" in line for line in self.letter.every("Received"))

    @property
    def key(self) -> tuple[int, int]:
        """Its place in time."""
        return (self.date, int(self.id, 16))

    def stub(self) -> Json:
        """Id, thread and labels, as most methods answer. A message without labels has no such field."""
        labels = in_order(self.labels)
        return {"id": self.id, "threadId": self.thread, **({"labelIds": labels} if labels else {})}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A draft: a name that stays for a message that changes."""

    id: str
    message: Message

    @property
    def is_draft(self) -> bool:
        """Whether it still is one. The web client can leave the name behind when a person sends the draft there."""
        return "DRAFT" in self.message.labels


@dataclass(slots=True, kw_only=True)
class Caps:
    """How much a mailbox may send in 24 hours."""

    messages: int = 2_000
    external_recipients: int = 3_000


@dataclass(slots=True, kw_only=True)
class Mailbox:
    """One mailbox."""

    address: str
    ids: Ids
    now: Callable[[], datetime]
    history: History
    aliases: Aliases
    labels: Labels = field(default_factory=Labels)
    messages: dict[str, Message] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    caps: Caps = field(default_factory=Caps)
    index_delay: timedelta = INDEX_DELAY
    is_enabled: bool = True

    @property
    def primary(self) -> Alias:
        """The name that it was made with."""
        return self.aliases.get(self.address)

    def find(self, message_id: str) -> Message:
        """The message with this id; refused if there is none, or can be none."""
        found = self.messages.get(checked_id(message_id))
        if found is None:
            raise not_found()
        return found

    def conversation(self, thread_id: str, complaint: str = "Invalid id value") -> list[Message]:
        """The messages of a thread, oldest first; refused if there is no such thread."""
        wanted = checked_id(thread_id, complaint)
        found = sorted((one for one in self.messages.values() if one.thread == wanted), key=lambda one: one.key)
        if not found:
            raise not_found()
        return found

    def newest_first(self) -> list[Message]:
        """All messages, as lists show them."""
        return sorted(self.messages.values(), key=lambda one: one.key, reverse=True)

    def store(self, raw: bytes, labels: Iterable[str], *, thread: str = "", date: datetime | None = None) -> Message:
        """Put a new message in; without a thread it begins one."""
        now = self.now()
        new_id = self.ids.message(now)
        message = Message(
            id=new_id,
            thread=thread or new_id,
            labels=set(labels),
            raw=raw,
            date=int((date or now).timestamp()) * 1000,
            indexed=now + self.index_delay,
        )
        self.messages[new_id] = message
        message.history = self.history.record("messagesAdded", [(message.stub(), set())])
        return message

    def drop(self, message: Message) -> None:
        """Delete a message for good, and its draft with it."""
        del self.messages[message.id]
        self.drafts = {name: draft for name, draft in self.drafts.items() if draft.message is not message}
        self.history.record("messagesDeleted", [(message.stub(), set())])

    def touch(self, message: Message) -> None:
        """Write down that something about a message changed which is nobody's business."""
        message.history = self.history.record("", [(message.stub(), set())])

    def relabel(self, messages: Iterable[Message], add: Iterable[str] = (), remove: Iterable[str] = ()) -> bool:
        """Put labels on messages, then take labels off; whether that changed anything. Else it is no history."""
        messages, add, remove = list(messages), set(add), set(remove) - set(add)
        has_added = self._record("labelsAdded", messages, [add - one.labels for one in messages])
        has_removed = self._record("labelsRemoved", messages, [remove & one.labels for one in messages])
        return has_added or has_removed

    def _record(self, kind: str, messages: list[Message], changes: list[set[str]]) -> bool:
        """Toggle these labels on these messages, and write it down as one change of the mailbox."""
        changed = [(one, labels) for one, labels in zip(messages, changes, strict=True) if labels]
        for one, labels in changed:
            one.labels = one.labels ^ labels
        if changed:
            number = self.history.record(kind, [(one.stub(), labels) for one, labels in changed])
            for one, _ in changed:
                one.history = number
        return bool(changed)

    def draft(self, draft_id: str) -> Draft:
        """The draft with this id; 404 if it was never there, was sent, or was deleted."""
        if draft_id not in self.drafts:
            raise not_found()
        return self.drafts[draft_id]

    def draft_of(self, message: Message) -> Draft | None:
        """The draft that a message is the text of."""
        return next((draft for draft in self.drafts.values() if draft.message is message), None)

    def remove_label(self, label_id: str) -> None:
        """Delete a label and take it off all messages."""
        self.labels.remove(self.labels.get(label_id))
        self.relabel(self.messages.values(), remove=[label_id])

    def counts(self, label_id: str) -> Json:
        """How many messages and threads have a label."""
        labelled = [one for one in self.messages.values() if label_id in one.labels]
        unread = [one for one in labelled if "UNREAD" in one.labels]
        return {
            "messagesTotal": len(labelled),
            "messagesUnread": len(unread),
            "threadsTotal": len(Counter(one.thread for one in labelled)),
            "threadsUnread": len(Counter(one.thread for one in unread)),
        }
