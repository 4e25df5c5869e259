"""`relay serve`: the page and its interface for many people, until the system ends it."""

from __future__ import annotations

import argparse
import sys

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.wiring import Office
from sheets_automation.wiring_service import listed_spreadsheets

_PORT = "PORT"
"""Cloud Run's word: where the container has to listen."""
_USUAL = "8080"


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until SIGTERM or Ctrl-C. Whoever lacks a key, an audience or a domain is told before anybody comes."""
    from sheets_automation.service.cloud import cloud_house, identity_gate, serve_house

    office = Office.open(arguments.config, None)
    listed = listed_spreadsheets(arguments.workbooks) if arguments.workbooks else {}
    gate = identity_gate(office.config, office.environ, listed)
    house = cloud_house(arguments.config, arguments.carrier or "", office.environ, listed)

    def write(line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def tell(address: str) -> None:
        write(say("served", arguments.lang, address=address))

    serve_house(house, gate, port=_port(arguments.port, office.environ), tell=tell, write=write)
    return Answer(document={"ended": True}, show=lambda console: console.print(say("closed", arguments.lang)))


def _port(asked: int | None, environ: dict[str, str]) -> int:
    if asked is not None:
        return asked
    text = environ.get(_PORT) or _USUAL
    if text.isascii() and text.isdecimal() and len(text) <= len("65535"):
        return int(text)
    raise ConfigurationError(
        f"環境変数 {_PORT} は、ポートの番号にしてください。",
        f"{_PORT} of the environment is no number of a port.",
    )
