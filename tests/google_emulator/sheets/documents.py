"""All spreadsheets of the emulator, and who may do what to them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.google_emulator.sheets.model import Document, Json, Sheet
from tests.google_emulator.sheets.refusals import forbidden, not_found
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.wire import Call, Principal, World

MIME_TYPE = "application/vnd.google-apps.spreadsheet"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ID_LENGTH = 44


class Documents:
    """The spreadsheets by id. A change is made on a copy, which takes the place of the old one when it is complete."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, Document] = {}

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._kept.values())

    @property
    def random(self) -> Random:
        """Gives ids, the same ones in each run."""
        return self._world.random

    def new_id(self) -> str:
        """An id as Drive makes them."""
        return "1" + "".join(self._world.random.choices(_LETTERS, k=_ID_LENGTH - 1))

    def add(self, document: Document) -> None:
        """Keep a new document that Drive knows already."""
        self._kept[document.spreadsheet_id] = document

    def create(self, document: Document, owner: str) -> None:
        """Keep a new document and tell Drive of it."""
        self._world.files.add(document.spreadsheet_id, name=document.title, mime_type=MIME_TYPE, owner=owner)
        self.add(document)

    def remove(self, spreadsheet_id: str) -> None:
        """Forget a document whose file was deleted for good."""
        self._kept.pop(spreadsheet_id, None)

    def find(self, spreadsheet_id: str) -> Document:
        """The document with this id, whoever may open it."""
        if spreadsheet_id not in self._kept:
            raise not_found()
        return self._kept[spreadsheet_id]

    def reading(self, call: Call, spreadsheet_id: str = "") -> Turn:
        """A turn that only looks."""
        document, role = self._opened(call.principal, spreadsheet_id or call.path["spreadsheetId"])
        return self._turn(document, call, role)

    def changing(self, call: Call, work: Callable[[Turn], Json], spreadsheet_id: str = "") -> Json:
        """A turn that changes the document: all of it happens, or nothing."""
        document, role = self._opened(call.principal, spreadsheet_id or call.path["spreadsheetId"])
        if role not in {"owner", "writer"}:
            raise forbidden()
        turn = self._turn(document.copy(), call, role)
        answer = work(turn)
        self._replace(document, turn.document)
        self._world.files.touched(document.spreadsheet_id, call.now)
        return answer

    def by_hand(self, spreadsheet_id: str, work: Callable[[Turn], None]) -> None:
        """Let a person who may do everything change a document."""
        document = self.find(spreadsheet_id)
        now = self._world.now()
        turn = Turn(document=document.copy(), email="", is_owner=True, now=now, random=self.random)
        work(turn)
        self._replace(document, turn.document)
        self._world.files.touched(spreadsheet_id, now)

    def _opened(self, principal: Principal, spreadsheet_id: str) -> tuple[Document, str]:
        files = self._world.files
        if spreadsheet_id not in self._kept or not files.exists(spreadsheet_id):
            raise not_found()
        role = files.role(spreadsheet_id, principal.email)
        if role is None:
            raise forbidden()
        return self._kept[spreadsheet_id], role

    def _turn(self, document: Document, call: Call, role: str) -> Turn:
        return Turn(
            document=document,
            email=call.principal.email,
            is_owner=role == "owner",
            now=call.now,
            random=self.random,
        )

    def _replace(self, old: Document, new: Document) -> None:
        self._kept[new.spreadsheet_id] = new
        if new.title != old.title:
            self._world.files.renamed(new.spreadsheet_id, new.title)


def first_sheet(locale: str) -> Sheet:
    """The one tab of a new spreadsheet, named in its language."""
    return Sheet(sheet_id=0, title="シート1" if locale.startswith("ja") else "Sheet1")
