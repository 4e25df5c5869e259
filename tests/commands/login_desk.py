"""A computer at which somebody signs in: the command as a process, and the person in the browser whom it asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import requests

ROOT = Path(__file__).parents[2]
MAILBOX = "saiyo@example.co.jp"
AUTH = "https://www.googleapis.com/auth/"
ALL = [f"{AUTH}spreadsheets", f"{AUTH}gmail.modify"]


def agrees(url):
    """The person clicks on "Allow"; the browser goes where it is sent."""
    requests.get(url, timeout=20)


def refuses(url):
    asked = parse_qs(urlsplit(url).query)
    answer = {"error": "access_denied", "state": asked["state"][0]}
    requests.get(asked["redirect_uri"][0], params=answer, timeout=20)


def agrees_to_the_sheets_only(url):
    parts = urlsplit(url)
    asked = {**{name: values[0] for name, values in parse_qs(parts.query).items()}, "scope": ALL[0]}
    agrees(urlunsplit(parts._replace(query=urlencode(asked))))


def agrees_as(mailbox):
    def agree(url):
        parts = urlsplit(url)
        asked = {**{name: values[0] for name, values in parse_qs(parts.query).items()}, "login_hint": mailbox}
        agrees(urlunsplit(parts._replace(query=urlencode(asked))))

    return agree


def _used(running, browser):
    """Let the person use the address that is shown; what was shown."""
    shown = ""
    while not shown.rstrip().rpartition("\n")[2].startswith("http"):
        line = running.stderr.readline()
        assert line, shown
        shown += line
    browser(shown.rstrip().rpartition("\n")[2])
    return shown


class Desk:
    """A computer with a keyring and an OAuth client, and somebody in front of it."""

    def __init__(self, google, folder):
        self.google, self.folder = google, folder
        self.keyring_file = folder / "keyring.json"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "BROWSER"))},
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring",
            "KEYRING_FILE": str(self.keyring_file),
            "RELAY_GOOGLE_EMULATOR_HOST": google.address,
        }
        self.client = folder / "client.json"
        self.client.write_text(json.dumps(google.control.client_secrets(MAILBOX)))
        self.configure('sign_in = "oauth"', f'client_file = "{self.client}"')

    def configure(self, *google, **sections):
        lines = ["[google]", *google, *(f"[{name}]\n{line}" for name, line in sections.items())]
        (self.folder / "relay.toml").write_text("\n".join(lines))

    def relay(self, *words, browser=None, code=0):
        """Run the command; `browser` is what the person does with the address that it shows. Returns what it says."""
        command = [sys.executable, "-m", "sheets_automation.cli", *words, "--config", "relay.toml"]
        running = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=-1, stderr=-1, encoding="utf-8"
        )
        try:
            shown = _used(running, browser) if browser else ""
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
        assert running.returncode == code, err
        return out, shown + err

    def log_in(self, *words, browser=agrees, code=0):
        return self.relay("login", *words, "--no-browser", browser=browser, code=code)

    def kept(self):
        return json.loads(self.keyring_file.read_text()) if self.keyring_file.exists() else {}
