"""The SMTP password: from the environment or the keyring of the operating system, never from a file of ours."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_automation.core.errors import CarrierError
from sheets_automation.installing import install_line

VARIABLE = "RELAY_SMTP_PASSWORD"


def smtp_password(environ: Mapping[str, str], *, host: str, user: str) -> str:
    """Find the password of `user` at `host`; CarrierError says how to store one."""
    return environ.get(VARIABLE) or _from_keyring(service_name(host), user)


def service_name(host: str) -> str:
    """Under what name the keyring holds the passwords of this mail server."""
    return f"relay {host}"


def _from_keyring(service: str, user: str) -> str:
    try:
        import keyring
    except ImportError as error:
        raise CarrierError(
            f"SMTP のパスワードがありません。環境変数 {VARIABLE} に入れるか、"
            f"{install_line('keyring')} を実行してから OS のキーチェーンに保存してください。",
            f"There is no SMTP password. Put it into the environment variable {VARIABLE}, or run "
            f"{install_line('keyring')} and store it in the OS keyring.",
        ) from error
    from keyring.errors import KeyringError

    try:
        password = keyring.get_password(service, user)
    except KeyringError as error:
        raise _not_stored(service) from error
    if not password:
        raise _not_stored(service)
    return password


def _not_stored(service: str) -> CarrierError:
    # The user's name is often somebody's address, so the sentence says USER.
    command = f'keyring set "{service}" USER'
    return CarrierError(
        f"SMTP のパスワードがありません。環境変数 {VARIABLE} に入れるか、"
        f"{command}（USER はログイン名）で OS のキーチェーンに保存してください。",
        f"There is no SMTP password. Put it into the environment variable {VARIABLE}, or store it in the OS keyring "
        f"with: {command} (USER is the login name).",
    )
