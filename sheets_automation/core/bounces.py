"""What a mail that came in is: a bounce, a warning of delay, a machine's answer, or a person's.

Structure first (RFC 3464, X-Failed-Recipients), then words: phones, Notes and gateways in Japan write bounces in plain
text, and in Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sheets_automation.core.addresses import read_address
from sheets_automation.core.bounce_causes import Cause
from sheets_automation.core.bounce_wordings import cause_of
from sheets_automation.core.bounce_words import (
    ANSWERED_BY_MACHINE,
    DELAYED,
    DELAYED_SUBJECT,
    FAILED,
    FAILED_SUBJECT,
    flowing,
)
from sheets_automation.core.mail_report import Fields, Report, read_report
from sheets_automation.core.model import LETTER_HEADER


class MailKind(StrEnum):
    """What a mail is, as far as a letter is concerned."""

    BOUNCE = "bounce"  # given up: the letter did not arrive
    DELAY = "delay"  # still being tried
    AUTOMATIC = "automatic"  # out of office, read receipts, lists: a machine wrote it, and nothing follows from it
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a mail says. Nothing of it is believed until it points at a letter of ours."""

    kind: MailKind
    sender: str = ""
    """Who it says it is from, normalised; empty when that is no address."""
    recipients: tuple[str, ...] = ()
    """Who did not get the letter, as the mail's structure says it."""
    mentioned: tuple[str, ...] = ()
    """Addresses that its text names, where it has no structure."""
    cause: Cause = Cause.OTHER
    status: str = ""
    """"5.1.1", or "550" where that is all."""
    letter: str | None = None
    """The letter's word in the header of what is returned: "" in somebody else's mail, None where none is returned."""

    @property
    def detail(self) -> str:
        """For the log: the cause and the code, nothing of the text."""
        return f"{self.cause.value} {self.status}".strip()


_MAILERS: Final = {
    "mailer-daemon",
    "mailerdaemon",
    "mail-daemon",
    "maildaemon",
    "postmaster",
    "mail-delivery-system",
    "mail-delivery-subsystem",
}
_PRECEDENCE: Final = {"bulk", "junk", "list", "auto_reply"}
_ROBOTS: Final = ("x-autoreply", "x-autorespond", "x-auto-response-suppress", "list-id", "feedback-id")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_ENHANCED: Final = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_REPLY: Final = re.compile(r"\b[45][0-5]\d\b")
_VAGUE: Final = re.compile(r"[45]\.0\.0")
_WORD: Final = re.compile(r"[0-9a-f]{1,32}\.([0-9a-f]{1,64})")
_MOST_ADDRESSES: Final = 20


def may_be_a_bounce(headers: Fields) -> bool:
    """Whether a mail has to be opened to know; all others are told by their headers alone."""
    content = headers.get("content-type", "").lower()
    if "multipart/report" in content:
        return "report-type" not in content or "delivery-status" in content
    if "x-failed-recipients" in headers or _mailbox(headers.get("from", "")) in _MAILERS:
        return True
    subject = headers.get("subject", "")
    is_nobodys = headers.get("return-path", "").strip() == "<>" or headers.get("auto-submitted", "no").lower() != "no"
    return is_nobodys and bool(FAILED_SUBJECT.search(subject) or DELAYED_SUBJECT.search(subject))


def understand(raw: bytes) -> Understood:
    """Understand a whole mail."""
    report = read_report(raw)
    if may_be_a_bounce(report.headers):
        return _bounce(report)
    return understand_headers(report.headers) if report.headers else Understood(kind=MailKind.AUTOMATIC)


def understand_headers(headers: Fields) -> Understood:
    """Understand a mail by its headers alone, all of them by lower-case name."""
    if may_be_a_bounce(headers):
        return _bounce(Report(headers=headers))
    is_automatic = (
        headers.get("auto-submitted", "no").strip().lower() != "no"
        or any(name in headers for name in _ROBOTS)
        or headers.get("precedence", "").strip().lower() in _PRECEDENCE
        or "multipart/report" in headers.get("content-type", "").lower()
        or bool(ANSWERED_BY_MACHINE.match(headers.get("subject", "")))
        or headers.get("return-path", "").strip() == "<>"
    )
    kind = MailKind.AUTOMATIC if is_automatic else MailKind.PERSON
    return Understood(kind=kind, sender=_first_address(headers.get("from", "")))


def _bounce(report: Report) -> Understood:
    failed = [block for block in report.recipients if _action(block) == "failed"]
    said = " ".join(block.get("diagnostic-code", "") for block in failed) or flowing(report.said)
    status = _status(failed, said)
    return Understood(
        kind=_kind(report, failed),
        sender=_first_address(report.headers.get("from", "")),
        recipients=_recipients(report, failed),
        mentioned=() if failed else _normalised(_ADDRESS.findall(report.said)),
        cause=cause_of(status, said),
        status=status,
        letter=_letter(report),
    )


def _kind(report: Report, failed: list[Fields]) -> MailKind:
    if failed:
        return MailKind.BOUNCE
    if report.recipients:
        is_delay = any(_action(block) == "delayed" for block in report.recipients)
        return MailKind.DELAY if is_delay else MailKind.AUTOMATIC
    subject, said = report.headers.get("subject", ""), flowing(report.said)
    if DELAYED_SUBJECT.search(subject) or DELAYED.search(said):
        return MailKind.DELAY
    says_so = "x-failed-recipients" in report.headers or FAILED.search(said)
    return MailKind.BOUNCE if says_so or FAILED_SUBJECT.search(subject) else MailKind.AUTOMATIC


def _action(block: Fields) -> str:
    """What became of one recipient; by the code where a mailer forgets the word."""
    said = block.get("action", "").strip().lower().partition(" ")[0]
    return said or {"5": "failed", "4": "delayed"}.get(block.get("status", "").strip()[:1], "")


def _recipients(report: Report, failed: list[Fields]) -> tuple[str, ...]:
    typed = [
        block.get(name, "").rpartition(";")[2] for block in failed for name in ("original-recipient", "final-recipient")
    ]
    return _normalised((*typed, *report.headers.get("x-failed-recipients", "").split(",")))


def _status(failed: list[Fields], said: str) -> str:
    """The finest code there is; "5.0.0" and "4.0.0" say nothing, and what stands behind them may say more."""
    own = next((found[0] for block in failed if (found := _ENHANCED.search(block.get("status", "")))), "")
    if own and not _VAGUE.fullmatch(own):
        return own
    enhanced = _ENHANCED.search(said)
    if enhanced and not _VAGUE.fullmatch(enhanced[0]):
        return enhanced[0]
    reply = _REPLY.search(said)
    return reply[0] if reply else ""


def _letter(report: Report) -> str | None:
    """The word of the returned letter."""
    if report.original is None:
        return None
    found = _WORD.fullmatch(report.original.get(LETTER_HEADER.lower(), "").strip())
    if found:
        return found[1]
    return "" if "message-id" in report.original else None  # a piece of a header proves nothing


def _mailbox(sender: str) -> str:
    return _first_address(sender).partition("@")[0].casefold() or sender.strip().strip("<>").casefold()


def _first_address(text: str) -> str:
    """The address of a From line. The last one: a display name may hold another."""
    found = _normalised(_ADDRESS.findall(text)[-1:])
    return found[0] if found else ""


def _normalised(texts: Iterable[str]) -> tuple[str, ...]:
    """Addresses as the log writes them; what is none is dropped."""
    found = (read_address(text.strip().strip("<>").strip()).value for text in texts if text)
    return tuple(dict.fromkeys(address for address in found if address))[:_MOST_ADDRESSES]
