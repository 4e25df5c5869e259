"""Who may work in which spreadsheet: whoever may edit it, and nobody else, however much we may ourselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheets_automation.google.identity import Member
from sheets_automation.google.sharing import Sharing, Standing
from sheets_automation.service.cloud_refusals import by_group_only, no_editor
from sheets_automation.service.pace import Pace

_HOLDS = 45.0
"""Seconds for which a right is believed when somebody only looks."""
_MOST_KNOWN = 10_000
_QUESTIONS = 60
"""To Drive, for each person in a minute: an honest page needs three."""


@dataclass(slots=True)
class Rights:
    """What Drive says of people, kept for a moment. Only rights are kept, so whoever was just let in need not wait."""

    sharing: Sharing
    editors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """People whom the operator vouches for, by spreadsheet, where only a group may edit it."""
    monotonic: Callable[[], float] = time.monotonic
    _until: dict[tuple[str, Member], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pace: Pace = field(default_factory=lambda: Pace({"rights": _QUESTIONS}))

    def check(self, member: Member, spreadsheet_id: str, *, anew: bool) -> None:
        """Raise Refusal (403) for whoever may not edit the spreadsheet; `anew` asks whatever was said before."""
        with self._lock:
            if not anew and self.monotonic() < self._until.get((spreadsheet_id, member), float("-inf")):
                return
        self._pace.take(member.address, "rights")
        standing = self.sharing.standing(member, spreadsheet_id)
        if standing is Standing.PERHAPS and member.address in self.editors.get(spreadsheet_id, frozenset()):
            standing = Standing.EDITS
        with self._lock:
            if standing is not Standing.EDITS:
                self._until.pop((spreadsheet_id, member), None)
            else:
                if len(self._until) >= _MOST_KNOWN:
                    self._until.clear()
                self._until[spreadsheet_id, member] = self.monotonic() + _HOLDS
        if standing is not Standing.EDITS:
            raise by_group_only() if standing is Standing.PERHAPS else no_editor()
