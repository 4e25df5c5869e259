"""The town around a company: its public links and its LINE webhook at work, people with telephones, and a partner."""

from __future__ import annotations

import http.client
import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from sheets_automation.config import load_config
from sheets_automation.service.line_spool import LineEvents
from sheets_automation.service.line_webhook import LineDoor, make_line_app
from sheets_automation.service.partner_spool import PartnerFiles
from sheets_automation.service.public import links_of, make_public_app
from sheets_automation.service.public_server import terms
from sheets_automation.service.public_spool import FileSpool
from sheets_automation.wiring_line import line_keys, line_secret
from tests.line_server.account import SECRET, TOKEN
from tests.line_server.people import PATH, Phones
from tests.line_server.server import LineServer
from tests.partners.webhook_house import Partner
from tests.public.links_house import Answer, Visitor

PARTNER_SECRET = "s" * 40
ENVIRONMENT = {
    "RELAY_LINK_KEY": "a-key-for-tests-that-nobody-can-guess",
    "RELAY_ERASURE_KEY": "another-key-for-tests-that-nobody-can-guess",
    "RELAY_PARTNER_SECRET_CAREER_RELAY": PARTNER_SECRET,
    "RELAY_LINE_TOKEN": TOKEN,
    "RELAY_LINE_SECRET": SECRET,
}
_BUTTON = re.compile(r'<form method="post"><input type="hidden" name="([\w-]+)" value="([\w-]+)">')


@dataclass
class Town:
    """Everybody outside."""

    links_port: int
    line: LineServer
    phones: Phones

    def opens(self, path: str, **headers: str) -> Answer:
        """Somebody, each time from another address, opens a link."""
        return Visitor(self.links_port).ask(path, **headers)

    def presses_unsubscribe(self, path: str) -> int:
        """A mail program does what its button promises (RFC 8058)."""
        return Visitor(self.links_port).refuse(path).status

    def presses_the_button(self, path: str) -> int:
        """A person reads the page behind a link, and presses what stands there."""
        person = Visitor(self.links_port)
        name, value = _BUTTON.search(person.ask(path).body).groups()
        return person.refuse(path, f"{name}={value}".encode()).status

    def answers(self, path: str, score: int) -> int:
        """Somebody presses one of the buttons behind the link of the survey."""
        return Visitor(self.links_port).refuse(path, f"score={score}".encode()).status

    def partner(self, at: datetime, secret: str = PARTNER_SECRET) -> Partner:
        """The partner of the company, who signs what it reports."""
        return Partner(self.links_port, "career-relay", secret, at)


class Clock:
    """What the apps and LINE take for now."""

    def __init__(self, line: LineServer) -> None:
        self._line = line

    def set(self, now: datetime) -> None:
        self._line.account.now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._line.account.now


@contextmanager
def town(folder: Path, line: LineServer, clock: Clock) -> Iterator[Town]:
    """The apps as the company's own configuration sets them up; they note what they see where it says."""
    config, environ = load_config(folder / "relay.toml"), dict(os.environ)
    records = folder / config.links.records
    links = make_public_app(links_of(config, environ), FileSpool(records), clock.now, PartnerFiles(records))
    door = LineDoor(secret=line_secret(environ), keys=line_keys(environ))
    hook = make_line_app(door, LineEvents(folder / config.line.records), clock.now)
    with _serving(links) as links_port, _serving(hook) as hook_port:
        yield Town(links_port, line, Phones(line.account, lambda body, headers: _post(hook_port, body, headers)))


def _post(port: int, body: bytes, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", PATH, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


@contextmanager
def _serving(app) -> Iterator[int]:
    server = uvicorn.Server(terms(app))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)
