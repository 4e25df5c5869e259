"""The service on Cloud Run as people meet it: several spreadsheets, people with tokens, and Google beside it."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from sheets_automation.service.access_log import AccessLog
from sheets_automation.service.app import make_app
from sheets_automation.service.cloud import cloud_house, identity_gate
from sheets_automation.service.house import House
from sheets_automation.service.identity_gate import IdentityGate
from sheets_automation.service.pace import PACES
from sheets_automation.service.server import server_settings
from sheets_automation.wiring import Office
from tests.commands.conftest import CONFIG, TUESDAY
from tests.google_emulator import Running
from tests.plain_http import NO_CERTIFICATES
from tests.workbooks.google_people import GoogleStore

HANAKO = "hanako@minato.example"
TARO = "taro@minato.example"
SCRIPT = "407408718192-script.apps.googleusercontent.com"
PROXIED = "/projects/1234567/locations/asia-northeast1/services/relay"
MAILBOX = "saiyo@minato.example"
KEY = "first-signing-key-of-these-tests-0123456789"
TAB = "候補者"
HEADINGS = ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"]
NAMES = ("佐藤 花", "佐藤 学", "佐藤 葵", "佐藤 光")
_TIMEOUT = 120


def people(*names: str) -> list[list[str | None]]:
    """Rows of candidates who are due a letter, and of as many who are not."""
    due = [[name, f"due{n}@example.com", "営業職", "不採用", "2026/11/18"] for n, name in enumerate(names)]
    waiting = [[f"鈴木 {n}", f"waiting{n}@example.com", "営業職", "選考中", None] for n in "海陸空翔"]
    return [HEADINGS, *due, *waiting]


def store_of(google: Running, *editors: str, names=NAMES) -> GoogleStore:
    """A spreadsheet that these people may edit."""
    store = GoogleStore(google, {TAB: people(*names)})
    for email in editors:
        google.control.share(store.id, email)
    return store


def write_config(folder: Path, *workbooks: str, editors: Mapping[str, str] = {}, **service: object) -> str:
    """The example's configuration, for these spreadsheets; `editors` are people by spreadsheet."""
    known = {
        "workbooks": [*workbooks],
        "audiences": [SCRIPT, "https://relay-abc.a.run.app"],
        "domains": ["minato.example"],
        "iap_audience": "",
        **service,
    }
    text = Path(CONFIG).read_text(encoding="utf-8")
    head, begin, rest = text.partition("\n[service]")
    for key, value in known.items():
        shown = f'"{value}"' if isinstance(value, str) else str(value).replace("'", '"')
        rest, found = re.subn(rf"^{key} = .*$", f"{key} = {shown}", rest, count=1, flags=re.MULTILINE)
        assert found == 1, key
    for workbook, address in editors.items():
        rest += f'\n[[service.editors]]\nworkbook = "{workbook}"\naddresses = ["{address}"]\n'
    path = folder / "cloud.toml"
    path.write_text(head + begin + rest, encoding="utf-8")
    return str(path)


@dataclass
class Visitor:
    """Somebody who calls the service."""

    root: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **more) -> httpx.Response:
        """Any call, as it is."""
        headers = {**self.headers, **more.pop("headers", {})}
        return httpx.request(
            method, f"{self.root}{path}", headers=headers, timeout=_TIMEOUT, **more, verify=NO_CERTIFICATES
        )

    def get(self, path, *, code=200, **parameters):
        """The document of a call, which must end so."""
        answer = self.ask("GET", f"/api/{path}", params=parameters)
        assert answer.status_code == code, answer.text[:500]
        return answer.json()

    def post(self, path, *, code=200, **body):
        answer = self.ask("POST", f"/api/{path}", json=body)
        assert answer.status_code == code, answer.text[:500]
        return answer.json()

    def approve(self, **more):
        """Agree to everything that is planned."""
        return self.post("approvals", plan=self.get("plan")["plan"], **more)["approval"]

    def send(self, approval, **more):
        """Ask again until it is done; the lines by candidate id."""
        lines = {}
        while True:
            answer = self.post("send", approval=approval, **more)
            assert answer["error"] is None
            lines.update({line["id"]: line for line in answer["sent"]})
            if answer["done"]:
                return lines


@dataclass
class Cloud:
    """A service that runs, with Google behind it."""

    google: Running
    root: str
    house: House
    gate: IdentityGate
    _lines: list[str]
    _end: Callable[[], object]

    def access_log(self) -> list[str]:
        """Its lines. The service has ended then: a line is written after its answer has left."""
        self._end()
        return self._lines

    def visitor(self, workbook: str = "", who: str = HANAKO, audience: str = SCRIPT, **claims) -> Visitor:
        """Somebody in the sidebar of a spreadsheet."""
        token = self.google.control.identity_token(who, audience, **claims)
        return self.holder(token, workbook)

    def holder(self, token: str, workbook: str = "") -> Visitor:
        """Whoever has this token."""
        return Visitor(self.root, bearing(token, workbook))

    def browser(self, workbook: str = "", who: str = HANAKO, audience: str = PROXIED, **claims) -> Visitor:
        """Somebody whose browser came through Identity-Aware Proxy."""
        assertion = self.google.control.proxy_assertion(who, audience, **claims)
        named = {"x-relay-workbook": workbook} if workbook else {}
        own = {"origin": self.root, "sec-fetch-site": "same-origin"}
        return Visitor(self.root, {"x-goog-iap-jwt-assertion": assertion, **own, **named})


def bearing(token: str, workbook: str = "") -> dict[str, str]:
    """What Apps Script sends."""
    named = {"x-relay-workbook": workbook} if workbook else {}
    return {"authorization": f"Bearer {token}", **named}


@contextmanager
def running_cloud(
    google: Running,
    config: str,
    *,
    carrier: str = f"gmail:{MAILBOX}",
    key: str = KEY,
    now: str = TUESDAY,
    paces: Mapping[str, int] = PACES,
) -> Iterator[Cloud]:
    """Serve spreadsheets to whoever may come in."""
    environ = {
        **os.environ,
        "RELAY_NOW": now,
        "RELAY_GOOGLE_EMULATOR_HOST": google.address,
        "RELAY_SIGNING_KEY": key,
    }
    house = cloud_house(config, carrier, environ)
    gate = identity_gate(Office.open(config, None, environ).config, environ)
    lines: list[str] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        app = AccessLog(make_app(house, gate, paces), lines.append)
        server = uvicorn.Server(server_settings(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()

        def end() -> None:
            house.ended.set()
            server.should_exit = True
            thread.join(_TIMEOUT)

        try:
            yield Cloud(google, f"http://127.0.0.1:{listener.getsockname()[1]}", house, gate, lines, end)
        finally:
            end()
