"""Who there is: service accounts with their keys, people, OAuth clients, projects, and what was granted to whom."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT_ID = "407408718192-emulator.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-emulator"
DEFAULT_PROJECT = "emulator"


@cache
def private_key(email: str) -> rsa.RSAPrivateKey:
    """One key an account for the whole process: making one costs a moment, and a reset must not spoil a key in use."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """A robot account, in the project that its address names."""

    email: str

    @property
    def project(self) -> str:
        """The project that owns it and pays its quota."""
        return self.email.partition("@")[2].removesuffix(".iam.gserviceaccount.com") or DEFAULT_PROJECT

    @property
    def unique_id(self) -> str:
        """Its numeric id, which delegation is granted to."""
        return account_number(self.email)

    @property
    def key_id(self) -> str:
        """The id of its key."""
        return f"{zlib.crc32(self.email.encode()):08x}" * 5

    def sign(self, data: bytes) -> bytes:
        """Sign with its key, RS256."""
        return private_key(self.email).sign(data, padding.PKCS1v15(), hashes.SHA256())

    def verify(self, signature: bytes, data: bytes) -> None:
        """Raise InvalidSignature unless its key made this signature."""
        private_key(self.email).public_key().verify(signature, data, padding.PKCS1v15(), hashes.SHA256())

    def key_file(self, token_uri: str) -> dict[str, str]:
        """The JSON file that the console hands out."""
        pem = private_key(self.email).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": self.key_id,
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": self.unique_id,
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": token_uri,
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{quote(self.email)}",
            "universe_domain": "googleapis.com",
        }

    def jwk(self) -> dict[str, str]:
        """Its public key, for those who check what it signed."""
        numbers = private_key(self.email).public_key().public_numbers()
        return {
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "kid": self.key_id,
            "n": _number64(numbers.n),
            "e": _number64(numbers.e),
        }


def _number64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass(slots=True, kw_only=True)
class Directory:
    """All accounts and grants; made anew at a reset."""

    service_accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=lambda: {CLIENT_ID: CLIENT_SECRET})
    """OAuth clients: secret by id."""
    missing: set[str] = field(default_factory=set)
    """Addresses that are nobody's; every other address is somebody's."""
    delegation: dict[str, set[str]] = field(default_factory=dict)
    """Scopes that a service account may use in anybody's name, by its address."""
    token_creators: set[tuple[str, str]] = field(default_factory=set)
    """Who may sign and make tokens for which service account."""
    disabled_apis: set[tuple[str, str]] = field(default_factory=set)
    """(project, "gmail") where the API was never switched on."""
    api_keys: set[str] = field(default_factory=lambda: {"emulator-api-key"})
    consenting: str = "user@example.co.jp"
    """Who clicks on the consent page."""
    instance_account: str = f"runtime@{DEFAULT_PROJECT}.iam.gserviceaccount.com"
    """Whose credentials the metadata server gives."""

    def service_account(self, email: str) -> ServiceAccount:
        """The service account at this address, made if there is none yet."""
        return self.service_accounts.setdefault(email, ServiceAccount(email=email))

    def may_sign(self, caller: str, target: str) -> bool:
        """Whether this caller is a token creator on that account."""
        return (caller, target) in self.token_creators

    def delegated(self, account: ServiceAccount) -> set[str]:
        """What an administrator let this account do in anybody's name."""
        return self.delegation.get(account.email, set()) | self.delegation.get(account.unique_id, set())

    def show(self) -> dict[str, Any]:
        """What the control address tells of it."""
        return {
            "serviceAccounts": sorted(self.service_accounts),
            "delegation": {email: sorted(scopes) for email, scopes in self.delegation.items()},
            "tokenCreators": sorted(map(list, self.token_creators)),
            "disabledApis": sorted(map(list, self.disabled_apis)),
            "missing": sorted(self.missing),
        }


def account_number(email: str) -> str:
    """The numeric id of an account: 21 digits, the same at every run."""
    return f"1{zlib.crc32(email.encode()):010d}{zlib.adler32(email.encode()):010d}"


def project_number(project: str) -> str:
    """The number that error messages give a project."""
    return f"{100_000_000_000 + zlib.crc32(project.encode()):d}"
