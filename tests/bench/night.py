"""A quiet night: `relay run send` over a Google sheet in which nobody is due, against what others only import."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.bench.measure import Command, compare
from tests.bench.report import Goal, Line, at_most, lines_of
from tests.fleet.fleet_house import CONFIG, HEADINGS, NOW, ROOT
from tests.google_emulator import running
from tests.workbooks.google_people import GoogleStore

WORK = "a quiet night"
_OURS = (
    "import sheets_automation.cli, sheets_automation.commands.run, sheets_automation.fleet.errand_send, "
    "sheets_automation.workbooks.google_sheets, sheets_automation.google.signin"
)
_SIGNED_IN = f"""{_OURS}
import os
from sheets_automation.google.signin import Account, Way
from sheets_automation.google.transport import Caller
host = os.environ["RELAY_GOOGLE_EMULATOR_HOST"]
Caller(Account(way=Way.KEYLESS, emulator=host).for_sheets(), host).sign_in()"""
_THEIRS = "import gspread, googleapiclient.discovery, pandas, typer, pydantic"


def measure(peers: Path, runs: int) -> tuple[list[Line], list[Goal]]:
    """CPU of all imports, of these and a token from the machine, of the whole command, and of the others' imports."""
    with _sheet() as (words, environment):
        commands = {
            "ours, imports alone": Command(words=[sys.executable, "-c", _OURS], environment=environment),
            "ours, imports and authorisation": Command(
                words=[sys.executable, "-c", _SIGNED_IN], environment={**environment, "CLOUD_RUN_JOB": "relay"}
            ),
            "ours, relay run send, whole": Command(words=words, environment=environment),
            "gspread, googleapiclient, pandas, typer, pydantic: imports alone": Command(
                words=[str(peers), "-c", _THEIRS]
            ),
        }
        costs = compare(commands, 3 * runs)
    _, ours, _, theirs = costs.values()
    return lines_of(WORK, costs), [at_most(WORK, "of the others' imports", ours.cpu / theirs.cpu, 0.45, "×")]


@contextmanager
def _sheet() -> Iterator[tuple[list[str], dict[str, str]]]:
    with running() as google, tempfile.TemporaryDirectory() as folder:
        google.control.quotas(enabled=False)
        google.control.freeze(datetime.fromisoformat(NOW))
        person = ["佐藤 花", "sato@example.com", "営業職", "選考中", None]
        store = GoogleStore(google, {"候補者": [HEADINGS, person]})
        config = Path(folder) / "relay.toml"
        config.write_text(CONFIG, encoding="utf-8")
        environment = {"RELAY_GOOGLE_EMULATOR_HOST": google.address, "RELAY_NOW": NOW, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "sheets_automation.cli", "run", "send", store.id, "--config", str(config)]
        yield [*command, "--carrier", "gmail:saiyo@minato.example"], environment
