"""The public links of a company, served by a real server on this computer, and visitors who come to them."""

import http.client
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import uvicorn

from sheets_automation.core.link_records import LinkUse, read_records
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.service.public import PublicLinks, make_public_app
from sheets_automation.service.public_server import terms
from sheets_automation.service.public_spool import FileSpool

KEY = "k" * 40
PARTNER = "https://career.example/start?code={code}"
LINKS = PublicLinks(
    partner_url=PARTNER,
    keys=(KEY,),
    company="株式会社みなと製作所",
    contact="saiyo@minato.example",
    proxies=1,
)
# What the browser on a telephone sends.
PERSON = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ja",
    "Sec-Fetch-Mode": "navigate",
}
ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"
_numbers = count(1)


def a_code():
    """A code as it stands in a letter; another one each time."""
    return make_code(f"letter {next(_numbers):09}".encode())


def refusal_link(address="taro@example.com", key=KEY):
    return f"/u/{refusal_code(address, key)}"


class Answer:
    """What a visitor got."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.location = response.headers.get("Location")
        self.body = response.read().decode()


class Visitor:
    """Somebody at an address of their own, behind the one proxy that is ours."""

    def __init__(self, port, address=None):
        self._port = port
        self.address = address or "198.18.{}.{}".format(*divmod(next(_numbers), 250))  # one for each test

    def ask(self, path, method="GET", body=None, timeout=20, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=timeout)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            line.request(method, path, body, {**PERSON, "X-Forwarded-For": self.address, **named})
            return Answer(line.getresponse())
        finally:
            line.close()

    def click(self, code, **headers):
        return self.ask(f"/r/{code}", **headers)

    def refuse(self, path, body=ONE_CLICK, kind=FORM, **headers):
        return self.ask(path, "POST", body, Content_Type=kind, **headers)


class LinksHouse:
    """The app at work, and what it has kept."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.folder = folder

    def visitor(self, address=None):
        return Visitor(self.port, address)

    @property
    def records(self):
        return [one for file in sorted(self.folder.glob("*")) for one in read_records(file.read_text()).records]

    def of(self, code):
        return [record for record in self.records if record.code == code]

    @property
    def refusals(self):
        return [record.code for record in self.records if record.use is LinkUse.REFUSAL]

    def kept(self):
        """Every byte on the disk."""
        return b"".join(file.read_bytes() for file in self.folder.glob("*"))


class MovingSpool:
    """A spool whose folder is another one for each test, so that one server can serve them all."""

    def move(self, folder):
        self._spool = FileSpool(folder)

    def keep(self, record):
        self._spool.keep(record)


@contextmanager
def served(folder, *, spool=None, patience=10.0, now=None, **changes):
    """Serve until the test is over, with other settings for some."""
    app = make_public_app(replace(LINKS, **changes), spool or FileSpool(folder), now)
    server = uvicorn.Server(terms(app, patience))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield LinksHouse(listener.getsockname()[1], folder)
        finally:
            server.should_exit = True
            thread.join(20)
