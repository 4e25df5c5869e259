"""One person's consent, once, in a browser (OAuth for installed apps, RFC 8252)."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import requests

from sheets_automation.core.errors import CarrierError, ConfigurationError, SheetsAutomationError
from sheets_automation.google.emulator import refuse_real_secrets
from sheets_automation.google.redirect import carry_to_emulator

PATIENCE_SECONDS = 300.0
"""How long to wait for the person in the browser."""
_DONE = "サインインの許可を受け取りました。このウィンドウは閉じてかまいません。 You may close this window."


def read_client(path: str, *, emulator: str | None) -> dict[str, Any]:
    """The OAuth client that the console handed out. ConfigurationError says which one it has to be."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))["installed"]
        client = {name: str(found[name]) for name in ("client_id", "client_secret", "auth_uri", "token_uri")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            "[google] client_file を読めません。Google Cloud の「クライアント」で「デスクトップ アプリ」の OAuth "
            "クライアントを作り、ダウンロードした JSON の場所を書いてください(手順: docs/google.ja.md)。",
            "[google] client_file cannot be read. Make an OAuth client of the type “Desktop app” under “Clients” in "
            "the Google Cloud console, and name the JSON that it lets you download (see docs/google.md).",
        ) from error
    if emulator:
        refuse_real_secrets(client, emulator)
    return {"installed": client}


def ask_for_consent(
    client: Mapping[str, Any],
    scopes: Sequence[str],
    hint: str,
    *,
    emulator: str | None,
    open_browser: bool,
    invitation: str,
    patience_seconds: float = PATIENCE_SECONDS,
) -> dict[str, Any]:
    """Send the person to Google and return the consent, in Google's "authorized_user" form.

    `invitation` is shown on stderr, with {url} filled in. Raises ConfigurationError when the person agrees to less
    than all, to nothing, or not in time.
    """
    from google_auth_oauthlib.flow import InstalledAppFlow

    flow = InstalledAppFlow.from_client_config(client, list(scopes))
    if emulator:
        carry_to_emulator(flow.oauth2session, emulator)
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # the stand-in on this machine speaks plain HTTP
    # Whoever takes a scope back in the dialog makes oauthlib raise a warning; we say better what is missing.
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105 - no secret
    try:
        with redirect_stdout(sys.stderr):  # where the flow prints the address
            # port=0: any free one. prompt=consent: else Google gives no refresh token to who consented before.
            flow.run_local_server(
                host="127.0.0.1",
                port=0,
                open_browser=open_browser and _has_browser(),
                timeout_seconds=patience_seconds,
                login_hint=hint or None,
                prompt="consent",
                authorization_prompt_message=invitation,
                success_message=_DONE,
            )
    except Exception as error:  # oauthlib, wsgiref and requests each raise their own
        raise _not_completed(error) from error
    _refuse_less(scopes, flow.oauth2session.token)
    consent: dict[str, Any] = json.loads(flow.credentials.to_json())
    return consent


def _refuse_less(scopes: Sequence[str], token: Mapping[str, Any]) -> None:
    granted = token.get("scope", scopes)
    missing = [scope for scope in scopes if scope not in (granted.split() if isinstance(granted, str) else granted)]
    if missing:
        names = ", ".join(scope.rpartition("/")[2] for scope in missing)
        raise ConfigurationError(
            f"許可が足りないので、サインインを保存しませんでした(足りないもの: {names})。"
            "relay login をもう一度実行し、画面のすべての項目にチェックを入れてください。",
            f"Not everything was allowed, so the sign-in was not kept (missing: {names}). "
            "Run `relay login` again and tick every box.",
        )


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def unreachable() -> CarrierError:
    """Google did not answer while it was asked about the consent."""
    return CarrierError(
        "Google に接続できないため、サインインを保存しませんでした。時間をおいて、もう一度実行してください。",
        "Google cannot be reached, so the sign-in was not kept. Run it again later.",
    )


def _not_completed(error: Exception) -> SheetsAutomationError:
    from oauthlib.oauth2 import AccessDeniedError, OAuth2Error

    if isinstance(error, requests.RequestException):
        return unreachable()
    if isinstance(error, AttributeError):  # what the flow raises when nobody came
        return ConfigurationError(
            "ブラウザでの許可を待ちましたが、時間内に届きませんでした。relay login をもう一度実行してください。",
            "Nobody agreed in the browser in time. Run `relay login` again.",
        )
    if isinstance(error, AccessDeniedError):
        return ConfigurationError(
            "ブラウザで許可されなかったので、サインインしていません。許可するときは relay login をもう一度実行して"
            "ください。「管理者がブロックしています」と出るときは、管理者に頼んでください(docs/google.ja.md)。",
            "It was not allowed in the browser, so nobody is signed in. Run `relay login` again to allow it. "
            "If it said that your admin blocks it, ask the Workspace admin (see docs/google.md).",
        )
    word = f" ({error.error})" if isinstance(error, OAuth2Error) and error.error else ""
    return ConfigurationError(
        f"サインインが完了しませんでした{word}。[google] client_file がいまの OAuth クライアントのものか確かめて、"
        "relay login をもう一度実行してください。",
        f"The sign-in was not completed{word}. Check that [google] client_file is the OAuth client of today, and run "
        "`relay login` again.",
    )
