"""What Drive keeps: files of all kinds, whose they are, and who else may open them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tests.google_emulator.accounts import DEFAULT_PROJECT, account_number
from tests.google_emulator.tokens import OWNER
from tests.google_emulator.wire import Json, Principal

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
_RANKS = ["reader", "commenter", "writer", "fileOrganizer", "organizer", "owner"]
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NARROW = "https://www.googleapis.com/auth/drive.file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One line of a file's sharing."""

    id: str
    kind: str
    """ "user", "group", "domain" or "anyone"."""
    role: str
    address: str = ""
    """The person's or group's address, or the domain."""
    discoverable: bool = False

    def reaches(self, email: str) -> bool:
        """Whether it lets this person in."""
        if self.kind == "anyone":
            return True
        if self.kind == "domain":
            return email.partition("@")[2].lower() == self.address.lower()
        return email.lower() == self.address.lower()


@dataclass(slots=True, kw_only=True)
class File:
    """One file."""

    id: str
    name: str
    mime_type: str
    owner: str
    created: datetime
    modified: datetime
    project: str = DEFAULT_PROJECT
    """The project whose app made it: the narrow scope drive.file reaches no other."""
    parents: list[str] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)
    trashed: bool = False
    content: bytes = b""
    more: Json = field(default_factory=dict)
    """What clients wrote and nothing here depends on: description, properties, starred."""
    version: int = 1
    editor: str = ""

    def role(self, email: str) -> str | None:
        """The strongest role that this person has."""
        roles = [line.role for line in self.permissions.values() if line.reaches(email)]
        return max(roles, key=_RANKS.index, default=None)

    def shared_with(self, email: str) -> bool:
        """Whether it is in this person's "Shared with me": shared by name, not by link."""
        named = [line for line in self.permissions.values() if line.kind == "user" and line.reaches(email)]
        return bool(named) and self.owner.lower() != email.lower()


class FileStore:
    """All files. It is the Files that the services see, and more that only Drive needs."""

    def __init__(self, now: Callable[[], datetime], random: Random) -> None:
        self._now = now
        self._random = random
        self._files: dict[str, File] = {}
        self.actor: Principal | None = None
        """Who acts at this moment; the frame says so before each call."""

    def __iter__(self) -> Iterator[File]:
        return iter(self._files.values())

    def add(self, file_id: str, *, name: str, mime_type: str, owner: str) -> None:
        """A new file that belongs to `owner`; one that is there already stays as it is."""
        if file_id in self._files:
            return
        moment = self._now()
        project = self.actor.project if self.actor else DEFAULT_PROJECT
        file = File(
            id=file_id, name=name, mime_type=mime_type, owner=owner, created=moment, modified=moment, project=project
        )
        file.parents = [root_of(owner)]
        file.editor = owner
        self._files[file_id] = file
        self.share(file, kind="user", role="owner", address=owner)

    def role(self, file_id: str, email: str) -> str | None:
        """ "owner", "writer", "reader" or None; a commenter reads."""
        file = self._files.get(file_id)
        if file and email == OWNER:
            return "owner"
        role = file.role(email) if file else None
        return "reader" if role == "commenter" else "writer" if role in {"organizer", "fileOrganizer"} else role

    def renamed(self, file_id: str, name: str) -> None:
        """The document got another title."""
        if file := self._files.get(file_id):
            file.name = name

    def touched(self, file_id: str, at: datetime) -> None:
        """The document was changed at this moment."""
        if file := self._files.get(file_id):
            file.modified = at
            file.version += 1
            file.editor = self.actor.email if self.actor else file.owner

    def exists(self, file_id: str) -> bool:
        """Whether there is such a file, whoever may open it."""
        return file_id in self._files

    def get(self, file_id: str) -> File | None:
        """The file, whoever asks."""
        return self._files.get(file_id)

    def remove(self, file_id: str) -> None:
        """Delete it for good."""
        self._files.pop(file_id, None)

    def hidden_from(self, file_id: str, principal: Principal, wide: frozenset[str]) -> bool:
        """Whether a token that has only the narrow scope is kept from a file that another app made."""
        file = self._files.get(file_id)
        return bool(
            file and not principal.scopes & wide and _NARROW in principal.scopes and file.project != principal.project
        )

    def share(self, file: File, *, kind: str, role: str, address: str = "", discoverable: bool = False) -> Permission:
        """Let somebody in, or in with another role."""
        line = Permission(
            id=permission_id(kind, address, discoverable=discoverable),
            kind=kind,
            role=role,
            address=address,
            discoverable=discoverable,
        )
        file.permissions[line.id] = line
        return line

    def new_id(self) -> str:
        """An id as documents have it."""
        return "1" + "".join(self._random.choices(_ALPHABET, k=43))

    def show(self) -> list[Json]:
        """What the control address tells of each file."""
        return [
            {
                "id": file.id,
                "name": file.name,
                "mimeType": file.mime_type,
                "owner": file.owner,
                "trashed": file.trashed,
                "roles": {line.address or line.kind: line.role for line in file.permissions.values()},
            }
            for file in self
        ]


def permission_id(kind: str, address: str, *, discoverable: bool = False) -> str:
    """The id of a line of sharing: it goes by the account, so that sharing twice changes one line."""
    if kind == "anyone":
        return "anyone" if discoverable else "anyoneWithLink"
    number = account_number(address.lower())[:20]
    return f"{number}k" if kind == "domain" else number


def root_of(email: str) -> str:
    """The id of somebody's My Drive."""
    return f"0A{account_number(email)[1:12]}Uk9PVA"
