"""紹介コード: the opaque code in a letter's link, and reading it back from whatever people type or paste.

Twelve characters: a letter first, so that no spreadsheet takes a code for a number, ten more, and a check character.
They are random: nothing about a person is in them. There is no vowel, since a letter of rejection must not spell a word
by chance, and no 0, O, 1 or I, so that L is all that a 1 or an I can have been.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import count
from operator import mul
from typing import Final
from urllib.parse import unquote

ALPHABET: Final = "23456789BCDFGHJKLMNPQRSTVWXYZ"
CODE_LENGTH: Final = 12
RANDOM_BYTES: Final = 8
_LETTERS: Final = ALPHABET.lstrip("23456789")
_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_MISREAD: Final = str.maketrans("1I", "LL")
_HYPHENS_AND_BLANKS: Final = re.compile(r"[\s\u2010-\u2015\u2212ー_-]+")
_URL_PARTS: Final = re.compile(r"[/?&=#]")


class CodeProblem(StrEnum):
    """Why a text is not a code."""

    BLANK = "blank"
    NOT_A_CODE = "not_a_code"
    TYPO = "typo"  # as long as a code, but the check character does not fit
    SEVERAL = "several"  # a pasted text with more than one code


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReading:
    """What a typed or pasted text turned out to be: a code, or why not."""

    code: str = ""
    problem: CodeProblem | None = None


def make_code(random_bytes: bytes) -> str:
    """Make a code from at least RANDOM_BYTES bytes of a cryptographic random source."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a referral code needs {RANDOM_BYTES} random bytes")
    number, first = divmod(int.from_bytes(random_bytes, "big"), len(_LETTERS))
    characters = [_LETTERS[first]]
    for _ in range(CODE_LENGTH - 2):
        number, value = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[value])
    body = "".join(characters)
    code = body + _check_character(body)
    if "XXX" in code:  # the lint takes it for a placeholder that somebody forgot to fill in
        return make_code(hashlib.sha256(random_bytes).digest())
    return code


def referral_url(base_url: str, code: str) -> str:
    """Put the code where the address says {code}, or behind its last slash where it says nothing."""
    return base_url.replace("{code}", code) if "{code}" in base_url else f"{base_url.rstrip('/')}/{code}"


def read_code(text: str) -> CodeReading:
    """Recognise a code however it was typed: width, case, blanks, hyphens, 1 for L, or the whole link pasted."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    whole = _as_written(plain)
    if not whole:
        return CodeReading(problem=CodeProblem.BLANK)
    if _is_code(whole):
        return CodeReading(code=whole)
    found = {part for part in map(_as_written, _URL_PARTS.split(unquote(plain))) if _is_code(part)}
    if len(found) == 1:
        return CodeReading(code=found.pop())
    if found:
        return CodeReading(problem=CodeProblem.SEVERAL)
    typo = len(whole) == CODE_LENGTH and whole.isascii() and whole.isalnum()
    return CodeReading(problem=CodeProblem.TYPO if typo else CodeProblem.NOT_A_CODE)


def resembling(text: str, codes: Iterable[str]) -> str:
    """The known code that a mistyped one most resembles, to be shown to a person; empty when none does."""
    plain = _as_written(unicodedata.normalize("NFKC", text).upper())
    return next(iter(get_close_matches(plain, list(codes), n=1, cutoff=0.8)), "")


def _as_written(text: str) -> str:
    """As we would have written it."""
    return _HYPHENS_AND_BLANKS.sub("", text).translate(_MISREAD)


def _is_code(text: str) -> bool:
    return (
        len(text) == CODE_LENGTH
        and set(text) <= set(ALPHABET)
        and not text[0].isdigit()
        and text[-1] == _check_character(text[:-1])
    )


def _check_character(body: str) -> str:
    """The sum of position × value, modulo 29: notices every wrong character and every two that changed places.

    29 is prime and there are fewer positions than that; Luhn's sum would miss some of the swaps.
    """
    return ALPHABET[sum(map(mul, count(1), map(_VALUES.__getitem__, body))) % len(ALPHABET)]
