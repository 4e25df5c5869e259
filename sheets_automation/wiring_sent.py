"""Where letters that were sent are found again, by the carrier that sent them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from sheets_automation.config.partners import link_bases
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.sent_mail import SentMail, referral_code_in
from sheets_automation.wiring_live import file_behind

if TYPE_CHECKING:
    from sheets_automation.ports import SentLetters
    from sheets_automation.wiring import Office


class NothingToLookThrough:
    """No mailbox: nothing is found, and everybody who may have been told is held."""

    def look(self, since: datetime, known: Collection[str]) -> SentMail:  # noqa: ARG002
        """Find nothing."""
        return SentMail()

    def close(self) -> None:
        """Nothing is held open."""


def open_sent_letters(office: Office, address: str, workbook: str) -> SentLetters:
    """What a carrier has sent for a workbook. ConfigurationError for one that keeps no letters."""
    from sheets_automation.carriers.addresses import GmailAddress, OutboxAddress, parse_carrier

    parsed = parse_carrier(address)
    if isinstance(parsed, GmailAddress):
        from sheets_automation.wiring_google import open_gmail_sent

        return open_gmail_sent(office, parsed.mailbox, file_behind(workbook))
    if isinstance(parsed, OutboxAddress):
        from sheets_automation.carriers.outbox_sent import OutboxSentLetters

        bases = link_bases(office.config)
        return OutboxSentLetters(parsed.folder, lambda raw: referral_code_in(raw, *bases))
    raise ConfigurationError(
        "SMTP サーバーは送ったメールを残さないので、そこからは作り直せません。"
        "代わりに relay rebuild-log --without-mailbox で、残っている記録だけから作り直してください。"
        "記録のない方は、お手元の送信控えで確かめてから、画面の「未確定」か relay settle で決めます。",
        "An SMTP server keeps no letters, so nothing can be rebuilt from there. "
        "Use `relay rebuild-log --without-mailbox`: it goes by what the log still holds, and leaves everybody else "
        "for you to settle, under “In doubt” in the page or with `relay settle`.",
    )
