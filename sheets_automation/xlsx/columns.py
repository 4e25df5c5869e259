"""Column letters and column numbers."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def column_index(letters: str) -> int:
    """The 0-based number of a column: 0 for "A", 26 for "AA"."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


@lru_cache(maxsize=20_000)
def column_letters(index: int) -> str:
    """The letters of a 0-based column number: "AA" for 26."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
