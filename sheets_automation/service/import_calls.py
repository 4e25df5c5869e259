"""The calls under /api/ that take in files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.service import import_documents as i
from sheets_automation.service.answers import answer
from sheets_automation.service.house import House, Room
from sheets_automation.service.importing import past_imports, preview, take_back, take_in

Language = Annotated[Literal["ja", "en"], Query(description="Of every sentence in the answer.")]
RoomOf = Callable[[Request, str, str], Room]


class ImportCalls:
    """Looking, taking in, undoing."""

    def __init__(self, house: House, room: RoomOf) -> None:
        self._house = house
        self._room = room

    def add_to(self, router: APIRouter) -> None:
        """Add the calls by their paths."""
        router.add_api_route("/import/preview", self.preview, response_model=i.ImportPreview, methods=["POST"])
        router.add_api_route("/import", self.take_in, response_model=i.ImportDone, methods=["POST"])
        router.add_api_route("/import/undo", self.undo, response_model=i.ImportUndone, methods=["POST"])
        router.add_api_route("/imports", self.imports, response_model=list[i.ImportLine])

    def preview(self, request: Request, wanted: i.PreviewWanted, lang: Language = "ja") -> Response:
        """Show whom an import would add, what it would write where, what it asks and refuses. Writes nothing."""
        return answer(i.ImportPreview, preview(self._room(request, lang, "write"), wanted.file))

    def take_in(self, request: Request, wanted: i.ImportWanted, lang: Language = "ja") -> Response:
        """Do what a preview showed: this very plan, and this number of rows, or nothing."""
        return answer(i.ImportDone, take_in(self._house, self._room(request, lang, "write"), wanted))

    def undo(self, request: Request, wanted: i.UndoImportWanted, lang: Language = "ja") -> Response:
        """Take an import back as a whole; whom people or letters have dealt with since stays."""
        return answer(i.ImportUndone, take_back(self._house, self._room(request, lang, "write"), wanted.import_id))

    def imports(self, request: Request, lang: Language = "ja") -> Response:
        """Show the last imports."""
        return answer(list[i.ImportLine], past_imports(self._room(request, lang, "read")))
