"""Numbers on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

MOST_DAYS = 365
_LAST_PORT = 65_535


def count(word: str) -> int:
    """Read how many."""
    if word.isdecimal():
        return int(word)
    raise ArgumentTypeError(f"not a number from 0 on: {word}")


def one_or_more(word: str) -> int:
    """Read how many, where none would answer nothing."""
    if word.isdecimal() and int(word) >= 1:
        return int(word)
    raise ArgumentTypeError(f"not a number from 1 on: {word}")


def port(word: str) -> int:
    """Read a port to listen on."""
    return _up_to(_LAST_PORT, word)


def days(word: str) -> int:
    """Read how many days to look back."""
    return _up_to(MOST_DAYS, word)


def _up_to(most: int, word: str) -> int:
    if word.isdecimal() and 1 <= int(word) <= most:
        return int(word)
    raise ArgumentTypeError(f"not a number from 1 to {most}: {word}")
