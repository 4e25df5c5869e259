"""Labels: Google's own, and those that the owner of the mailbox made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.google_emulator.gmail.refusals import invalid, label_taken, not_found
from tests.google_emulator.wire import Json

_HIDDEN: Json = {"messageListVisibility": "hide", "labelListVisibility": "labelHide"}
_SYSTEM: dict[str, Json] = {
    "CHAT": _HIDDEN,
    "SENT": {},
    "INBOX": {},
    "IMPORTANT": _HIDDEN,
    "TRASH": _HIDDEN,
    "DRAFT": {},
    "SPAM": _HIDDEN,
    "CATEGORY_FORUMS": _HIDDEN,
    "CATEGORY_UPDATES": _HIDDEN,
    "CATEGORY_PERSONAL": _HIDDEN,
    "CATEGORY_PROMOTIONS": _HIDDEN,
    "CATEGORY_SOCIAL": _HIDDEN,
    "STARRED": {},
    "UNREAD": {},
}
_FIXED = frozenset({"CHAT", "DRAFT", "SENT"})
"""Labels that nobody puts on or takes off: they say what a message is."""
_RESERVED = frozenset(
    {*(name.lower() for name in _SYSTEM), "drafts", "chats", "all", "all mail", "archived", "muted", "scheduled"}
    | {"snoozed", "voicemail", "sent mail", "bin", "outbox"}
)
_LONGEST = 225
# The order in which Gmail writes the labels of a message: what it is, what it is about, where it lies.
_ORDER = ("UNREAD", "IMPORTANT", "STARRED", "TRASH", "SPAM", "DRAFT", "SENT", "CATEGORY_", "Label_", "INBOX")


@dataclass(slots=True, kw_only=True)
class Label:
    """One label."""

    id: str
    name: str
    kind: str
    looks: Json = field(default_factory=dict)
    """Visibility and colour, as far as somebody has set them."""

    def face(self) -> Json:
        """The label as labels.list shows it."""
        shown = {key: self.looks[key] for key in ("messageListVisibility", "labelListVisibility") if key in self.looks}
        colour = {"color": self.looks["color"]} if "color" in self.looks else {}
        return {"id": self.id, "name": self.name, **shown, "type": self.kind, **colour}


class Labels:
    """All labels of a mailbox."""

    def __init__(self) -> None:
        self._labels = {
            name: Label(id=name, name=name, kind="system", looks=dict(looks)) for name, looks in _SYSTEM.items()
        }
        self._made = 0

    def __iter__(self) -> Iterator[Label]:
        return iter(list(self._labels.values()))

    def get(self, label_id: str) -> Label:
        """The label with this id; 404 if there is none."""
        if label_id not in self._labels:
            raise not_found()
        return self._labels[label_id]

    def named(self, name: str) -> Label | None:
        """The label of this name, whatever its case; a search writes hyphens for spaces and slashes."""
        wanted = _folded(name)
        return next((label for label in self._labels.values() if _folded(label.name) == wanted), None)

    def create(self, body: Json) -> Label:
        """Make a label; without visibilities it is shown everywhere."""
        name = self._checked(body.get("name", ""), None)
        self._made += 1
        label = Label(id=f"Label_{self._made}", name=name, kind="user", looks=_looks(body))
        label.looks = {"messageListVisibility": "show", "labelListVisibility": "labelShow", **label.looks}
        self._labels[label.id] = label
        return label

    def change(self, label: Label, body: Json, *, whole: bool) -> None:
        """Rename a label or change its looks; `whole` replaces what is not given, too."""
        if label.kind == "system":
            raise invalid("Invalid update request")
        if whole or "name" in body:
            label.name = self._checked(body.get("name", ""), label)
        label.looks = {**({} if whole else label.looks), **_looks(body)}

    def remove(self, label: Label) -> None:
        """Delete a label that the owner made."""
        if label.kind == "system":
            raise invalid("Invalid delete request")
        del self._labels[label.id]

    def check_change(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Refuse a change of labels that names a label which is not there or not to be touched."""
        added, removed = set(added), set(removed)
        if not added and not removed:
            raise invalid("No label add or removes specified")
        for label_id in sorted(added | removed):
            self.check_known(label_id)
            if label_id in _FIXED:
                raise invalid(f"Invalid label: {label_id}")
        if added & removed:
            raise invalid("Cannot both add and remove the same label")

    def check_known(self, label_id: str) -> None:
        """Refuse an id that no label has."""
        if label_id in self._labels:
            return
        raise invalid("labelId not found" if label_id.startswith("Label_") else f"Invalid label: {label_id}")

    def _checked(self, name: str, label: Label | None) -> str:
        folded = name.strip().lower()
        if not folded or folded in _RESERVED or len(name) > _LONGEST or folded.startswith("^"):
            raise invalid("Invalid label name")
        if any(other.name.lower() == folded for other in self._labels.values() if other is not label):
            raise label_taken()
        return name.strip()


def in_order(labels: Iterable[str]) -> list[str]:
    """Label ids in Gmail's order."""
    return sorted(labels, key=lambda label: (_rank(label), label))


def _rank(label: str) -> int:
    return next((number for number, start in enumerate(_ORDER) if label.startswith(start)), len(_ORDER))


def _looks(body: Json) -> Json:
    return {key: body[key] for key in ("messageListVisibility", "labelListVisibility", "color") if key in body}


def _folded(name: str) -> str:
    return name.lower().replace(" ", "-").replace("/", "-")
