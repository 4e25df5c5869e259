"""The seams to the outside: what a workbook and a carrier must do, and nothing more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from sheets_automation.core.model import Claim, OutgoingLetter, Prepared, Receipt
from sheets_automation.core.table import CellValue, Snapshot
from sheets_automation.core.views import Views

if TYPE_CHECKING:  # what reads bounces is large, and most runs read none
    from sheets_automation.core.returns import Post, SentLetter
    from sheets_automation.core.sent_mail import SentMail

Facts = Mapping[str, Sequence[Mapping[str, CellValue]]]
"""Rows to append (cells by heading), by the title of their fact tab."""

NO_FACTS: Facts = MappingProxyType({})


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

    def link_to(self, tab: str) -> str:
        """Where a browser shows this tab, once it was read; empty where no address leads there.

        With `&range=A12` behind it, it leads to a cell.
        """
        ...

    def read(self) -> Snapshot:
        """Everything at one moment, facts appended a moment ago included."""
        ...

    def append(self, facts: Facts) -> None:
        """Append rows to fact tabs, all or none, durably.

        A tab that is missing is made, with its headings. Text is stored raw: never a formula.
        """
        ...

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Write identities, our own columns and our own tabs in one atomic pass, and append `facts` with them.

        Every candidate's row is found by its id at the moment of writing. Writes nothing when the result would equal
        what is there. Raises WorkbookChanged when the rows that `views` speaks of have moved since `read`. No fact is
        appended when it raises; but CellsKept tells afterwards that all was written except for some cells of our own
        columns, in which a person has put what no program may overwrite.
        """
        ...

    def close(self) -> None:
        """Let go of the workbook: locks, handles, connections."""
        ...


class LogKeeper(Workbook, Protocol):
    """A Workbook whose log can be made anew, where a person has given up what it lacks."""

    def lost_facts(self) -> Collection[str]:
        """What the log is known to have held and does not hold now: ids of facts, or of runs. Empty for a whole one."""
        ...

    def replace_facts(self, tab: str, rows: Sequence[Mapping[str, CellValue]], aside: str) -> None:
        """Make a fact tab anew with these rows, and put the old one aside under the title `aside`.

        All or nothing, and done again it leads to the same tab. What is lost then counts as given up.
        """
        ...


FactChanges = Mapping[str, Mapping[str, Mapping[str, CellValue]]]
"""Cells of facts that change: by the title of the tab, by the id of the fact, by heading."""
NO_CHANGES: FactChanges = MappingProxyType({})


class Eraser(LogKeeper, Protocol):
    """A Workbook out of which somebody can be erased."""

    def rewrite(self, changes: FactChanges, views: Views, facts: Facts) -> None:
        """Change cells of facts, each found by its id, write views and append facts: one atomic pass.

        Done again it leads to the same. What it raises, `show` would.
        """
        ...

    def forget_copies(self) -> Mapping[str, int]:
        """Take away the older copies that we keep, beside the workbook and in it: how many of each kind."""
        ...

    def beneath(self, words: Collection[str]) -> Mapping[str, int]:
        """How often words still stand where no cell shows them (comments, caches), by the name of the place."""
        ...


class Carrier(Protocol):
    """送信手段: what takes letters to people, in three verbs, and clears away what dead runs left."""

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

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Clear away what dead runs prepared and never claimed: it holds personal data, and nobody will send it.

        What an open claim names stays, for `resolve` to find.
        """
        ...

    def close(self) -> None:
        """Log out and let go of connections."""
        ...


class Inbox(Protocol):
    """受信箱: where bounces and answers to letters arrive."""

    @property
    def addresses(self) -> Collection[str]:
        """Whose it is, and under which names letters leave it: mail from these is no answer."""
        ...

    def look(self, letters: Sequence[SentLetter], since: datetime, known: Collection[str]) -> Post:
        """Find what came in for these letters since a moment, but for the mails whose references are `known`.

        Opens only what may be a bounce; of other mails in the letters' conversations it reads a few headers, and no
        other mail is looked at. Changes nothing. Raises CarrierError when the inbox cannot be read.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class SentLetters(Protocol):
    """送信済み: the letters that a carrier has delivered and still keeps."""

    def look(self, since: datetime, known: Collection[str]) -> SentMail:
        """Find the letters that left since a moment. Of one whose mark is `known` no more than its head is read.

        That a letter is not found says nothing: people delete mail. Changes nothing. Raises CarrierError when nobody
        can look.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
