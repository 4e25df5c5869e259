"""The OAuth addresses: consent, token, revocation, and who somebody is."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from urllib.parse import urlencode

from tests.google_emulator.accounts import DEFAULT_PROJECT, Directory, account_number
from tests.google_emulator.assertions import Assertion, BadAssertion, check, sign
from tests.google_emulator.clock import Clock
from tests.google_emulator.exchange import Answer, Request, json_answer, query_of, text_answer
from tests.google_emulator.tokens import LIFETIME, AccessToken, Grant, Tokens
from tests.google_emulator.wire import Json

_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_TOKEN_ADDRESSES = (
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://www.googleapis.com/oauth2/v3/token",
)
_NOT_DELEGATED = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes"
    " requested."
)
_PLAIN_SCOPES = {"openid", "email", "profile", "https://mail.google.com/"}


class OAuthError(Exception):
    """A refusal in the words of the token address."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.answer = json_answer(status, {"error": error, "error_description": description})


class SignIn:
    """Hands out tokens to whoever may have them."""

    def __init__(self, directory: Directory, tokens: Tokens, clock: Clock) -> None:
        self._directory = directory
        self._tokens = tokens
        self._clock = clock

    def consent(self, request: Request) -> Answer:
        """The consent page, whose only visitor agrees at once to everything.

        In place of the out-of-band page and of a browser on the same machine alike, the code goes straight to the
        redirect address.
        """
        grant = Grant(
            email=request.one("login_hint") or self._directory.consenting,
            scopes=frozenset(request.one("scope").split()),
            client=request.one("client_id"),
            redirect_uri=request.one("redirect_uri"),
            challenge=request.one("code_challenge"),
            challenge_method=request.one("code_challenge_method", "plain"),
        )
        if grant.client not in self._directory.clients:
            return text_answer(401, "Error 401: invalid_client\nThe OAuth client was not found.")
        if not grant.redirect_uri:
            return text_answer(400, "Error 400: invalid_request\nMissing required parameter: redirect_uri")
        back = {"code": self._tokens.new_code(grant), "scope": " ".join(sorted(grant.scopes))}
        if request.one("state"):
            back = {"state": request.one("state"), **back}
        glue = "&" if "?" in grant.redirect_uri else "?"
        return text_answer(302, "", Location=f"{grant.redirect_uri}{glue}{urlencode(back)}")

    def token(self, request: Request) -> Answer:
        """The token address."""
        form = _form(request)
        grants: dict[str, Callable[[dict[str, str], str], Json]] = {
            _JWT_BEARER: self._by_assertion,
            "refresh_token": self._by_refresh_token,
            "authorization_code": self._by_code,
        }
        kind = form.get("grant_type", "")
        if kind not in grants:
            return OAuthError(400, "unsupported_grant_type", f"Invalid grant_type: {kind}").answer
        try:
            return json_answer(200, grants[kind](form, request.address))
        except OAuthError as refusal:
            return refusal.answer

    def _by_assertion(self, form: dict[str, str], address: str) -> Json:
        audiences = {*_TOKEN_ADDRESSES, f"http://{address}/token"}
        try:
            assertion = check(form.get("assertion", ""), self._directory, audiences, self._clock.now())
        except BadAssertion as reason:
            raise OAuthError(400, "invalid_grant", str(reason)) from reason
        if audience := assertion.claims.get("target_audience"):
            return {"id_token": self._id_token(assertion.account.email, str(audience))}
        scopes = str(assertion.claims.get("scope", "")).split()
        _check_scopes(scopes)
        email = self._subject(assertion, set(scopes))
        token = self._tokens.issue(email, scopes, project=assertion.account.project, client=assertion.account.unique_id)
        return {"access_token": token.text, "expires_in": LIFETIME, "token_type": "Bearer"}

    def _subject(self, assertion: Assertion, scopes: set[str]) -> str:
        """Whose token it is to be: the account's own, or somebody's whom it may stand in for."""
        account = assertion.account
        subject = str(assertion.claims.get("sub") or assertion.claims.get("prn") or account.email)
        if subject == account.email:
            return subject
        if subject in self._directory.missing or "@" not in subject:
            raise OAuthError(400, "invalid_grant", "Invalid email or User ID")
        # One scope too many and all of them are refused.
        if not scopes <= self._directory.delegated(account):
            raise OAuthError(401, "unauthorized_client", _NOT_DELEGATED)
        return subject

    def _by_refresh_token(self, form: dict[str, str], _: str) -> Json:
        self._check_client(form)
        text = form.get("refresh_token", "")
        grant = self._tokens.refresh.get(text)
        if not text:
            raise OAuthError(400, "invalid_request", "Missing required parameter: refresh_token")
        if grant is None:
            words = "Token has been expired or revoked." if text in self._tokens.spent else "Bad Request"
            raise OAuthError(400, "invalid_grant", words)
        if grant.client != form["client_id"]:
            raise OAuthError(401, "unauthorized_client", "Unauthorized")
        if grant.email in self._directory.missing:
            raise OAuthError(400, "invalid_grant", "Account has been deleted")
        wanted = frozenset(form.get("scope", "").split()) or grant.scopes
        if not wanted <= grant.scopes:
            raise OAuthError(400, "invalid_scope", "Bad Request")
        return self._user_tokens(grant, wanted, family=text)

    def _by_code(self, form: dict[str, str], _: str) -> Json:
        self._check_client(form)
        code = form.get("code", "")
        if not code:
            raise OAuthError(400, "invalid_request", "Missing required parameter: code")
        spent = code in self._tokens.spent
        grant = self._tokens.take_code(code)
        if grant is None or grant.client != form["client_id"]:
            raise OAuthError(400, "invalid_grant", "Bad Request" if spent else "Malformed auth code.")
        if grant.redirect_uri != form.get("redirect_uri", ""):
            raise OAuthError(400, "redirect_uri_mismatch", "Bad Request")
        _check_verifier(grant, form.get("code_verifier", ""))
        family = self._tokens.new_refresh(grant)
        return {**self._user_tokens(grant, grant.scopes, family=family), "refresh_token": family}

    def _user_tokens(self, grant: Grant, scopes: frozenset[str], *, family: str) -> Json:
        token = self._tokens.issue(grant.email, scopes, project=DEFAULT_PROJECT, client=grant.client, family=family)
        answer = {
            "access_token": token.text,
            "expires_in": LIFETIME,
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }
        return {**answer, "id_token": self._id_token(grant.email, grant.client)} if "openid" in scopes else answer

    def _check_client(self, form: dict[str, str]) -> None:
        secret = self._directory.clients.get(form.get("client_id", ""))
        if not form.get("client_id"):
            raise OAuthError(400, "invalid_request", "Could not determine client ID from request.")
        if secret is None:
            raise OAuthError(401, "invalid_client", "The OAuth client was not found.")
        if not form.get("client_secret"):
            raise OAuthError(400, "invalid_request", "client_secret is missing.")
        if form["client_secret"] != secret:
            raise OAuthError(401, "invalid_client", "The provided client secret is invalid.")

    def _id_token(self, email: str, audience: str) -> str:
        account = self._directory.service_account("issuer@accounts.iam.gserviceaccount.com")
        return sign(account, self.id_claims(email, audience))

    def id_claims(self, email: str, audience: str) -> Json:
        """What an identity token says."""
        moment = int(self._clock.now().timestamp())
        return {
            "iss": "https://accounts.google.com",
            "azp": audience,
            "aud": audience,
            "sub": account_number(email),
            "email": email,
            "email_verified": True,
            "iat": moment,
            "exp": moment + 3600,
        }

    def revoke(self, request: Request) -> Answer:
        """The address that takes a token back."""
        text = _form(request).get("token") or request.one("token")
        if self._tokens.revoke(text):
            return json_answer(200, {})
        return json_answer(400, {"error": "invalid_token", "error_description": "Token expired or revoked"})

    def self_signed(self, text: str) -> AccessToken | None:
        """A service account's own JWT in place of a token, as google-auth sends it where no scopes were asked for."""
        audiences = {
            f"https://{name}.googleapis.com/" for name in ("sheets", "gmail", "www", "drive", "iamcredentials")
        }
        try:
            assertion = check(text, self._directory, audiences | {None}, self._clock.now())
        except BadAssertion:
            return None
        account = assertion.account
        scopes = frozenset(str(assertion.claims.get("scope", "")).split())
        return AccessToken(
            text=text,
            email=account.email,
            scopes=scopes or frozenset({"*"}),
            project=account.project,
            expires=self._clock.now(),
            client=account.unique_id,
        )


def _form(request: Request) -> dict[str, str]:
    if request.content_type == "application/json":
        data = json.loads(request.body or b"{}")
        return {str(name): str(value) for name, value in data.items()}
    form = {name: values[-1] for name, values in query_of(request.body.decode()).items()}
    scheme, _, basic = request.header("authorization").partition(" ")
    if scheme.lower() == "basic":
        client, _, secret = base64.b64decode(basic).decode().partition(":")
        form = {"client_id": client, "client_secret": secret, **form}
    return form


def _check_scopes(scopes: list[str]) -> None:
    if not scopes or not all(_is_scope(scope) for scope in scopes):
        raise OAuthError(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")


def _is_scope(scope: str) -> bool:
    return scope in _PLAIN_SCOPES or scope.startswith("https://www.googleapis.com/auth/")


def _check_verifier(grant: Grant, verifier: str) -> None:
    if not grant.challenge:
        return
    if not verifier:
        raise OAuthError(400, "invalid_grant", "Missing code verifier.")
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if grant.challenge != (digest if grant.challenge_method == "S256" else verifier):
        raise OAuthError(400, "invalid_grant", "Invalid code verifier.")
