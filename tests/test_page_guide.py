"""The guides to the page say what the page says: its words, and each place of its menu."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDES = {"ja": "page.ja.md", "en": "page.md"}


def guide(language):
    return (ROOT / "docs" / GUIDES[language]).read_text(encoding="utf-8")


def words(language):
    """All words of the page by key; of one that counts, those for many."""
    sources = sorted((ROOT / "sheets_automation/service/page").glob(f"words_*{language}.js"))
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    plain = dict(re.findall(r'^  "([\w.]+)": "(.*)",$', text, re.MULTILINE))
    return plain | dict(re.findall(r'^  "([\w.]+)": \{.* other: "(.*)" \},$', text, re.MULTILINE))


def places(language):
    return {k: word for k, word in words(language).items() if k.endswith(".place") and k != "follow_up_line.place"}


def in_words_of_the_page(said, language):
    """Whether the page says this, with some number where it leaves one open."""
    patterns = (re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(word)) for word in words(language).values())
    return any(re.fullmatch(pattern, said) for pattern in patterns)


@pytest.mark.parametrize(
    ("language", "said"),
    [(one, said) for one in GUIDES for said in sorted(set(re.findall(r"\*\*([^*]+?)\*\*", guide(one))))],
)
def test_what_a_guide_prints_in_bold_is_what_the_page_says(language, said):
    assert in_words_of_the_page(" ".join(said.split()), language)


@pytest.mark.parametrize(("language", "place"), [(one, place) for one in GUIDES for place in places(one)])
def test_every_place_of_the_menu_has_its_section(language, place):
    text, name = guide(language), places(language)[place]

    headings = " ".join(re.findall(r"^## (.*)$", text, re.MULTILINE))

    assert name.lower() in headings.lower() or f"**{name}**" in text


def test_both_guides_have_the_same_sections_and_pictures_of_the_same_things():
    shapes = [
        [
            re.sub(r"^#+|_en(?=\.png)", "", one)
            for one in re.findall(r"^#+(?= )|images/\w+\.png", guide(language), re.MULTILINE)
        ]
        for language in GUIDES
    ]

    assert shapes[0] == shapes[1]
