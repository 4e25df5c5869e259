"""Where API calls are answered: checked, counted, served, checked again, and cut to the fields asked for."""

from __future__ import annotations

from collections.abc import Mapping

from tests.google_emulator.bodies import answer_violations, read_body
from tests.google_emulator.discovery import ApiMethod, Route
from tests.google_emulator.drive import DEFAULT_FIELDS
from tests.google_emulator.errors import SENTENCES, GoogleError, error_answer
from tests.google_emulator.exchange import Answer, Request, json_answer, text_answer
from tests.google_emulator.gate import admit, check_metadata_scope
from tests.google_emulator.masks import Tree, apply_mask, read_mask
from tests.google_emulator.premises import Premises
from tests.google_emulator.queries import check_alt, check_system, read_query
from tests.google_emulator.syntax import read_json
from tests.google_emulator.uploads import read_upload
from tests.google_emulator.values import read_flag
from tests.google_emulator.wire import ApiError, Call, Json, Principal

_OWN_HEADERS = {
    "drive": {
        "Vary": "Origin, X-Origin",
        "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
        "Pragma": "no-cache",
        "Expires": "Mon, 01 Jan 1990 00:00:00 GMT",
    }
}
"""What an API says of keeping its answers; Sheets and Gmail have stopped to say anything."""


def serve(premises: Premises, route: Route, request: Request, seen: Json) -> Answer:
    """Answer one call; who it was goes into `seen`, for the log. Planned edits come right before and after it."""
    method = route.method
    with premises.lock:
        premises.edit_around(method.id, after=False)
        try:
            answer = _serve(premises, route, request, seen)
        except ApiError as error:
            answer = error_answer(error, method.api.name, request)
        except Exception:  # noqa: BLE001  (a service that breaks is a bug to be seen by tests, not the end of the server)
            premises.broke()
            error = GoogleError(500, "INTERNAL", "Internal error encountered.")
            answer = error_answer(error, method.api.name, request)
        premises.edit_around(method.id, after=True)
    return answer


def _serve(premises: Premises, route: Route, request: Request, seen: Json) -> Answer:
    method = route.method
    check_system(request.query)
    principal = admit(premises, route, request)
    seen["user"] = principal.email
    premises.quotas.spend(method, user=request.one("quotaUser") or principal.email, project=principal.project)
    check_alt(method, request.query)
    tree = _tree(method, request) if not _masks_last(method) else None
    call = _call(premises, route, request, principal)
    check_metadata_scope(method, principal, request)
    if seen.get("part") and method.api.name == "sheets":
        raise GoogleError(501, "UNIMPLEMENTED", SENTENCES[501])
    if method.id not in premises.methods:
        raise GoogleError(501, "UNIMPLEMENTED", f"The emulator does not have the method {method.id}.")
    premises.files.actor = principal
    data = premises.methods[method.id](call)
    if _masks_last(method):
        tree = _tree(method, request)
    headers = _OWN_HEADERS.get(method.api.name, {})
    if "$media" in data:
        about = {"Vary": headers["Vary"], "Content-Type": data["mimeType"], **data.get("$headers", {})}
        return Answer(status=200, body=data["$media"], headers=about)
    if not method.response and not data:
        kind = "text/html" if method.api.name == "drive" else "text/plain; charset=UTF-8"
        return text_answer(204, "", kind, **headers)
    pretty = read_flag(request.first("prettyPrint"), default=True)
    shown = apply_mask(data, tree)
    _check_answer(premises, method, shown)
    return json_answer(200, shown, pretty=pretty, headers=headers)


def _call(premises: Premises, route: Route, request: Request, principal: Principal) -> Call:
    method = route.method
    query = read_query(method, request.query)
    if method.api.name == "drive" and request.first("alt") == "media":
        query = {**query, "alt": ["media"]}
    return Call(
        method=method.id,
        path=route.path,
        query=query,
        body=_body(route, request),
        principal=principal,
        now=premises.clock.now(),
        fields=request.first("fields"),
    )


def _body(route: Route, request: Request) -> Json:
    if route.upload:
        metadata, media = read_upload(route.method, request)
        return {**read_body(route.method, metadata), **media}
    if route.method.verb in {"GET", "DELETE"}:
        return {}
    return read_body(route.method, _parsed(route.method, request))


def _parsed(method: ApiMethod, request: Request) -> Json:
    try:
        return read_json(request.body)
    except GoogleError as error:
        if method.api.name == "drive":
            errors = [{"message": "Parse Error", "domain": "global", "reason": "parseError"}]
            raise GoogleError(400, "", "Parse Error", errors=errors) from error
        raise


def _masks_last(method: ApiMethod) -> bool:
    """Whether the mask is looked at only when there is an answer, as Drive does where it only reads."""
    return method.api.name == "drive" and method.verb == "GET"


def _tree(method: ApiMethod, request: Request) -> Tree | None:
    return read_mask(method, _mask(method, request)) if method.response else None


def _mask(method: ApiMethod, request: Request) -> str:
    """The mask as sent, or what Drive shows where none is; an empty one is nothing to Drive, and none to the others."""
    if method.api.name != "drive" or request.first("alt") == "media":
        return request.first("fields")
    return request.first("fields") or ("," if "fields" in request.query else DEFAULT_FIELDS.get(method.id, ""))


def _check_answer(premises: Premises, method: ApiMethod, data: Mapping[str, object]) -> None:
    for text in answer_violations(method, dict(data)):
        premises.violations.append({"method": method.id, "problem": text})
