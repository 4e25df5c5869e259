"""The page at the width of a sidebar: what is read there gets the whole width, and the letter the room."""

import pytest

SIDEBAR = {"width": 300, "height": 720}
SCREEN = 300


def widths(visitor, selector):
    return visitor.evaluate(
        f"[...document.querySelectorAll({selector!r})].map(one => one.getBoundingClientRect().width)"
    )


@pytest.mark.parametrize(
    ("place", "selector"),
    [
        ("check", ".view-check .why"),
        ("analysis", ".definitions th > div"),
        ("settle", ".doubts .why"),
        ("tags", ".doubts .why"),
    ],
)
def test_a_sentence_has_the_width_of_its_card_and_not_of_a_column(visitor, standing, place, selector):
    visitor.visit(f"{standing().url}#{place}", **SIDEBAR)
    visitor.until(f"document.querySelector({selector!r})")

    assert min(widths(visitor, selector)) > SCREEN * 0.7


def test_a_letter_has_the_whole_width_and_no_menu_stands_in_its_way(visitor, standing):
    visitor.visit(f"{standing().url}#letters", **SIDEBAR)
    visitor.until("document.querySelector('iframe.letter')")

    visitor.evaluate("document.querySelector('iframe.letter').scrollIntoView({ behavior: 'instant', block: 'end' })")

    assert widths(visitor, "iframe.letter") == [SCREEN]
    assert visitor.evaluate("document.querySelector('.places').getBoundingClientRect().bottom") < 0
    assert visitor.evaluate("document.querySelector('.bar').getBoundingClientRect().top") >= 0


def test_a_letter_as_text_is_read_by_scrolling_the_page_and_not_a_box_in_it(visitor, standing):
    visitor.visit(f"{standing().url}#letters", **SIDEBAR)
    visitor.click("input[value=text]")
    visitor.until("document.querySelector('pre.letter')")

    assert visitor.evaluate("(box => box.scrollHeight <= box.clientHeight)(document.querySelector('pre.letter'))")
