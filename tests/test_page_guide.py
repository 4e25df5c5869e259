"""The guide to the page says what the page says: its words, and each place of its menu."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "page.ja.md").read_text(encoding="utf-8")
WORDS = dict(
    re.findall(
        r'^  "([\w.]+)": "(.*)",$',
        "".join(path.read_text() for path in (ROOT / "sheets_automation/service/page").glob("words_*ja.js")),
        re.MULTILINE,
    )
) | {"shell.other_language": "English"}
PLACES = {key: word for key, word in WORDS.items() if key.endswith(".place") and key != "follow_up_line.place"}


def in_words_of_the_page(said):
    """Whether the page says this, with some number where it leaves one open."""
    return any(re.fullmatch(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(word)), said) for word in WORDS.values())


@pytest.mark.parametrize("said", sorted(set(re.findall(r"\*\*(.+?)\*\*", GUIDE))))
def test_what_the_guide_prints_in_bold_is_what_the_page_says(said):
    assert in_words_of_the_page(said)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_the_menu_has_its_section(place):
    headings = " ".join(re.findall(r"^## (.*)$", GUIDE, re.MULTILINE))

    assert PLACES[place] in headings or f"**{PLACES[place]}**" in GUIDE
