"""`relay serve-links`: the public app, until it is ended."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.texts import say
from sheets_automation.config import Config, find_config, load_config
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.service.public import links_of, make_public_app, open_spool
from sheets_automation.service.public_server import serve
from sheets_automation.service.public_spool import Spool


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until Ctrl-C. Neither workbook nor mailbox is opened here: whoever breaks in finds none."""
    named = Path(arguments.config) if arguments.config else None
    found = find_config(named, os.environ, workbook=None, here=Path.cwd())
    links = links_of(load_config(found) if found else Config(), os.environ)

    def tell(address: str) -> None:
        sys.stderr.write(f"{say('links_served', arguments.lang, address=address)}\n")
        sys.stderr.flush()

    app = make_public_app(links, _spool(arguments.spool))
    serve(app, host=arguments.host, port=arguments.port, tell=tell)
    return Answer(document={"ended": True}, show=lambda console: console.print(say("links_closed", arguments.lang)))


def _spool(address: str) -> Spool:
    try:
        return open_spool(address)
    except OSError as error:
        raise ConfigurationError(
            f"記録のフォルダ {address} に書き込めません。--spool で別の場所を指定してください。",
            f"The folder {address} cannot be written to; give another one with --spool.",
        ) from error
