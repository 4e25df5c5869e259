"""The calls under /api/retention and /api/person: who is due to be erased, and one person who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.service import person_documents as p
from sheets_automation.service import retention_documents as r
from sheets_automation.service.answers import answer
from sheets_automation.service.house import House, Room
from sheets_automation.service.persons import erase_one, people_found, person_shown
from sheets_automation.service.retention import announce_now, erase_now, retention_document

Language = Annotated[Literal["ja", "en"], Query(description="Of every sentence in the answer.")]


class RetentionCalls:
    """These calls, over one house; `room` gives a request its room and counts what it costs."""

    def __init__(self, house: House, room: Callable[[Request, str, str], Room]) -> None:
        self._house = house
        self._room = room

    def add_to(self, router: APIRouter) -> None:
        """Add the calls by their paths."""
        shown, done = r.RetentionDocument, r.CertificateShown
        router.add_api_route("/retention", self.look, response_model=shown)
        router.add_api_route("/retention/announce", self.announce, response_model=shown, methods=["POST"])
        router.add_api_route("/retention/erase", self.erase, response_model=done, methods=["POST"])
        router.add_api_route("/person/find", self.find, response_model=p.PeopleFound, methods=["POST"])
        router.add_api_route("/person", self.show, response_model=p.PersonShown, methods=["POST"])
        router.add_api_route("/person/erase", self.erase_person, response_model=done, methods=["POST"])

    def look(self, request: Request, lang: Language = "ja") -> Response:
        """Show whose retention period is over, and when they are to be erased. Writes nothing."""
        return answer(r.RetentionDocument, retention_document(self._room(request, lang, "read")))

    def announce(self, request: Request, lang: Language = "ja") -> Response:
        """Write down the day from which those are to be erased whose time is over."""
        return answer(r.RetentionDocument, announce_now(self._house, self._room(request, lang, "write")))

    def erase(self, request: Request, wanted: r.EraseWanted, lang: Language = "ja") -> Response:
        """Erase those whose notice is over: exactly these people, by their number. It cannot be undone."""
        return answer(r.CertificateShown, erase_now(self._house, self._room(request, lang, "write"), wanted))

    def find(self, request: Request, asked: p.PersonAsked, lang: Language = "ja") -> Response:
        """Find people by name, address or id. The words stand in the body: an address of ours names nobody."""
        return answer(p.PeopleFound, people_found(self._room(request, lang, "read"), asked.words))

    def show(self, request: Request, wanted: p.PersonWanted, lang: Language = "ja") -> Response:
        """Show all that is held about one person, and write down who was shown it."""
        return answer(p.PersonShown, person_shown(self._house, self._room(request, lang, "write"), wanted.id))

    def erase_person(self, request: Request, wanted: p.PersonEraseWanted, lang: Language = "ja") -> Response:
        """Erase one person at their word: exactly the rows that were shown. It cannot be undone."""
        return answer(r.CertificateShown, erase_one(self._house, self._room(request, lang, "write"), wanted))
