"""What one person agreed to in a browser, kept in the keyring of this computer or in a mounted secret.

Only what a later run needs is kept: the refresh token and whose it is. An access token would be worth stealing for an
hour, and Windows' keyring has no room for it.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.installing import install_line

SERVICE: Final = "relay google"
"""Under what name the keyring holds consents; the user there is the mailbox."""
DEFAULT: Final = "default"
"""The user in the keyring under whom the last consent stands as well, for whoever names no mailbox."""
_KEPT = ("type", "client_id", "client_secret", "refresh_token", "token_uri", "account")
_NEEDED = {"client_id", "client_secret", "refresh_token"}

Consent = dict[str, Any]
"""Google's "authorized_user" form."""


def only_needed(consent: Mapping[str, Any], mailbox: str) -> Consent:
    """What is kept of a consent, and for whom."""
    whole = {**consent, "type": "authorized_user", "account": mailbox}
    return {name: whole[name] for name in _KEPT if name in whole}


def keep_in_keyring(consent: Consent) -> None:
    """Store a consent under its mailbox's name, and as the default one."""
    for user in (consent["account"], DEFAULT):
        _asked("set_password", _name(user), json.dumps(consent))


def keep_in_file(path: Path, consent: Consent) -> None:
    """Write a consent for a secret manager to take; nobody else may read the file, from its first byte on."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            if os.name == "posix":
                os.fchmod(file.fileno(), 0o600)  # the file may have been there, with another mode
            json.dump(consent, file, indent=2)
            file.write("\n")
    except OSError as error:
        raise ConfigurationError(
            f"{path} に書き込めません。--out に別の場所を指定してください。",
            f"{path} cannot be written. Give another place with --out.",
        ) from error


def forget(mailbox: str) -> list[str]:
    """Remove a consent from the keyring, the default one where no mailbox is named; whose it was, if there was any."""
    kept = _found(mailbox or DEFAULT)
    if kept is None:
        return []
    whose = _name(str(kept.get("account") or mailbox))
    standard = _found(DEFAULT) or {}
    users = [whose, DEFAULT] if _name(str(standard.get("account", ""))) == whose else [whose]
    for user in users:
        if _found(user) is not None:
            _asked("delete_password", user)
    return [whose]


def from_keyring(mailbox: str) -> Consent:
    """The consent of a mailbox, or the last one where none is named. ConfigurationError says how to get one."""
    consent = _found(mailbox or DEFAULT)
    if consent is None:
        raise ConfigurationError(
            "このコンピューターではまだ Google にサインインしていません。relay login を実行してください。",
            "Nobody has signed in to Google on this computer yet. Run `relay login`.",
        )
    return consent


def from_file(path: str) -> Consent:
    """The consent in a mounted secret. ConfigurationError says what the file is instead."""
    try:
        consent = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"[google] sign_in_file の {path} を読めません。relay login --out で作り直してください。",
            f"[google] sign_in_file: {path} cannot be read. Make it anew with `relay login --out`.",
        ) from error
    if isinstance(consent, dict) and consent.keys() >= _NEEDED:
        return consent
    raise ConfigurationError(
        f"[google] sign_in_file の {path} は、サインイン情報のファイルではありません"
        "(OAuth クライアントやサービスアカウントの鍵は使えません)。relay login --out で作ってください。",
        f"[google] sign_in_file: {path} holds no sign-in (neither an OAuth client nor the key of a service account is "
        "one). Make it with `relay login --out`.",
    )


def is_open_to_others(path: str) -> bool:
    """Whether other users of this computer may read the file, and we could change that.

    A secret that a container is given lies on a read-only mount, open to whoever is inside; nobody else is.
    """
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and bool(mode & (stat.S_IRGRP | stat.S_IROTH)) and os.access(path, os.W_OK)


def check_keyring() -> None:
    """Make sure that there is a keyring, before a person is sent to a browser for nothing."""
    _found(DEFAULT)


def _found(user: str) -> Consent | None:
    text = _asked("get_password", _name(user))
    try:
        consent = json.loads(text or "null")
    except ValueError:
        return None
    return consent if isinstance(consent, dict) and consent.keys() >= _NEEDED else None


def _name(user: str) -> str:
    return user.strip().casefold()


def _asked(method: str, *words: str) -> Any:
    """Ask the keyring. ConfigurationError says what to do without one."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        raise ConfigurationError(
            f"キーチェーンを使えません。{install_line('google')} を実行してください。",
            f"The keyring cannot be used. Run {install_line('google')}.",
        ) from error
    try:
        return getattr(keyring, method)(SERVICE, *words)
    except KeyringError as error:
        raise ConfigurationError(
            "このコンピューターには、使えるキーチェーンがありません。relay login --out でファイルに保存し、"
            "そのファイルを [google] sign_in_file に指定してください。",
            "This computer has no keyring that can be used. Keep the sign-in in a file with `relay login --out`, and "
            "name that file in [google] sign_in_file.",
        ) from error
