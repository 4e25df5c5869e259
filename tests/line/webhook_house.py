"""Our webhook as a real server on this machine, and phones whose deliveries go to it."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import uvicorn

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import read_line_records
from sheets_automation.service.line_spool import LineEvents
from sheets_automation.service.line_webhook import LineDoor, make_line_app
from sheets_automation.service.public_server import terms
from tests.line_server.account import SECRET, Account
from tests.line_server.people import PATH, Phones, signature

KEY = "k" * 40
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def code_of(candidate_id="C-1", address="taro@example.com", links=0):
    return line_code(candidate_id, address, links, KEY)


class WebhookHouse:
    """The webhook, its folder, and LINE at the other end."""

    def __init__(self, folder, port, clock):
        self.folder = folder
        self.port = port
        self.account = clock
        self.phones = Phones(self.account, self.post)

    def post(self, body, headers, path=PATH, method="POST"):
        """What a stranger, or LINE, sends; the status of the answer."""
        return self.ask(body, headers, path, method)[0]

    def ask(self, body, headers, path=PATH, method="POST"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def records(self):
        files = sorted(self.folder.glob("*.jsonl"))
        read = [read_line_records(file.read_text()) for file in files]
        return [record for one in read for record in one.records]

    def everything_kept(self):
        return "".join(file.read_text() for file in sorted(self.folder.rglob("*")) if file.is_file())


@contextmanager
def serving(folder):
    """The app behind the very server that the command uses."""
    account = Account(now=NOW)
    app = make_line_app(LineDoor(secret=SECRET, keys=(KEY,)), LineEvents(folder), lambda: account.now)
    server = uvicorn.Server(terms(app))
    from sheets_automation.service.public_server import _listening

    with _listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield WebhookHouse(folder, port, account)
        finally:
            server.should_exit = True
            thread.join(30)


def signed(body, **headers):
    return {"x-line-signature": signature(body), **headers}


def uses(house):
    return [(record.use, record.source, record.user_id) for record in house.records()]
