"""How fast one process asks Google, and how it waits: the same for all workbooks that it goes into."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheets_automation.google.pace import SheetsPace
from sheets_automation.google.patience import Sleep

if TYPE_CHECKING:
    from sheets_automation.carriers.gmail_pacing import Pacer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Of one process."""

    sheets: SheetsPace | None = None
    """For whoever shares Google's quota with other tasks."""
    sleep: Sleep = time.sleep
    """Waits for another try; may raise StopAsked."""
    mailboxes: dict[str, Pacer] = field(default_factory=dict)
    """What was spent in each mailbox: Gmail counts it together, whichever workbook it was spent for."""

    def of_mailbox(self, mailbox: str, units_per_minute: int) -> Pacer:
        """The pace of a mailbox, the slowest that anybody has asked for."""
        from sheets_automation.carriers.gmail_pacing import Pacer

        pacer = self.mailboxes.setdefault(
            mailbox, Pacer(units_per_minute=units_per_minute, monotonic=time.monotonic, sleep=self.sleep)
        )
        pacer.units_per_minute = min(pacer.units_per_minute, units_per_minute)
        return pacer
