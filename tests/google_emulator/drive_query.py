"""The search language of files.list: `mimeType = '…' and name contains '…' and not 'x' in parents`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from tests.google_emulator.clock import parse_moment
from tests.google_emulator.errors import GoogleError, located
from tests.google_emulator.files import File, root_of

Condition = Callable[[File, str], bool]
"""Whether a file is meant, and who asks."""

_TOKEN = re.compile(r"""\s*(?:('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|([A-Za-z]+)|(<=|>=|!=|=|<|>|\(|\)))""")
_FIELDS: dict[str, Callable[[File], object]] = {
    "name": lambda file: file.name,
    "title": lambda file: file.name,
    "fullText": lambda file: file.name,
    "mimeType": lambda file: file.mime_type,
    "trashed": lambda file: file.trashed,
    "starred": lambda file: bool(file.more.get("starred")),
    "modifiedTime": lambda file: file.modified,
    "createdTime": lambda file: file.created,
    "visibility": lambda file: "anyoneWithLink" if "anyoneWithLink" in file.permissions else "limited",
}
_OPERATORS: dict[str, Callable[[object, object], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,  # type: ignore[operator]
    "<=": lambda left, right: left <= right,  # type: ignore[operator]
    ">": lambda left, right: left > right,  # type: ignore[operator]
    ">=": lambda left, right: left >= right,  # type: ignore[operator]
    "contains": lambda left, right: _contains(str(left), str(right)),
}


def read_drive_query(text: str) -> Condition:
    """The condition that a search states; everything if it states none."""
    if not text.strip():
        return lambda _file, _email: True
    tokens = _tokens(text)
    condition = _any_of(tokens)
    if tokens:
        raise invalid("q")
    return condition


def invalid(parameter: str) -> GoogleError:
    """Drive's refusal of a value, in two words."""
    return GoogleError(400, "", "Invalid Value", errors=located("Invalid Value", "invalid", parameter))


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise invalid("q")
        found.append(match[1] or match[2] or match[3])
        at = match.end()
    return found


def _any_of(tokens: list[str]) -> Condition:
    options = [_all_of(tokens)]
    while tokens and tokens[0].lower() == "or":
        tokens.pop(0)
        options.append(_all_of(tokens))
    return lambda file, email: any(option(file, email) for option in options)


def _all_of(tokens: list[str]) -> Condition:
    terms = [_term(tokens)]
    while tokens and tokens[0].lower() == "and":
        tokens.pop(0)
        terms.append(_term(tokens))
    return lambda file, email: all(term(file, email) for term in terms)


def _term(tokens: list[str]) -> Condition:
    word = _next(tokens)
    if word.lower() == "not":
        inner = _term(tokens)
        return lambda file, email: not inner(file, email)
    if word == "(":
        inner = _any_of(tokens)
        if _next(tokens) != ")":
            raise invalid("q")
        return inner
    if word[0] in "'\"":
        return _membership(_text(word), tokens)
    if word == "sharedWithMe":
        return _shared(tokens)
    return _comparison(word, tokens)


def _membership(value: str, tokens: list[str]) -> Condition:
    """'x' in parents | owners | writers | readers."""
    word, group = _next(tokens), _next(tokens)
    if word.lower() != "in" or group not in {"parents", "owners", "writers", "readers"}:
        raise invalid("q")
    if group == "parents":
        return lambda file, email: (root_of(email) if value == "root" else value) in file.parents
    if group == "owners":
        return lambda file, _: file.owner.lower() == value.lower()
    roles = {"writers": {"writer", "owner"}, "readers": {"reader", "commenter", "writer", "owner"}}[group]
    return lambda file, _: file.role(value) in roles


def _shared(tokens: list[str]) -> Condition:
    wanted = True
    if tokens and tokens[0] in {"=", "!="}:
        same = tokens.pop(0) == "="
        wanted = (_next(tokens).lower() == "true") == same
    return lambda file, email: file.shared_with(email) == wanted


def _comparison(field: str, tokens: list[str]) -> Condition:
    operator, raw = _next(tokens), _next(tokens)
    if field not in _FIELDS or operator not in _OPERATORS:
        raise invalid("q")
    value = _value(field, raw)
    read, compare = _FIELDS[field], _OPERATORS[operator]
    if isinstance(value, str) and field in {"name", "title"} and operator in {"=", "!="}:
        # Names are compared without regard to case.
        return lambda file, _: compare(str(read(file)).casefold(), str(value).casefold())
    return lambda file, _: compare(read(file), value)


def _value(field: str, raw: str) -> object:
    sample = _FIELDS[field]
    if raw.lower() in {"true", "false"}:
        return raw.lower() == "true"
    if raw[0] not in "'\"":
        raise invalid("q")
    text = _text(raw)
    if sample in (_FIELDS["modifiedTime"], _FIELDS["createdTime"]):
        return _moment(text)
    return text


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text)
    except ValueError as error:
        raise invalid("q") from error


def _contains(text: str, wanted: str) -> bool:
    """Drive matches the beginnings of words."""
    words = re.split(r"[\s_\-.]+", text.casefold())
    return any(word.startswith(wanted.casefold()) for word in words) or text.casefold().startswith(wanted.casefold())


def _text(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])


def _next(tokens: list[str]) -> str:
    if not tokens:
        raise invalid("q")
    return tokens.pop(0)
