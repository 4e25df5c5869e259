"""The service as a browser meets it: a real server on a real port, over a workbook that people go on editing."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from openpyxl import load_workbook

from sheets_automation.service.app import make_app
from sheets_automation.service.gate import Actor, StartedFrom
from sheets_automation.service.house import House
from sheets_automation.service.local_gate import LocalGate
from sheets_automation.service.pace import PACES
from sheets_automation.service.server import server_settings
from tests.commands.conftest import CONFIG, TUESDAY
from tests.plain_http import NO_CERTIFICATES

OURS = {"sec-fetch-site": "same-origin"}
"""What a browser says of a call by our own page."""
_TIMEOUT = 120


@dataclass
class Service:
    """A service that runs, and a browser that has opened its address."""

    house: House
    gate: LocalGate
    browser: httpx.Client

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.gate.port}"

    def get(self, path, *, code=200, **parameters):
        """The document of a call, which must end so."""
        answer = self.browser.get(f"/api/{path}", params=parameters)
        assert answer.status_code == code, answer.text[:500]
        return answer.json()

    def post(self, path, *, code=200, lang="ja", **body):
        answer = self.browser.post(f"/api/{path}", params={"lang": lang}, json=body)
        assert answer.status_code == code, answer.text[:500]
        return answer.json()

    def approve(self, **more):
        """Agree to everything that is planned."""
        plan = self.get("plan")
        return self.post("approvals", plan=plan["plan"], **more)["approval"]

    def send(self, approval, **more):
        """Ask again until it is done; the lines by candidate id, and how often it was asked."""
        lines, asked = {}, 0
        while True:
            answer = self.post("send", approval=approval, **more)
            asked += 1
            assert answer["error"] is None
            lines.update({line["id"]: line for line in answer["sent"]})
            if answer["done"]:
                return lines, asked

    def stranger(self) -> httpx.Client:
        """Another browser, which knows nothing."""
        return httpx.Client(verify=NO_CERTIFICATES, base_url=self.root, headers=OURS, timeout=_TIMEOUT)


@contextmanager
def running_service(
    workbook,
    *,
    carrier: str = "",
    config: str | None = CONFIG,
    actor: str = "hanako",
    now: str = TUESDAY,
    paces: Mapping[str, int] = PACES,
    environ: Mapping[str, str] | None = None,
    started_from: StartedFrom = "terminal",
) -> Iterator[Service]:
    """Serve a workbook, with a browser that is let in."""
    everything = {**os.environ, "RELAY_NOW": now, **(environ or {})}
    facts = {"carrier": carrier, "config": config, "environ": everything, "started_from": started_from}
    house = House(workbook=str(workbook), **facts)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        gate = LocalGate(
            port=listener.getsockname()[1], actor=Actor(name=actor, place="relay open, test"), started_from=started_from
        )
        server = uvicorn.Server(server_settings(make_app(house, gate, paces)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            with httpx.Client(
                verify=NO_CERTIFICATES, base_url=f"http://127.0.0.1:{gate.port}", headers=OURS, timeout=_TIMEOUT
            ) as browser:
                browser.get(gate.address)
                yield Service(house, gate, browser)
        finally:
            house.ended.set()
            server.should_exit = True
            thread.join(_TIMEOUT)


def recruiter_writes(path, cell: str, value, tab: str = "応募者一覧") -> None:
    """Type a value into a cell and save, as Excel would."""
    book = load_workbook(path)
    book[tab][cell] = value
    book.save(path)


def recruiter_deletes_row(path, row: int, tab: str = "応募者一覧") -> None:
    """Delete a row and save."""
    book = load_workbook(path)
    book[tab].delete_rows(row)
    book.save(path)


def delivered(folder) -> list[str]:
    """The files of the letters that left, in an outbox."""
    new = folder / "new"
    return sorted(path.name for path in new.iterdir()) if new.exists() else []


def until(condition):
    """Wait for what another thread is about to do."""
    for _ in range(6000):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never happened")
