"""Numbers on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

MOST_DAYS = 365
_MOST_TASKS = 10_000  # of a job on Cloud Run
_A_WEEK = 604_800  # seconds; as long as Cloud Run lets a task run
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


def seconds(word: str) -> int:
    """Read how long to go on in one workbook: in no time nothing is done, and it would be gone to again for ever."""
    return _up_to(_A_WEEK, word)


def tasks(word: str) -> int:
    """Read among how many tasks to share the workbooks."""
    return _up_to(_MOST_TASKS, word)


def _up_to(most: int, word: str) -> int:
    if word.isdecimal() and 1 <= int(word) <= most:
        return int(word)
    raise ArgumentTypeError(f"not a number from 1 to {most}: {word}")
