"""One ruined file before the real command: looked at, planned with, sent from, healed, and sent from again."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from enum import StrEnum
from pathlib import Path

from openpyxl import load_workbook

from tests.ruined_files.books import Book, innocent_cells
from tests.ruined_files.nursery import CONFIG, ROOT, Ending, Nursery, Order

_TABLE = re.compile(r"^\| `?(\w+)`? \|(?: (\d+) \|)?", re.MULTILINE)
_PAGES = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("commands.md", "reasons.md"))
DOCUMENTED_CODES = {int(name) for name, _ in _TABLE.findall(_PAGES) if name.isdecimal()}
CODE_OF_ERROR = {name: int(code) for name, code in _TABLE.findall(_PAGES) if code}


DRIVE = "drive"


class Outcome(StrEnum):
    """What became of a ruined file."""

    REFUSED = "refused"
    """No command took it."""
    READ = "read"
    """It was looked at, and nothing was sent from it."""
    SENT = "sent"
    """Letters left: what was ruined did not matter."""


@dataclass(slots=True, kw_only=True)
class Trial:
    """What was done with one file, and what is to be said against it."""

    book: Book
    folder: Path
    nursery: Nursery
    user: int = 0
    outbox: str = "outbox"
    endings: list[Ending] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)
    outcome: Outcome = Outcome.REFUSED

    @property
    def drive(self) -> Path:
        """The folder of the file; the outbox is beside it."""
        return self.folder / DRIVE

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.drive / self.book.name

    def received(self) -> Counter[str]:
        """Letters in the outbox, by address."""
        published = (self.folder / self.outbox).glob("new/*")
        letters = [BytesHeaderParser().parsebytes(path.read_bytes()) for path in published]
        return Counter(letter["To"].rpartition("<")[2].strip(">") for letter in letters)

    def hold(self, ruined: bytes, *, may_get: Collection[str] = ()) -> None:
        """Try a ruined file from beginning to end. `may_get` are addresses that only the ruined file holds."""
        self.drive.mkdir(parents=True, exist_ok=True)
        self.book.put_into(self.drive).write_bytes(ruined)
        self.look(ruined)
        self.send_from(ruined, {*self.book.due, *may_get})
        self.path.write_bytes(self.book.content)
        self.send_at_last()

    def look(self, content: bytes) -> None:
        """Check, preview and plan: nobody may change anything."""
        looks = [
            self.relay("check", "--lang", "ja"),
            self.relay("preview", "--out", "page.html", "--lang", "ja"),
            self.relay("send", "--lang", "en"),
        ]
        self.expect(self.path.read_bytes() == content, "somebody who only looked changed the file")
        if looks[-1].code == 0:
            self.outcome = Outcome.READ

    def send_from(self, content: bytes, may_get: Collection[str]) -> Ending:
        """Send: whoever is not due gets nothing, and the file is as it was, or is whole and holds all that it held."""
        sent = self.send()
        if self.received():
            self.outcome = Outcome.SENT
        strangers = self.received().keys() - set(may_get)
        self.expect(not strangers, f"letters to {sorted(strangers)}")
        self.expect(max(self.received().values(), default=0) <= 1, "somebody got two letters")
        after = self.path.read_bytes()
        if after != content:
            cells = innocent_cells(content)
            self.expect(innocent_cells(after) == cells or cells is None, "cells of HR changed")
        return sent

    def send_at_last(self) -> None:
        """Send from the healed file: everybody due has one letter in the end, and nobody else."""
        self.send()
        self.expect(
            {address: self.received()[address] for address in self.book.due} == dict.fromkeys(self.book.due, 1),
            f"after healing: {dict(self.received())} {self.endings[-1].out[:500]}",
        )
        self.expect(innocent_cells(self.path.read_bytes()) == innocent_cells(self.book.content), "healed, not the same")

    def send(self, **order: object) -> Ending:
        """`relay send … --send`, as a program reads it."""
        return self.relay("send", "--carrier", f"outbox:{self.outbox}", "--send", "--json", **order)

    def relay(self, command: str, *words: str, **order: object) -> Ending:
        """Run a command, and look at how it ended."""
        whole = [command, str(self.path), "--config", str(CONFIG), *words]
        ending = self.nursery.run(Order(words=whole, folder=str(self.folder), user=self.user, **order))
        self.endings.append(ending)
        self.objections += [f"{' '.join([command, *words])}: {objection}" for objection in objections_to(ending)]
        return ending

    def expect(self, holds: bool, what: str) -> None:
        """Object unless it holds."""
        if not holds:
            self.objections.append(what)


def objections_to(ending: Ending) -> list[str]:
    """What is wrong with how a command ended, whatever the file was."""
    found = []
    if ending.code not in DOCUMENTED_CODES:
        found.append(f"ended with {ending.code}: {ending.err[-300:]}")
    if "Traceback" in ending.err:
        found.append(ending.err[-600:])
    error = _error_of(ending)
    if error is not None and not _is_a_sentence(error):
        found.append(f"says {error!r}")
    if "予期しない" in ending.out + ending.err or "unexpected" in ending.out + ending.err:
        found.append(f"did not foresee this: {(ending.out + ending.err)[-300:]}")
    return found


def _error_of(ending: Ending) -> str | None:
    """What was refused, as people are told; None where nothing was."""
    if "--json" in ending.words and ending.out:
        with suppress(ValueError):
            error = ending.document.get("error")
            return None if error is None else f"relay: {error['text']}\n"
        return ending.out
    return ending.err if ending.code not in {0, 7} else None


def _is_a_sentence(said: str) -> bool:
    """One line that says what is wrong and, after that, what to do."""
    line = re.fullmatch(r"relay: (.+?(?:。|\. )).+(?:。|\.)\n", said)
    return line is not None


def who_is_due(content: bytes) -> set[str]:
    """Addresses of the rows that hold a rejection, by an independent reader; of nobody where that cannot read them."""
    with suppress(Exception):  # it promises nothing about ruined files
        book = load_workbook(io.BytesIO(content))
        return {str(row[1]) for sheet in book for row in sheet.iter_rows(values_only=True) if "不採用" in row}
    return set()
