"""`relay login`, put together: one person's consent is asked for, looked at, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sheets_automation.config import Config
from sheets_automation.core.addresses import match_key
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import emulator_host
from sheets_automation.wiring_google import require_google

_PROFILE = "https://gmail.googleapis.com/gmail/v1/users/me/profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A consent that is kept."""

    mailbox: str
    scopes: tuple[str, ...]
    file: Path | None
    """None: in the keyring of this computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """How a person is asked."""

    mailbox: str
    """Whose consent it has to be; empty for anybody's."""
    text: str
    """Shown on stderr, with {url} filled in."""
    opens_browser: bool


def log_in(config: Config, environ: Mapping[str, str], invitation: Invitation, *, out: Path | None) -> SignedIn:
    """Ask for a consent to all that `relay` does with Google, and keep it in the keyring, or in a file.

    Raises ConfigurationError, with nothing kept, when it is not what was asked for.
    """
    require_google()
    from sheets_automation.google.consent import ask_for_consent, read_client
    from sheets_automation.google.kept_consent import check_keyring, keep_in_file, keep_in_keyring, only_needed
    from sheets_automation.google.signin import SHEETS, mail_scopes

    emulator = emulator_host(environ)
    client = read_client(config.google.client_file, emulator=emulator)
    if out is None:
        check_keyring()
    scopes = (SHEETS, *mail_scopes(has_label=bool(config.google.label)))
    consent = ask_for_consent(
        client,
        scopes,
        invitation.mailbox,
        emulator=emulator,
        open_browser=invitation.opens_browser,
        invitation=invitation.text,
    )
    mailbox = _whose(consent, emulator)
    if invitation.mailbox and match_key(mailbox) != match_key(invitation.mailbox):
        raise _somebody_else()
    kept = only_needed(consent, mailbox)
    if out is None:
        keep_in_keyring(kept)
    else:
        keep_in_file(out, kept)
    return SignedIn(mailbox=mailbox, scopes=scopes, file=out)


def forget(mailbox: str) -> list[str]:
    """Remove a consent from the keyring; whose it was, if there was any."""
    from sheets_automation.google.kept_consent import forget as forget_kept

    return forget_kept(mailbox)


def _whose(consent: Mapping[str, object], emulator: str | None) -> str:
    """The mailbox that consented; a consent alone does not say."""
    from google.oauth2.credentials import Credentials

    from sheets_automation.google.consent import unreachable
    from sheets_automation.google.problems import access_problem
    from sheets_automation.google.transport import AnswerLost, Caller, NotReached, Refused, SignInRefused

    caller = Caller(Credentials.from_authorized_user_info(consent), emulator)
    try:
        return str(caller.call("GET", _PROFILE).json()["emailAddress"])
    except (Refused, SignInRefused, NotReached, AnswerLost) as trouble:
        if said := access_problem(trouble):
            raise ConfigurationError(*said) from trouble
        raise unreachable() from trouble
    finally:
        caller.close()


def _somebody_else() -> ConfigurationError:
    return ConfigurationError(
        "ブラウザで許可したのは、指定したメールボックスとは別のアカウントです。サインインを保存しませんでした。"
        "もう一度実行し、ブラウザでそのメールボックスのアカウントを選んでください。",
        "It was another account that agreed in the browser than the mailbox that was named, so nothing was kept. "
        "Run it again, and choose the account of that mailbox in the browser.",
    )
