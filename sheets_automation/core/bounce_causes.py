"""Why a letter came back, in a word for the log and a phrase for people; the mail's own text is kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Cause(StrEnum):
    """What the receiving side says is the matter."""

    UNKNOWN_ADDRESS = "unknown_address"
    UNKNOWN_DOMAIN = "unknown_domain"
    MAILBOX_FULL = "mailbox_full"
    MAILBOX_CLOSED = "mailbox_closed"
    TOO_LARGE = "too_large"
    EXPIRED = "expired"  # tried for days, and nobody answered
    REFUSED = "refused"  # by a filter or a rule
    OTHER = "other"


_PHRASES: Final[Mapping[Cause, tuple[str, str]]] = {
    Cause.UNKNOWN_ADDRESS: ("宛先不明", "no such address"),
    Cause.UNKNOWN_DOMAIN: ("@ より後ろが不明", "no such domain"),
    Cause.MAILBOX_FULL: ("相手のメールボックスが満杯", "mailbox full"),
    Cause.MAILBOX_CLOSED: ("相手のアカウントが停止中", "mailbox closed"),
    Cause.TOO_LARGE: ("メールが大きすぎる", "message too large"),
    Cause.EXPIRED: ("相手のサーバーが応答しない", "no answer from their server"),
    Cause.REFUSED: ("相手側が受け取りを拒否", "refused by their server"),
    Cause.OTHER: ("理由は不明", "reason unknown"),
}


def in_words(detail: str, language: str) -> str:
    """What people read for a bounce's detail in the log, e.g. "宛先不明 5.1.1" for "unknown_address 5.1.1"."""
    word, _, status = detail.partition(" ")
    try:
        phrase = _PHRASES[Cause(word)]
    except ValueError:
        return detail
    return f"{phrase[0] if language == 'ja' else phrase[1]} {status}".strip()
