"""The pages for people, in a real browser on a telephone."""

import time
from contextlib import suppress

import pytest

from sheets_automation.service.public_pages import PublicPage, page, preferred
from tests.chromium import browser
from tests.public.links_house import a_code, refusal_link, served

LINK = refusal_link()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as chromium:
        yield chromium


@pytest.fixture
def phone(chromium, house):
    """A narrow screen; `open` shows a page of the house."""

    def show(path, width=320, height=640):
        chromium.complaints.clear()
        chromium.open("about:blank")
        agent = chromium.evaluate("navigator.userAgent")
        chromium.call("Network.setUserAgentOverride", userAgent=agent, acceptLanguage="ja,en;q=0.5")
        size = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        chromium.call("Emulation.setDeviceMetricsOverride", **size)
        chromium.call("Page.navigate", url=f"http://127.0.0.1:{house.port}{path}")
        assert shows(chromium, "saiyo@minato.example")
        return chromium

    return show


def shows(chromium, text, seconds=60):
    """Whether the page says so, once it is there."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with suppress(AssertionError):  # it is just on its way to another page
            if text in chromium.text("body"):
                return True
        time.sleep(0.05)
    return False


def test_one_touch_of_the_button_refuses(phone, house):
    shown = phone(LINK)
    assert shows(shown, "停止しますか")
    assert house.refusals == []

    shown.evaluate("void setTimeout(() => document.querySelector('button').click())")

    assert shows(shown, "停止を受け付けました")
    assert house.refusals == [LINK.removeprefix("/u/")]


@pytest.mark.parametrize("width", [280, 320, 390, 1280])
def test_a_page_fits_the_screen_and_the_button_a_thumb(phone, width):
    shown = phone(LINK, width)

    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.evaluate("document.querySelector('button').getBoundingClientRect().height") >= 44


@pytest.mark.parametrize("path", [LINK, "/u/nothing", "/r/nothing"])
def test_the_browser_has_nothing_to_complain_about(phone, path):
    shown = phone(path)

    ours = [one for one in shown.complaints if "favicon" not in str(one) and "404" not in str(one)]
    assert ours == []
    assert shown.evaluate("getComputedStyle(document.querySelector('main')).borderRadius") == "12px"


def test_no_script_runs_in_a_page_whatever_the_configuration_says(chromium, tmp_path):
    hostile = '<script>document.title="owned"</script><img src=x onerror=document.title="owned">'
    with served(tmp_path, company=hostile, contact=hostile) as house:
        chromium.open(f"http://127.0.0.1:{house.port}{LINK}")

        assert "owned" not in chromium.evaluate("document.title")
        assert chromium.evaluate("document.querySelectorAll('script, img').length") == 0
        assert hostile in chromium.text("main")


def test_a_page_speaks_the_language_of_the_visitor(visitor):
    japanese, english = (visitor.ask(LINK, Accept_Language=one) for one in ("ja,en;q=0.5", "en-GB,en;q=0.9,ja;q=0.1"))

    assert '<html lang="ja">' in japanese.body
    assert "停止する" in japanese.body
    assert '<html lang="en">' in english.body
    assert "Stop" in english.body


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "ja"),
        ("ja", "ja"),
        ("en", "en"),
        ("fr,de", "en"),
        ("fr, ja;q=0.3", "ja"),
        ("en;q=0.3, ja;q=0.8", "ja"),
        ("ja;q=x, en;q=0.1", "en"),
        ("JA-jp", "ja"),
        ("," * 500, "en"),
    ],
)
def test_whichever_the_browser_puts_first_is_spoken(accepted, language):
    assert preferred(accepted) == language


@pytest.mark.parametrize("which", PublicPage)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_names_the_company_and_whom_to_ask(which, language):
    shown = page(which, language, "株式会社みなと製作所", "saiyo@minato.example")

    assert "株式会社みなと製作所" in shown
    assert "saiyo@minato.example" in shown
    assert "<title>" in shown
    assert "<wbr>" not in shown.partition("</title>")[0]


def test_a_page_is_small(visitor):
    assert max(len(visitor.ask(path).body) for path in (LINK, "/u/nothing", f"/r/{a_code()[:-1]}")) < 4000
