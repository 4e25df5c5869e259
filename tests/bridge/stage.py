"""Apps Script on this machine, in the hands of a test: `apps_script/stage.mjs` in a process of its own."""

import json
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.commands.conftest import ROOT
from tests.page.visitor import PATIENCE
from tests.plain_http import NO_CERTIFICATES

PROJECT = ROOT / "apps_script_bridge"
STAGE = Path(__file__).parent / "apps_script" / "stage.mjs"
_TIMEOUT = 120


class Stage:
    """A spreadsheet that somebody has open, with the project in it."""

    def __init__(self, url):
        self.url = url
        self.page = f"{url}/page"
        self.as_new = self.state

    def sets(self, **changes):
        """Change what the world around the project is like."""
        self._post("control", changes)

    def reaches(self, address):
        """Let the project call this address, as whoever installs it writes it into the manifest; and remember it."""
        self.sets(whitelist=[f"{address}/"], properties={"relay.service": address})

    def runs(self, name, *args, mode="FULL"):
        """Run a function to its end; its value. Fails where it throws."""
        outcome = self._post("execute", {"name": name, "args": args, "mode": mode})
        assert "error" not in outcome, outcome["error"]
        return outcome["value"]

    def calls(self, method, path, body=None):
        """What a page gets for a call: status and document."""
        answer = self.runs("callService", method, path, body)
        return answer["status"], json.loads(answer["body"])

    @property
    def state(self):
        return httpx.get(f"{self.url}/state", timeout=_TIMEOUT, verify=NO_CERTIFICATES).json()

    def until(self, holds):
        """Wait for what a page has asked for and does not show."""
        end = time.monotonic() + PATIENCE
        while not holds(self.state):
            assert time.monotonic() < end, self.state
            time.sleep(0.02)

    def _post(self, path, body):
        return httpx.post(f"{self.url}/{path}", json=body, timeout=_TIMEOUT, verify=NO_CERTIFICATES).json()


@contextmanager
def running_stage():
    """Start a stage; it ends with us, however we end."""
    process = subprocess.Popen(["node", STAGE, PROJECT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Stage(json.loads(process.stdout.readline())["url"])
    finally:
        process.stdin.close()
        process.wait(_TIMEOUT)
