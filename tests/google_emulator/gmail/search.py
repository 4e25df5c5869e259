"""The search box: from the words of a query to the messages that match.

The grammar is here, what each operator means is in search_terms. What Gmail does not know as an operator it looks for
as text, and nothing that is written in a query is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.search_terms import Condition, Facts, operator, text_anywhere

_TOKEN = re.compile(
    r"""(?P<open>[({])|(?P<close>[)}])|(?P<minus>-(?=[^\s)}]))|(?P<name>[A-Za-z_]\w*):(?=\S)"""
    r"""|"(?P<phrase>[^"]*)"?|(?P<word>[^\s(){}"]+)|\s+"""
)
_WHEREVER = re.compile(r"(?i)\b(?:in|label|is):(?:anywhere|trash|spam)\b")


def search(mailbox: Mailbox, query: str, *, everywhere: bool) -> list[Message]:
    """What a query finds, newest first. Mail of the last moments is not found yet; spam and bin only if asked for."""
    condition = parse(query)
    seek_all = everywhere or _WHEREVER.search(query) is not None
    now = mailbox.now()
    return [
        message
        for message in mailbox.newest_first()
        if message.indexed <= now
        and (seek_all or not message.labels & {"TRASH", "SPAM"})
        and condition(Facts(message, mailbox))
    ]


def parse(query: str) -> Condition:
    """The condition that a query stands for."""
    return _Parser(_tokens(query)).all_of("")


def _tokens(query: str) -> list[tuple[str, str]]:
    found = _TOKEN.finditer(query)
    return [(str(one.lastgroup), one[str(one.lastgroup)]) for one in found if one.lastgroup]


class _Parser:
    """Reads tokens from left to right. Words side by side must all match; OR binds its two neighbours."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def all_of(self, closing: str, wrap: Callable[[str], Condition] = text_anywhere) -> Condition:
        """Everything up to the closing bracket, with AND between."""
        return _every(self._alternatives(closing, wrap))

    def _any_of(self, closing: str, wrap: Callable[[str], Condition]) -> Condition:
        return _some(self._alternatives(closing, wrap))

    def _alternatives(self, closing: str, wrap: Callable[[str], Condition]) -> list[Condition]:
        found: list[list[Condition]] = []
        joined = False
        while self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind == "close":
                self._at += 1
                if text == closing:
                    break
                continue
            if kind == "word" and text in {"OR", "|"}:
                self._at += 1
                joined = bool(found)
                continue
            if kind == "word" and text == "AND":
                self._at += 1
                continue
            condition = self._one(wrap)
            if joined:
                found[-1].append(condition)
            else:
                found.append([condition])
            joined = False
        return [_some(alternatives) for alternatives in found]

    def _one(self, wrap: Callable[[str], Condition]) -> Condition:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "minus" and self._at < len(self._tokens):
            return _not(self._one(wrap))
        if kind == "open":
            return self.all_of(")", wrap) if text == "(" else self._any_of("}", wrap)
        if kind == "name" and self._at < len(self._tokens):
            return self._operated(text)
        return wrap(text)

    def _operated(self, name: str) -> Condition:
        """An operator and its value, which may be a whole group: `from:(anna OR bert)`."""
        means = operator(name.lower())
        if means is None:
            _, text = self._tokens[self._at]
            self._at += 1
            return text_anywhere(f"{name} {text}")
        return self._one(means)


def _every(conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    return lambda facts: all(part(facts) for part in parts)


def _some(conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    return lambda facts: any(part(facts) for part in parts)


def _not(condition: Condition) -> Condition:
    return lambda facts: not condition(facts)
