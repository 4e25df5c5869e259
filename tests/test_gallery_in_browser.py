"""The gallery page in a real browser: what people can do with it, and what a hostile letter can not."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sheets_automation.gallery import Bilingual, GalleryLetter, GallerySummary, build_gallery
from tests.chromium import browser

SUMMARY = GallerySummary(
    workbook="採用管理表.xlsx",
    sender="採用担当 <saiyo@minato.example>",
    made_at="2026-11-24 10:00",
    state=Bilingual(ja="まだ送っていません", en="Nothing has been sent"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def show(page, tmp_path):
    def show(*letters):
        path = tmp_path / "gallery.html"
        build_gallery(path, letters, [], SUMMARY)
        page.open(path.as_uri())
        return page

    return show


@pytest.fixture
def web():
    """A web server that remembers what it was asked for."""
    asked = []

    class Remember(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Remember)
    server.asked = asked
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def a_letter(number, **changes):
    facts = {
        "candidate_id": f"C-{number:04d}",
        "row": number + 4,
        "name": f"候補者 {number}号",
        "address": f"person{number}@example.com",
        "opening": "品質管理",
        "template": Bilingual(ja="標準", en="standard.ja"),
        "subject": f"選考結果のご連絡 {number}",
        "text": f"候補者 {number}号様",
        "html": f"<p>候補者 {number}号様</p>",
    }
    return GalleryLetter(**facts | changes)


def pause(page):
    """Give the browser time to do what it must not."""
    page.evaluate("new Promise(done => setTimeout(done, 300))")


def type_into(page, selector, text):
    page.evaluate(f"document.querySelector({selector!r}).value = {text!r}")
    page.evaluate(f"document.querySelector({selector!r}).dispatchEvent(new Event('input'))")


def test_the_first_letter_stands_open_in_a_sandbox(show):
    page = show(a_letter(1), a_letter(2))

    assert page.text("#subject") == "選考結果のご連絡 1"
    assert page.evaluate("document.querySelector('iframe').getAttribute('sandbox')") == ""
    assert "<p>候補者 1号様</p>" in page.evaluate("document.querySelector('iframe').srcdoc")
    assert page.complaints == []


def test_the_arrow_keys_walk_through_all_letters_and_stop_at_both_ends(show):
    page = show(a_letter(1), a_letter(2), a_letter(3))

    walk = []
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.press(key)
        walk.append((page.text("#position"), page.text("#subject")[-1]))

    assert walk == [("1 / 3", "1"), ("2 / 3", "2"), ("3 / 3", "3"), ("3 / 3", "3"), ("2 / 3", "2")]


def test_search_finds_text_in_any_width_and_the_keys_walk_through_what_was_found(show):
    page = show(a_letter(1), a_letter(2, text="ＡＢＣ株式会社"), a_letter(3, text="abc"))

    type_into(page, "#search", "abc")
    page.evaluate("document.querySelector('#next').click()")

    assert page.text("#found") == "2"
    assert page.text("#position") == "2 / 2"
    assert page.text("#subject") == "選考結果のご連絡 3"


def test_filters_by_letter_and_opening_combine_and_may_find_nothing(show):
    page = show(a_letter(1, opening="営業"), a_letter(2, template=Bilingual(ja="標準(英語)", en="standard.en")))

    type_into(page, "#template", "standard.en")
    found = page.text("#found")
    type_into(page, "#opening", "営業")

    assert found == "1"
    assert page.text("#found") == "0"
    assert page.evaluate("document.querySelector('#paper').hidden")
    assert page.text("#nothing") == "当てはまる文面はありません。"


def test_the_text_version_is_one_switch_away_and_stays_for_the_next_letter(show):
    page = show(a_letter(1), a_letter(2, text="二通目\n<b>本文</b>"))

    page.evaluate("document.querySelector('[value=text]').click()")
    page.evaluate("document.querySelector('#next').click()")

    assert page.text("#stage pre") == "二通目\n<b>本文</b>"


def test_the_language_switches_without_losing_the_place(show):
    page = show(a_letter(1), a_letter(2))
    page.evaluate("document.querySelector('#next').click()")

    page.evaluate("document.querySelector('#language').click()")

    assert page.text("h1") == "All letters"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.text("#position") == "2 / 2"


def test_a_letter_and_the_choices_are_named_in_the_language_of_the_page(show):
    page = show(a_letter(1))
    choices = "[...document.querySelectorAll('#template option')].map(option => option.textContent).join()"
    japanese = page.text("#by"), page.evaluate(choices)

    page.evaluate("document.querySelector('#language').click()")

    assert japanese == ("標準", "すべて,標準")
    assert (page.text("#by"), page.evaluate(choices)) == ("standard.ja", "All,standard.ja")


def test_an_address_of_the_page_can_point_at_one_letter(show):
    page = show(a_letter(1), a_letter(2, candidate_id="採用/2%"))

    here = page.evaluate("document.querySelector('#next').click(); location.href")
    page.open("about:blank")
    page.open(here)

    assert page.text("#position") == "2 / 2"


def test_all_letters_are_printed_and_only_one_is_in_a_frame(show):
    page = show(*(a_letter(n) for n in range(1, 1001)))

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.evaluate("document.querySelectorAll('#list button').length") == 1000
    assert page.evaluate("document.querySelectorAll('#print article').length") == 1000
    assert page.evaluate("document.querySelectorAll('iframe').length") == 1


def test_every_control_has_a_name_for_screen_readers(show):
    page = show(a_letter(1))

    nodes = page.call("Accessibility.getFullAXTree")["nodes"]

    controls = [
        n for n in nodes if n.get("role", {}).get("value") in {"button", "link", "searchbox", "combobox", "radio"}
    ]
    assert len(controls) > 10
    assert [n for n in controls if not n.get("name", {}).get("value", "").strip()] == []


CTRL = 2
BREAK_OUT = (
    "</script><script>top.document.title='broken'</script>",
    "\"></iframe><script>document.title='broken'</script>",
    "<!--<script>--></script><img src=x onerror=\"document.title='broken'\">",
    "</pre></template></textarea><svg onload=\"document.title='broken'\">",
    "<a id=letters href=javascript:top.document.title='broken'>x</a><form id=bodies></form>",
)


@pytest.mark.parametrize("typed", BREAK_OUT)
def test_nothing_in_a_letter_gets_out_of_its_frame(show, typed):
    fields = dict.fromkeys(("candidate_id", "name", "address", "opening", "subject", "text", "html"), typed)
    both = Bilingual(ja=typed, en=typed)
    page = show(a_letter(1, **fields, template=both, notes=(both,)), a_letter(2))

    for view in ("phone", "text", "wide"):
        page.evaluate(f"document.querySelector('[value={view}]').click()")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    pause(page)

    assert page.evaluate("document.title") == "文面の一覧 – 採用管理表.xlsx"
    assert page.evaluate("document.querySelectorAll('img, svg, template, form, script').length") == 2
    assert page.text("#subject") == " ".join(typed.split())
    page.press("ArrowRight")
    assert page.text("#position") == "2 / 2"


def test_a_letter_fetches_nothing_when_it_is_shown(show, web):
    html = (
        f'<base href="{web.url}/base/"><meta http-equiv="refresh" content="0;url={web.url}/refresh">'
        f'<link rel="stylesheet" href="{web.url}/style"><link rel="prefetch" href="{web.url}/prefetch">'
        f'<style>@import "{web.url}/import"; body {{ background: url({web.url}/css) }}</style>'
        f'<img src="{web.url}/pixel"><iframe src="{web.url}/frame"></iframe><object data="{web.url}/object"></object>'
        f'<video src="{web.url}/video" autoplay></video><script src="{web.url}/script"></script>'
    )

    pause(show(a_letter(1, html=html)))

    assert web.asked == []


def click_the_letter(page, *, button="left", modifiers=0):
    box = page.evaluate("JSON.parse(JSON.stringify(document.querySelector('iframe').getBoundingClientRect()))")
    spot = {"x": box["x"] + 50, "y": box["y"] + 50, "button": button, "clickCount": 1, "modifiers": modifiers}
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, **spot)
    pause(page)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="{0}/r" style="position:fixed;inset:0">紹介</a>',
        '<a href="{0}/r" ping="{0}/ping" target=_top style="position:fixed;inset:0">紹介</a>',
        '<svg style="position:fixed;inset:0"><a xlink:href="{0}/r"><rect width="999" height="999"/></a></svg>',
        '<div><template shadowrootmode=open><a href="{0}/r" style="position:fixed;inset:0">紹介</a></template></div>',
        '<form action="{0}/r"><button style="position:fixed;inset:0">紹介</button></form>',
        '<meta http-equiv="refresh" content="0;url={0}/r">',
    ],
    ids=["link", "link with a ping", "drawn link", "shadow", "form", "refresh"],
)
def test_a_click_in_a_letter_never_counts_as_the_candidates_own(show, web, link):
    page = show(a_letter(1, html=link.format(web.url)))
    pause(page)  # a click before the frame is painted would hit nothing

    click_the_letter(page, button="middle")
    click_the_letter(page, modifiers=CTRL)
    click_the_letter(page)

    assert web.asked == []
    assert page.text("#subject") == "選考結果のご連絡 1"


def test_a_link_keeps_its_looks_and_tells_its_address(show):
    page = show(a_letter(1, html='<a href="https://relay.example/r/CODE" style="color:#123456">紹介</a>'))

    frame = page.evaluate("document.querySelector('iframe').srcdoc")

    assert 'title="https://relay.example/r/CODE"' in frame
    assert "text-decoration: underline; color:#123456" in frame
