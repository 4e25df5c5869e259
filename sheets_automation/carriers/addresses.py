"""Carrier addresses as people type them, such as `outbox:DIR`, `smtp://user@host:587`, `gmail:user@host`, `line:`."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import ConfigurationError

_FORMS = "outbox:DIR, smtp://user@host:587, smtps://user@host:465, gmail:user@host, line:"
_SMTP_PORT = {"smtp": 587, "smtps": 465}

_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[[0-9a-fA-F:.]+\]|[^@:/?#\[\]\s]+)(?::(?P<port>\d{1,5}))?/?")


class Security(StrEnum):
    """How a connection to a mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    LOCAL = "local"  # this machine only: STARTTLS where the server offers it, else in the clear


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxAddress:
    """A folder that letters are put into."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """A mail server, and the user to log in as; an empty user does not log in."""

    host: str
    port: int
    security: Security
    user: str = ""

    def __post_init__(self) -> None:
        """Refuse to talk in the clear to another machine."""
        if self.security is Security.LOCAL and not is_loopback(self.host):
            raise ConfigurationError(
                f"メールサーバー {self.host} は別のコンピューターなので、暗号化なしでは接続しません。"
                "smtp:// か smtps:// のアドレスを指定してください。",
                f"The mail server {self.host} is another machine, so it is never used without encryption. "
                "Give an smtp:// or smtps:// address.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class GmailAddress:
    """A mailbox of Gmail."""

    mailbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAddress:
    """Our LINE account. Which one it is, its token says."""


CarrierAddress = OutboxAddress | SmtpAddress | GmailAddress | LineAddress


def parse_carrier(text: str) -> CarrierAddress:
    """Read a carrier address. Raises ConfigurationError that says what was expected."""
    scheme, colon, rest = text.strip().partition(":")
    scheme = scheme.lower()
    if colon and scheme == "line" and not rest:
        return LineAddress()
    if not colon or not rest:
        raise _malformed(text)
    if scheme == "outbox":
        return OutboxAddress(folder=Path(rest).expanduser())
    if scheme in _SMTP_PORT and rest.startswith("//"):
        return _smtp_address(scheme, rest.removeprefix("//"), text)
    if scheme == "gmail" and (mailbox := read_address(rest).value):
        return GmailAddress(mailbox=mailbox)
    raise _malformed(text)


def is_loopback(host: str) -> bool:
    """Is this the machine that we run on? Names other than localhost are not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _smtp_address(scheme: str, authority: str, text: str) -> SmtpAddress:
    match = _AUTHORITY.fullmatch(authority)
    port = int(match["port"] or _SMTP_PORT[scheme]) if match else 0
    if match is None or not 0 < port < 2**16:
        raise _malformed(text)
    host, user = match["host"].strip("[]"), match["user"] or ""
    if ":" in user:
        raise _password_in_address()
    secure = Security.TLS if scheme == "smtps" else Security.STARTTLS
    # A sink on this machine seldom has a certificate, and nobody in between can listen.
    security = Security.LOCAL if scheme == "smtp" and is_loopback(host) else secure
    return SmtpAddress(host=host, port=port, security=security, user=unquote(user))


def _malformed(text: str) -> ConfigurationError:
    # What stands before an @ may hold a password that was typed in the wrong place.
    shown = re.sub(r".*@", "…@", text.strip(), flags=re.DOTALL)[:80]
    return ConfigurationError(
        f"送信手段「{shown}」を読み取れません。次のどれかの形で指定してください: {_FORMS}",
        f'Cannot read the carrier "{shown}". Give one of: {_FORMS}',
    )


def _password_in_address() -> ConfigurationError:
    return ConfigurationError(
        "送信手段のアドレスにパスワードを書かないでください。環境変数 RELAY_SMTP_PASSWORD か、"
        "OS のキーチェーンに入れてください。すでに書いてしまったパスワードは変更をおすすめします。",
        "Don't write a password into the carrier address: put it into the environment variable RELAY_SMTP_PASSWORD "
        "or the OS keyring. A password that was written here should be changed.",
    )
