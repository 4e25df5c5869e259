"""The public app with the partners' webhook at work on this computer, and a partner who reports to it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count

import uvicorn

from sheets_automation.core.partner_records import read_partner_records
from sheets_automation.service.partner_spool import PartnerFiles
from sheets_automation.service.partner_webhook import signature
from sheets_automation.service.public import make_public_app
from sheets_automation.service.public_server import terms
from sheets_automation.service.public_spool import FileSpool
from tests.core.builders import NOW
from tests.public.links_house import LINKS, a_code

SECRET, OLD, OTHERS = "s" * 40, "o" * 40, "t" * 40
_visitors = count(1)


def an_event(number=1, **changes):
    """One event as the documentation shows it."""
    facts = {"id": f"evt-{number}", "type": "registered", "code": a_code(), "occurred_at": "2026-11-20T10:00:00+09:00"}
    return facts | changes


class Partner:
    """A partner with a secret and a clock."""

    def __init__(self, port, name="mirai", secret=SECRET, at=NOW, address=None):
        self.port, self.name, self.secret, self.at = port, name, secret, at
        self.address = address or "198.19.{}.{}".format(*divmod(next(_visitors), 250))

    def reports(self, *events, **more):
        return self.sends(json.dumps({"events": list(events)}).encode(), **more)

    def sends(self, body, *, timestamp=None, signed=None, path=None, method="POST"):
        stamp = str(int(self.at.timestamp())) if timestamp is None else timestamp
        signed = f"v1={signature(stamp, body, self.secret)}" if signed is None else signed
        headers = {"X-Relay-Timestamp": stamp, "X-Relay-Signature": signed, "X-Forwarded-For": self.address}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, path or f"/partner/{self.name}/events", body, {k: v for k, v in headers.items() if v})
            answer = line.getresponse()
            return answer.status, json.loads(answer.read() or "{}")
        finally:
            line.close()


class Webhook:
    """The app, and what it has kept."""

    def __init__(self, port, folder):
        self.port, self.folder = port, folder

    def partner(self, **facts):
        return Partner(self.port, **facts)

    @property
    def records(self):
        texts = [file.read_text() for file in sorted(self.folder.glob("partner-*.jsonl"))]
        return [record for text in texts for record in read_partner_records(text).records]

    def kept(self):
        return b"".join(file.read_bytes() for file in self.folder.glob("*"))


@contextmanager
def webhook(folder, now=lambda: NOW, spool=None):
    """Serve until the test is over."""
    links = replace(LINKS, partner_secrets={"mirai": (SECRET, OLD), "tech": (OTHERS,)}, requests_per_minute=300)
    app = make_public_app(links, FileSpool(folder), now, spool or PartnerFiles(folder))
    server = uvicorn.Server(terms(app))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Webhook(listener.getsockname()[1], folder)
        finally:
            server.should_exit = True
            thread.join(20)


class FullDisk:
    """A spool on a disk without room."""

    def keep(self, records, now: datetime) -> int:
        raise OSError(28, "No space left on device")
