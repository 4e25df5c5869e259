"""The calls under /api/ about follow-ups, beside those of their plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.service import follow_up_documents as f
from sheets_automation.service.answers import answer
from sheets_automation.service.follow_up import consents_document, follow_ups_document, make_campaigns, record_word
from sheets_automation.service.house import House, Room
from sheets_automation.service.planning import Planner

Language = Annotated[Literal["ja", "en"], Query(description="Of every sentence in the answer.")]
Whose = Annotated[str, Query(max_length=200, description="Id of a candidate; absent for everybody.")]
RoomOf = Callable[[Request, str, str, str], Room]


class FollowUpCalls:
    """These calls, over one house; `room` gives a request its room and counts what it costs."""

    def __init__(self, house: House, room: RoomOf, planner: Planner) -> None:
        self._house = house
        self._room = room
        self._planner = planner

    def add_to(self, router: APIRouter) -> None:
        """Add the calls by their paths."""
        router.add_api_route("/follow-ups", self.history, response_model=f.FollowUpsDocument)
        router.add_api_route("/consents", self.consents, response_model=f.ConsentsDocument)
        router.add_api_route("/consents", self.record, response_model=f.ConsentsDocument, methods=["POST"])
        router.add_api_route("/campaigns", self.make, response_model=f.CampaignsMade, methods=["POST"])

    def history(self, request: Request, candidate: Whose = "", lang: Language = "ja") -> Response:
        """Show which follow-ups went to whom, when and why."""
        view = self._planner.view(self._follow_up_room(request, lang, "read"))
        return answer(f.FollowUpsDocument, follow_ups_document(view, candidate, lang))

    def consents(self, request: Request, lang: Language = "ja") -> Response:
        """Show who agrees to follow-ups, and what proves it."""
        return answer(f.ConsentsDocument, consents_document(self._follow_up_room(request, lang, "read")))

    def record(self, request: Request, wanted: f.ConsentWanted, lang: Language = "ja") -> Response:
        """Record that people agree to follow-ups, or no longer do."""
        room = self._follow_up_room(request, lang, "write")
        return answer(f.ConsentsDocument, record_word(self._house, room, wanted))

    def make(self, request: Request, lang: Language = "ja") -> Response:
        """Make the tab in which HR plans follow-ups. Sends nothing."""
        return answer(f.CampaignsMade, make_campaigns(self._house, self._follow_up_room(request, lang, "write")))

    def _follow_up_room(self, request: Request, lang: str, cost: str) -> Room:
        return self._room(request, lang, cost, "follow_up")
