"""The emulator itself, without a socket: a request goes in, an answer comes out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from tests.google_emulator.batch import answer_batch, is_batch
from tests.google_emulator.clock import Clock
from tests.google_emulator.desk import serve
from tests.google_emulator.discovery import DOCUMENTS, Route, find, load
from tests.google_emulator.exchange import Answer, Request, json_answer, query_of
from tests.google_emulator.pages import not_found_page
from tests.google_emulator.premises import Premises, found_makers
from tests.google_emulator.quotas import cost_of
from tests.google_emulator.trouble import troubled
from tests.google_emulator.wire import Json, MakeService

Handler = Callable[[Request], Answer]

_OAUTH = {
    "metadata": r"/|/computeMetadata/.*",
    "userinfo": r"/(oauth2/)?v[123]/userinfo|/userinfo/v2/me",
    "tokeninfo": r"/tokeninfo|/oauth2/v[123]/tokeninfo",
    "certs": r"/oauth2/v[23]/certs",
    "certificates": r"/oauth2/v1/certs",
    "proxy_keys": r"/iap/verify/public_key",
    "token": r"/token|/o/oauth2/token|/oauth2/v[34]/token",
    "consent": r"/o/oauth2(/v2)?/auth",
    "revoke": r"/revoke|/o/oauth2/revoke",
}


class Emulator:
    """Google, as far as a mail merge sees it."""

    def __init__(self, makers: dict[str, MakeService] | None = None) -> None:
        self._makers = makers or found_makers()
        self.clock = Clock()
        self.premises = Premises(self.clock, self._makers)

    def reset(self) -> None:
        """Forget everything, and show real time again."""
        self.clock.reset()
        self.premises = Premises(self.clock, self._makers)

    def answer(self, request: Request) -> Answer:
        """Answer anything but the control address."""
        premises = self.premises
        premises.run_due()
        if is_batch(request.path):
            seen: Json = {}
            return self._watched(premises, "batch", "gmail", request, lambda: self._batch(premises, request), seen)
        return self._answer_one(premises, request, part=False)

    def _batch(self, premises: Premises, request: Request) -> Answer:
        return answer_batch(request, lambda part: self._answer_one(premises, part, part=True))

    def _answer_one(self, premises: Premises, request: Request, *, part: bool) -> Answer:
        request = _overridden(request)
        seen: Json = {"part": part}
        if handler := _oauth(premises, request.path):
            name, handle = handler
            return self._watched(premises, name, "oauth2", request, lambda: _locked(premises, handle, request), seen)
        if "upload_id" in request.query:
            taken = premises.uploads.go_on(request)
            if isinstance(taken, Answer):
                return taken
            request = taken
        route = find(request.verb, request.path)
        if route is None:
            seen["status"] = HTTPStatus.NOT_FOUND
            return self._watched(premises, "unknown", "", request, lambda: _unrouted(request), seen)
        if route.upload and request.one("uploadType") == "resumable":
            return premises.uploads.begin(request)
        seen["units"] = cost_of(route.method)
        return self._watched(
            premises, route.method.id, route.method.api.name, request, _serving(premises, route, request, seen), seen
        )

    def _watched(
        self, premises: Premises, name: str, api: str, request: Request, perform: Callable[[], Answer], seen: Json
    ) -> Answer:
        """Do a call under the rules for faults, and log it."""
        with premises.lock:
            faults = premises.faults.next(name, request.verb, request.path)
        began = time.perf_counter()
        answer = troubled(premises, faults, api, request, perform)
        premises.note(
            {
                "method": name,
                "verb": request.verb,
                "path": request.path,
                "user": "",
                "units": 0,
                "part": False,
                "ms": round((time.perf_counter() - began) * 1000, 2),
                **seen,
                "status": answer.status,
                "ending": answer.ending.value,
                "faults": [fault.kind.value for fault in faults],
            }
        )
        return answer


def _serving(premises: Premises, route: Route, request: Request, seen: Json) -> Callable[[], Answer]:
    return lambda: serve(premises, route, request, seen)


def _locked(premises: Premises, handle: Handler, request: Request) -> Answer:
    with premises.lock:
        return handle(request)


def _oauth(premises: Premises, path: str) -> tuple[str, Handler] | None:
    """The addresses of sign-in, which are in no discovery document here."""
    handlers = {
        "metadata": premises.metadata.answer,
        "userinfo": premises.identity.userinfo,
        "tokeninfo": premises.identity.tokeninfo,
        "certs": premises.identity.certificates,
        "certificates": premises.identity_keys.certificates,
        "proxy_keys": premises.identity_keys.proxy_keys,
        "token": premises.signin.token,
        "consent": premises.signin.consent,
        "revoke": premises.signin.revoke,
    }
    name = next((name for name, pattern in _OAUTH.items() if re.fullmatch(pattern, path)), None)
    return (name, handlers[name]) if name else None


def _unrouted(request: Request) -> Answer:
    """The discovery documents themselves, with this server's address in them; and Google's 404."""
    pieces = request.path.strip("/").split("/")
    name = ""
    if request.path.startswith("/discovery/v1/apis/") and request.path.endswith("/rest"):
        name = f"{pieces[3]}.{pieces[4]}"
    elif request.path == "/$discovery/rest":
        version = request.one("version", "v4")
        name = next((one for one in DOCUMENTS if one.endswith(f".{version}")), "")
    if name not in DOCUMENTS:
        return not_found_page(request.path)
    root = f"http://{request.address}/"
    document = load(name).document
    return json_answer(200, {**document, "rootUrl": root, "baseUrl": root + document["servicePath"]}, pretty=False)


def _overridden(request: Request) -> Request:
    """A long GET that a client sent as a POST with its query in the body."""
    verb = request.header("x-http-method-override").upper()
    if not verb or request.verb != "POST":
        return request
    if request.content_type == "application/x-www-form-urlencoded":
        query = {**request.query, **query_of(request.body.decode())}
        return replace(request, verb=verb, query=query, body=b"")
    return replace(request, verb=verb)
