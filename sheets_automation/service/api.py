"""The calls under /api/: each finds its room, runs one job, and answers with one document."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.service import analysis_documents as a
from sheets_automation.service import documents as d
from sheets_automation.service import match_documents as m
from sheets_automation.service import overview_documents as o
from sheets_automation.service import tag_documents as t
from sheets_automation.service import work_documents as w
from sheets_automation.service.analysis import analysis_shown
from sheets_automation.service.answers import answer, encoded
from sheets_automation.service.approving import give_approval, read_approval, take_back
from sheets_automation.service.follow_up_calls import FollowUpCalls
from sheets_automation.service.freezing import freeze_workbook, thaw_workbook
from sheets_automation.service.house import House, Mailing, Room
from sheets_automation.service.import_calls import ImportCalls
from sheets_automation.service.letters import letter_documents
from sheets_automation.service.matching import match_document
from sheets_automation.service.overview import (
    check_document,
    credits_document,
    openings_of,
    redeem,
    run_lines,
    take_reports,
)
from sheets_automation.service.pace import Pace
from sheets_automation.service.plan_document import plan_document
from sheets_automation.service.planning import Planner
from sheets_automation.service.retention_calls import RetentionCalls
from sheets_automation.service.selecting import show_row
from sheets_automation.service.sending import Sending, StoppableStretch
from sheets_automation.service.session import session_document
from sheets_automation.service.settling import settle_letters, uncertain_letters
from sheets_automation.service.tagging import answer_tags, tags_document
from sheets_automation.service.testing import send_test

Language = Annotated[Literal["ja", "en"], Query(description="Of every sentence in the answer.")]
Months = Annotated[
    str | None,
    Query(max_length=40, description="Such as 2026-04..2026-09 or FY2026; empty = all time, absent = as configured."),
]
OpeningWanted = Annotated[str, Query(min_length=1, max_length=2000, pattern=r"\S", description="A name, or words.")]
Top = Annotated[int, Query(ge=1, le=100)]
Which = Annotated[
    Literal["results", "follow_up", "follow_up_line"],
    Query(description="Which letters: results of a selection, or follow-ups to people who agreed; by LINE, apart."),
]
_STATUSES = (400, 401, 403, 404, 409, 422, 423, 429, 503)
# By reference: FastAPI would make a shape of its own for each status of each call, which was most of the time to start.
_REFUSED = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}}
_REFUSALS: dict[int | str, dict[str, Any]] = dict.fromkeys(_STATUSES, _REFUSED)
_DEFINED: dict[int | str, dict[str, Any]] = {_STATUSES[0]: {"model": d.Refused}}  # where one call defines it


class Api:
    """All calls, over one house."""

    def __init__(self, house: House, mode: Literal["local", "cloud"], pace: Pace) -> None:
        self._house = house
        self._mode = mode
        self._pace = pace
        self._planner = Planner()
        self._sending = Sending(house)

    def router(self) -> APIRouter:
        """The calls by their paths."""
        router = APIRouter(prefix="/api", responses=_REFUSALS)
        router.add_api_route("/session", self.session, response_model=d.Session, responses=_DEFINED)
        router.add_api_route("/plan", self.plan, response_model=d.PlanDocument)
        router.add_api_route("/letters", self.letters, response_model=d.LettersDocument, methods=["POST"])
        router.add_api_route("/letters/{id}", self.letter, response_model=d.LetterDocument)
        router.add_api_route("/test", self.test, response_model=w.TestSent, methods=["POST"])
        router.add_api_route("/approvals", self.approvals, response_model=w.ApprovalGiven, methods=["POST"])
        router.add_api_route("/send", self.send, response_model=w.SendAnswer, methods=["POST"])
        router.add_api_route("/undo", self.undo, response_model=w.UndoAnswer, methods=["POST"])
        router.add_api_route("/freeze", self.freeze, response_model=w.StopsAnswer, methods=["POST"])
        router.add_api_route("/thaw", self.thaw, response_model=w.StopsAnswer, methods=["POST"])
        router.add_api_route("/uncertain", self.uncertain, response_model=w.UncertainDocument)
        router.add_api_route("/settle", self.settle, response_model=w.SettleAnswer, methods=["POST"])
        router.add_api_route("/credits", self.credits, response_model=o.CreditsDocument)
        router.add_api_route("/credits/redeem", self.redeem, response_model=o.CreditsDocument, methods=["POST"])
        router.add_api_route("/credits/reports", self.take_reports, response_model=o.CreditsDocument, methods=["POST"])
        router.add_api_route("/row", self.row, response_model=w.RowAnswer, methods=["POST"])
        router.add_api_route("/check", self.check, response_model=o.CheckDocument)
        router.add_api_route("/analysis", self.analysis, response_model=a.AnalysisDocument)
        router.add_api_route("/match", self.match, response_model=m.MatchDocument)
        router.add_api_route("/tags", self.tags, response_model=t.TagsDocument)
        router.add_api_route("/tags", self.answer_tags, response_model=t.TagsWritten, methods=["POST"])
        router.add_api_route("/runs", self.runs, response_model=list[o.RunLine])
        ImportCalls(self._house, self._room).add_to(router)
        RetentionCalls(self._house, self._room).add_to(router)
        FollowUpCalls(self._house, self._room, self._planner).add_to(router)
        return router

    def session(self, request: Request, mailing: Which = "results", lang: Language = "ja") -> Response:
        """Say who is at work on what."""
        room = self._room(request, lang, "small", mailing)
        return answer(d.Session, session_document(room, self._mode, self._planner.title_of(room.workbook)))

    def plan(self, request: Request, mailing: Which = "results", lang: Language = "ja") -> Response:
        """Show who gets which letter, and who does not, and why; without the bodies of the letters."""
        view = self._planner.view(self._room(request, lang, "read", mailing))
        if lang not in view.pages:
            view.pages[lang] = encoded(d.PlanDocument, plan_document(view, lang))
        return Response(view.pages[lang], media_type="application/json")

    def letters(
        self, request: Request, wanted: d.LettersWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Show some letters as they will go."""
        room = self._room(request, lang, "letters", mailing)
        found = letter_documents(room, self._planner.view(room), wanted.ids, wanted.plan)
        return answer(d.LettersDocument, d.LettersDocument(letters=found))

    def letter(
        self,
        request: Request,
        id: d.Id,  # noqa: A002
        plan: d.Mark,
        mailing: Which = "results",
        lang: Language = "ja",
    ) -> Response:
        """Show one letter as it will go."""
        room = self._room(request, lang, "letters", mailing)
        (found,) = letter_documents(room, self._planner.view(room), [id], plan)
        return answer(d.LetterDocument, found)

    def test(
        self, request: Request, wanted: w.TestWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Send some letters to oneself, to see them as candidates will."""
        return answer(w.TestSent, send_test(self._room(request, lang, "test", mailing), wanted))

    def approvals(
        self, request: Request, wanted: w.ApprovalWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Agree to the letters of a plan: these candidates, and these letters, and no others."""
        room = self._room(request, lang, "write", mailing)
        return answer(w.ApprovalGiven, give_approval(self._house, room, wanted))

    async def send(
        self, request: Request, wanted: w.SendWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Send what was approved, for so many seconds, and say what is left. Ask again until it is done.

        Whoever closes the connection stops it after the letter in flight; nothing is lost, and asking again goes on.
        """
        stretch = StoppableStretch(seconds=wanted.seconds)
        sending = asyncio.create_task(asyncio.to_thread(self._send, request, wanted.approval, stretch, lang, mailing))
        watching = asyncio.create_task(_leaving(request))
        await asyncio.wait((sending, watching), return_when=asyncio.FIRST_COMPLETED)
        stretch.asked.set()
        watching.cancel()
        return answer(w.SendAnswer, await sending)

    def undo(
        self, request: Request, wanted: w.UndoWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Take back what was approved and has not left; a send that is under way stops first."""
        room = self._room(request, lang, "write", mailing)
        approval = read_approval(self._house, room, wanted.approval)
        self._sending.stop(room.workbook)
        return answer(w.UndoAnswer, take_back(self._house, room, approval))

    def freeze(self, request: Request, wanted: w.FreezeWanted, lang: Language = "ja") -> Response:
        """Stop all sending from the workbook, other runs included; a send that is under way here stops first."""
        room = self._room(request, lang, "small")  # nobody who has to stop letters is told to wait
        self._sending.stop(room.workbook)
        return answer(w.StopsAnswer, freeze_workbook(self._house, room, wanted))

    def thaw(self, request: Request, wanted: w.ThawWanted, lang: Language = "ja") -> Response:
        """Let letters go again. Sends nothing."""
        return answer(w.StopsAnswer, thaw_workbook(self._house, self._room(request, lang, "write"), wanted))

    def uncertain(self, request: Request, mailing: Which = "results", lang: Language = "ja") -> Response:
        """Show the letters that may or may not have left."""
        return answer(w.UncertainDocument, uncertain_letters(self._room(request, lang, "read", mailing)))

    def settle(
        self, request: Request, wanted: w.SettleWanted, mailing: Which = "results", lang: Language = "ja"
    ) -> Response:
        """Say what became of letters that nobody but a person can know about."""
        return answer(w.SettleAnswer, settle_letters(self._house, self._room(request, lang, "write", mailing), wanted))

    def credits(self, request: Request, lang: Language = "ja") -> Response:
        """Show the credits with all their evidence."""
        view = self._planner.view(self._room(request, lang, "read"))
        openings = openings_of(view.marked.plan.situation.candidates)
        return answer(o.CreditsDocument, credits_document(view.credits, lang, openings))

    def redeem(self, request: Request, wanted: w.RedeemWanted, lang: Language = "ja") -> Response:
        """Record that credits were used."""
        return answer(o.CreditsDocument, redeem(self._house, self._room(request, lang, "write"), wanted))

    def take_reports(self, request: Request, lang: Language = "ja") -> Response:
        """Take in what was typed into the partners' tab."""
        return answer(o.CreditsDocument, take_reports(self._house, self._room(request, lang, "write")))

    def row(self, request: Request, wanted: w.RowWanted, lang: Language = "ja") -> Response:
        """Select a row in the workbook that is open in Excel here; elsewhere there is no such call."""
        return answer(w.RowAnswer, show_row(self._room(request, lang, "small"), wanted))

    def check(self, request: Request, lang: Language = "ja") -> Response:
        """Show everything that is wrong with the workbook, the letters and the settings."""
        return answer(o.CheckDocument, check_document(self._room(request, lang, "read")))

    def analysis(self, request: Request, period: Months = None, lang: Language = "ja") -> Response:
        """Show the workbook in figures, each with its definition and what it is made of."""
        return answer(a.AnalysisDocument, analysis_shown(self._room(request, lang, "read"), period))

    def match(self, request: Request, opening: OpeningWanted, top: Top = 10, lang: Language = "ja") -> Response:
        """Show past candidates for an opening, with reasons and a letter. Writes nothing, sends nothing."""
        return answer(m.MatchDocument, match_document(self._room(request, lang, "read"), opening, top))

    def tags(self, request: Request, lang: Language = "ja") -> Response:
        """Show which tags the rules propose, and why, and which labels could be written alike. Writes nothing."""
        return answer(t.TagsDocument, tags_document(self._room(request, lang, "read")))

    def answer_tags(self, request: Request, wanted: t.TagsAnswered, lang: Language = "ja") -> Response:
        """Add proposed tags that a person accepts to what is typed, and note those that a person refuses."""
        return answer(t.TagsWritten, answer_tags(self._house, self._room(request, lang, "write"), wanted))

    def runs(self, request: Request, mailing: Which = "results", lang: Language = "ja") -> Response:
        """Show what the last runs did, and who started them."""
        return answer(list[o.RunLine], run_lines(self._planner.view(self._room(request, lang, "read", mailing))))

    def _send(self, request: Request, text: str, stretch: StoppableStretch, lang: str, mailing: str) -> w.SendAnswer:
        room = self._room(request, lang, "send", mailing)
        return self._sending.send(room, read_approval(self._house, room, text), stretch)

    def _room(self, request: Request, lang: str, cost: str, mailing: str = "results") -> Room:
        visit = request.state.visit
        self._pace.take(visit.actor.name, cost)
        return self._house.room(visit, lang, Mailing(mailing))


async def _leaving(request: Request) -> None:
    """Wait until whoever asked has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
