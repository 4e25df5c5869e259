"""Google's part of the composition root: who signs in, and what stands behind a spreadsheet or a mailbox."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.config.partners import link_bases
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.sent_mail import referral_code_in
from sheets_automation.google.emulator import emulator_host
from sheets_automation.workbooks.addresses import spreadsheet_id

if TYPE_CHECKING:
    from sheets_automation.carriers.composing import Compose
    from sheets_automation.carriers.gmail import GmailCarrier
    from sheets_automation.carriers.gmail_client import GmailClient
    from sheets_automation.carriers.gmail_inbox import GmailInbox
    from sheets_automation.carriers.gmail_sent import GmailSentLetters
    from sheets_automation.config import Config
    from sheets_automation.google.pace import SheetsPace
    from sheets_automation.google.signin import Account
    from sheets_automation.workbooks.google_client import SheetsClient
    from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook

_PARTS = ("google.auth", "google_auth_oauthlib", "googleapiclient", "gspread", "keyring", "requests", "tenacity")


def require_google() -> None:
    """Raise ConfigurationError, which says what to install, where Google's parts lack."""
    missing = [name for name in _PARTS if not _is_there(name)]
    if missing:
        raise ConfigurationError(
            f"Google を使うための部品({missing[0]})がありません。"
            'pip install "sheets-automation[google]" を実行してください。',
            f'A part for Google ({missing[0]}) is not installed. Run pip install "sheets-automation[google]".',
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
    pace: SheetsPace | None = None,
) -> GoogleSheetsWorkbook:
    """The spreadsheet behind an id; nothing is asked of Google yet."""
    client = sheets_client(config, environ, spreadsheet_id, pace)
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


def sheets_client(
    config: Config, environ: Mapping[str, str], spreadsheet_id: str, pace: SheetsPace | None = None
) -> SheetsClient:
    """Whoever opens the spreadsheet, by the configuration."""
    account = google_account(config, environ)
    from sheets_automation.google.transport import Caller
    from sheets_automation.workbooks.google_client import SheetsClient

    credentials = account.for_sheets()
    return SheetsClient(
        spreadsheet_id,
        Caller(credentials, account.emulator),
        sleep=time.sleep,
        account=lambda: str(getattr(credentials, "service_account_email", "") or ""),
        pace=pace,
    )


def open_gmail(
    config: Config,
    environ: Mapping[str, str],
    mailbox: str,
    compose: Compose,
    *,
    workbook: str,
    clock: Callable[[], datetime],
) -> GmailCarrier:
    """The mailbox behind an address; `workbook` is the address of the one whose letters they are."""
    client = gmail_client(config, environ, mailbox, clock)
    from sheets_automation.carriers.gmail import GmailCarrier
    from sheets_automation.carriers.gmail_mailbox import Mailbox

    return GmailCarrier(
        Mailbox(
            address=mailbox,
            sender=config.sender.address or mailbox,
            label=config.google.label,
            workbook_mark=mark_of(workbook),
            client=client,
            now=clock,
        ),
        compose,
    )


def mark_of(workbook: str) -> str:
    """What letters carry of the workbook that they belong to: its id, or where it lies, as an opaque word."""
    whose = spreadsheet_id(workbook) or str(Path(workbook).resolve())
    return hashlib.sha256(whose.encode()).hexdigest()[:12]


def open_gmail_sent(
    config: Config, environ: Mapping[str, str], mailbox: str, *, workbook: str, clock: Callable[[], datetime]
) -> GmailSentLetters:
    """What a mailbox has sent for a workbook; it asks for the same scopes as sending does, and needs reading only."""
    client = gmail_client(config, environ, mailbox, clock)
    from sheets_automation.carriers.gmail_sent import GmailSentLetters

    bases = link_bases(config)
    return GmailSentLetters(client, mailbox, mark_of(workbook), lambda raw: referral_code_in(raw, *bases))


def open_gmail_inbox(
    config: Config, environ: Mapping[str, str], carrier: str, *, clock: Callable[[], datetime]
) -> GmailInbox:
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
    client = gmail_client(config, environ, parsed.mailbox, clock)
    from sheets_automation.carriers.gmail_inbox import GmailInbox

    return GmailInbox(client, parsed.mailbox, config.sender.address or parsed.mailbox)


def gmail_client(
    config: Config, environ: Mapping[str, str], mailbox: str, clock: Callable[[], datetime]
) -> GmailClient:
    """Whoever acts for the mailbox, by the configuration."""
    account = google_account(config, environ)
    from sheets_automation.carriers.gmail_client import GmailClient
    from sheets_automation.carriers.gmail_pacing import Pacer
    from sheets_automation.google.signin import mail_scopes
    from sheets_automation.google.transport import Caller

    scopes = mail_scopes(has_label=bool(config.google.label))
    pacer = Pacer(units_per_minute=config.google.units_per_minute, monotonic=time.monotonic, sleep=time.sleep)
    caller = Caller(account.for_mail(mailbox, scopes), account.emulator)
    return GmailClient(caller, pacer, sleep=time.sleep, now=clock)
