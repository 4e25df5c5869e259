"""The IAM credentials API: signing and making tokens as a service account without having its key."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from tests.google_emulator.accounts import Directory, ServiceAccount
from tests.google_emulator.assertions import sign
from tests.google_emulator.clock import Clock
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.signin import SignIn
from tests.google_emulator.tokens import Tokens
from tests.google_emulator.wire import Call, Json, Service

_PREFIX = "projects/-/serviceAccounts/"
_HOURS_12 = 43_200


class Credentials:
    """Does what a token creator may do with an account."""

    def __init__(self, directory: Directory, tokens: Tokens, signin: SignIn, clock: Clock) -> None:
        self._directory = directory
        self._tokens = tokens
        self._signin = signin
        self._clock = clock

    def service(self) -> Service:
        """Its methods, as the frame calls them."""
        prefix = "iamcredentials.projects.serviceAccounts"
        verbs: dict[str, Callable[[Call], Json]] = {
            "signJwt": self.sign_jwt,
            "signBlob": self.sign_blob,
            "generateAccessToken": self.access_token,
            "generateIdToken": self.id_token,
        }
        return Service(methods={f"{prefix}.{name}": method for name, method in verbs.items()})

    def sign_jwt(self, call: Call) -> Json:
        """Sign the claims in the payload, which are JSON in a string."""
        account = self._account(call, "iam.serviceAccounts.signJwt")
        try:
            claims = json.loads(call.body.get("payload", ""))
        except ValueError:
            claims = None
        if not isinstance(claims, dict):
            raise _invalid("Invalid JWT payload: payload must be a JSON object.")
        expires = claims.get("exp", self._clock.now().timestamp() + 3600)
        if float(expires) > self._clock.now().timestamp() + _HOURS_12 + 600:
            raise _invalid("Invalid JWT payload: exp must be no more than 12 hours in the future.")
        signed = sign(account, {**claims, "exp": int(expires)})
        return {"keyId": account.key_id, "signedJwt": signed}

    def sign_blob(self, call: Call) -> Json:
        """Sign bytes."""
        account = self._account(call, "iam.serviceAccounts.signBlob")
        payload = base64.b64decode(call.body.get("payload", ""))
        return {"keyId": account.key_id, "signedBlob": base64.b64encode(account.sign(payload)).decode()}

    def access_token(self, call: Call) -> Json:
        """Make a token for the account itself; a mailbox of somebody else is out of its reach."""
        account = self._account(call, "iam.serviceAccounts.getAccessToken")
        scopes = call.body.get("scope", [])
        if not scopes:
            raise _invalid("Request contains an invalid argument.")
        lifetime = int(str(call.body.get("lifetime", "3600s")).rstrip("s"))
        token = self._tokens.issue(account.email, scopes, project=account.project, lifetime=lifetime)
        return {"accessToken": token.text, "expireTime": token.expires.strftime("%Y-%m-%dT%H:%M:%SZ")}

    def id_token(self, call: Call) -> Json:
        """Make an identity token of the account."""
        account = self._account(call, "iam.serviceAccounts.getOpenIdToken")
        return {"token": sign(account, self._signin.id_claims(account.email, call.body.get("audience", "")))}

    def _account(self, call: Call, permission: str) -> ServiceAccount:
        email = call.path["name"].removeprefix(_PREFIX)
        account = self._directory.service_accounts.get(email)
        if account is None:
            raise GoogleError(404, "NOT_FOUND", f"Not found; Gaia id not found for email {email}")
        if not self._directory.may_sign(call.principal.email, email):
            raise _denied(permission)
        return account


def _denied(permission: str) -> GoogleError:
    return GoogleError(
        code=403,
        status="PERMISSION_DENIED",
        message=f"Permission '{permission}' denied on resource (or it may not exist).",
        details=[
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "IAM_PERMISSION_DENIED",
                "domain": "iam.googleapis.com",
                "metadata": {"permission": permission},
            }
        ],
    )


def _invalid(message: str) -> GoogleError:
    return GoogleError(400, "INVALID_ARGUMENT", message)
