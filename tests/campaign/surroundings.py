"""What a run finds around it: a configuration, one letter, a folder, and the words of its command."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.campaign.schedule import Errand, Schedule
from tests.campaign.sheet_edits import RENAMED, Cells, heading_row

_LETTER = Path(__file__).parents[2] / "templates" / "standard.ja.md"
_CONFIG = Path(__file__).with_name("config.toml")
_REALLY = {Errand.SEND: ("--send",), Errand.REBUILD: ("--write",)}
_ALL_DAY = """
[window]
start = "00:00"
end = "23:59"
friday_end = "23:59"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""


class Surroundings:
    """A folder that is made anew for each schedule, and the clock of its world."""

    def __init__(self, folder: Path, schedule: Schedule) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder
        self.passed = 0.0
        self._begins = schedule.begins
        letters = folder / "letters"
        letters.mkdir(parents=True)
        shutil.copy(_LETTER, letters)
        config = _CONFIG.read_text().replace("{letters}", "letters").replace("{zone}", schedule.zone)
        self.config = folder / "relay.toml"
        self.config.write_text(config + (_ALL_DAY if schedule.all_day else ""))

    def now(self, clock_is_off: float = 0.0) -> datetime:
        """What a clock shows."""
        return self._begins.astimezone(ZoneInfo("UTC")) + timedelta(seconds=self.passed + clock_is_off)

    def words(self, errand: Errand, workbook: str, carrier: str) -> Sequence[str]:
        """What is typed for an errand."""
        common = (errand.value, workbook, "--config", str(self.config), "--json")
        if errand is Errand.CREDITS:
            return common
        if errand is Errand.REBUILD and carrier.startswith("smtp:"):  # no mail server tells what it took
            return (*common, "--without-mailbox", "--write")
        return (*common, "--carrier", carrier, *_REALLY.get(errand, ()))


def headings_put_back(cells: Cells) -> bool:
    """Undo renamed headings, where nothing else took the name meanwhile; whether there was anything to undo."""
    head = cells[heading_row(cells)]
    present = [str(value) for value in head if value]
    undone = False
    for column, value in enumerate(head):
        name = str(value or "").removesuffix(RENAMED)
        if name != str(value or "") and name not in present:
            head[column] = name
            undone = True
    return undone
