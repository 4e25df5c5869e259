"""The worlds, and what each of them needs to stand."""

from __future__ import annotations

import gc
import importlib
import io
import logging
import pkgutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.campaign.schedule import Errand, Happening, Schedule, draw
from tests.campaign.stage import World

if TYPE_CHECKING:
    from tests.campaign.file_world import FileWorld
    from tests.campaign.google_world import GoogleWorld

WORLDS = {
    "memory": "the jobs over in-memory ports",
    "google": "Google Sheets and Gmail over HTTP",
    "excel": "Excel files and an outbox",
    "smtp": "Excel files and a real SMTP server",
    "news": "follow-ups over in-memory ports",
    "line": "follow-ups to a LINE server over HTTP",
}
GOALS = {"memory": 100_000, "google": 10_000, "excel": 5_000, "smtp": 2_000, "news": 10_000, "line": 2_000}
"""How many schedules of each a published campaign has, at least."""
Make = Callable[[Schedule], World]


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

    make = partial(OutboxWorld, folder)
    _rehearse(make, "excel")
    yield EXCEL_HAPPENINGS, make


def _smtp(folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.file_world import SMTP_HAPPENINGS, SmtpWorld
    from tests.carriers.mail_server import MailServer

    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # clients that die are what this is about
    server = MailServer()
    with server.running():
        make = partial(SmtpWorld, folder, server)
        _rehearse(make, "smtp")
        yield SMTP_HAPPENINGS, make


def _google(folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.google_world import GOOGLE_HAPPENINGS, GoogleWorld, google_process

    with google_process() as google:
        make = partial(GoogleWorld, folder, google)
        _rehearse(make, "google")
        yield GOOGLE_HAPPENINGS, make


def _news(_folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.news_world import HAPPENINGS, NewsWorld

    yield HAPPENINGS, NewsWorld


def _line(_folder: Path) -> Iterator[tuple[Sequence[Happening], Make]]:
    from tests.campaign.line_world import LINE_HAPPENINGS, LineWorld
    from tests.line_server.server import LineServer

    with LineServer().running() as server:
        yield LINE_HAPPENINGS, partial(LineWorld, server)


_STANDING = {"memory": _memory, "excel": _excel, "smtp": _smtp, "google": _google, "news": _news, "line": _line}


def _rehearse(make: Callable[[Schedule], FileWorld | GoogleWorld], world: str) -> None:
    """Run the command once in this process, so that no child has to import what all of them need."""
    import sheets_automation
    from sheets_automation.cli import main

    at = make(draw(world, 0, 0, [Happening.SORT]))
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        main(list(at.words(Errand.SEND)))
    for module in pkgutil.walk_packages(sheets_automation.__path__, "sheets_automation."):
        importlib.import_module(module.name)  # also what this run had no use for
    gc.collect()
    gc.freeze()  # what children share with us stays shared
