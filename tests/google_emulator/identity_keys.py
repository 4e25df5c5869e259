"""Who signs identity tokens: the keys of Google's sign-in (RS256) and of Identity-Aware Proxy (ES256).

https://www.googleapis.com/oauth2/v1/certs answers with X.509 certificates by key id, and
https://www.gstatic.com/iap/verify/public_key with bare public keys by key id; both say how long they may be kept.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

from tests.google_emulator.accounts import ServiceAccount, account_number, private_key
from tests.google_emulator.clock import Clock
from tests.google_emulator.exchange import Answer, Request, json_answer
from tests.google_emulator.tokens import encode_part
from tests.google_emulator.wire import Json

_KEPT = 19_845
"""Seconds that Google lets its certificates be kept, as seen in an answer; it changes from hour to hour."""
_HALF = 32


class IdentityKeys:
    """The keys that sign, which change from time to time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = 0
        self.kept = _KEPT

    def rotate(self) -> None:
        """Sign with other keys from now on, and tell of no others."""
        self._turn += 1

    @property
    def issuer(self) -> ServiceAccount:
        """Whose key signs identity tokens now."""
        return ServiceAccount(email=f"issuer{self._turn or ''}@accounts.iam.gserviceaccount.com")

    def certificates(self, _: Request) -> Answer:
        """The certificates of those keys, by their ids."""
        return self._told({self.issuer.key_id: _certificate(self.issuer.email)})

    def proxy_keys(self, _: Request) -> Answer:
        """The public keys of Identity-Aware Proxy, by their ids."""
        pem = (
            _proxy_key(self._turn)
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
        return self._told({self._proxy_key_id: pem.decode()})

    def identity_token(self, email: str, audience: str, changes: Json) -> str:
        """What Google says of a person to `audience`; `changes` are claims that differ, None for one that lacks."""
        claims = {
            "iss": "https://accounts.google.com",
            "azp": audience,
            "aud": audience,
            "sub": account_number(email),
            "email": email,
            "email_verified": True,
            **self._times(3600),
            **_domain(email),
        }
        head = {"alg": "RS256", "kid": self.issuer.key_id, "typ": "JWT"}
        body = _body(head, _changed(claims, changes))
        return f"{body}.{encode_part(self.issuer.sign(body.encode()))}"

    def proxy_assertion(self, email: str, audience: str, changes: Json) -> str:
        """What Identity-Aware Proxy says of a person whom it lets through."""
        claims = {
            "iss": "https://cloud.google.com/iap",
            "aud": audience,
            "sub": f"accounts.google.com:{account_number(email)}",
            "email": email,
            "azp": audience,
            **self._times(600),
            **_domain(email),
        }
        body = _body({"alg": "ES256", "kid": self._proxy_key_id, "typ": "JWT"}, _changed(claims, changes))
        raw = _proxy_key(self._turn).sign(body.encode(), ec.ECDSA(hashes.SHA256()))
        r, s = utils.decode_dss_signature(raw)
        return f"{body}.{encode_part(r.to_bytes(_HALF) + s.to_bytes(_HALF))}"

    @property
    def _proxy_key_id(self) -> str:
        return f"relay{self._turn}"

    def _times(self, seconds: int) -> Json:
        moment = int(self._clock.now().timestamp())
        return {"iat": moment, "exp": moment + seconds}

    def _told(self, keys: Json) -> Answer:
        how_long = f"public, max-age={self.kept}, must-revalidate, no-transform"
        return json_answer(200, keys, headers={"Cache-Control": how_long})


def _domain(email: str) -> Json:
    """The claim "hd", which only people of Google Workspace have."""
    domain = email.partition("@")[2]
    return {} if domain == "gmail.com" or domain.endswith(".gserviceaccount.com") else {"hd": domain}


def _changed(claims: Json, changes: Json) -> Json:
    return {name: value for name, value in {**claims, **changes}.items() if value is not None}


def _body(head: Json, claims: Json) -> str:
    return f"{encode_part(head)}.{encode_part(claims)}"


@cache
def _proxy_key(turn: int) -> ec.EllipticCurvePrivateKey:
    del turn  # each has its own key, made once
    return ec.generate_private_key(ec.SECP256R1())


@cache
def _certificate(email: str) -> str:
    """A certificate as Google writes it: signed by itself, for a few days."""
    key, name = private_key(email), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "federated-signon.system")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=16))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()
