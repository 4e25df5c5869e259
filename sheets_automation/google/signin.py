"""Signing in to Google, three ways that the configuration chooses between. Nothing is stored but in the OS keyring.

keyless: the runtime account (Cloud Run's own) opens the sheet; for mail it asks the mailer account, which has no key
and may write in the mailbox's name by domain-wide delegation. oauth: one mailbox consented once; its refresh token
lies in the keyring of this computer or in a mounted secret. adc: whoever `gcloud auth application-default login`
signed in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.core.errors import ConfigurationError

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
READ = "https://www.googleapis.com/auth/gmail.readonly"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
"""Reads too, and labels; the one scope that has all of sending, looking a letter up and labelling it."""
_CLOUD = "https://www.googleapis.com/auth/cloud-platform"
SERVICE = "relay google"
"""Under what name the keyring holds the consent; the user there is the mailbox."""


def mail_scopes(*, has_label: bool) -> tuple[str, ...]:
    """The least that sending needs: drafts, and reading them up after a lost answer; labels need to change mail."""
    return (MODIFY,) if has_label else (COMPOSE, READ)


class Way(StrEnum):
    """How to sign in."""

    KEYLESS = "keyless"
    OAUTH = "oauth"
    ADC = "adc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the configuration says of signing in ([google])."""

    way: Way | None = None
    """None: not chosen; application default credentials, or the emulator's owner where an emulator is set."""
    mailer: str = ""
    """Keyless: the service account that may write in the mailbox's name."""
    user: str = ""
    """OAuth: whose consent to look for in the keyring; empty where the mailbox says it."""
    sign_in_file: str = ""
    """OAuth: a mounted secret with the consent, in Google's "authorized_user" form; empty for the keyring."""
    emulator: str | None = None

    def for_sheets(self) -> Credentials:
        """Credentials that open the sheets which were shared with this account."""
        if self.way is Way.OAUTH:
            return self._consented(self.user)
        return self._own([SHEETS], "owner")

    def for_mail(self, mailbox: str, scopes: Sequence[str]) -> Credentials:
        """Credentials that write in the name of `mailbox`; who they really speak for, the carrier asks before use."""
        if self.way is Way.OAUTH:
            return self._consented(self.user or mailbox)
        if self.way is Way.KEYLESS:
            return self._delegated(mailbox, scopes)
        return self._own(scopes, f"owner:{mailbox}")

    def _own(self, scopes: Sequence[str], emulated: str) -> Credentials:
        """The account that we run as."""
        if self.emulator and self.way is None:
            from google.oauth2.credentials import Credentials as Tokens

            return Tokens(token=emulated)
        import google.auth
        from google.auth.exceptions import DefaultCredentialsError

        try:
            credentials, _ = google.auth.default(scopes=list(scopes))
        except DefaultCredentialsError as error:
            raise ConfigurationError(
                "Google へのサインインが設定されていません。設定ファイルの [google] sign_in を選ぶか、"
                "gcloud auth application-default login を実行してください(手順: docs/google.md)。",
                "Nobody is signed in to Google. Choose [google] sign_in in the configuration, or run "
                "`gcloud auth application-default login` (see docs/google.md).",
            ) from error
        self._refuse_real_secrets(credentials)
        return credentials

    def _delegated(self, mailbox: str, scopes: Sequence[str]) -> Credentials:
        """The mailer account, acting for the mailbox.

        Built once, never changed: `with_scopes` and `with_quota_project` silently drop the subject (google-auth 2.62).
        """
        if not self.mailer:
            raise ConfigurationError(
                "[google] mailer がありません。メールを送るサービスアカウントのアドレスを書いてください。",
                "[google] mailer is missing. Write the address of the service account that sends the mail.",
            )
        from google.auth.impersonated_credentials import Credentials as Impersonated

        return Impersonated(
            source_credentials=self._own([_CLOUD], "owner"),
            target_principal=self.mailer,
            target_scopes=list(scopes),
            subject=mailbox,
        )

    def _consented(self, user: str) -> Credentials:
        """What one person agreed to, once, in a browser."""
        from google.oauth2.credentials import Credentials as Tokens

        consent = _from_file(self.sign_in_file) if self.sign_in_file else _from_keyring(user)
        credentials: Credentials = Tokens.from_authorized_user_info(consent)
        self._refuse_real_secrets(credentials)
        return credentials

    def _refuse_real_secrets(self, credentials: object) -> None:
        """An emulator is given throw-away credentials only: those that name it as the place to get tokens from."""
        place = getattr(credentials, "_token_uri", None)
        if self.emulator and place and self.emulator not in place:
            raise ConfigurationError(
                "エミュレーターには本物の認証情報を渡しません。エミュレーターが発行したものを使ってください。",
                "Real credentials are never given to an emulator. Use the ones that it hands out.",
            )


def _from_file(path: str) -> dict[str, Any]:
    try:
        consent = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"[google] sign_in_file の {path} を読めません。relay login --out で作り直してください。",
            f"[google] sign_in_file: {path} cannot be read. Make it anew with `relay login --out`.",
        ) from error
    return _complete(consent, path)


def _from_keyring(user: str) -> dict[str, Any]:
    keyring = import_keyring()
    from keyring.errors import KeyringError

    try:
        consent = keyring.get_password(SERVICE, user)
    except KeyringError as error:
        raise _not_signed_in() from error
    if not consent:
        raise _not_signed_in()
    try:
        return _complete(json.loads(consent), "keyring")
    except ValueError as error:
        raise _not_signed_in() from error


def import_keyring() -> Any:
    """The keyring package, or a sentence that says what to install."""
    try:
        import keyring
    except ImportError as error:
        raise ConfigurationError(
            'キーチェーンを使えません。pip install "sheets-automation[google]" を実行してください。',
            'The keyring cannot be used. Run pip install "sheets-automation[google]".',
        ) from error
    return keyring


def _complete(consent: object, where: str) -> dict[str, Any]:
    needed = {"client_id", "client_secret", "refresh_token"}
    if not isinstance(consent, dict) or not needed <= set(consent):
        raise ConfigurationError(
            f"{where} のサインイン情報が足りません。relay login をもう一度実行してください。",
            f"The sign-in kept in {where} is incomplete. Run `relay login` again.",
        )
    return consent


def _not_signed_in() -> ConfigurationError:
    return ConfigurationError(
        "このコンピューターではまだ Google にサインインしていません。relay login を実行してください。",
        "Nobody has signed in to Google on this computer yet. Run `relay login`.",
    )
