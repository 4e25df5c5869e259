"""`relay serve-line`: the LINE webhook, until it is ended."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.service.line_spool import LineEvents
from sheets_automation.service.line_webhook import LineDoor, make_line_app
from sheets_automation.service.public_server import serve
from sheets_automation.wiring import Office
from sheets_automation.wiring_line import line_keys, line_secret


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until Ctrl-C. Neither workbook nor token is opened here: whoever breaks in can send nothing."""
    office = Office.open(arguments.config, None)
    door = LineDoor(secret=line_secret(office.environ), keys=line_keys(office.environ))
    app = make_line_app(door, _spool(arguments.spool), office.clock)

    def tell(address: str) -> None:
        sys.stderr.write(f"{say('line_served', arguments.lang, address=address)}\n")
        sys.stderr.flush()

    serve(app, host=arguments.host, port=arguments.port, tell=tell)
    return Answer(document={"ended": True}, show=lambda console: console.print(say("line_closed", arguments.lang)))


def _spool(folder: str) -> LineEvents:
    try:
        return LineEvents(Path(folder))
    except OSError as error:
        raise ConfigurationError(
            f"記録のフォルダ {folder} に書き込めません。--spool で別の場所を指定してください。",
            f"The folder {folder} cannot be written to; give another one with --spool.",
        ) from error
