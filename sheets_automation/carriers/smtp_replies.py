"""What a mail server's answer means for one letter, and for the letters after it. Pure."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from typing import NamedTuple

from sheets_automation.core.model import DeliveryState

_GOODBYE = 421
_LOG_IN_FIRST = {503, 521, 530, 534, 535, 538}
_TOO_LARGE = 552
# RFC 3463: the sender's address is malformed or not allowed; and Gmail's daily limit. All of 5.7.x is policy, such as
# "554 5.7.1 Relay access denied".
_OUR_FAULT = re.compile(r"5\.1\.[78]|5\.4\.5|5\.7\.\d+")


class Step(StrEnum):
    """The steps of handing over one letter."""

    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DOT = "."  # the end of the letter: from here on the server may have taken it


class Verdict(IntEnum):
    """What the first digit of an answer says (RFC 5321 4.2.1)."""

    YES = 2
    GO_ON = 3
    LATER = 4
    NO = 5
    NONSENSE = 0  # no SMTP at all

    @classmethod
    def _missing_(cls, _value: object) -> Verdict:
        return cls.NONSENSE


class Reply(NamedTuple):
    """A server's answer. Its text may hold an address, so it is never logged."""

    code: int
    text: bytes

    @property
    def verdict(self) -> Verdict:
        """Yes, no, or not now."""
        return Verdict(self.code // 100)

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 3463) alone; empty where the server gives none."""
        match = re.match(rb"[245]\.\d{1,3}\.\d{1,3}\b", self.text)
        return match[0].decode() if match else ""

    @property
    def detail(self) -> str:
        """For the log: "550 5.1.1"."""
        return f"{self.code} {self.enhanced}".rstrip()


class Outcome(NamedTuple):
    """How far a letter came, and the answer there; None when the connection was lost while waiting for it."""

    step: Step
    reply: Reply | None

    @property
    def is_accepted(self) -> bool:
        """Did the server agree to this step?"""
        return self.reply is not None and self.reply.verdict is (
            Verdict.GO_ON if self.step is Step.DATA else Verdict.YES
        )

    @property
    def state(self) -> DeliveryState:
        """What became of the letter when this was the last step.

        REFUSED condemns an address until somebody changes it, so it is said only where the address or the letter is
        at fault; an objection to the sender or the session is FAILED.
        """
        verdict = self.reply.verdict if self.reply else Verdict.NONSENSE
        if self.is_refusal:
            return DeliveryState.FAILED if self.blames_us else DeliveryState.REFUSED
        if verdict is Verdict.LATER or self.step is not Step.DOT:
            return DeliveryState.FAILED
        return DeliveryState.SENT if verdict is Verdict.YES else DeliveryState.UNCERTAIN

    @property
    def is_refusal(self) -> bool:
        """Did the server say a lasting no?"""
        return self.reply is not None and self.reply.verdict is Verdict.NO

    @property
    def blames_us(self) -> bool:
        """Does a refusal speak of our login, sender or volume, so that the address is not to blame?"""
        return self.reply is not None and (
            self.reply.code in _LOG_IN_FIRST
            or _OUR_FAULT.fullmatch(self.reply.enhanced) is not None
            or (self.step is Step.MAIL and self.reply.code != _TOO_LARGE)
        )

    @property
    def connection_was_stale(self) -> bool:
        """Had the server let go of us before it heard of this letter?"""
        return self.step is Step.MAIL and (self.reply is None or self.reply.code == _GOODBYE)

    @property
    def detail(self) -> str:
        """For the log."""
        return self.reply.detail if self.reply else f"connection lost at {self.step.name}"
