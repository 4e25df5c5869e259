"""Error answers, each in the shape of the API that gives it.

Sheets and IAM write the newer body and add the older `errors` list only for `$.xgafv=1`; Gmail writes both; Drive
writes the older one and names a `status` only where the caller is not who, or not allowed what, the request needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.google_emulator.discovery import ApiMethod
from tests.google_emulator.exchange import Answer, Request, json_answer
from tests.google_emulator.wire import ApiError, Json

_HELP = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_REASONS = {
    "NOT_FOUND": "notFound",
    "PERMISSION_DENIED": "forbidden",
    "UNAUTHENTICATED": "authError",
    "RESOURCE_EXHAUSTED": "rateLimitExceeded",
    "FAILED_PRECONDITION": "failedPrecondition",
    "INVALID_ARGUMENT": "badRequest",
    "ALREADY_EXISTS": "alreadyExists",
    "ABORTED": "aborted",
    "OUT_OF_RANGE": "badRequest",
    "UNIMPLEMENTED": "notImplemented",
    "INTERNAL": "backendError",
    "UNAVAILABLE": "backendError",
    "DEADLINE_EXCEEDED": "backendError",
}
STATUS_BY_CODE = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
SENTENCES = {
    400: "Request contains an invalid argument.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    409: "The operation was aborted.",
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    501: "Operation is not implemented, or supported, or enabled.",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}


@dataclass(slots=True)
class GoogleError(ApiError):
    """An error of the frame's own, which also knows what the older body says and which headers go with it."""

    errors: list[Json] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


def error_answer(error: ApiError, api: str, request: Request) -> Answer:
    """The answer that this API gives for this error."""
    # Errors are laid out for people whatever prettyPrint says.
    body = error_body(error, api, version=request.one("$.xgafv"))
    return json_answer(error.code, {"error": body}, headers=getattr(error, "headers", {}))


def error_body(error: ApiError, api: str, *, version: str = "") -> Json:
    """What stands under "error", in this version of the format ("1", "2" or none asked for)."""
    body: Json = {"code": error.code, "message": error.message}
    if version == "1" or api == "drive" or (api == "gmail" and version != "2"):
        body["errors"] = getattr(error, "errors", None) or [_entry(error)]
    if error.status and not (api == "drive" and _plain(error)):
        body["status"] = error.status
    if error.details:
        body["details"] = error.details
    return body


def _entry(error: ApiError) -> Json:
    reason = error.reason or _REASONS.get(error.status, "backendError")
    return {"message": error.message, "domain": _domain(error, reason), "reason": reason}


def _domain(error: ApiError, reason: str) -> str:
    limited = reason.endswith("LimitExceeded") or reason == "accessNotConfigured"
    return "usageLimits" if limited and error.message != SENTENCES[429] else "global"


def _plain(error: ApiError) -> bool:
    """Whether it is Drive's own backend that speaks: it names no status."""
    return error.code not in {401, 403} and not error.details


def located(message: str, reason: str, location: str, kind: str = "parameter") -> list[Json]:
    """The older list with the place of the trouble, as Drive gives it."""
    entry = {"message": message, "domain": "global", "reason": reason}
    return [{**entry, "location": location, "locationType": kind}]


def error_info(reason: str, **metadata: str) -> Json:
    """A google.rpc.ErrorInfo detail."""
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }


def help_link(description: str, url: str) -> Json:
    """A google.rpc.Help detail."""
    return {"@type": "type.googleapis.com/google.rpc.Help", "links": [{"description": description, "url": url}]}


def bad_request(violations: Iterable[tuple[str, str]], message: str = "") -> GoogleError:
    """A request that does not fit the method, with a google.rpc.BadRequest; violations are (field, description)."""
    found = list(violations)
    fields = [{"field": place, "description": text} if place else {"description": text} for place, text in found]
    return GoogleError(
        code=400,
        status="INVALID_ARGUMENT",
        message=message or "\n".join(text for _, text in found),
        details=[{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": fields}],
        # The proto layer's refusals are the only entries without a domain.
        errors=[] if message else [{"message": text, "reason": "invalid"} for _, text in found],
    )


def invalid_credentials() -> GoogleError:
    """A token that is unknown, expired or revoked."""
    return GoogleError(
        code=401,
        status="UNAUTHENTICATED",
        message=f"Request had invalid authentication credentials. {_HELP}",
        errors=located("Invalid Credentials", "authError", "Authorization", "header"),
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'},
    )


def no_credentials(method: ApiMethod) -> GoogleError:
    """No token at all: 401 where only OAuth opens the door, 403 where an API key would do too, which is for reading."""
    if method.verb == "GET" and method.api.name in {"sheets", "drive"}:
        return GoogleError(
            code=403,
            status="PERMISSION_DENIED",
            message="Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API.",
        )
    return GoogleError(
        code=401,
        status="UNAUTHENTICATED",
        message=f"Request is missing required authentication credential. {_HELP}",
        errors=located("Login Required.", "required", "Authorization", "header"),
        details=[error_info("CREDENTIALS_MISSING", method=backend_name(method), service=method.api.host)],
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
    )


def insufficient_scopes(method: ApiMethod) -> GoogleError:
    """A token that does not reach as far as this method."""
    short = {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
    wanted = " ".join(sorted(method.scopes))
    realm = 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"'
    return GoogleError(
        code=403,
        status="PERMISSION_DENIED",
        message="Request had insufficient authentication scopes.",
        errors=[short],
        details=[
            error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method=backend_name(method), service=method.api.host),
        ],
        headers={"WWW-Authenticate": f'{realm}, scope="{wanted}"'},
    )


def forbidden(message: str) -> GoogleError:
    """Something that this caller may not do."""
    return GoogleError(code=403, status="PERMISSION_DENIED", message=message)


_TITLES = {"sheets": "Google Sheets API", "gmail": "Gmail API", "drive": "Google Drive API"}


def api_disabled(method: ApiMethod, number: str) -> GoogleError:
    """An API that was never switched on in the caller's project."""
    title = _TITLES.get(method.api.name, "IAM Service Account Credentials API")
    url = f"https://console.developers.google.com/apis/api/{method.api.host}/overview?project={number}"
    message = (
        f"{title} has not been used in project {number} before or it is disabled. Enable it by visiting {url} "
        "then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems "
        "and retry."
    )
    return GoogleError(
        code=403,
        status="PERMISSION_DENIED",
        message=message,
        reason="accessNotConfigured",
        details=[
            error_info(
                "SERVICE_DISABLED",
                service=method.api.host,
                serviceTitle=title,
                containerInfo=number,
                activationUrl=url,
                consumer=f"projects/{number}",
            ),
            {
                "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                "locale": "en-US",
                "message": message,
            },
            help_link("Google developers console API activation", url),
        ],
    )


_SHEETS_NAMES = {
    "get": "GetSpreadsheet",
    "create": "CreateSpreadsheet",
    "batchUpdate": "BatchUpdateSpreadsheet",
    "getByDataFilter": "GetSpreadsheetByDataFilter",
    "sheets.copyTo": "CopySheetToAnotherSpreadsheet",
    "developerMetadata.get": "GetDeveloperMetadata",
    "developerMetadata.search": "SearchDeveloperMetadata",
}


def backend_name(method: ApiMethod) -> str:
    """What the servers behind the API call a method; it is what their error details name."""
    resource, _, verb = method.id.rpartition(".")
    if method.api.name == "sheets":
        tail = method.id.removeprefix("sheets.spreadsheets.")
        name = _SHEETS_NAMES.get(tail) or _verb_first(verb, "Values")
        return f"google.apps.sheets.v4.SpreadsheetsService.{name}"
    if method.api.name == "gmail":
        thing = "" if resource == "gmail.users" else _capital(resource.rpartition(".")[2])
        single = thing if verb == "list" and thing != "History" else thing.removesuffix("s")
        return f"caribou.api.proto.MailboxService.{_verb_first(verb, single)}"
    if method.api.name == "drive":
        return f"google.apps.drive.v3.Drive{_capital(resource.partition('.')[2])}.{_capital(verb)}"
    return f"google.iam.credentials.v1.IAMCredentials.{_capital(verb)}"


def _verb_first(verb: str, noun: str) -> str:
    """Name a method as protocol buffers do: "BatchGetValuesByDataFilter", "ListMessages"."""
    stem, by, rest = verb.partition("ByDataFilter")
    return f"{_capital(stem)}{noun}{by}{rest}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
