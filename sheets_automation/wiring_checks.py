"""What `relay doctor` looks at where a spreadsheet or a mailbox of Google's is meant."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.errors import CarrierError, ConfigurationError
from sheets_automation.wiring import data_folder
from sheets_automation.wiring_google import gmail_client, google_account, require_google, sheets_client

if TYPE_CHECKING:
    from sheets_automation.config import Config
    from sheets_automation.google.premises import Premise
    from sheets_automation.google.tokens import TokenSource
    from sheets_automation.wiring import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleChecks:
    """The checks, by what is used of Google. Each raises our error that says what to do."""

    office: Office
    spreadsheet: str = ""
    """Its id; empty for another workbook."""
    mailbox: str = ""
    """The mailbox to send from; empty for another carrier."""

    @property
    def is_needed(self) -> bool:
        """Whether anything of Google's is used."""
        return bool(self.spreadsheet or self.mailbox)

    def parts(self) -> None:
        """Are the packages there?"""
        require_google()

    def sign_in(self) -> None:
        """Do all credentials get a token? Nothing is asked of any API."""
        from sheets_automation.google.problems import access_problem
        from sheets_automation.google.transport import Caller, NotReached, SignInRefused

        account = google_account(self.office.config, self.office.environ)
        for credentials in self._credentials():
            with closing(Caller(credentials, account.emulator)) as caller:
                try:
                    caller.sign_in()
                except (SignInRefused, NotReached) as trouble:
                    if said := access_problem(trouble):
                        raise ConfigurationError(*said) from trouble
                    raise _unreachable() from trouble

    def sign_in_file(self) -> None:
        """Is the file with the sign-in closed to others?"""
        if caution := open_secret(self.office.config):
            raise caution

    def editing(self) -> None:
        """May we write into the spreadsheet? Nothing in it changes."""
        from sheets_automation.workbooks.google_premises import may_edit

        office = self.office
        with closing(sheets_client(office.config, office.environ, self.spreadsheet, office.tempo)) as client:
            may_edit(client)

    def premises_of_gmail(self) -> list[Premise]:
        """Try the mailbox with one letter to itself."""
        from sheets_automation.carriers.gmail_premises import gmail_premises

        with closing(gmail_client(self.office, self.mailbox)) as client:
            return gmail_premises(client, self.mailbox, secrets.token_hex(8))

    def premises_of_sheets(self) -> list[Premise]:
        """Try the spreadsheet in a scratch tab."""
        from sheets_automation.workbooks.google_premises import sheet_premises

        with closing(
            sheets_client(self.office.config, self.office.environ, self.spreadsheet, self.office.tempo)
        ) as client:
            return sheet_premises(client, secrets.randbelow(10**9) + 10**9)

    def _credentials(self) -> Iterator[TokenSource]:
        from sheets_automation.google.signin import mail_scopes

        account = google_account(self.office.config, self.office.environ)
        if self.spreadsheet:
            yield account.for_sheets()
        if self.mailbox:
            yield account.for_mail(self.mailbox, mail_scopes(has_label=bool(self.office.config.google.label)))


def google_checks(office: Office, workbook: str, carrier: str) -> GoogleChecks:
    """The checks for what the command line names; an address that is wrong is nobody's here."""
    from sheets_automation.carriers.addresses import GmailAddress, parse_carrier
    from sheets_automation.workbooks.addresses import spreadsheet_id

    spreadsheet = mailbox = ""
    with suppress(ConfigurationError):
        spreadsheet = spreadsheet_id(workbook) or ""
    with suppress(ConfigurationError):
        parsed = parse_carrier(carrier)
        mailbox = parsed.mailbox if isinstance(parsed, GmailAddress) else ""
    return GoogleChecks(office=office, spreadsheet=spreadsheet, mailbox=mailbox)


def open_secret(config: Config) -> ConfigurationError | None:
    """What to say when others can read the file with the sign-in; it can be used all the same."""
    from sheets_automation.google.kept_consent import is_open_to_others

    path = config.google.sign_in_file
    if config.google.sign_in != "oauth" or not path or not is_open_to_others(path):
        return None
    return ConfigurationError(
        f"[google] sign_in_file の {path} を、このコンピューターのほかの利用者も読めます。"
        "これだけでメールを送れるので、chmod 600 で自分だけが読めるようにしてください。",
        f"[google] sign_in_file: other users of this computer can read {path}, and whoever has it can send "
        "mail. Run chmod 600 on it.",
    )


def _unreachable() -> CarrierError:
    return CarrierError(
        "Google に接続できません。ネットワークを確かめて、もう一度実行してください。",
        "Google cannot be reached. Check the network, and run again.",
    )


def is_the_example(config: str | None) -> bool:
    """Whether a configuration is the shipped one itself, as in the demo, and no copy of it."""
    return config is not None and Path(config).resolve() == (data_folder("config") / "example.toml").resolve()
