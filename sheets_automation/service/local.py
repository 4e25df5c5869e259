"""`relay open`: the service on this computer alone, for as long as the command runs."""

from __future__ import annotations

import signal
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

from sheets_automation.service.app import make_app
from sheets_automation.service.gate import Actor
from sheets_automation.service.house import House
from sheets_automation.service.local_gate import LocalGate
from sheets_automation.service.server import LOOPBACK, Server, listening, server_settings


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The page while it is served, for whoever looks after it meanwhile."""

    gate: LocalGate
    server: Server

    def show(self, place: str) -> None:
        """Show a place of it in the browser, by a fresh address."""
        webbrowser.open(f"{self.gate.renewed()}#{place}")

    def end(self) -> None:
        """End in good order, as Ctrl-C does: the letter in flight is recorded."""
        self.server.handle_exit(signal.SIGTERM, None)


def nobody(_page: OpenPage) -> None:
    """Nobody looks after the page but the person in front of it."""


def open_house(
    house: House,
    *,
    port: int,
    tell: Callable[[str], None],
    opens_browser: bool,
    attend: Callable[[OpenPage], None] = nobody,
) -> None:
    """Serve until a person ends it. `tell` is given the address, which works once, and `attend` the page."""
    with listening(LOOPBACK, port) as listener:
        gate = LocalGate(port=listener.getsockname()[1], actor=_actor(house), started_from=house.started_from)
        server = Server(server_settings(make_app(house, gate)), house)
        with server.heeding_signals():  # from before anybody knows the address: who is told may end it at once
            tell(gate.address)
            if opens_browser:
                webbrowser.open(gate.address)
            attend(OpenPage(gate, server))
            server.run(sockets=[listener])


def _actor(house: House) -> Actor:
    names = (house.environ.get(name) for name in ("RELAY_ACTOR", "USER", "USERNAME"))
    name = next(filter(None, names), "") or "local"
    return Actor(name=name.replace(" (", " "), place=f"relay open, {socket.gethostname()}")
