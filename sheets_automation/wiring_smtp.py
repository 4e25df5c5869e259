"""The part of the composition root that opens a mail server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sheets_automation.config.rules import sender
from sheets_automation.config.samples import refuse_samples
from sheets_automation.core.model import OutgoingLetter

if TYPE_CHECKING:
    from sheets_automation.carriers.addresses import SmtpAddress
    from sheets_automation.config import Config
    from sheets_automation.ports import Carrier


def open_smtp(
    config: Config, environ: Mapping[str, str], address: SmtpAddress, compose: Callable[[OutgoingLetter], bytes]
) -> Carrier:
    """The carrier behind a mail server. A missing sender and samples stop here, not at the first letter."""
    from sheets_automation.carriers.addresses import is_loopback

    sender(config)
    if not is_loopback(address.host):  # a sink on this machine is for trying things out
        refuse_samples(config)
    from sheets_automation.carriers.passwords import smtp_password
    from sheets_automation.carriers.smtp import SmtpCarrier
    from sheets_automation.carriers.smtp_connection import SmtpSession

    session = SmtpSession(
        sender=config.sender.address,
        timeout=config.smtp.timeout_seconds,
        letters_per_connection=config.smtp.letters_per_connection,
    )
    return SmtpCarrier(
        address, session, compose, password=lambda: smtp_password(environ, host=address.host, user=address.user)
    )
