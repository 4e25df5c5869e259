"""A small team's Google spreadsheet and mailbox, and the real command as a real process that speaks HTTP to them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.google_emulator import Running
from tests.kill.world import World, tab
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"


class GoogleWorld(World):
    """The same people in a spreadsheet. The emulator's clock shows what RELAY_NOW says."""

    def __init__(self, folder: Path, google: Running) -> None:
        self.google = google
        super().__init__(folder, f"gmail:{MAILBOX}")

    def make_workbook(self) -> None:
        self.google.control.freeze(self.now)
        self.store = GoogleStore(self.google, {"候補者": tab()})

    def workbook(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.store.id}/edit"

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "RELAY_GOOGLE_EMULATOR_HOST": self.google.address}

    def somebody_sorts_the_sheet(self) -> None:
        self.store.edit("sort", sheet="候補者", column="氏名", heading_row=2, descending=True)

    def hours_pass(self, hours: float) -> None:
        """For the program and for Google alike."""
        self.now += timedelta(hours=hours)
        self.google.control.set_time(self.now)

    def received(self) -> Counter[str]:
        """Letters that left, by address."""
        return Counter(address for letter in self.google.control.ledger() for address in letter["recipients"])

    def drafts(self) -> list[str]:
        """What lies about in the mailbox unsent."""
        mailboxes = self.google.control.state()["services"]["gmail"]["mailboxes"]
        return [draft["id"] for mailbox in mailboxes.values() for draft in mailbox["drafts"]]
