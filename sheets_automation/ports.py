"""The seams to the outside: what a workbook and a carrier must do, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sheets_automation.core.model import Claim, OutgoingLetter, Prepared, Receipt
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.views import Views


class Workbook(Protocol):
    """候補者ブック: the store that HR owns and we are guests in.

    Facts are appended and survive a crash the moment `append` returns. Views are shown in one atomic pass, and may be
    shown again at any time.
    """

    @property
    def title(self) -> str:
        """What people call it; no personal data."""
        ...

    @property
    def single_run(self) -> bool:
        """Whether no other run can be at work on this workbook while we hold it (an OS lock)."""
        ...

    def read(self) -> Snapshot:
        """Everything at one moment, facts appended a moment ago included."""
        ...

    def append(self, facts: Mapping[str, Sequence[Mapping[str, CellValue]]]) -> None:
        """Append rows (cells by heading) to fact tabs (by tab title), all or none, durably.

        A tab that is missing is made, with its headings. Text is stored raw: never a formula.
        """
        ...

    def show(self, views: Views) -> None:
        """Write identities, our own columns and our own tabs in one atomic pass.

        Every candidate's row is found by its id at the moment of writing. Writes nothing when the result would equal
        what is there. Raises WorkbookChanged when the rows that `views` speaks of have moved since `read`.
        """
        ...

    def close(self) -> None:
        """Let go of the workbook: locks, handles, connections."""
        ...


class Carrier(Protocol):
    """送信手段: what takes letters to people, in three verbs."""

    @property
    def name(self) -> str:
        """One word for the log: "outbox", "smtp"."""
        ...

    @property
    def batch_size(self) -> int:
        """How many letters to claim at once: many where an unfinished claim can be resolved, one where it can't."""
        ...

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Make the letters ready without delivering any; one Prepared for each letter, in order."""
        ...

    def commit(self, prepared: Prepared) -> Receipt:
        """Deliver this letter, at most once however often it is called. Raises CarrierError to stop the run."""
        ...

    def resolve(self, claim: Claim) -> Receipt:
        """Find out what became of a claim: SENT, UNCERTAIN, or WITHDRAWN.

        WITHDRAWN is a promise: the letter was not sent and a commit that somebody still tries will fail.
        """
        ...

    def close(self) -> None:
        """Log out and let go of connections."""
        ...
