"""Answers in the chat: which follow-ups a message by LINE answers. Nobody reads here what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from sheets_automation.core.line_links import NO_LINK, LineLink
from sheets_automation.core.line_records import LineRecord
from sheets_automation.core.model import LetterKind
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.returns import SentLetter

_CARRIER: Final = "line"
_KEPT_ONCE_IN: Final = timedelta(hours=1)
"""The webhook keeps one answer an hour: what came just before a letter may stand for one that came after it."""


def news_by_line(letters: Sequence[SentLetter]) -> Mapping[str, Sequence[SentLetter]]:
    """The follow-ups that went by LINE, by candidate id, in the order of the log."""
    found: dict[str, list[SentLetter]] = {}
    for letter in letters:
        if letter.carrier == _CARRIER and letter.key.kind is LetterKind.FOLLOW_UP:
            found.setdefault(letter.key.candidate_id, []).append(letter)
    return found


def letters_answered(
    record: LineRecord, links: Mapping[str, LineLink], news: Iterable[SentLetter]
) -> Sequence[SentLetter]:
    """The last letter of each candidate that went to this very chat; a chat that is linked no more answers none."""
    last: dict[str, SentLetter] = {}
    for letter in news:
        link = links.get(letter.key.candidate_id, NO_LINK)
        went_there = link.user_id == record.user_id and link.mark == address_mark(letter.to_address)
        if went_there and letter.left_at < record.at + _KEPT_ONCE_IN:
            last[letter.key.candidate_id] = letter
    return tuple(last.values())
