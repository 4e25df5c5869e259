"""Whoever has no terminal is told where on the page to do what a sentence asks for."""

import pytest

from sheets_automation.carriers import gmail_premises
from sheets_automation.core.erasure_certificate import _WAITING
from sheets_automation.core.retention import OBSTACLES

SAID = [
    *(texts for texts in OBSTACLES.values() if "relay" in texts[0]),
    (gmail_premises._MORE_IN_DOUBT.ja, gmail_premises._MORE_IN_DOUBT.en),
    _WAITING,
]


@pytest.mark.parametrize("texts", SAID)
def test_a_sentence_that_names_a_command_names_the_place_on_the_page_before_it(texts):
    ja, en = texts

    assert 0 <= ja.find("画面の「") < ja.find("relay")
    assert 0 <= en.find("in the page") < en.find("`relay")
