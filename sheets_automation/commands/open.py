"""`relay open`: the page for one workbook, on this computer alone, until it is ended."""

from __future__ import annotations

import argparse
import sys

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.texts import say
from sheets_automation.wiring import Office


def run(arguments: argparse.Namespace) -> Answer:
    """Serve until Ctrl-C. It sends nothing by itself."""
    from sheets_automation.service.house import House
    from sheets_automation.service.local import open_house

    office = Office.open(arguments.config, arguments.workbook)
    office.open_workbook(arguments.workbook, exclusive=False).close()  # what is not there is told here and now
    stream = sys.stderr if arguments.json else sys.stdout

    def tell(address: str) -> None:
        stream.write(f"{say('opened', arguments.lang, address=address)}\n")
        stream.flush()

    house = House(workbook=arguments.workbook, carrier=arguments.carrier or "", config=arguments.config)
    open_house(house, port=arguments.port, tell=tell, opens_browser=not arguments.no_browser)
    return Answer(
        document={"workbook": arguments.workbook, "ended": True},
        show=lambda console: console.print(say("closed", arguments.lang)),
    )
