"""What stands in an answer stays text, a letter stays in its frame, and nothing is fetched from elsewhere."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sheets_automation.service.app import POLICY as SERVED_POLICY
from tests.page.stand_in import POLICY

PLACES = ("plan", "letters", "send", "result", "settle", "credits", "analysis", "check")
KEPT = {
    "id",
    "plan",
    "severity",
    "state",
    "kind",
    "mode",
    "started_from",
    "words",
    "month",
    "made_at",
    "opens_at",
    "at",
    "on",
    "language",
    "template",
}
"""Fields whose value is one of a few words, a date, or what the other answers must agree on."""
POSITION = "document.querySelector('.position').innerText"
BREAK_OUT = (
    # Out of an element; out of a script, a style or a template; out of an attribute.
    "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script> "
    "</script></style></template><svg onload=\"document.title='broken'\">"
    "<iframe srcdoc='<script>top.document.title=1</script>'> "
    "\"><a id=main href=javascript:document.title='broken' autofocus onfocus=document.title='broken'>x</a>"
)


@pytest.fixture
def elsewhere():
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


def poisoned(answer, text):
    """The same answer with the text in every field that holds words."""
    if isinstance(answer, dict):
        return {key: value if key in KEPT else poisoned(value, text) for key, value in answer.items()}
    if isinstance(answer, list):
        return [poisoned(one, text) for one in answer]
    return text if isinstance(answer, str) else answer


def is_about_a_handler(complaint):
    """Whether the browser says that it did not run what stands in a hostile letter's attribute."""
    return "inline event handler violates" in complaint.get("entry", {}).get("text", "")


def pause(visitor):
    """Give the browser time to do what it must not."""
    visitor.evaluate("new Promise(done => setTimeout(done, 200))")


def test_nothing_in_any_field_of_any_answer_becomes_more_than_text(visitor, standing):
    typed = BREAK_OUT
    stand_in = standing(letters=6)
    for call, answer in stand_in.said.items():
        if isinstance(answer, dict | list):
            stand_in.said[call] = poisoned(answer, typed)
    stand_in.plan["problems"] = [{"name": typed, "text": typed, "stops": False}]
    letters = stand_in.letters
    stand_in.said["POST /api/letters"] = lambda asked: poisoned(letters(asked), typed)
    visitor.visit(stand_in.url)

    for place in PLACES:
        visitor.goes_to(place)
        visitor.settles()
        pause(visitor)
        title = visitor.evaluate("document.title")
        assert title.endswith(typed), place
        assert (
            visitor.evaluate(
                "document.querySelectorAll('main script, main img, [onerror], [onload], [onfocus]').length"
            )
            == 0
        )
        assert visitor.evaluate("document.querySelectorAll('iframe').length") == (place == "letters")
        assert (
            visitor.evaluate("[...document.querySelectorAll('a')].filter(one => one.protocol === 'javascript:').length")
            == 0
        )
    assert typed in visitor.evaluate("document.body.innerText")
    assert [one for one in visitor.page.complaints if not is_about_a_handler(one)] == []


def test_a_refusal_is_text_too(visitor, standing):
    typed = BREAK_OUT
    stand_in = standing()
    stand_in.refuse("GET /api/plan", typed, typed)

    visitor.visit(stand_in.url)
    visitor.until(f"document.querySelector('[role=alert]')?.innerText.includes({json.dumps(typed)})")
    pause(visitor)

    assert visitor.evaluate("document.title").startswith("キャリアリレー")


def test_a_link_of_an_answer_leads_to_a_safe_page_or_is_none(visitor, standing):
    unsafe = (
        "javascript:alert(1)",
        "data:text/html,<script>1</script>",
        "http://x.example/",
        "//x.example",
        "file:///etc",
    )
    stand_in = standing(letters=len(unsafe) + 1)
    for letter, link in zip(stand_in.plan["letters"], (*unsafe, "https://docs.google.com/x"), strict=True):
        letter["link"] = link

    visitor.visit(stand_in.url)
    visitor.sees("行 5")

    tags = visitor.evaluate("[...document.querySelectorAll('#going .where')].map(one => one.tagName)")
    assert tags == ["SPAN"] * len(unsafe) + ["A"]


LETTER = (
    '<base href="{0}/base/"><meta http-equiv="refresh" content="0;url={0}/refresh">'
    '<link rel="stylesheet" href="{0}/style">'
    '<link rel="prefetch" href="{0}/prefetch"><style>@import "{0}/import"; body {{ background: url({0}/css) }}</style>'
    '<p style="background: url({0}/attribute)">x</p><img src="{0}/pixel" srcset="{0}/pixel2 2x">'
    '<iframe src="{0}/frame"></iframe>'
    '<object data="{0}/object"></object><video src="{0}/video" poster="{0}/poster" autoplay></video>'
    '<script src="{0}/script"></script><table background="{0}/table"></table><svg><image href="{0}/svg"/></svg>'
)


def test_a_letter_fetches_nothing_when_it_is_shown(visitor, standing, elsewhere):
    stand_in = standing(letters=2)
    letters = stand_in.letters
    html = LETTER.format(elsewhere.url)
    stand_in.said["POST /api/letters"] = lambda asked: {
        "letters": [one | {"html": html} for one in letters(asked)["letters"]]
    }

    visitor.visit(f"{stand_in.url}#letters")
    visitor.until("document.querySelector('iframe.letter')")
    pause(visitor)

    assert elsewhere.asked == []
    assert [call for call, _ in stand_in.asked if not call.startswith(("GET /api", "POST /api"))] == []


WAYS_OUT = [
    '<a href="{0}/r" style="position:fixed;inset:0">紹介</a>',
    '<a href="{0}/r" ping="{0}/ping" target=_top style="position:fixed;inset:0">紹介</a>',
    '<svg style="position:fixed;inset:0"><a xlink:href="{0}/r"><rect width="999" height="999"/></a></svg>',
    '<div><template shadowrootmode=open><a href="{0}/r" style="position:fixed;inset:0">紹介</a></template></div>',
    '<form action="{0}/r"><button style="position:fixed;inset:0">紹介</button></form>',
    (
        '<map name=m><area href="{0}/r" shape=default></map><img usemap=#m '
        'src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" style="position:fixed;inset:0;width:100%;height:100%">'
    ),
]


def test_a_click_in_a_letter_never_counts_as_the_candidates_own(visitor, standing, elsewhere):
    stand_in = standing(letters=len(WAYS_OUT))
    letters = stand_in.letters
    ways = {f"C-{n:05}": way.format(elsewhere.url) for n, way in enumerate(WAYS_OUT, 1)}
    stand_in.said["POST /api/letters"] = lambda asked: {
        "letters": [one | {"html": ways[one["id"]]} for one in letters(asked)["letters"]]
    }
    visitor.visit(f"{stand_in.url}#letters")

    for place in range(1, len(ways) + 1):
        visitor.until(f"{POSITION} === '{place} / {len(ways)}' && !document.querySelector('.paper[aria-busy]')")
        pause(visitor)  # a click before the frame is painted would hit nothing
        for button, modifiers in (("middle", 0), ("left", 2), ("left", 0)):
            click_into_the_letter(visitor, button, modifiers)
            pause(visitor)
        visitor.evaluate("document.querySelector('.step:last-child').click()")

    assert elsewhere.asked == []


def click_into_the_letter(visitor, button, modifiers):
    box = visitor.evaluate("JSON.parse(JSON.stringify(document.querySelector('iframe').getBoundingClientRect()))")
    spot = {"x": box["x"] + 60, "y": box["y"] + 60, "button": button, "clickCount": 1, "modifiers": modifiers}
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        visitor.page.call("Input.dispatchMouseEvent", type=kind, **spot)


def test_no_script_of_the_page_can_write_html_but_through_the_policy_of_the_frame(visitor, standing):
    visitor.visit(standing().url)

    refused = visitor.evaluate(
        "(() => { try { document.querySelector('main').innerHTML = '<b>x</b>' } catch { return true } return false })()"
    )

    assert refused


def test_the_whole_page_speaks_to_nobody_but_the_service_and_breaks_no_policy(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)

    for place in PLACES:
        visitor.goes_to(place)
        visitor.settles()
    loaded = visitor.evaluate("performance.getEntriesByType('resource').map(one => one.name)")

    assert [address for address in loaded if not address.startswith(stand_in.url)] == []
    assert visitor.page.complaints == []


def test_the_tests_hold_the_page_to_the_policy_that_the_service_sends():
    assert POLICY == SERVED_POLICY


def test_no_name_and_no_address_is_kept_in_the_browser(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#letters")
    visitor.until("document.querySelector('iframe.letter')")
    visitor.goes_to("send")
    visitor.press_button("24 通を送る")
    visitor.press_button("24 通を送る")
    visitor.sees("24 通を送りました")

    kept = visitor.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")

    assert "signed" in kept
    assert "佐藤" not in kept
    assert "example.com" not in kept
