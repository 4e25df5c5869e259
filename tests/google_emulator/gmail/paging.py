"""Lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tests.google_emulator.gmail.refusals import invalid
from tests.google_emulator.wire import Call, Json

T = TypeVar("T")
_LARGEST = 500
_UNCOUNTED = 201
_TOO_MANY = 2**31
# Gmail's page tokens are numbers of twenty digits that mean nothing to anybody else.
_FIRST, _STRIDE = 9_137_426_581_907_364_512, 104_729


def page_of(items: Sequence[T], call: Call, usual: int = 100) -> tuple[Sequence[T], Json]:
    """The items of the page that was asked for, and the fields that go with it."""
    size = _size(call, usual)
    start = _start(call.one("pageToken"))
    more: Json = {}
    if start + size < len(items):
        more["nextPageToken"] = f"{_FIRST + (start + size) * _STRIDE:020d}"
    return items[start : start + size], more


def estimate(items: Sequence[object]) -> int:
    """How long Gmail says that a list is: beyond two hundred it does not count."""
    return min(len(items), _UNCOUNTED)


def _size(call: Call, usual: int) -> int:
    """More than 500 are cut to 500; none at all is a mistake."""
    text = call.one("maxResults")
    size = int(text) if text else usual
    if size <= 0 or size >= _TOO_MANY:
        raise invalid("Invalid maxResults")
    return min(size, _LARGEST)


def _start(token: str) -> int:
    if not token:
        return 0
    number = int(token) - _FIRST if token.isdecimal() else -1
    if number < 0 or number % _STRIDE:
        raise invalid("Invalid pageToken")
    return number // _STRIDE
