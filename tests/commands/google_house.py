"""A company on Google: a spreadsheet with people who are due a letter, a mailbox, and the three ways to sign in."""

from __future__ import annotations

import json
import re

import keyring
from keyring.backend import KeyringBackend

from sheets_automation.google.kept_consent import keep_in_keyring
from sheets_automation.google.signin import SHEETS, mail_scopes
from tests.commands.conftest import ROOT
from tests.google_emulator import Running
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"
RUNTIME = "runtime@relay-run.iam.gserviceaccount.com"
MAILER = "mailer@relay-mail.iam.gserviceaccount.com"
MAIL = mail_scopes(has_label=True)
TAB = "候補者"
ROWS = [
    ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"],
    ["佐藤 花", "sato@example.com", "営業職", "不採用", "2026/11/18"],
    ["鈴木 葵", "suzuki@example.com", "営業職", "選考中", None],
]


class InMemoryKeyring(KeyringBackend):
    """A whole keyring, without an operating system."""

    priority = 1

    def __init__(self):
        self.passwords = {}

    def get_password(self, service, username):
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self.passwords[service, username] = password


class House:
    """The sheet is shared with whoever opens it, the configuration names a way to sign in, and all is well."""

    def __init__(self, google: Running, folder) -> None:
        self.google, self.folder = google, folder
        self.store = GoogleStore(google, {TAB: ROWS})
        self.sheet = f"https://docs.google.com/spreadsheets/d/{self.store.id}"
        self.config = folder / "relay.toml"
        self.configure()

    def configure(self, **google: str) -> None:
        """Write the configuration of the example, with these keys in [google]."""
        text = (ROOT / "config" / "example.toml").read_text()
        for key, value in google.items():
            text, found = re.subn(rf'^{key} = ".*?"', f'{key} = "{value}"', text, flags=re.MULTILINE)
            assert found == 1
        self.config.write_text(text)

    def keyless(self, *, creates_tokens: bool = True, delegated=MAIL, role: str = "writer") -> None:
        """What an admin of Workspace sets up, or all but one thing of it."""
        control = self.google.control
        control.service_account_key(MAILER)  # makes the account; nobody uses the key
        control.instance_account(RUNTIME)
        control.grant_delegation(MAILER, delegated)
        if creates_tokens:
            control.grant_token_creator(RUNTIME, MAILER)
        if role:
            control.share(self.store.id, RUNTIME, role)
        self.configure(sign_in="keyless", mailer=MAILER)

    def signed_in(self, scopes=(SHEETS, *MAIL), mailbox: str = MAILBOX) -> None:
        """What `relay login` leaves in the keyring."""
        self.google.control.share(self.store.id, mailbox)
        keep_in_keyring(self.google.control.user_credentials(mailbox, scopes))
        self.configure(sign_in="oauth")

    def mounted(self) -> str:
        """What `relay login --out` leaves in a file."""
        self.google.control.share(self.store.id, MAILBOX)
        path = self.folder / "sign-in.json"
        path.write_text(json.dumps(self.google.control.user_credentials(MAILBOX, [SHEETS, *MAIL])))
        path.chmod(0o600)
        self.configure(sign_in="oauth", sign_in_file=str(path))
        return str(path)


def use_keyring(backend: KeyringBackend) -> KeyringBackend:
    """Use this keyring; the one before."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    return before
