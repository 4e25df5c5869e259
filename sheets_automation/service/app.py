"""The service: an API over the same jobs as the command line, and the page that speaks to it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sheets_automation import __version__
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.service.api import Api
from sheets_automation.service.doorway import Doorway, refused
from sheets_automation.service.gate import Gate
from sheets_automation.service.house import House
from sheets_automation.service.pace import PACES, Pace
from sheets_automation.service.pages import page_file
from sheets_automation.service.refusals import Refusal, bad_request, not_there

# A letter stands in a sandboxed srcdoc frame, which inherits this policy, and mail is styled by attributes. That nobody
# can smuggle one into the page itself is held by Trusted Types: only the policy "letters" writes HTML,
# and it fills the frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types letters"
)
_UNREADABLE = 400
SEALS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def make_app(house: House, gate: Gate, paces: Mapping[str, int] = PACES) -> FastAPI:
    """The whole service for one gate."""
    app = FastAPI(
        title="sheets_automation",
        version=__version__,
        docs_url=None,  # its page would load from a CDN
        redoc_url=None,
        openapi_url="/openapi.json" if gate.mode == "local" else None,
    )
    # Not include_router: it would make all calls a second time, at the first request.
    app.router.routes.extend(Api(house, gate.mode, Pace(paces)).router().routes)
    app.add_api_route("/{name:path}", _page, methods=["GET"], include_in_schema=False)
    for kind in (Refusal, SheetsAutomationError, Exception):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(RequestValidationError, _misspelt)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_middleware(Doorway, gate=gate, seals=SEALS)
    return app


def _page(name: str) -> Response:
    return page_file(name)


def _misspelt(request: Request, error: Exception) -> Response:
    """What FastAPI found wrong, by place and kind: never by value, since values are people's."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    where = ", ".join(sorted({".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0]) for one in found}))
    return refused(
        request, bad_request(f"送られた内容に誤りがあります({where})。", f"The request is not as it must be ({where}).")
    )


def _not_there(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code == _UNREADABLE:
        return refused(
            request,
            bad_request(
                "送られた内容を読めません。大きすぎるか、途中で切れています。",
                "The request cannot be read: it is too large, or cut short.",
            ),
        )
    if isinstance(error, HTTPException):
        return refused(request, not_there(error.status_code, error.headers))
    return refused(request, not_there())
