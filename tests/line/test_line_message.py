import pytest

from sheets_automation.core.errors import LetterError
from sheets_automation.core.line_message import bubbles, units

JA = "本文です。"


def test_a_letter_is_one_bubble_while_it_fits():
    assert bubbles("一段落\r\n\r\n二段落\n") == ("一段落\n\n二段落",)


def test_a_long_letter_is_cut_between_paragraphs_only():
    paragraphs = [str(number) * 3000 for number in range(4)]

    assert bubbles("\n\n".join(paragraphs)) == tuple(paragraphs)


def test_paragraphs_share_a_bubble_up_to_the_last_character():
    assert len(bubbles("a" * 2499 + "\n\n" + "b" * 2499)) == 1
    assert len(bubbles("a" * 2499 + "\n\n" + "b" * 2500)) == 2


def test_a_character_outside_the_basic_plane_counts_twice():
    assert units("𠮷野家😀") == 6
    assert bubbles("😀" * 2500) == ("😀" * 2500,)
    with pytest.raises(LetterError):
        bubbles("😀" * 2500 + "a")


@pytest.mark.parametrize("text", ["a" * 5000, "\n\n".join(["a" * 5000] * 5)])
def test_five_bubbles_of_five_thousand_fit(text):
    assert "\n\n".join(bubbles(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "a" * 5001,
        "\n\n".join(["a" * 5000] * 6),
        "<!DOCTYPE html><p>本文</p>",
        "<html>本文",
        "本文</BODY>",
        "本文\x00",
        "本文\x1b[0m",
        "本文\ud800",
    ],
)
def test_what_line_would_refuse_or_show_wrongly_is_refused_here(text):
    with pytest.raises(LetterError):
        bubbles(text)


@pytest.mark.parametrize("name", ["<b>山田</b>", "<script>alert(1)</script>", "a < b && c > d", "{{7*7}}", "$"])
def test_markup_in_a_name_is_text_like_any_other(name):
    assert bubbles(f"{name} 様\n\n{JA}") == (f"{name} 様\n\n{JA}",)
