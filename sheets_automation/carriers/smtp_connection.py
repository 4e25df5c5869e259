"""Opening and closing a connection to a mail server; every way to fail becomes a CarrierError with what to do."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from sheets_automation.carriers.addresses import Security, SmtpAddress
from sheets_automation.carriers.smtp_problems import explain
from sheets_automation.carriers.smtp_replies import Reply, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSession:
    """How we behave towards the server."""

    sender: str
    """The envelope sender: where bounces go."""
    timeout: float = 60.0
    final_timeout: float = 600.0
    """For the answer to a whole letter: RFC 5321 4.5.3.2.6 asks for ten minutes, and giving up means UNCERTAIN."""
    letters_per_connection: int = 100


def connect(
    address: SmtpAddress, session: SmtpSession, *, password: Callable[[], str], tls: ssl.SSLContext
) -> smtplib.SMTP:
    """Open an encrypted connection, log in, and ask whether our sender is welcome. Raises CarrierError."""
    with ExitStack() as on_failure:
        try:
            smtp = _open(address, session, tls)
            on_failure.callback(smtp.close)
            _greet(smtp, address, tls)
            if address.user:
                smtp.login(address.user, password())
            _introduce(smtp, session.sender)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise explain(f"{address.host}:{address.port}", error) from error
        on_failure.pop_all()
    return smtp


def disconnect(smtp: smtplib.SMTP) -> None:
    """Say goodbye if the server still listens, and let go."""
    with suppress(OSError, smtplib.SMTPException):
        smtp.quit()
    smtp.close()


def _open(address: SmtpAddress, session: SmtpSession, tls: ssl.SSLContext) -> smtplib.SMTP:
    # Our name in EHLO is given, since smtplib would else ask the DNS for it, which can take many seconds.
    own_name = session.sender.rpartition("@")[2]
    if address.security is Security.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            address.host, address.port, local_hostname=own_name, timeout=session.timeout, context=tls
        )
    else:
        smtp = smtplib.SMTP(address.host, address.port, local_hostname=own_name, timeout=session.timeout)
    if smtp.sock is not None:
        # We write a letter in two pieces and then wait; Nagle's algorithm would hold the second back for 40 ms.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp


def _greet(smtp: smtplib.SMTP, address: SmtpAddress, tls: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    offered = smtp.has_extn("starttls")
    if address.security is Security.STARTTLS or (address.security is Security.LOCAL and offered):
        smtp.starttls(context=tls)
        smtp.ehlo_or_helo_if_needed()


def _introduce(smtp: smtplib.SMTP, sender: str) -> None:
    """Ask before any letter is claimed, since a sender that is not allowed would fail every one of them."""
    code, text = smtp.docmd("MAIL", f"FROM:<{sender}>")
    if Reply(code, text).verdict is not Verdict.YES:
        raise smtplib.SMTPSenderRefused(code, text, sender)
    smtp.rset()
