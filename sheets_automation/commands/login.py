"""`relay login`: one person allows `relay` in a browser, once, to use their mailbox and their spreadsheets."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.config import Config
from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.wiring import Office
from sheets_automation.wiring_consent import Invitation, SignedIn, forget, log_in

if TYPE_CHECKING:
    from rich.console import Console

_GMAIL = "gmail:"


def run(arguments: argparse.Namespace) -> Answer:
    """Ask for the consent and keep it, or forget one."""
    mailbox = _typed(arguments.mailbox)
    if arguments.forget:
        if arguments.out:
            raise ConfigurationError(
                "--forget はキーチェーンから消すだけです。ファイルは、ご自分で消してください。",
                "--forget removes from the keyring only. Delete the file yourself.",
            )
        return _forgotten(forget(mailbox), arguments)
    office = Office.open(arguments.config, None)
    invitation = Invitation(
        mailbox=mailbox or _configured(office.config),
        text=say("invitation", arguments.lang, url="{url}"),
        opens_browser=not arguments.no_browser,
    )
    signed_in = log_in(office.config, office.environ, invitation, out=Path(arguments.out) if arguments.out else None)
    return Answer(
        document={
            "mailbox": signed_in.mailbox,
            "kept_in": "file" if signed_in.file else "keyring",
            "file": str(signed_in.file) if signed_in.file else None,
            "scopes": list(signed_in.scopes),
        },
        show=lambda console: _show(console, signed_in, office.config, arguments),
    )


def _typed(mailbox: str | None) -> str:
    if not mailbox:
        return ""
    address = read_address(mailbox.removeprefix(_GMAIL)).value
    if address is None:
        raise ConfigurationError(
            "メールボックスのアドレスが正しくありません。saiyo@example.co.jp のように書いてください。",
            "This is no address of a mailbox. Write it like jobs@example.com.",
        )
    return address


def _configured(config: Config) -> str:
    """Whose consent the configuration needs; empty where it names nobody."""
    carrier = config.sender.carrier
    return config.google.user or (carrier.removeprefix(_GMAIL) if carrier.startswith(_GMAIL) else "")


def _forgotten(mailboxes: list[str], arguments: argparse.Namespace) -> Answer:
    language = arguments.lang

    def show(console: Console) -> None:
        for mailbox in mailboxes:
            console.print(Sentence(say("forgotten", language, mailbox=mailbox)))
        console.print(Sentence(say("revoke" if mailboxes else "nothing_forgotten", language)))

    return Answer(document={"forgotten": mailboxes}, show=show)


def _show(console: Console, signed_in: SignedIn, config: Config, arguments: argparse.Namespace) -> None:
    language, mailbox = arguments.lang, signed_in.mailbox
    if signed_in.file:
        console.print(Sentence(say("kept_in_file", language, mailbox=mailbox, path=signed_in.file)))
        console.print(Sentence(say("next_file", language)))
        return
    console.print(Sentence(say("kept_in_keyring", language, mailbox=mailbox)))
    is_chosen = config.google.sign_in == "oauth" and not config.google.sign_in_file
    console.print(Sentence(say("next_login" if is_chosen else "choose_oauth", language, mailbox=mailbox)))
