"""`relay serve-links`: the public app, until it is ended."""

from __future__ import annotations

import argparse
import sys

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.service.partner_spool import PartnerSpool
from sheets_automation.service.public import links_of, make_public_app, open_reports, open_spool
from sheets_automation.service.public_server import serve
from sheets_automation.service.public_spool import Spool
from sheets_automation.wiring import Office


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until Ctrl-C. Neither workbook nor mailbox is opened here: whoever breaks in finds none."""
    office = Office.open(arguments.config, None)
    links = links_of(office.config, office.environ)
    spool, reports = _spools(arguments.spool)
    app = make_public_app(links, spool, office.clock, reports)

    def tell(address: str) -> None:
        sys.stderr.write(f"{say('links_served', arguments.lang, address=address)}\n")
        sys.stderr.flush()

    serve(app, host=arguments.host, port=arguments.port, tell=tell)
    return Answer(document={"ended": True}, show=lambda console: console.print(say("links_closed", arguments.lang)))


def _spools(address: str) -> tuple[Spool, PartnerSpool]:
    try:
        return open_spool(address), open_reports(address)
    except OSError as error:
        raise ConfigurationError(
            f"記録のフォルダ {address} に書き込めません。--spool で別の場所を指定してください。",
            f"The folder {address} cannot be written to; give another one with --spool.",
        ) from error
