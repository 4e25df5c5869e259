"""Who is at work on what: the first thing that the page asks."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sheets_automation import __version__
from sheets_automation.service.documents import BookShown, CarrierShown, Session
from sheets_automation.service.house import Room
from sheets_automation.wiring_line import is_line
from sheets_automation.wiring_live import file_behind, is_live


def session_document(room: Room, mode: Literal["local", "cloud"], title: str = "") -> Session:
    """All that can be told without reading the workbook: it answers at once.

    A spreadsheet has a title only for whoever has read it; until then its address stands for it.
    """
    config = room.office.config
    is_google = room.office.is_on_google(room.workbook)
    scheme, _, rest = room.carrier.partition(":")
    return Session(
        workbook=BookShown(
            title=(title or room.workbook) if is_google else Path(file_behind(room.workbook)).name,
            kind="google" if is_google else "excel",
            address_shown=room.workbook,
        ),
        actor=room.actor.name,
        carrier=CarrierShown(address=room.carrier, name=scheme, is_set=bool(rest) or is_line(room.carrier)),
        company=config.company.name,
        language=config.workbook.language,
        mode=mode,
        started_from=room.started_from,
        version=__version__,
        needs_second_approval=config.guards.second_person,
        has_line_part=room.has_line_part,
        selects_rows=is_live(room.workbook),
    )
