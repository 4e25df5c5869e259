"""Signed assertions (JWT): made for a service account, and checked as the token address checks them."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature

from tests.google_emulator.accounts import Directory, ServiceAccount
from tests.google_emulator.tokens import decode_part, encode_part
from tests.google_emulator.wire import Json

_HOUR = 3600
_SKEW = 600


class BadAssertion(Exception):
    """It is not accepted; the text is Google's error_description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A checked assertion."""

    account: ServiceAccount
    claims: Json


def sign(account: ServiceAccount, claims: Json) -> str:
    """Sign claims as this account."""
    head = {"alg": "RS256", "kid": account.key_id, "typ": "JWT"}
    body = f"{encode_part(head)}.{encode_part(claims)}"
    return f"{body}.{encode_part(account.sign(body.encode()))}"


def check(text: str, directory: Directory, audiences: Collection[str], now: datetime) -> Assertion:
    """Read an assertion and make sure that it is one; BadAssertion if not."""
    claims = _claims(text)
    account = directory.service_accounts.get(str(claims.get("iss", "")))
    if account is None:
        raise BadAssertion("Invalid grant: account not found")
    body, _, signature = text.rpartition(".")
    try:
        account.verify(decode_part(signature), body.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadAssertion("Invalid JWT Signature.") from error
    if claims.get("aud") not in audiences:
        raise BadAssertion("Invalid JWT: Failed audience check.")
    # Clients stamp their assertions by the real clock, whatever ours has been set to.
    if not any(_in_time(claims, moment) for moment in (now.timestamp(), time.time())):
        raise BadAssertion(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim."
        )
    return Assertion(account=account, claims=claims)


def _claims(text: str) -> Json:
    try:
        _, body, _ = text.split(".")
        claims = json.loads(decode_part(body))
    except ValueError as error:
        raise BadAssertion("Bad Request") from error
    if not isinstance(claims, dict):
        raise BadAssertion("Bad Request")
    return claims


def _in_time(claims: Json, moment: float) -> bool:
    try:
        issued, expires = float(claims["iat"]), float(claims["exp"])
    except (KeyError, TypeError, ValueError):
        return False
    return issued <= moment + _SKEW and moment - _SKEW <= expires and expires - issued <= _HOUR
