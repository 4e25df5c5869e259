"""Google's part of the composition root: who signs in, and what stands behind a spreadsheet or a mailbox."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sheets_automation.config.partners import link_bases
from sheets_automation.config.samples import refuse_samples
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.sent_mail import referral_code_in
from sheets_automation.google.emulator import emulator_host
from sheets_automation.installing import install_line
from sheets_automation.wiring_tempo import Tempo
from sheets_automation.workbooks.addresses import identity_of

if TYPE_CHECKING:
    from sheets_automation.carriers.gmail import GmailCarrier
    from sheets_automation.carriers.gmail_client import GmailClient
    from sheets_automation.carriers.gmail_inbox import GmailInbox
    from sheets_automation.carriers.gmail_sent import GmailSentLetters
    from sheets_automation.config import Config
    from sheets_automation.google.signin import Account
    from sheets_automation.wiring import Office
    from sheets_automation.workbooks.google_client import SheetsClient
    from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook

_PARTS = ("google.auth", "google_auth_oauthlib", "googleapiclient", "gspread", "keyring", "requests", "tenacity")


def require_google() -> None:
    """Raise ConfigurationError, which says what to install, where Google's parts lack."""
    missing = [name for name in _PARTS if not _is_there(name)]
    if missing:
        raise ConfigurationError(
            f"Google を使うための部品({missing[0]})がありません。{install_line('google')} を実行してください。",
            f"A part for Google ({missing[0]}) is not installed. Run {install_line('google')}.",
        )


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ImportError:  # not even the package that it would stand in
        return False


def google_account(config: Config, environ: Mapping[str, str]) -> Account:
    """How the configuration wants us to sign in. ConfigurationError says what to install where Google's parts lack."""
    require_google()
    from sheets_automation.google.signin import Account, Way

    chosen = config.google
    return Account(
        way=Way(chosen.sign_in) if chosen.sign_in else None,
        mailer=chosen.mailer,
        user=chosen.user,
        sign_in_file=chosen.sign_in_file,
        emulator=emulator_host(environ),
    )


def open_spreadsheet(
    config: Config,
    environ: Mapping[str, str],
    spreadsheet_id: str,
    *,
    is_log_given_up: bool,
    tempo: Tempo,
) -> GoogleSheetsWorkbook:
    """The spreadsheet behind an id; nothing is asked of Google yet."""
    client = sheets_client(config, environ, spreadsheet_id, tempo)
    from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook

    return GoogleSheetsWorkbook(
        client,
        fact_tabs=(
            config.workbook.log_tab,
            config.workbook.referrals_tab,
            config.workbook.refusals_tab,
            config.workbook.survey_tab,
            config.workbook.line_tab,
        ),
        log_tab=config.workbook.log_tab,
        is_log_given_up=is_log_given_up,
    )


def sheets_client(config: Config, environ: Mapping[str, str], spreadsheet_id: str, tempo: Tempo) -> SheetsClient:
    """Whoever opens the spreadsheet, by the configuration."""
    account = google_account(config, environ)
    from sheets_automation.google.transport import Caller
    from sheets_automation.workbooks.google_client import SheetsClient

    credentials = account.for_sheets()
    return SheetsClient(
        spreadsheet_id,
        Caller(credentials, account.emulator),
        sleep=tempo.sleep,
        account=lambda: str(getattr(credentials, "service_account_email", "") or ""),
        pace=tempo.sheets,
    )


def open_gmail(office: Office, mailbox: str, workbook: str) -> GmailCarrier:
    """The mailbox behind an address; `workbook` is the address of the one whose letters they are."""
    if emulator_host(office.environ) is None:
        refuse_samples(office.config)
    client, config = gmail_client(office, mailbox), office.config
    from sheets_automation.carriers.gmail import GmailCarrier
    from sheets_automation.carriers.gmail_mailbox import Mailbox

    return GmailCarrier(
        Mailbox(
            address=mailbox,
            sender=config.sender.address or mailbox,
            label=config.google.label,
            workbook_mark=mark_of(workbook),
            client=client,
            now=office.clock,
        ),
        office.compose_mail,
        sleep=office.tempo.sleep,
    )


def mark_of(workbook: str) -> str:
    """What letters carry of the workbook that they belong to: its id, or where it lies, as an opaque word."""
    return hashlib.sha256(identity_of(workbook).encode()).hexdigest()[:12]


def open_gmail_sent(office: Office, mailbox: str, workbook: str) -> GmailSentLetters:
    """What a mailbox has sent for a workbook; it asks for the same scopes as sending does, and needs reading only."""
    client = gmail_client(office, mailbox)
    from sheets_automation.carriers.gmail_sent import GmailSentLetters

    bases = link_bases(office.config)
    return GmailSentLetters(client, mailbox, mark_of(workbook), lambda raw: referral_code_in(raw, *bases))


def open_gmail_inbox(office: Office, carrier: str) -> GmailInbox:
    """What comes back to a carrier's mailbox; it asks for the same scopes as sending does, and needs reading only."""
    from sheets_automation.carriers.addresses import GmailAddress, parse_carrier

    parsed = parse_carrier(carrier)
    if not isinstance(parsed, GmailAddress):
        raise ConfigurationError(
            "この送信手段には受信箱がないので、届かなかった通知や返信を読み取れません。"
            "Gmail のメールボックスを --carrier gmail:アドレス で指定してください。",
            "This carrier has no inbox, so bounces and answers cannot be read. "
            "Name a Gmail mailbox with --carrier gmail:ADDRESS.",
        )
    client = gmail_client(office, parsed.mailbox)
    from sheets_automation.carriers.gmail_inbox import GmailInbox

    return GmailInbox(client, parsed.mailbox, office.config.sender.address or parsed.mailbox)


def gmail_client(office: Office, mailbox: str) -> GmailClient:
    """Whoever acts for the mailbox, by the configuration."""
    account, chosen, tempo = google_account(office.config, office.environ), office.config.google, office.tempo
    from sheets_automation.carriers.gmail_client import GmailClient
    from sheets_automation.google.signin import mail_scopes
    from sheets_automation.google.transport import Caller

    caller = Caller(account.for_mail(mailbox, mail_scopes(has_label=bool(chosen.label))), account.emulator)
    pacer = tempo.of_mailbox(mailbox, chosen.units_per_minute)
    return GmailClient(caller, pacer, sleep=tempo.sleep, now=office.clock)
