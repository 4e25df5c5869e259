"""The account that a program finds itself running as: the machine's own, or whom gcloud signed in."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import refuse_real_secrets

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"


def default_credentials(scopes: Sequence[str], emulator: str | None) -> Credentials:
    """Application default credentials. ConfigurationError says how to get some.

    An emulator is asked for them too, as the metadata server; files are used only if it has handed them out.
    """
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    from sheets_automation.google.redirect import session_to
    from sheets_automation.google.tokens import TokenRequest

    if emulator:
        _refuse_real_files(emulator)
    request = TokenRequest(session_to(emulator)) if emulator else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a person's credentials without a project: Google's refusal says it better
            found, _ = google.auth.default(scopes=list(scopes), request=request)
    except DefaultCredentialsError as error:
        raise _nobody() from error
    credentials: Credentials = _kept_at_home(found) if emulator else found
    return credentials


def _refuse_real_files(emulator: str) -> None:
    from google.auth._cloud_sdk import get_application_default_credentials_path

    path = Path(os.environ.get(_VARIABLE) or get_application_default_credentials_path())
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # google-auth says what is wrong with it
    refuse_real_secrets(found, emulator)


def _kept_at_home(credentials: Any) -> Any:
    """Spare the machine's credentials a question that they ask by a connection of their own."""
    from google.auth.compute_engine import Credentials as Machine

    is_machine = isinstance(credentials, Machine)
    return credentials.with_universe_domain("googleapis.com") if is_machine else credentials


def _nobody() -> ConfigurationError:
    if os.environ.get(_VARIABLE):
        return ConfigurationError(
            f"環境変数 {_VARIABLE} のファイルを Google の認証情報として読めません。"
            "正しいファイルを指定するか、変数を消してください。",
            f"The file that {_VARIABLE} names cannot be read as credentials for Google. "
            "Name the right one, or remove the variable.",
        )
    return ConfigurationError(
        "Google へのサインインが設定されていません。設定ファイルの [google] sign_in を選ぶか、"
        "gcloud auth application-default login を実行してください(手順: docs/google.ja.md)。",
        "Nobody is signed in to Google. Choose [google] sign_in in the configuration, or run "
        "`gcloud auth application-default login` (see docs/google.md).",
    )
