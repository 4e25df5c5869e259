"""Who comes in: a token of whom, with which scopes, and whether that is enough for this method."""

from __future__ import annotations

from tests.google_emulator.accounts import project_number
from tests.google_emulator.discovery import ApiMethod, Route
from tests.google_emulator.errors import (
    GoogleError,
    api_disabled,
    error_info,
    forbidden,
    insufficient_scopes,
    invalid_credentials,
    no_credentials,
)
from tests.google_emulator.exchange import Request
from tests.google_emulator.premises import Premises
from tests.google_emulator.wire import Principal

_GMAIL = "https://www.googleapis.com/auth/gmail."
_AUTH = "https://www.googleapis.com/auth/"
_SHEETS_WIDE = frozenset(
    f"{_AUTH}{name}" for name in ("spreadsheets", "spreadsheets.readonly", "drive", "drive.readonly")
)


def admit(premises: Premises, route: Route, request: Request) -> Principal:
    """The caller, if the method is open to it; GoogleError if not."""
    principal = _principal(premises, route.method, request)
    if "*" not in principal.scopes and not principal.scopes & _scopes_of(route.method):
        raise insufficient_scopes(route.method)
    api = route.method.api.name
    if (principal.project, api) in premises.directory.disabled_apis:
        raise api_disabled(route.method, project_number(principal.project))
    file_id = route.path.get("spreadsheetId", "")
    if api == "sheets" and premises.files.hidden_from(file_id, principal, _SHEETS_WIDE):
        raise GoogleError(404, "NOT_FOUND", "Requested entity was not found.")
    return principal


def _scopes_of(method: ApiMethod) -> frozenset[str]:
    """The scopes that open a method; IAM's own is one that its discovery document leaves out."""
    return method.scopes | {f"{_AUTH}iam"} if method.api.name == "iamcredentials" else method.scopes


def bearer(request: Request) -> str:
    """The token that a request carries, or ""."""
    scheme, _, text = request.header("authorization").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else request.one("access_token") or request.one("oauth_token")


def check_metadata_scope(method: ApiMethod, principal: Principal, request: Request) -> None:
    """Keep a token with the metadata scope from contents and searches, even if it has wider scopes too.

    That is a known fault of the real API, never mended (googleapis/google-api-python-client#582).
    """
    if f"{_GMAIL}metadata" not in principal.scopes or method.api.name != "gmail":
        return
    if "q" in request.query:
        raise forbidden("Metadata scope does not support 'q' parameter")
    if method.id in {"gmail.users.messages.get", "gmail.users.threads.get"}:
        wanted = request.one("format", "full").upper()
        if wanted in {"FULL", "RAW"}:
            raise forbidden(f"Metadata scope doesn't allow format {wanted}")


def _principal(premises: Premises, method: ApiMethod, request: Request) -> Principal:
    text = bearer(request)
    if text:
        token = premises.tokens.find(text) or premises.signin.self_signed(text)
        if token is None:
            raise invalid_credentials()
        return token.principal()
    if request.header("authorization"):
        raise invalid_credentials()
    key = request.one("key")
    if not key or method.api.name not in {"sheets", "drive"}:
        raise no_credentials(method)
    if key not in premises.directory.api_keys:
        raise _bad_key(method)
    # A key is nobody: it opens what anyone with the link may open.
    return Principal(email="", scopes=method.scopes)


def _bad_key(method: ApiMethod) -> GoogleError:
    return GoogleError(
        code=400,
        status="INVALID_ARGUMENT",
        message="API key not valid. Please pass a valid API key.",
        details=[
            error_info("API_KEY_INVALID", service=method.api.host),
            {
                "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
                "locale": "en-US",
                "message": "API key not valid. Please pass a valid API key.",
            },
        ],
    )
