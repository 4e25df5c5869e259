"""Handing one letter to a mail server: MAIL, RCPT, DATA, the letter, and the dot after which it is theirs."""

from __future__ import annotations

import re
import smtplib
import ssl
from typing import NamedTuple

from sheets_automation.carriers.smtp_replies import Outcome, Reply, Step

_UNSAFE = re.compile(r"[\x00-\x20\x7f<>]")


class Envelope(NamedTuple):
    """Who a letter is from and for, as the server is told."""

    sender: str
    recipient: str

    @property
    def is_safe(self) -> bool:
        """Can neither address say anything to the server but itself?"""
        return not _UNSAFE.search(self.sender + self.recipient)

    @property
    def needs_utf8(self) -> bool:
        """Does an address need RFC 6531?"""
        return not (self.sender + self.recipient).isascii()


def hand_over(smtp: smtplib.SMTP, envelope: Envelope, message: bytes, *, final_timeout: float) -> Outcome:
    """Deliver one letter over an open connection, which is of no more use unless the letter is SENT."""
    if envelope.needs_utf8 and not smtp.has_extn("smtputf8"):
        return Outcome(Step.RCPT, Reply(553, b"5.6.7"))  # what RFC 6531 3.4 has a server say
    wire = on_the_wire(message)
    outcome = _offer(smtp, _commands(smtp, envelope, len(wire)))
    return _transmit(smtp, wire, final_timeout) if outcome.is_accepted else outcome


def on_the_wire(message: bytes) -> bytes:
    """Write every line break as CRLF and stuff leading dots, so that no text can end the letter early."""
    lines = b"\r\n" + b"\r\n".join(message.splitlines()) + b"\r\n"
    return lines.replace(b"\r\n.", b"\r\n..").removeprefix(b"\r\n")


def _commands(smtp: smtplib.SMTP, envelope: Envelope, size: int) -> dict[Step, bytes]:
    utf8 = ("SMTPUTF8", "BODY=8BITMIME") if envelope.needs_utf8 else ()
    return {
        Step.MAIL: _mail_command(smtp, envelope.sender, f"SIZE={size}", *utf8),
        Step.RCPT: f"RCPT TO:<{envelope.recipient}>\r\n".encode(),
        Step.DATA: b"DATA\r\n",
    }


def _mail_command(smtp: smtplib.SMTP, sender: str, *options: str) -> bytes:
    """MAIL FROM, with those options that the server knows."""
    known = [option for option in options if smtp.has_extn(option.partition("=")[0])]
    return (" ".join([f"MAIL FROM:<{sender}>", *known]) + "\r\n").encode()


def _offer(smtp: smtplib.SMTP, commands: dict[Step, bytes]) -> Outcome:
    """Ask in one round trip where the server allows it (RFC 2920), else step by step."""
    pipelined = smtp.has_extn("pipelining")
    outcome = Outcome(Step.MAIL, None)
    try:
        if pipelined:
            smtp.send(b"".join(commands.values()))
        for step, command in commands.items():
            outcome = Outcome(step, None)
            if not pipelined:
                smtp.send(command)
            outcome = Outcome(step, Reply(*smtp.getreply()))
            if not outcome.is_accepted:
                break
    except (OSError, smtplib.SMTPException):
        pass
    return outcome


def _transmit(smtp: smtplib.SMTP, wire: bytes, final_timeout: float) -> Outcome:
    try:
        smtp.send(wire)
        if _has_hung_up(smtp):
            return Outcome(Step.DATA, None)
    except (OSError, smtplib.SMTPException):
        return Outcome(Step.DATA, None)
    # The dot goes alone: as long as it was not written, no server can have taken the letter.
    try:
        _set_timeout(smtp, final_timeout)
        smtp.send(b".\r\n")
        reply = Reply(*smtp.getreply())
    except (OSError, smtplib.SMTPException):
        return Outcome(Step.DOT, None)
    _set_timeout(smtp, smtp.timeout)
    return Outcome(Step.DOT, reply)


def _set_timeout(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _has_hung_up(smtp: smtplib.SMTP) -> bool:
    """Has the server closed the connection, or spoken out of turn, which comes to the same?"""
    if smtp.sock is None:
        return True
    smtp.sock.settimeout(0)
    try:
        smtp.sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    return True
