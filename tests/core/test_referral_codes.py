"""紹介コード: opaque, safe to type, and recognised however people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core import referral_codes
from sheets_automation.core.referral_codes import (
    ALPHABET,
    CODE_LENGTH,
    CodeProblem,
    make_code,
    read_code,
    referral_url,
    resembling,
)

CODES = st.binary(min_size=8, max_size=8).map(make_code)
CODE = make_code(b"relay-01")


@given(CODES)
def test_a_code_begins_with_a_letter_and_spells_no_word(code):
    assert len(code) == CODE_LENGTH
    assert code[0].isalpha()
    assert not set(code) & set("AEIOU01")


def test_a_code_needs_enough_random_bytes():
    with pytest.raises(ValueError, match="8 random bytes"):
        make_code(b"short")


def test_different_random_bytes_make_different_codes():
    codes = {make_code(number.to_bytes(8, "big")) for number in range(20_000)}

    assert len(codes) == 20_000


@given(CODES, st.data())
def test_one_wrong_character_is_always_noticed(code, data):
    place = data.draw(st.integers(0, CODE_LENGTH - 1))
    wrong = data.draw(st.sampled_from([character for character in ALPHABET if character != code[place]]))

    assert read_code(code[:place] + wrong + code[place + 1 :]).problem is CodeProblem.TYPO


@given(CODES, st.data())
def test_two_characters_that_changed_places_are_always_noticed(code, data):
    first, second = sorted(data.draw(st.lists(st.integers(0, CODE_LENGTH - 1), min_size=2, max_size=2, unique=True)))
    swapped = list(code)
    swapped[first], swapped[second] = swapped[second], swapped[first]

    reading = read_code("".join(swapped))

    assert reading.problem is (None if code[first] == code[second] else CodeProblem.TYPO)


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        CODE.lower(),
        f"  {CODE}\u3000",
        "-".join([CODE[:4], CODE[4:8], CODE[8:]]),
        " ".join(CODE),
        "".join(chr(ord(character) + 0xFEE0) for character in CODE),
        f"https://partner.example/r/{CODE}",
        f"https://partner.example/r/{CODE.lower()}?utm_source=mail#top",
        f"https://partner.example/entry?ref={CODE}&lang=ja",
        f"partner.example/r/{CODE}/",
        f"https%3A%2F%2Fpartner.example%2Fr%2F{CODE}",
    ],
)
def test_a_code_is_recognised_however_it_is_written(written):
    assert read_code(written).code == CODE


@pytest.mark.parametrize("letter", ["1", "I", "l", "|"])
def test_an_l_may_be_read_as_a_1_or_an_i(letter):
    code = next(code for n in range(1000) if "L" in (code := make_code(n.to_bytes(8, "big"))))

    assert read_code(code.replace("L", letter)).code == ("" if letter == "|" else code)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", CodeProblem.BLANK),
        ("　", CodeProblem.BLANK),
        ("山田太郎", CodeProblem.NOT_A_CODE),
        (CODE[:-1], CodeProblem.NOT_A_CODE),
        ("https://partner.example/", CodeProblem.NOT_A_CODE),
        ("123456789012", CodeProblem.TYPO),
        (f"{CODE}/{make_code(b'relay-02')}", CodeProblem.SEVERAL),
    ],
)
def test_what_is_no_code_says_what_it_is_instead(written, problem):
    assert read_code(written).problem is problem


@given(st.text(max_size=60))
def test_no_text_whatever_makes_the_reader_fail(text):
    reading = read_code(text)

    assert bool(reading.code) != bool(reading.problem)


def test_a_mistyped_code_is_compared_with_the_known_ones():
    mistyped = CODE[:5] + ("B" if CODE[5] != "B" else "C") + CODE[6:]

    assert resembling(mistyped, [make_code(b"relay-02"), CODE]) == CODE
    assert not resembling("BCDFGHJKLMNP", [CODE])


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://p.example/r/{code}?from=mail", f"https://p.example/r/{CODE}?from=mail"),
        ("https://p.example/r", f"https://p.example/r/{CODE}"),
        ("https://p.example/r/", f"https://p.example/r/{CODE}"),
    ],
)
def test_a_link_carries_the_code_where_it_belongs(base, url):
    assert referral_url(base, CODE) == url
    assert read_code(url).code == CODE


def test_no_code_looks_like_a_forgotten_placeholder():
    triple = next(
        number.to_bytes(16, "big") for number in range(10**6) if "X" * 3 in _letters_of(number.to_bytes(16, "big"))
    )

    assert "XXX" not in make_code(triple)


def _letters_of(random_bytes):
    """The characters that these bytes stand for, before anything is avoided."""
    number, first = divmod(int.from_bytes(random_bytes, "big"), len(referral_codes._LETTERS))
    characters = [referral_codes._LETTERS[first]]
    for _ in range(10):
        number, value = divmod(number, len(referral_codes.ALPHABET))
        characters.append(referral_codes.ALPHABET[value])
    return "".join(characters)
