"""Each letter as the person reads it: in programs that drop much of HTML, at night, on a telephone, as plain text."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.reading.letters import FILES, letter
from tests.reading.mail_programs import CAN_DO_WITHOUT, ELEMENTS, PROPERTIES, facts

every_letter = pytest.mark.parametrize("path", FILES, ids=str)
ATTRIBUTES = {"style", "class", "href", "lang", "charset", "name", "content", "value"}
CONTRAST = """(() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (one) => {
    const colour = parts(getComputedStyle(one).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? behind(one.parentElement) : colour;
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 21;
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    const one = texts.currentNode.parentElement;
    least = Math.min(least, ratio(light(parts(getComputedStyle(one).color)), light(behind(one))));
  }
  const isWide = document.documentElement.scrollWidth > innerWidth;
  return { least, paper: light(behind(document.querySelector('.paper'))), isWide };
})()"""


class Markup(HTMLParser):
    """Elements, attributes and styles of a page."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.attributes, self.styles, self.links, self.comments = set(), set(), [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name == "style":
                self.styles.append(value)
            if name == "href":
                self.links.append(value)

    def handle_comment(self, data):
        self.comments.append(data)


def properties_of(styles):
    return {one.partition(":")[0].strip() for style in styles for one in style.split(";") if one.strip()}


def rules_of(html):
    """The properties of the sheet in the head."""
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    return properties_of(re.findall(r"\{([^{}]*)\}", sheet))


@every_letter
def test_a_letter_uses_nothing_of_html_and_css_but_what_we_know_about(path):
    markup = Markup(letter(path).html)

    assert markup.elements <= set(ELEMENTS)
    assert properties_of(markup.styles) | rules_of(letter(path).html) <= set(PROPERTIES)
    assert {name for _, name in markup.attributes} <= ATTRIBUTES
    assert {comment.split("]")[0] for comment in markup.comments} <= {"[if mso"}


def test_whatever_a_mail_program_lacks_the_letter_can_do_without():
    lacking = {feature for feature, programs in facts().items() if set(programs.values()) != {"y"}}

    assert lacking == set(CAN_DO_WITHOUT)


def test_the_sheet_in_the_head_changes_nothing_but_colours():
    html = letter(FILES[0]).html

    assert rules_of(html) <= {"color", "background", "border-color", "color-scheme"}
    assert len(re.findall(r"<style>.*?</style>", html, re.DOTALL)[0]) < 16_000  # Gmail drops a longer one


@every_letter
def test_the_plain_text_says_all_that_the_page_says_and_shows_no_markup(path):
    one = letter(path)
    markup = Markup(one.html)

    assert not re.search(r"</?[a-z]+[ >]|\*\*|\]\(|&[a-z]+;|\n{4,}", one.text)
    assert all(unescape(link).removeprefix("mailto:") in one.text for link in markup.links)
    assert one.text.splitlines()[0].strip()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_letter_is_read_on_a_telephone_by_day_and_by_night(tab, tmp_path, mode):
    tab.open("about:blank")
    tab.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": mode}])
    found = {}
    for path in FILES:
        page = tmp_path / f"{path.name}.html"
        page.write_text(letter(path).html)
        tab.call("Page.navigate", url=page.as_uri())
        tab.evaluate("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))")
        found[path.name] = tab.evaluate(CONTRAST)

    assert [name for name, one in found.items() if one["least"] < 4.5 or one["isWide"]] == []  # WCAG AA
    assert all((one["paper"] < 0.1) == (mode == "dark") for one in found.values()), json.dumps(found)
