"""`relay serve`: the service for many people and several spreadsheets, on Cloud Run."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from sheets_automation.config import Config
from sheets_automation.config.roster import Client
from sheets_automation.service.access_log import AccessLog
from sheets_automation.service.app import make_app
from sheets_automation.service.house import House, Place
from sheets_automation.service.identity_gate import IdentityGate, address_of
from sheets_automation.service.rights import Rights
from sheets_automation.service.server import LOOPBACK, Server, listening, server_settings
from sheets_automation.wiring_service import (
    ON_CLOUD_RUN,
    browser_signer,
    check_service,
    sharing,
    signing_keys,
    token_signer,
)

_EVERYBODY = "0.0.0.0"  # noqa: S104 - inside its container; Cloud Run's front end alone reaches it
_LAST_SECONDS = 8
"""Cloud Run kills what has not ended ten seconds after SIGTERM."""
_KEEP_ALIVE = 620
"""Seconds. Google's front ends use an idle connection again for 600: who hangs up sooner loses a request now and then
(https://cloud.google.com/load-balancing/docs/https#timeout-keepalive-backends)."""


def serve_house(
    house: House, gate: IdentityGate, *, port: int, tell: Callable[[str], None], write: Callable[[str], object]
) -> None:
    """Serve until the system ends it. `tell` is given the address; `write`, one line for each request."""
    host = host_of(house.environ)
    with listening(host, port) as listener:
        app = AccessLog(make_app(house, gate), write)
        server = Server(server_settings(app, last_seconds=_LAST_SECONDS, keep_alive=_KEEP_ALIVE), house)
        with server.heeding_signals():
            tell(f"http://{host}:{listener.getsockname()[1]}")
            server.run(sockets=[listener])


def host_of(environ: Mapping[str, str]) -> str:
    """Where to listen: for this computer alone, unless we are in a container of Cloud Run."""
    return _EVERYBODY if environ.get(ON_CLOUD_RUN) else LOOPBACK


def cloud_house(
    config: str | None, carrier: str, environ: Mapping[str, str], listed: Mapping[str, Client] = MappingProxyType({})
) -> House:
    """The house of all spreadsheets: which one is meant, each request says. `listed` are those of a roster, by id."""
    keys = signing_keys(environ) or (secrets.token_bytes(32),)
    places = {
        address_of(one): Place(config=client.config, carrier=client.carrier, line_records=client.line_records)
        for one, client in listed.items()
    }
    return House(
        workbook="", places=places, carrier=carrier, config=config, environ=environ, keys=keys, started_from="cloud"
    )


def identity_gate(config: Config, environ: Mapping[str, str], listed: Iterable[str] = ()) -> IdentityGate:
    """Who may come in, by the configuration as it is at the start; `listed` are spreadsheets that a roster adds."""
    workbooks = tuple({*config.service.workbooks, *listed})
    service = replace(config.service, workbooks=workbooks)
    config = replace(config, service=service)
    check_service(config)
    return IdentityGate(
        signer=token_signer(config, environ),
        proxy=browser_signer(config, environ),
        domains=tuple(domain.lower() for domain in service.domains),
        workbooks=frozenset(service.workbooks),
        rights=Rights(sharing(config, environ), editors_of(config)),
        scheme="https" if environ.get(ON_CLOUD_RUN) else "http",
    )


def editors_of(config: Config) -> Mapping[str, frozenset[str]]:
    """Whom the operator vouches for, by spreadsheet."""
    found: dict[str, frozenset[str]] = {}
    for line in config.service.editors:
        found[line.workbook] = found.get(line.workbook, frozenset()) | {one.lower() for one in line.addresses}
    return found
