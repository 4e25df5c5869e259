"""A plan of thousands: what is built, and what is asked of the browser, does not grow with it."""

from tests.page.joined import BRIDGE, joined_script

ELEMENTS = "document.querySelectorAll('*').length"


def opened_beside_the_sheet(visitor, stand_in, number):
    visitor.visit(f"{stand_in.url}sidebar", width=300, height=720, awaits="body")
    visitor.evaluate(f"{BRIDGE}; {joined_script()}; 0")
    visitor.sees(f"{number} 通を送れます")
    visitor.settles()


def elements_of(visitor, stand_in, number):
    """How many there are at first, in the middle of the list, and when a search has found everybody."""
    opened_beside_the_sheet(visitor, stand_in, number)
    counts = [visitor.evaluate(ELEMENTS)]
    visitor.evaluate("scrollTo({ top: document.querySelector('.windowed').offsetTop + 9000, behavior: 'instant' })")
    visitor.until("document.querySelector('[data-id=C-00150]')")
    counts.append(visitor.evaluate(ELEMENTS))
    visitor.types("#search", "example.com")
    visitor.until("document.querySelectorAll('details[open]').length === 7")
    visitor.settles()
    return [*counts, visitor.evaluate(ELEMENTS)]


def test_five_thousand_letters_beside_the_sheet_build_no_more_than_three_hundred(visitor, standing):
    few = elements_of(visitor, standing(letters=300), "300")

    many = elements_of(visitor, standing(letters=5000), "5,000")

    assert many == few


def test_the_height_of_a_row_is_asked_for_once_and_not_for_each_row_that_comes_into_view(visitor, standing):
    opened_beside_the_sheet(visitor, standing(letters=5000), "5,000")
    visitor.evaluate(
        "(ask => { window.asked = 0; window.getComputedStyle = (...of) => { asked += 1; return ask(...of); }; })"
        "(getComputedStyle.bind(window))"
    )

    visitor.evaluate("document.querySelector('#left-out').scrollIntoView({ behavior: 'instant' })")
    visitor.until("document.querySelector('[data-id=C-05000]')")

    rows = visitor.evaluate("document.querySelectorAll('.windowed > li').length")
    assert visitor.evaluate("asked") < rows / 3
