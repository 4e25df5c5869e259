"""The history of a mailbox: what came, went, and was labelled, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.google_emulator.gmail.labels import in_order
from tests.google_emulator.wire import Json

_KEPT = timedelta(days=7)
"""Google promises about a week."""
TYPES = {
    "messagesAdded": "messageAdded",
    "messagesDeleted": "messageDeleted",
    "labelsAdded": "labelAdded",
    "labelsRemoved": "labelRemoved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened, to one message or to several at once."""

    id: int
    at: datetime
    kind: str
    """ "messagesAdded", "messagesDeleted", "labelsAdded", "labelsRemoved"; "" for what the API does not tell."""
    touched: tuple[tuple[Json, tuple[str, ...]], ...]
    """Id, thread and labels of each message after the change, and the labels that were put on or taken off."""

    def concerns(self, label: str) -> bool:
        """Whether it is a change of a message with this label."""
        return not label or any(label in {*message.get("labelIds", ()), *labels} for message, labels in self.touched)

    def face(self) -> Json:
        """The change as a history record."""
        bare = [{"id": message["id"], "threadId": message["threadId"]} for message, _ in self.touched]
        told = {self.kind: [_entry(message, labels) for message, labels in self.touched]} if self.kind else {}
        return {"id": str(self.id), "messages": bare, **told}


def _entry(message: Json, labels: Sequence[str]) -> Json:
    return {"message": message, **({"labelIds": in_order(labels)} if labels else {})}


@dataclass(slots=True, kw_only=True)
class History:
    """All changes of a mailbox."""

    step: Callable[[], int]
    now: Callable[[], datetime]
    current: int
    changes: list[Change] = field(default_factory=list)
    forgotten: int = field(init=False)
    """Nothing is known before this id."""

    def __post_init__(self) -> None:
        """Begin where the mailbox begins."""
        self.forgotten = self.current

    def record(self, kind: str, touched: Sequence[tuple[Json, Collection[str]]]) -> int:
        """Write down a change; its id."""
        self.current += self.step()
        told = tuple((message, tuple(sorted(labels))) for message, labels in touched)
        self.changes.append(Change(id=self.current, at=self.now(), kind=kind, touched=told))
        return self.current

    def since(self, start: int) -> list[Change] | None:
        """What happened after this id; None if it is too long ago, or was never."""
        self._forget()
        if start < self.forgotten or start > self.current:
            return None
        return [change for change in self.changes if change.id > start]

    def forget_all(self) -> None:
        """Make all ids but the current one expire."""
        self.forgotten = self.current
        self.changes.clear()

    def _forget(self) -> None:
        oldest = self.now() - _KEPT
        old = [change for change in self.changes if change.at < oldest]
        if old:
            self.forgotten = old[-1].id
            del self.changes[: len(old)]
