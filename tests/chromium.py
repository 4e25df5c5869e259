"""A real browser for the tests of pages: headless Chromium, driven over its debugging pipe."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from itertools import count

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    # Processes to come, and one for each letter's frame, cost more than all the pages.
    "--disable-features=IsolateSandboxedIframes,SpareRendererForSitePerProcess,BackForwardCache,Translate,MediaRouter",
    "--disable-extensions",
]


class Page:
    """One page in the browser."""

    def __init__(self, commands, answers):
        self._commands = commands
        self._answers = answers
        self._numbers = count(1)
        self._session = {}
        self._unread = bytearray()
        self.complaints = []
        """What the page wrote to the console, or the browser about the page."""
        self.memory = None
        """The script that every new document of the present visit begins with."""

    def open(self, url):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=url)
        self.evaluate(
            "new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))"
        )

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def text(self, selector):
        return self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")

    def call(self, method, **params):
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params, **self._session}
        self._commands.write(json.dumps(message).encode() + b"\0")
        self._commands.flush()
        while (answer := self._read()).get("id") != number:
            if answer.get("method") in {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}:
                self.complaints.append(answer["params"])
        assert "error" not in answer, answer
        return answer["result"]

    def _read(self):
        while (end := self._unread.find(0)) == -1:
            more = self._answers.read1(1 << 16)
            assert more, "the browser has gone"
            self._unread += more
        message = bytes(self._unread[:end])
        del self._unread[: end + 1]
        return json.loads(message)


@contextmanager
def browser(profile):
    """Start Chromium with a profile of its own; a machine without it fails the test, and says what to install."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is missing; install it, e.g. apt-get install chromium"
    from_us, commands = os.pipe()
    answers, to_us = os.pipe()
    # Chromium reads its orders from descriptor 3 and answers on 4.
    shell = f'exec "$0" "$@" 3<&{from_us} 4>&{to_us}'
    process = subprocess.Popen(
        ["/bin/bash", "-c", shell, program, *QUIET, f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(from_us, to_us),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(from_us)
    os.close(to_us)
    with os.fdopen(commands, "wb") as commands_file, os.fdopen(answers, "rb") as answers_file:
        try:
            yield Page(commands_file, answers_file)
        finally:
            process.terminate()
            process.wait(timeout=20)
