"""The public links: `/r/CODE` leads to the partner, `/u/CODE` refuses letters, `/s/CODE` asks one question. No more.

It knows nobody: it has no workbook, no list of codes, no cookie, and keeps no trace of a visitor. Where a link leads is
set by the operator alone; of the request nothing but a code of ours, spelt anew, gets into the answer. Every genuine
code gets the same answer, whoever it belongs to and however often it is used.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sheets_automation.config import Config, find_config, load_config
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.referral_codes import read_code, referral_url
from sheets_automation.core.refusal_codes import is_genuine
from sheets_automation.core.scanners import Sign, sign_of_machine
from sheets_automation.core.survey import is_genuine as is_survey_code
from sheets_automation.service.bodies import body_of
from sheets_automation.service.partner_spool import PartnerFiles, PartnerLines, PartnerSpool
from sheets_automation.service.partner_webhook import PartnerDesk, PartnerDoor
from sheets_automation.service.public_door import Door, Visitors
from sheets_automation.service.public_pages import PublicPage, page
from sheets_automation.service.public_spool import FileSpool, LineSpool, Spool
from sheets_automation.wiring_links import LINK_KEY, link_keys, linked_partner
from sheets_automation.wiring_partners import partner_secrets

SPOOL: Final = "RELAY_LINK_SPOOL"
"""The folder of the records; without it they go to standard output, where Cloud Run's logging takes them."""
STDOUT: Final = "-"
_LONGEST_CODE: Final = 64
_LARGEST_BODY: Final = 1024
_CODES_OF_A_PERSON: Final = 4
"""Whoever opens the links of more people within a minute is none of them."""
_AROUND_A_LINK: Final = "。、，．.,;:!?()（）[]［］<>＜＞「」『』\"' "
"""What mail programs take for a part of a link that stands in a sentence."""
_ONE_CLICK_PART: Final = re.compile(
    rb'name="?List-Unsubscribe"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n[ \t]*One-Click[ \t]*\r?\n', re.IGNORECASE
)
_SCORE: Final = re.compile(rb"score=([1-5])")
_log = logging.getLogger("relay.links")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLinks:
    """All that the public app knows."""

    partner_url: str = ""
    """Where `/r/CODE` leads; empty for nowhere."""
    partner_urls: Mapping[str, str] = field(default_factory=dict)
    """Where `/r/PARTNER/CODE` leads, by the partner's id."""
    keys: tuple[str, ...] = field(default=(), repr=False)
    """Of refusal codes; none, and `/u/CODE` is closed."""
    partner_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Of the partners who report by the webhook, by their ids; the newest secret first."""
    has_survey: bool = False
    """Whether `/s/CODE` asks how content people are."""
    company: str = ""
    contact: str = ""
    """What the pages say; for everybody to see."""
    proxies: int = 0
    requests_per_minute: int = 60


def links_of(config: Config, environ: Mapping[str, str]) -> PublicLinks:
    """What the public app needs of the configuration. Raises ConfigurationError where it would do nothing."""
    partner, keys, secrets = linked_partner(config), link_keys(environ), partner_secrets(config, environ)
    if partner is None and not keys and not secrets:
        raise ConfigurationError(
            f"公開リンクの行き先がありません。設定の [[partners]] url か、環境変数 {LINK_KEY} を入れてください。",
            f"The public links lead nowhere: set url in [[partners]] of the configuration, or {LINK_KEY}, or both.",
        )
    return PublicLinks(
        partner_url=partner.url if partner else "",
        partner_urls={one.id: one.url for one in config.partners if one.url},
        keys=keys,
        partner_secrets=secrets,
        has_survey=bool(config.links.survey_url and keys),
        company=config.company.name,
        contact=config.company.contact,
        proxies=config.links.proxies,
        requests_per_minute=config.links.requests_per_minute,
    )


def make_public_app(
    links: PublicLinks, spool: Spool, now: Callable[[], datetime] | None = None, reports: PartnerSpool | None = None
) -> ASGIApp:
    """The app, behind a door that no request gets around. Without a spool for `reports` there is no webhook."""
    visitors = Visitors(per_minute=links.requests_per_minute)
    desk = _Desk(links, spool, visitors, now or _now)
    inner = Starlette(
        routes=[
            Route("/r/{code}", desk.lead_to_partner, methods=["GET"]),
            Route("/r/{partner}/{code}", desk.lead_to_partner, methods=["GET"]),
            Route("/u/{code}", desk.hear_refusal, methods=["GET", "POST"]),
            *([Route("/s/{code}", desk.hear_answer, methods=["GET", "POST"])] if links.has_survey else []),
            *_webhook(links, reports, now or _now),
        ],
        exception_handlers={HTTPException: desk.say_no},  # type: ignore[dict-item]  # narrower than the declared Exception
    )
    inner.router.redirect_slashes = False  # it would lead wherever the Host header says
    return Door(inner, visitors, proxies=links.proxies, too_many=desk.too_many)


def _webhook(links: PublicLinks, reports: PartnerSpool | None, now: Callable[[], datetime]) -> Iterator[Route]:
    if links.partner_secrets and reports is not None:
        desk = PartnerDesk(PartnerDoor(secrets=links.partner_secrets), reports, now)
        yield Route("/partner/{partner}/events", desk.hear, methods=["POST"])


def app() -> ASGIApp:
    """The app as the environment sets it up, for `uvicorn --factory sheets_automation.service.public:app`."""
    found = find_config(None, os.environ, workbook=None, here=Path.cwd())
    links = links_of(load_config(found) if found else Config(), os.environ)
    address = os.environ.get(SPOOL) or STDOUT
    return make_public_app(links, open_spool(address), reports=open_reports(address))


def open_spool(address: str) -> Spool:
    """A folder, or "-" for lines on standard output."""
    return LineSpool(sys.stdout) if address == STDOUT else FileSpool(Path(address))


def open_reports(address: str) -> PartnerSpool:
    """The same place, for what partners report."""
    return PartnerLines(sys.stdout) if address == STDOUT else PartnerFiles(Path(address))


def _now() -> datetime:
    return datetime.now(UTC)


class _Desk:
    """Answers the requests that the door let in."""

    def __init__(self, links: PublicLinks, spool: Spool, visitors: Visitors, now: Callable[[], datetime]) -> None:
        self._links = links
        self._spool = spool
        self._visitors = visitors
        self._now = now

    async def lead_to_partner(self, request: Request) -> Response:
        """Count a click, and lead on. That it could not be counted is no reason to let somebody stand there."""
        text = str(request.path_params["code"])
        code = read_code(text.strip(_AROUND_A_LINK)).code if len(text) <= _LONGEST_CODE else ""
        partner = str(request.path_params.get("partner", ""))
        address = self._links.partner_urls.get(partner, "") if partner else self._links.partner_url
        if not code or not address:
            return self._page(request, PublicPage.NO_LINK, 404)
        sign = sign_of_machine(request.method, dict(request.headers)) or self._many_codes(request, code) or ""
        await self._keep(LinkRecord(at=self._now(), use=LinkUse.CLICK, code=code, sign=sign, partner=partner))
        return Response(status_code=302, headers={"location": referral_url(address, code)})

    async def hear_refusal(self, request: Request) -> Response:
        """A page with one button, which does nothing by itself: mail gateways open every link.

        One click refuses, by the mail program (RFC 8058) or by the button, and is answered when it is safely kept.
        """
        code = self._genuine(request)
        if not code:
            return self._page(request, PublicPage.NO_LINK, 404)
        if request.method != "POST":
            return self._page(request, PublicPage.ASK, 200)
        body = await body_of(request, _LARGEST_BODY)
        if body is None:
            return self._page(request, PublicPage.NO_LINK, 413)
        if not _is_one_click(body):
            return self._page(request, PublicPage.NO_LINK, 400)
        if not await self._keep(LinkRecord(at=self._now(), use=LinkUse.REFUSAL, code=code)):
            return self._page(request, PublicPage.LATER, 503)
        return self._page(request, PublicPage.DONE, 200)

    async def hear_answer(self, request: Request) -> Response:
        """One question with five buttons. Opening the page says nothing; the last button that is pressed counts."""
        text = str(request.path_params["code"])
        code = text.strip(_AROUND_A_LINK).upper() if len(text) <= _LONGEST_CODE else ""
        if not is_survey_code(code, self._links.keys):
            return self._page(request, PublicPage.NO_LINK, 404)
        if request.method != "POST":
            return self._page(request, PublicPage.QUESTION, 200)
        body = await body_of(request, _LARGEST_BODY)
        if body is None:
            return self._page(request, PublicPage.NO_LINK, 413)
        if (found := _SCORE.fullmatch(body)) is None:
            return self._page(request, PublicPage.QUESTION, 400)
        record = LinkRecord(at=self._now(), use=LinkUse.ANSWER, code=code, score=int(found[1]))
        if not await self._keep(record):
            return self._page(request, PublicPage.ANSWER_LATER, 503)
        return self._page(request, PublicPage.ANSWERED, 200)

    async def say_no(self, request: Request, problem: HTTPException) -> Response:
        """A page for whatever is no link of ours."""
        return self._page(request, PublicPage.NO_LINK, problem.status_code, problem.headers)

    def too_many(self, request: Request) -> Response:
        """A page for whoever comes too often."""
        return self._page(request, PublicPage.TOO_MANY, 429)

    def _genuine(self, request: Request) -> str:
        text = str(request.path_params["code"])
        code = text.strip(_AROUND_A_LINK).upper() if len(text) <= _LONGEST_CODE else ""
        return code if is_genuine(code, self._links.keys) else ""

    def _many_codes(self, request: Request, code: str) -> Sign | None:
        opened = self._visitors.codes_opened(request.scope["visitor"], code)
        return Sign.MANY_CODES if opened > _CODES_OF_A_PERSON else None

    async def _keep(self, record: LinkRecord) -> bool:
        try:
            await run_in_threadpool(self._spool.keep, record)
        except OSError as error:  # SpoolFull among them
            _log.warning("one %s could not be kept: %s", record.use.value, error.strerror or type(error).__name__)
            return False
        return True

    def _page(
        self, request: Request, which: PublicPage, status: int, headers: Mapping[str, str] | None = None
    ) -> Response:
        accepted = request.headers.get("accept-language", "")
        return HTMLResponse(page(which, accepted, self._links.company, self._links.contact), status, headers)


def _is_one_click(body: bytes) -> bool:
    """Whether a body says what RFC 8058 asks for, in either of the two forms it allows."""
    if _ONE_CLICK_PART.search(body):
        return True
    said = parse_qs(body.decode("latin-1"), max_num_fields=10) if body.count(b"&") < 10 else {}  # noqa: PLR2004
    return [value.strip().lower() for value in said.get("List-Unsubscribe", ())] == ["one-click"]
