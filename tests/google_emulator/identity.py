"""The addresses that tell who a token belongs to: userinfo, tokeninfo, and the public keys."""

from __future__ import annotations

from tests.google_emulator.accounts import Directory, account_number
from tests.google_emulator.clock import Clock
from tests.google_emulator.errors import error_answer, invalid_credentials
from tests.google_emulator.exchange import Answer, Request, json_answer, query_of
from tests.google_emulator.tokens import AccessToken, Tokens
from tests.google_emulator.wire import Json

_EMAIL = {"email", "https://www.googleapis.com/auth/userinfo.email"}
_PROFILE = {"profile", "https://www.googleapis.com/auth/userinfo.profile"}


class Identity:
    """Answers questions about tokens."""

    def __init__(self, directory: Directory, tokens: Tokens, clock: Clock) -> None:
        self._directory = directory
        self._tokens = tokens
        self._clock = clock

    def userinfo(self, request: Request) -> Answer:
        """All versions of the userinfo address; the third and OpenID's own speak of "sub" and say less in a refusal."""
        openid = "/v3/" in request.path or request.path.startswith("/v1/")
        token = self._tokens.find(_bearer(request))
        if token is None and openid:
            return json_answer(401, {"error": "invalid_request", "error_description": "Invalid Credentials"})
        if token is None:
            return error_answer(invalid_credentials(), "oauth2", request)
        return json_answer(200, _person(token, openid=openid))

    def tokeninfo(self, request: Request) -> Answer:
        """All versions of the tokeninfo address."""
        form = query_of(request.body.decode())
        text = request.one("access_token") or form.get("access_token", [""])[-1] or request.one("id_token")
        token = self._tokens.find(text)
        if token is None:
            return json_answer(400, {"error": "invalid_token", "error_description": "Invalid Value"})
        left = int((token.expires - self._clock.now()).total_seconds())
        old = "/v1/" in request.path or "/v2/" in request.path
        return json_answer(200, _old_tokeninfo(token, left) if old else _tokeninfo(token, left))

    def certificates(self, _: Request) -> Answer:
        """The public keys of all service accounts, the one that signs identity tokens among them."""
        return json_answer(200, {"keys": [account.jwk() for account in self._directory.service_accounts.values()]})


def _bearer(request: Request) -> str:
    scheme, _, text = request.header("authorization").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else request.one("access_token")


def _person(token: AccessToken, *, openid: bool) -> Json:
    answer: Json = {"sub" if openid else "id": account_number(token.email)}
    if token.scopes & _PROFILE:
        name = token.email.partition("@")[0]
        answer |= {"name": name, "given_name": name}
    if token.scopes & _EMAIL:
        answer |= {"email": token.email, "email_verified" if openid else "verified_email": True}
    domain = token.email.partition("@")[2]
    personal = domain == "gmail.com" or domain.endswith(".gserviceaccount.com")
    return answer if personal else {**answer, "hd": domain}


def _tokeninfo(token: AccessToken, left: int) -> Json:
    answer = {"azp": token.client, "aud": token.client}
    if token.scopes & (_EMAIL | _PROFILE | {"openid"}):
        answer["sub"] = account_number(token.email)
    answer |= {
        "scope": " ".join(sorted(token.scopes)),
        "exp": str(int(token.expires.timestamp())),
        "expires_in": str(left),
    }
    if token.scopes & _EMAIL:
        answer |= {"email": token.email, "email_verified": "true"}
    return {**answer, "access_type": "offline" if token.family else "online"}


def _old_tokeninfo(token: AccessToken, left: int) -> Json:
    answer: Json = {"issued_to": token.client, "audience": token.client}
    if token.scopes & (_EMAIL | _PROFILE | {"openid"}):
        answer["user_id"] = account_number(token.email)
    answer |= {"scope": " ".join(sorted(token.scopes)), "expires_in": left}
    if token.scopes & _EMAIL:
        answer |= {"email": token.email, "verified_email": True}
    return {**answer, "access_type": "offline" if token.family else "online"}
