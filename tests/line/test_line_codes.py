import re
from urllib.parse import unquote, urlsplit

import pytest

from sheets_automation.core.line_codes import chat_url, code_in_message, is_line_code, line_code
from sheets_automation.core.refusal_codes import is_genuine, refusal_code
from sheets_automation.core.sealed_codes import CODE_LENGTH

KEY, OTHER = "k" * 40, "z" * 40
CODE = line_code("C-1", "taro@example.jp", 0, KEY)


def test_a_code_is_the_same_in_every_letter_and_proves_itself():
    assert line_code("C-1", "Taro@Example.jp", 0, KEY) == CODE
    assert is_line_code(CODE, [OTHER, KEY])
    assert not is_line_code(CODE, [OTHER])


@pytest.mark.parametrize(
    "other",
    [("C-2", "taro@example.jp", 0, KEY), ("C-1", "jiro@example.jp", 0, KEY), ("C-1", "taro@example.jp", 1, KEY)],
)
def test_another_candidate_address_or_turn_has_another_code(other):
    assert line_code(*other) != CODE


def test_a_code_for_line_refuses_no_letters_and_the_other_way_round():
    assert not is_genuine(CODE, [KEY])
    assert not is_line_code(refusal_code("taro@example.jp", KEY), [KEY])


@pytest.mark.parametrize("place", range(CODE_LENGTH))
def test_a_code_with_a_slip_of_the_finger_is_none(place):
    wrong = CODE[:place] + ("2" if CODE[place] != "2" else "3") + CODE[place + 1 :]

    assert not is_line_code(wrong, [KEY])


def test_no_code_looks_like_a_forgotten_placeholder():
    codes = [line_code(f"C-{number}", "a@example.jp", 0, KEY) for number in range(12_000)]

    assert [code for code in codes if "XXX" in code] == []
    assert all(is_line_code(code, [KEY]) for code in codes[::100])


def fullwidth(text):
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@pytest.mark.parametrize(
    "text",
    [CODE, f" {CODE}\n", f"連携コード:{CODE}", f"{CODE}です。よろしくお願いします", CODE.lower(), fullwidth(CODE)],
)
def test_a_code_is_found_however_it_was_typed(text):
    assert code_in_message(text, [KEY]) == CODE


@pytest.mark.parametrize("text", ["", "こんにちは", CODE[:-1], CODE + "2", "A" + CODE, "x" * 600 + CODE, "B" * 27])
def test_a_message_without_a_genuine_code_holds_none(text):
    assert code_in_message(text, [KEY]) == ""


def test_a_wrong_code_before_the_right_one_does_not_hide_it():
    assert code_in_message(f"{'B' * 27} {CODE}", [KEY]) == CODE


def test_a_key_that_was_replaced_still_recognises_its_codes():
    assert code_in_message(CODE, [OTHER, KEY]) == CODE


def test_the_link_opens_a_chat_and_holds_nothing_but_account_and_code():
    url = urlsplit(chat_url("@minato", CODE))

    assert (url.scheme, url.netloc) == ("https", "line.me")
    assert unquote(url.path) == "/R/oaMessage/@minato/"
    assert url.query == CODE
    assert re.fullmatch(r"[\x21-\x7e]+", url.geturl())
