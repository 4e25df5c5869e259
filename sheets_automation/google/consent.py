"""One person's consent, once, in a browser; what comes back is kept where only this person's programs find it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import carry_to_emulator
from sheets_automation.google.signin import SERVICE, import_keyring

PATIENCE_SECONDS = 300.0
"""How long to wait for the person in the browser."""


def ask_for_consent(
    client_file: Path, scopes: Sequence[str], user: str, *, emulator: str | None, open_browser: bool
) -> str:
    """Send the person to Google and return the consent, as Google's "authorized_user" JSON.

    Raises ConfigurationError when the client file is none, or when nobody consents in time.
    """
    from google_auth_oauthlib.flow import InstalledAppFlow

    try:
        flow = InstalledAppFlow.from_client_secrets_file(str(client_file), list(scopes))
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"[google] client_file の {client_file} を読めません。"
            "Google Cloud の「認証情報」で作った「デスクトップ アプリ」の JSON を置いてください。",
            f"[google] client_file: {client_file} cannot be read. Put the JSON of a “Desktop app” OAuth client there, "
            "from Credentials in the Google Cloud console.",
        ) from error
    if emulator:
        carry_to_emulator(flow.oauth2session, emulator)
    credentials = _consent(flow, user, open_browser=open_browser)
    return str(credentials.to_json())


def _consent(flow: Any, user: str, *, open_browser: bool) -> Any:
    # A person who takes a scope back in the dialog makes oauthlib warn, as an error; the doctor says what is missing.
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105 - a switch of oauthlib's
    try:
        # port=0: any free one (the loopback flow of RFC 8252). prompt=consent: else Google gives no new refresh token.
        return flow.run_local_server(
            host="127.0.0.1",
            port=0,
            open_browser=open_browser,
            timeout_seconds=PATIENCE_SECONDS,
            login_hint=user or None,
            prompt="consent",
            authorization_prompt_message="{url}",
            success_message="You may close this window. このウィンドウは閉じてかまいません。",
        )
    except Exception as error:  # oauthlib, wsgiref and webbrowser each raise their own
        raise ConfigurationError(
            "サインインが完了しませんでした。relay login をもう一度実行してください。",
            "The sign-in was not completed. Run `relay login` again.",
        ) from error


def keep_in_keyring(user: str, consent: str) -> None:
    """Store the consent under the mailbox's name."""
    keyring = import_keyring()
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, user, consent)
    except KeyringError as error:
        raise ConfigurationError(
            "OS のキーチェーンに保存できません。サーバーでは relay login --out ファイル を使い、"
            "そのファイルを Secret Manager に入れてください。",
            "The OS keyring cannot store it. For a server use `relay login --out FILE`, "
            "and put that file into a secret manager.",
        ) from error


def keep_in_file(path: Path, consent: str) -> None:
    """Write the consent for a secret manager to take; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(json.loads(consent), file, indent=2)
        file.write("\n")
