"""The four worlds, and what each of them needs to stand."""

from __future__ import annotations

import gc
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.campaign.schedule import Happening, Schedule
from tests.campaign.stage import World

WORLDS = {
    "memory": "the jobs over in-memory ports",
    "google": "Google Sheets and Gmail over HTTP",
    "excel": "Excel files and an outbox",
    "smtp": "Excel files and a real SMTP server",
}
GOALS = {"memory": 100_000, "google": 10_000, "excel": 5_000, "smtp": 2_000}
"""How many schedules of each a published campaign has, at least."""
Make = Callable[[Schedule], World]
# Of what each child would import anew.
_PARTS = (
    "sheets_automation.cli",
    "sheets_automation.commands.send",
    "sheets_automation.commands.ending",
    "sheets_automation.carriers.gmail_inbox",
    "sheets_automation.wiring_google",
    "sheets_automation.workbooks.excel_drawing",
    "sheets_automation.workbooks.google_sheets",
    "filelock",
    "googleapiclient.discovery",
    "gspread",
    "jpholiday",
    "xlsxwriter",
)


@contextmanager
def standing(world: str) -> Iterator[tuple[Sequence[Happening], Make]]:
    """What can happen in a world, and how to make one for a schedule; its servers run as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="campaign-") as temporary:
        folder = Path(temporary) / "world"
        yield from _STANDING[world](folder)


def _memory(_folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.memory_world import HAPPENINGS, MemoryWorld

    yield HAPPENINGS, MemoryWorld


def _excel(folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.file_world import EXCEL_HAPPENINGS, OutboxWorld

    _import_all_parts()
    yield EXCEL_HAPPENINGS, lambda schedule: OutboxWorld(folder, schedule)


def _smtp(folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.file_world import SMTP_HAPPENINGS, SmtpWorld
    from tests.carriers.mail_server import MailServer

    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # clients that die are what this is about
    _import_all_parts()
    server = MailServer()
    with server.running():
        yield SMTP_HAPPENINGS, lambda schedule: SmtpWorld(folder, schedule, server)


def _google(folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.google_world import GOOGLE_HAPPENINGS, GoogleWorld, google_process

    _import_all_parts()
    with google_process() as google:
        yield GOOGLE_HAPPENINGS, lambda schedule: GoogleWorld(folder, schedule, google)


_STANDING = {"memory": _memory, "excel": _excel, "smtp": _smtp, "google": _google}


def _import_all_parts() -> None:
    for part in _PARTS:
        import_module(part)
    gc.collect()
    gc.freeze()  # what children share with us stays shared
