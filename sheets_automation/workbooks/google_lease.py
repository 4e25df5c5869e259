"""A note in a spreadsheet that somebody is at work there, so that others spare themselves the way.

Nothing depends on it: whoever ignores it, or finds it too late, meets the claims in the log and gives up there. It is
taken by creating developer metadata with an id of our own, which fails where that id is in use (Sheets API,
"metadataId").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sheets_automation.core.errors import WorkbookBusy, WorkbookChanged, WorkbookError
from sheets_automation.google.transport import AnswerLost
from sheets_automation.workbooks.google_client import SheetsClient

Json = dict[str, Any]

KEY = "relay.lease"
_ID = 0x52454C59
"""Of the one note; any number does that nobody else is likely to have chosen."""


class GoogleLease:
    """The note of one run."""

    def __init__(
        self,
        client: SheetsClient,
        holder: str,
        *,
        clock: Callable[[], datetime],
        lasts: timedelta = timedelta(minutes=15),
    ) -> None:
        """`holder` is the run's id; `lasts` is how long others may believe the note of a run that died."""
        self._client = client
        self._holder = holder
        self._clock = clock
        self._lasts = lasts
        self._value = ""

    def take(self) -> None:
        """Leave the note. Raises WorkbookBusy where somebody else's still holds."""
        value = json.dumps({"holder": self._holder, "until": (self._clock() + self._lasts).isoformat()})
        try:
            self._client.write([_created(value)])
        except WorkbookChanged:  # the id is in use
            self._take_over(value)
        except AnswerLost:
            return  # it may be ours or not: it only spares work
        self._value = value

    def release(self) -> None:
        """Take the note away, if it is ours."""
        if self._value:
            with suppress(WorkbookError, AnswerLost):  # it ends by itself
                self._client.write([_deleted(self._value)])
            self._value = ""

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _take_over(self, value: str) -> None:
        held = self._client.metadata(_ID)
        if held is not None and _holds(held, self._clock()):
            raise _busy()
        try:
            self._client.write([*([_deleted(held)] if held is not None else []), _created(value)])
        except WorkbookChanged as error:  # another one was quicker
            raise _busy() from error
        except AnswerLost:
            return


def _holds(value: str, now: datetime) -> bool:
    try:
        return datetime.fromisoformat(json.loads(value)["until"]) > now
    except (ValueError, KeyError, TypeError):
        return False


def _created(value: str) -> Json:
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": _ID,
                "metadataKey": KEY,
                "metadataValue": value,
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def _deleted(value: str) -> Json:
    lookup = {"metadataId": _ID, "metadataValue": value}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def _busy() -> WorkbookBusy:
    return WorkbookBusy(
        "このスプレッドシートでは別の実行が進行中です。終わってから、もう一度実行してください。",
        "Another run is at work on this spreadsheet. Wait until it has ended, then run again.",
    )
