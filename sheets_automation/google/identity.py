"""Who somebody is, by a token that Google has signed: nothing in it counts before its signature does."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from google.auth import jwt

from sheets_automation.google.public_keys import PublicKeys

GOOGLE = ("https://accounts.google.com", "accounts.google.com")
"""Both are Google: https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken."""
PROXY = ("https://cloud.google.com/iap",)
_SKEW = 30
"""Seconds by which two clocks may differ; what Google grants for the tokens of its proxy."""
_LONGEST = 8192
_STRIPPED = "SIGNATURE_REMOVED_BY_GOOGLE"
_ADDRESS = re.compile(r"[!-~]{1,64}@[a-zA-Z0-9.-]{1,253}")
_IN_ADDRESS = re.compile(r"[()<>,;:\"\\\[\]]")
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What google-auth and json raise over texts that are no tokens."""


class Flaw(StrEnum):
    """Why a token proves nothing."""

    UNREADABLE = "unreadable"
    STRIPPED = "stripped"
    """Cloud Run has taken its signature away."""
    FORGED = "forged"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    EARLY = "early"
    UNVERIFIED = "unverified"
    DOMAIN = "domain"


class TokenRefused(Exception):
    """A token that proves nothing. The text names the flaw alone, and nobody."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody with an account in an organisation that we serve."""

    address: str
    domain: str
    """Of the organisation, which the address need not end with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Whose tokens count, and for whom they have to be made."""

    keys: PublicKeys
    algorithm: str
    issuers: tuple[str, ...]
    audiences: tuple[str, ...]
    says_verified: bool
    """Whether it tells apart addresses that nobody has verified."""


def google_signer(keys: PublicKeys, audiences: tuple[str, ...]) -> Signer:
    """Google's own sign-in, as Apps Script and gcloud use it."""
    return Signer(keys=keys, algorithm="RS256", issuers=GOOGLE, audiences=audiences, says_verified=True)


def proxy_signer(keys: PublicKeys, audience: str) -> Signer:
    """Identity-Aware Proxy, which lets in only whom it has signed in."""
    return Signer(keys=keys, algorithm="ES256", issuers=PROXY, audiences=(audience,), says_verified=False)


def read_identity(token: str, signer: Signer, domains: tuple[str, ...]) -> Member:
    """Who the token speaks of. Raises TokenRefused; WorkbookUnreachable where the keys cannot be had."""
    claims = _claims(token, signer)
    if claims.get("iss") not in signer.issuers:
        raise TokenRefused(Flaw.ISSUER)
    if claims.get("aud") not in signer.audiences:
        raise TokenRefused(Flaw.AUDIENCE)
    address = claims.get("email")
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address) or _IN_ADDRESS.search(address):
        raise TokenRefused(Flaw.UNVERIFIED)
    if signer.says_verified and claims.get("email_verified") is not True:
        raise TokenRefused(Flaw.UNVERIFIED)
    domain = claims.get("hd")
    if not isinstance(domain, str) or domain.lower() not in domains:
        raise TokenRefused(Flaw.DOMAIN)
    return Member(address=address.lower(), domain=domain.lower())


def _claims(token: str, signer: Signer) -> Mapping[str, Any]:
    """What a token says, once its signature and its times are in order."""
    if len(token) > _LONGEST:
        raise TokenRefused(Flaw.UNREADABLE)
    if token.endswith(f".{_STRIPPED}"):
        raise TokenRefused(Flaw.STRIPPED)
    try:
        head, untrusted = jwt.decode_header(token), jwt.decode(token, verify=False)
        key_id = head.get("kid")
    except _UNREADABLE as error:
        raise TokenRefused(Flaw.UNREADABLE) from error
    # The token must not choose how it is checked: an algorithm of its own, or any key that happens to fit.
    if head.get("alg") != signer.algorithm or not isinstance(key_id, str):
        raise TokenRefused(Flaw.FORGED)
    key = signer.keys.find(key_id)
    if key is None:
        raise TokenRefused(Flaw.FORGED)
    try:
        claims: Mapping[str, Any] = jwt.decode(token, certs={key_id: key}, clock_skew_in_seconds=_SKEW)
    except _UNREADABLE as error:
        raise TokenRefused(_flaw_of_times(untrusted)) from error
    return claims


def _flaw_of_times(claims: Mapping[str, Any]) -> Flaw:
    """Which sentence fits best; the token is refused either way."""
    begin, end, now = claims.get("iat"), claims.get("exp"), time.time()
    if isinstance(end, int | float) and end + _SKEW < now:
        return Flaw.EXPIRED
    if isinstance(begin, int | float) and begin - _SKEW > now:
        return Flaw.EARLY
    return Flaw.FORGED
