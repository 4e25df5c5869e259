"""axe-core looks at every place of the page, in both languages, narrow and wide, light and dark."""

from importlib.resources import files

import pytest

PLACES = ("plan", "letters", "send", "result", "settle", "credits", "analysis", "rediscover", "tags", "import", "check")
SCREENS = [
    {"width": 1280, "height": 900, "language": "ja"},
    {"width": 300, "height": 720, "language": "ja", "dark": True},
    {"width": 1280, "height": 900, "language": "en", "dark": True},
    {"width": 300, "height": 720, "language": "en"},
]
WIDTHS = (280, 300, 375, 520, 760, 1280)
LOOK = (
    "axe.run(document, { iframes: false, "
    "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
    ".then(({ violations }) => violations.map(({ id, impact, nodes }) => "
    "[impact, id, nodes.map(one => one.html).slice(0, 3)]))"
)


def axe_finds(visitor):
    """What axe-core finds; it is evaluated beside the page, which could not load it."""
    if not visitor.evaluate("'axe' in globalThis"):
        visitor.evaluate(f"{AXE}; 0")
    return visitor.evaluate(LOOK)


AXE = files("axe_core_python").joinpath("axe.min.js").read_text()


@pytest.mark.parametrize("screen", SCREENS, ids=["wide ja", "narrow ja dark", "wide en dark", "narrow en"])
def test_axe_finds_nothing_in_any_place(visitor, standing, screen):
    visitor.visit(standing().url, **screen)

    found = {}
    for place in PLACES:
        visitor.goes_to(place)
        visitor.settles()
        found[place] = axe_finds(visitor)

    assert found == {place: [] for place in PLACES}


@pytest.mark.parametrize("width", [300, 1280])
def test_axe_finds_nothing_before_while_and_after_letters_leave(visitor, standing, width):
    stand_in = standing()
    stand_in.plan["guard"] = {"expect": 24, "text": "ふだんより多い通数です。"}
    stand_in.pause = 0.5
    visitor.visit(f"{stand_in.url}#send", width=width)
    visitor.types("#expect", "24")
    found = [axe_finds(visitor)]

    visitor.press_button("24 通を送る")
    found.append(axe_finds(visitor))
    visitor.press_button("24 通を送る")
    visitor.sees("送っています")
    found.append(axe_finds(visitor))
    visitor.sees("24 通を送りました")
    found.append(axe_finds(visitor))
    visitor.press_button("結果を見る")
    visitor.settles()
    found.append(axe_finds(visitor))

    assert found == [[], [], [], [], []]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_place_scrolls_sideways_at_any_width(visitor, standing, language):
    visitor.visit(standing().url, language=language)

    wider = []
    for width in WIDTHS:
        visitor.screen(width, 900)
        for place in PLACES:
            visitor.goes_to(place)
            visitor.settles()
            is_wider = visitor.evaluate("document.documentElement.scrollWidth > innerWidth")
            wider += [(width, place)] if is_wider else []

    assert wider == []
