"""A person at the page: looks at a screen of some size, clicks what can be seen, types, waits for what shall appear."""

import base64
import json
import time
from itertools import count

PATIENCE = 60
_CLICKS = 5
"""Seconds after which something that does not appear is a failure; how long it took is no matter here."""


class Visitor:
    """Drives one tab of the browser."""

    def __init__(self, page):
        self.page = page
        self.requests = []

    def visit(self, url, *, width=1280, height=900, dark=False, language="ja", awaits="main h1"):
        """Open the address as new, with nothing remembered of earlier visits."""
        self._leave()
        self.screen(width, height, dark=dark)
        script = self.page.call("Page.addScriptToEvaluateOnNewDocument", source=_once(language))
        self.page.memory = script["identifier"]
        self.page.call("Page.navigate", url=url)
        self.until(f"document.querySelector({json.dumps(awaits)})")

    # One tab for all visits: a tab of its own for each costs more than the visit.
    def _leave(self):
        if not self.page._session:
            self.page.open("about:blank")
            return
        if self.evaluate("Boolean(document.querySelector('progress'))"):
            self._take_another_tab()  # the page would ask whether it may be left
        elif self.page.memory:
            self.page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=self.page.memory)
        self.page.call("Page.navigate", url="about:blank")
        self.until("location.href === 'about:blank' && document.readyState === 'complete'")
        self.page.complaints.clear()

    def _take_another_tab(self):
        before = self.page.call("Target.getTargetInfo")["targetInfo"]["targetId"]
        self.page._session = {}  # else the new tab would hang on the old one
        self.page.open("about:blank")
        self.page.call("Target.closeTarget", targetId=before)

    def reload(self, *, is_asked=False):
        """Load the page again, as a person does who pressed F5; if the page asks whether to leave it, say yes."""
        self.evaluate("window.isOld = true; setTimeout(() => location.reload()); 0")
        if is_asked:
            self._say_yes()
        self.until("!window.isOld && document.querySelector('main h1')")

    def _say_yes(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return self.page.call("Page.handleJavaScriptDialog", accept=True)
            except AssertionError:  # it has not asked yet
                time.sleep(0.02)
        raise AssertionError("the page let itself be left without a question")

    def screen(self, width, height, *, dark=False):
        call = self.page.call
        call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        call("Emulation.setEmulatedMedia", features=[scheme, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def until(self, condition):
        """Wait until the expression holds."""
        end = time.monotonic() + PATIENCE
        while not self._holds(condition):
            assert time.monotonic() < end, f"never: {condition}\n{self.evaluate('document.body.innerText')[:2000]}"

    # The page looks by itself, and tells once: asked fifty times a second from here, it would do little else.
    def _holds(self, condition):
        look = f"(() => {{ try {{ return Boolean({condition}) }} catch {{ return false }} }})()"
        try:
            return self.evaluate(
                "new Promise(done => { let looks = 50; "
                f"const look = () => {look} ? done(true) : looks-- ? setTimeout(look, 20) : done(false); look(); }})"
            )
        except AssertionError:  # the page went away while it was asked, as it does in a reload
            return False

    def _holds_now(self, condition):
        try:
            return self.evaluate(f"Boolean({condition})")
        except AssertionError:  # the page is on its way to another one
            return False

    def sees(self, text):
        """Wait until the text can be seen."""
        self.until(f"document.body.innerText.includes({json.dumps(text)})")

    def goes_to(self, place):
        """Follow the link to a place of the page."""
        self.click(f".places a[href='#{place}']")
        self.until(f"document.querySelector('.places a[aria-current]')?.hash === '#{place}'")

    def click(self, selector):
        """Click with the mouse on what the selector names."""
        self._click_on(f"document.querySelector({json.dumps(selector)})")

    def _click_on(self, found):
        # Found and measured in one breath, since the page may draw it anew at any moment; and once it stands still.
        # Where it moved all the same before the mouse was there, a person would click again.
        for _ in range(_CLICKS):
            self.until(
                f"(() => {{ const it = {found}; if (!it?.checkVisibility()) return false; "
                "it.scrollIntoView({ block: 'center', behavior: 'instant' }); const box = it.getBoundingClientRect(); "
                "const before = window.spot; window.spot = { x: box.x + box.width / 2, y: box.y + box.height / 2 }; "
                "window.isMissed = true; const hears = (event) => { isMissed &&= !event.composedPath().includes(it) }; "
                "document.addEventListener('click', hears, { capture: true, once: true }); "
                "return before?.x === spot.x && before?.y === spot.y; })()"
            )
            spot = self.evaluate("window.spot")
            for kind in ("mousePressed", "mouseReleased"):
                self.page.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **spot)
            if not self._holds_now("window.isMissed"):
                return
        raise AssertionError(f"never hit: {found}")

    def press_button(self, words):
        """Click the button or link that says these words; in a dialog, if one is open."""
        find = (
            "(() => { const place = document.querySelector('dialog[open]') ?? document; "
            "return [...place.querySelectorAll('button, a')].find(one => "
            f"one.innerText.trim() === {json.dumps(words)} && one.checkVisibility() && !one.disabled); }})()"
        )
        self._click_on(find)

    def types(self, selector, text):
        """Type into a field."""
        self.click(selector)
        self.evaluate(f"document.querySelector({json.dumps(selector)}).select()")
        self.page.call("Input.insertText", text=text)

    def chooses_file(self, selector, path):
        """Choose a file of this computer, as in the browser's own dialog."""
        found = self.page.call("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.page.call("DOM.setFileInputFiles", files=[str(path)], objectId=found["result"]["objectId"])

    def press(self, key):
        self.page.press(key)

    def text(self, selector):
        return self.page.text(selector)

    def evaluate(self, expression):
        return self.page.evaluate(expression)

    def settles(self):
        """Wait until the page is drawn and nothing is being read."""
        self.until("!document.querySelector('[aria-busy]') && document.readyState === 'complete'")
        self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def picture(self, *, whole=False):
        """A PNG of the screen, or of the whole page."""
        options = {"captureBeyondViewport": whole}
        if whole:
            size = self.page.call("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        return base64.b64decode(self.page.call("Page.captureScreenshot", format="png", **options)["data"])


_visits = count(1)


def _once(language):
    # about:blank has no storage of its own; and a reload must find what the page keeps.
    visit = json.dumps(f"visit {next(_visits)}")
    return (
        f"if (location.protocol.startsWith('http') && window === top && window.name !== {visit}) {{ "
        f"sessionStorage.clear(); localStorage.clear(); window.name = {visit}; "
        f"localStorage.setItem('relay.language', {json.dumps(language)}); }}"
    )
