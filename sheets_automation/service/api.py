"""The calls under /api/: each finds its room, runs one job, and answers with one document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.service import documents as d
from sheets_automation.service.house import House, Room
from sheets_automation.service.letters import letter_documents, letter_html
from sheets_automation.service.pace import Pace
from sheets_automation.service.plan_document import plan_document
from sheets_automation.service.planning import Planner
from sheets_automation.service.session import session_document

Language = Annotated[Literal["ja", "en"], Query(description="Of every sentence in the answer.")]
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
"""A letter is untrusted: it is styled inline, and may do nothing else."""
_STATUSES = (400, 401, 403, 404, 409, 422, 423, 429, 503)
_REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": d.Refused} for status in _STATUSES}


class Api:
    """All calls, over one house."""

    def __init__(self, house: House, mode: Literal["local", "cloud"], pace: Pace) -> None:
        self._house = house
        self._mode = mode
        self._pace = pace
        self._planner = Planner()

    def router(self) -> APIRouter:
        """The calls by their paths."""
        router = APIRouter(prefix="/api", responses=_REFUSALS)
        router.add_api_route("/session", self.session, response_model=d.Session)
        router.add_api_route("/plan", self.plan, response_model=d.PlanDocument)
        router.add_api_route("/letters", self.letters, response_model=d.LettersDocument, methods=["POST"])
        router.add_api_route("/letters/{id}", self.letter, response_model=d.LetterDocument)
        router.add_api_route("/letters/{id}/frame", self.frame, response_class=Response)
        return router

    def session(self, request: Request, lang: Language = "ja") -> Response:
        """Say who is at work on what."""
        room = self._room(request, lang, "small")
        return answer(d.Session, session_document(room, self._mode))

    def plan(self, request: Request, lang: Language = "ja") -> Response:
        """Show who gets which letter, and who does not, and why; without the bodies of the letters."""
        view = self._planner.view(self._room(request, lang, "read"))
        if lang not in view.pages:
            view.pages[lang] = encoded(d.PlanDocument, plan_document(view, lang))
        return Response(view.pages[lang], media_type="application/json")

    def letters(self, request: Request, wanted: d.LettersWanted, lang: Language = "ja") -> Response:
        """Show some letters as they will go."""
        room = self._room(request, lang, "letters")
        found = letter_documents(room, self._planner.view(room), wanted.ids, wanted.plan)
        return answer(d.LettersDocument, d.LettersDocument(letters=found))

    def letter(self, request: Request, id: d.Id, plan: d.Mark, lang: Language = "ja") -> Response:  # noqa: A002
        """Show one letter as it will go."""
        room = self._room(request, lang, "letters")
        (found,) = letter_documents(room, self._planner.view(room), [id], plan)
        return answer(d.LetterDocument, found)

    def frame(self, request: Request, id: d.Id, plan: d.Mark, lang: Language = "ja") -> Response:  # noqa: A002
        """Show the HTML of one letter, for a frame."""
        room = self._room(request, lang, "letters")
        headers = {"content-security-policy": LETTER_POLICY, "x-frame-options": "SAMEORIGIN"}
        html = letter_html(self._planner.view(room), id, plan)
        return Response(html, headers=headers, media_type="text/html; charset=utf-8")

    def _room(self, request: Request, lang: str, cost: str) -> Room:
        actor = request.state.actor
        self._pace.take(actor.name, cost)
        return self._house.room(actor, lang)


def encoded(kind: type[Any], document: object) -> bytes:
    """A document as JSON."""
    return TypeAdapter(kind).dump_json(document, by_alias=True)


def answer(kind: type[Any], document: object) -> Response:
    """A document as an answer."""
    return Response(encoded(kind, document), media_type="application/json")
