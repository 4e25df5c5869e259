"""Telephone numbers recognise a person again, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.phones import phone_key
from sheets_automation.core.table import CellError


@pytest.mark.parametrize(
    "cell",
    [
        "090-1234-5678",
        "09012345678",
        "090 1234 5678",
        "(090)1234-5678",
        "090(1234)5678",
        "090‐1234‐5678",
        "090ー1234ー5678",
        "090−1234−5678",
        "090.1234.5678",
        "０９０－１２３４－５６７８",
        "+81-90-1234-5678",
        "＋81 90 1234 5678",
        "+81 (0)90 1234 5678",
        "+81 090 1234 5678",
        "+81 00 90 1234 5678",
        "0081 90 1234 5678",
        "010-81-90-1234-5678",
        9012345678,
        9012345678.0,
        "9012345678",
        "'090-1234-5678",
        "TEL: 090-1234-5678",
        "090-1234-5678 内線12",
        "090-1234-5678 ext. 12",
        "090-1234-5678 x12",
        "090-1234-5678 / 03-1234-5678",
        "090-1234-5678\n03-1234-5678",
    ],
)
def test_one_number_in_every_spelling_is_one_key(cell):
    assert phone_key(cell) == "+819012345678"


@pytest.mark.parametrize(
    ("cell", "key"),
    [("03-1234-5678", "+81312345678"), (312345678, "+81312345678"), ("+1 202 555 0123", "+12025550123")],
)
def test_landlines_and_foreign_numbers_are_keys_too(cell, key):
    assert phone_key(cell) == key


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "'",
        "なし",
        "-",
        "1234-5678",
        "000-0000-0000",
        "090-0000-0000",
        "110",
        True,
        CellError("#N/A"),
        "090-1234-56789",
    ],
)
def test_what_identifies_nobody_is_empty(cell):
    assert phone_key(cell) == ""


@given(st.one_of(st.text(), st.integers(), st.floats()))
def test_a_key_is_digits_with_a_plus_and_is_its_own_key(cell):
    key = phone_key(cell)

    assert key == "" or (key[0] == "+" and key[1:].isdigit())
    assert phone_key(key) == key
