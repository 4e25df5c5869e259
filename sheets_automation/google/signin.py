"""Signing in to Google, three ways that the configuration chooses between. Nothing is stored but in the OS keyring.

keyless: the runtime account (Cloud Run's own) opens the sheet; for mail it asks the mailer account, which has no key
and may write in the mailbox's name by domain-wide delegation. oauth: one mailbox consented once; its refresh token
lies in the keyring of this computer or in a mounted secret. adc: whoever `gcloud auth application-default login`
signed in.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import refuse_real_secrets
from sheets_automation.google.machine_account import MachineAccount, is_ours

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

    from sheets_automation.google.tokens import TokenSource

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
SHARING = "https://www.googleapis.com/auth/drive.metadata.readonly"
"""The least that tells who may edit a file: it reads no content, and changes nothing."""
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
READ = "https://www.googleapis.com/auth/gmail.readonly"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"
"""Reads too, and labels; the one scope that has all of sending, looking a letter up and labelling it."""
_CLOUD = "https://www.googleapis.com/auth/cloud-platform"


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

    def for_sheets(self) -> TokenSource:
        """Credentials that open the sheets which were shared with this account."""
        if self.way is Way.OAUTH:
            return self._consented(self.user)
        return self._own([SHEETS], "owner")

    def for_sharing(self) -> TokenSource:
        """Credentials that see who may edit the sheets which were shared with this account."""
        return self._own([SHARING], "owner")

    def for_mail(self, mailbox: str, scopes: Sequence[str]) -> TokenSource:
        """Credentials that write in the name of `mailbox`; who they really speak for, the carrier asks before use."""
        if self.way is Way.OAUTH:
            return self._consented(self.user or mailbox)
        if self.way is Way.KEYLESS:
            return self._delegated(mailbox, scopes)
        return self._own(scopes, f"owner:{mailbox}")

    def _own(self, scopes: Sequence[str], emulated: str) -> TokenSource:
        """The account that we run as."""
        if self.emulator and self.way is None:
            from google.oauth2.credentials import Credentials as Tokens

            return Tokens(token=emulated)
        if is_ours(os.environ):
            return MachineAccount(scopes)
        from sheets_automation.google.default_account import default_credentials

        return default_credentials(scopes, self.emulator)

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

        from sheets_automation.google.default_account import default_credentials

        return Impersonated(
            source_credentials=default_credentials([_CLOUD], self.emulator),
            target_principal=self.mailer,
            target_scopes=list(scopes),
            subject=mailbox,
        )

    def _consented(self, mailbox: str) -> Credentials:
        """What one person agreed to, once, in a browser."""
        from google.oauth2.credentials import Credentials as Tokens

        from sheets_automation.google.kept_consent import from_file, from_keyring

        consent = from_file(self.sign_in_file) if self.sign_in_file else from_keyring(mailbox)
        if self.emulator:
            refuse_real_secrets(consent, self.emulator)
        credentials: Credentials = Tokens.from_authorized_user_info(consent)
        return credentials
