"""What the operators of a search mean, for one message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.google_emulator.gmail.contents import attachment_names, plain_text
from tests.google_emulator.gmail.conversations import message_ids
from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.outgoing import PACIFIC


@dataclass(frozen=True, slots=True)
class Facts:
    """A message as a search sees it."""

    message: Message
    mailbox: Mailbox

    def fields(self, *names: str) -> str:
        """These header fields as text."""
        letter = self.message.letter
        return "\n".join(letter.text(name) for name in names)

    @property
    def text(self) -> str:
        """All that a word without an operator is looked for in."""
        part = self.message.part
        header = self.fields("Subject", "From", "To", "Cc", "Bcc")
        return "\n".join([header, plain_text(part), *attachment_names(part)])


Condition = Callable[[Facts], bool]
_SIZE = re.compile(r"(?i)(\d+)\s*([km]?)b?")
_AGE = re.compile(r"(?i)(\d+)([dmyh])")
_AGES = {"h": timedelta(hours=1), "d": timedelta(days=1), "m": timedelta(days=30), "y": timedelta(days=365)}
_PLACES = {"drafts": "DRAFT", "bin": "TRASH", "chats": "CHAT"}
_NEVER: Condition = lambda _: False  # noqa: E731
_ALWAYS: Condition = lambda _: True  # noqa: E731


def operator(name: str) -> Callable[[str], Condition] | None:
    """What an operator makes of its value; None for a word that is no operator."""
    return _OPERATORS.get(name)


def text_anywhere(value: str) -> Condition:
    """Words side by side, somewhere in the message."""
    return lambda facts: _occurs(value, facts.text)


def _in_fields(*names: str) -> Callable[[str], Condition]:
    def means(value: str) -> Condition:
        def holds(facts: Facts) -> bool:
            wanted = facts.mailbox.address if value.lower() == "me" else value
            return _occurs(wanted, facts.fields(*names))

        return holds

    return means


def _occurs(needle: str, hay: str) -> bool:
    """Whole words, whatever their case and width; Japanese has no gaps between words and is found anywhere."""
    wanted, text = _folded(needle), _folded(hay)
    if not wanted.isascii():
        return wanted.strip() in text
    words = re.findall(r"[a-z0-9_]+", wanted)
    if not words:
        return True
    pattern = r"(?<![a-z0-9_])" + r"[^a-z0-9_]+".join(map(re.escape, words)) + r"(?![a-z0-9_])"
    return re.search(pattern, text) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _place(value: str) -> Condition:
    wanted = value.lower()
    if wanted in {"anywhere", "all"}:
        return _ALWAYS
    return _labelled(_PLACES.get(wanted, value))


def _labelled(value: str) -> Condition:
    def holds(facts: Facts) -> bool:
        label = facts.mailbox.labels.named(value)
        return label is not None and label.id in facts.message.labels

    return holds


def _state(value: str) -> Condition:
    if value.lower() == "read":
        return lambda facts: "UNREAD" not in facts.message.labels
    return _labelled(value)


def _has(value: str) -> Condition:
    wanted = value.lower()
    if wanted == "attachment":
        return lambda facts: bool(attachment_names(facts.message.part))
    if wanted in {"userlabels", "nouserlabels"}:
        return lambda facts: _has_own_label(facts) == (wanted == "userlabels")
    return _NEVER


def _has_own_label(facts: Facts) -> bool:
    return any(label.startswith("Label_") for label in facts.message.labels)


def _date(value: str) -> datetime | None:
    """A day, which begins at midnight in California, or seconds since 1970."""
    if re.fullmatch(r"\d{9,11}", value):
        return datetime.fromtimestamp(int(value), UTC)
    found = re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4})", value)
    if not found:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    try:
        return datetime(int(year), int(month), int(day), tzinfo=PACIFIC)
    except ValueError:
        return None


def _at(facts: Facts) -> datetime:
    return datetime.fromtimestamp(facts.message.date / 1000, UTC)


def _after(value: str) -> Condition:
    day = _date(value)
    return _NEVER if day is None else lambda facts: _at(facts) >= day


def _before(value: str) -> Condition:
    day = _date(value)
    return _NEVER if day is None else lambda facts: _at(facts) < day


def _newer_than(value: str) -> Condition:
    age = _age(value)
    return _NEVER if age is None else lambda facts: _at(facts) >= facts.mailbox.now() - age


def _older_than(value: str) -> Condition:
    age = _age(value)
    return _NEVER if age is None else lambda facts: _at(facts) < facts.mailbox.now() - age


def _age(value: str) -> timedelta | None:
    found = _AGE.fullmatch(value)
    return int(found[1]) * _AGES[found[2].lower()] if found else None


def _rfc822msgid(value: str) -> Condition:
    wanted = value.strip("<>")
    return lambda facts: any(one.strip("<>") == wanted for one in message_ids(facts.message.letter, "Message-ID"))


def _size(value: str) -> int | None:
    found = _SIZE.fullmatch(value)
    return int(found[1]) * {"": 1, "k": 1024, "m": 1024**2}[found[2].lower()] if found else None


def _larger(value: str) -> Condition:
    size = _size(value)
    return _NEVER if size is None else lambda facts: len(facts.message.raw) > size


def _smaller(value: str) -> Condition:
    size = _size(value)
    return _NEVER if size is None else lambda facts: len(facts.message.raw) < size


def _filename(value: str) -> Condition:
    return lambda facts: any(_occurs(value, name) for name in attachment_names(facts.message.part))


def _category(value: str) -> Condition:
    name = {"primary": "personal"}.get(value.lower(), value)
    return lambda facts: f"CATEGORY_{name.upper()}" in facts.message.labels


_OPERATORS: dict[str, Callable[[str], Condition]] = {
    "from": _in_fields("From"),
    "to": _in_fields("To", "Cc", "Bcc"),
    "cc": _in_fields("Cc"),
    "bcc": _in_fields("Bcc"),
    "deliveredto": _in_fields("Delivered-To"),
    "list": _in_fields("List-Id"),
    "subject": _in_fields("Subject"),
    "in": _place,
    "label": _labelled,
    "is": _state,
    "has": _has,
    "filename": _filename,
    "category": _category,
    "after": _after,
    "newer": _after,
    "before": _before,
    "older": _before,
    "newer_than": _newer_than,
    "older_than": _older_than,
    "rfc822msgid": _rfc822msgid,
    "size": _larger,
    "larger": _larger,
    "smaller": _smaller,
}
