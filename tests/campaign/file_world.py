"""Excel files on a disk, with letters that go to an outbox folder or to a real SMTP server."""

from __future__ import annotations

import email
import email.policy
import os
import smtplib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook

from sheets_automation.carriers.outbox import OutboxCarrier
from sheets_automation.carriers.smtp import SmtpCarrier
from sheets_automation.core.table import CellValue
from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
from sheets_automation.workbooks.journal import Journal
from sheets_automation.xlsx import saving
from sheets_automation.xlsx.archive import content_of, fingerprint_of
from tests.campaign.actors import AFTER, BEFORE, Actor
from tests.campaign.excel_people import LOGS, LOOKS, change_cells, edit_workbook
from tests.campaign.process_actor import Effects, ProcessActor
from tests.campaign.schedule import HEADINGS, LOG, TAB, Errand, Event, Happening, Schedule, Start
from tests.campaign.sheet_edits import EDITS, Cells
from tests.campaign.surroundings import Surroundings, headings_put_back
from tests.campaign.witness import Arrived, Truth, arrived, truth_of
from tests.carriers.mail_server import MailServer

DISK = (Happening.DISK_FULL, Happening.IO_ERROR)
EXCEL_HAPPENINGS = (*EDITS, *LOOKS, *LOGS, *DISK, *DISK, Happening.DELETE_DRAFT)
SMTP_TROUBLES = {
    Happening.SMTP_BUSY: ("answers", "DOT", "451 4.3.0 try again later"),
    Happening.SMTP_REFUSES: ("answers", "DOT", "550 5.7.1 not wanted"),
    Happening.SMTP_HANGS_UP: ("hang_up", "DATA", ""),
    Happening.SMTP_TAKES_AND_HANGS_UP: ("hang_up", "DOT", ""),
}
SMTP_HAPPENINGS = (*EDITS, *LOOKS, *LOGS, *DISK, *SMTP_TROUBLES, *SMTP_TROUBLES, *SMTP_TROUBLES)
_ERRORS = {Happening.DISK_FULL: "ENOSPC", Happening.IO_ERROR: "EIO"}
_ON_DISK = {"fsync", "link", "rename", "replace"}  # where the system itself would refuse
_A_STEP_TAKES = 0.2


def _disk_effects() -> Sequence[tuple[object, str, str]]:
    return [
        (ExcelFileWorkbook, "read", "read"),
        (Journal, "append", "journal"),
        (Journal, "open_run", "journal"),
        (saving, "swap", "replace"),
        (os, "fsync", "fsync"),
    ]


def _outbox_effects() -> Sequence[tuple[object, str, str]]:
    carrier = [(OutboxCarrier, verb, verb) for verb in ("prepare", "commit", "resolve")]
    return [*_disk_effects(), *carrier, (os, "link", "link"), (Path, "rename", "rename")]


def _smtp_effects() -> Sequence[tuple[object, str, str]]:
    return [*_disk_effects(), (SmtpCarrier, "commit", "commit"), (smtplib.SMTP, "getreply", "reply")]


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return content_of(fingerprint_of(file))


class FileWorld:
    """One workbook file; what becomes of letters is the business of its two kinds."""

    effects: Effects
    has_rebuilding = True
    delivers = frozenset({"commit", "resolve", "link", "rename", "replace", "reply"})

    def __init__(self, folder: Path, schedule: Schedule) -> None:
        self.around = Surroundings(folder, schedule)
        self.path = folder / "candidates.xlsx"
        self._journal_was = 0
        self._read: dict[str, list[tuple[CellValue, ...]]] = {}
        self._read_at: tuple[int, ...] = ()
        book = Workbook()
        sheet = book.active
        sheet.title = TAB
        for row in (["採用管理表"], HEADINGS, *schedule.rows):
            sheet.append([value or None for value in row])
        book.save(self.path)

    def start(self, start: Start) -> Actor:
        """`relay` in a process of its own. No carrier here has an inbox: whoever would look into one sends."""

        def tell_time(slept: float) -> datetime:
            self.passes(slept)
            return self.around.now(start.clock_is_off)

        errand = Errand.SEND if start.errand is Errand.SYNC else start.errand
        return ProcessActor(self.words(errand), self.effects, tell_time)

    def words(self, errand: Errand) -> Sequence[str]:
        """What is typed for an errand."""
        return self.around.words(errand, str(self.path), self.carrier())

    def carrier(self) -> str:
        """Its address."""
        raise NotImplementedError

    def edit(self, event: Event) -> bool:
        book = load_workbook(self._shown())
        done = edit_workbook(book, event)
        if done:
            self._save(book)
        return done

    def trouble(self, event: Event, actor: Actor) -> str | None:
        kind = actor.stop.kind if actor.stop else ""
        return _ERRORS[event.what] if event.what in _ERRORS and kind in _ON_DISK else None

    def dies(self, actor: Actor, dice: Random) -> Happening | None:
        """A power cut in the middle of a commit may leave any part of what the journal was about to write."""
        stop = actor.stop
        log = self.path.parent / ".relay" / f"{self.path.name}.journal-wal"
        before = self._journal_was
        actor.kill()
        if stop is not None and (stop.moment, stop.kind) == (AFTER, "journal") and log.exists():
            size = log.stat().st_size
            if before < size and dice.random() < 0.7 and (kept := dice.randint(before, size)) < size:
                os.truncate(log, kept)
                return Happening.TORN_WRITE
        return None

    def notices(self, actor: Actor) -> None:
        """Note how long the journal is before somebody writes into it."""
        if actor.stop is not None and (actor.stop.moment, actor.stop.kind) == (BEFORE, "journal"):
            log = self.path.parent / ".relay" / f"{self.path.name}.journal-wal"
            self._journal_was = log.stat().st_size if log.exists() else 0

    def passes(self, seconds: float) -> None:
        self.around.passed += seconds

    def now(self) -> float:
        self.passes(_A_STEP_TAKES)
        return self.around.passed

    def heals(self) -> None:
        if not headings_put_back(self.cells()):
            return
        book = load_workbook(self._shown())
        change_cells(book[TAB], headings_put_back)
        self._save(book)

    def cells(self) -> Cells:
        return [list(row) for row in self._tabs()[TAB]]

    def truth(self) -> Truth:
        return truth_of(self.cells())

    def log(self) -> list[dict[str, str]]:
        rows = self._tabs().get(LOG, [])
        return [dict(zip(map(str, rows[0]), (str(v or "") for v in row), strict=True)) for row in rows[1:]]

    def _tabs(self) -> dict[str, list[tuple[CellValue, ...]]]:
        """All tabs, read again when the file is another one."""
        shown = self._shown()
        status = shown.stat()
        state = (status.st_ino, status.st_mtime_ns, status.st_size)
        if state != self._read_at:
            book = load_workbook(shown, read_only=True)
            self._read = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
            self._read_at = state
            book.close()
        return self._read

    def _shown(self) -> Path:
        """The sheet as people have left it.

        A run that has displaced a person's save, and dies in that very moment, leaves it beside the file. The next run
        puts it back before it reads, and whoever has it open saves it again.
        """
        for left in self.path.parent.glob(".candidates.saving.*.xlsx"):
            _, _, _, old, ours, _ = left.name.split(".")
            is_latest = _content(self.path) == ours or left.stat().st_mtime_ns > self.path.stat().st_mtime_ns
            if _content(left) not in {old, ours} and is_latest:
                return left
        return self.path

    def _save(self, book: Workbook) -> None:
        """As Excel saves: a new file, then a rename."""
        new = self.path.with_name("~new.xlsx")
        book.save(new)
        new.replace(self.path)


class OutboxWorld(FileWorld):
    """Letters go into a folder."""

    effects = staticmethod(_outbox_effects)

    def __init__(self, folder: Path, schedule: Schedule) -> None:
        super().__init__(folder, schedule)
        self._arrived: dict[str, Arrived] = {}

    def carrier(self) -> str:
        return f"outbox:{self.around.folder / 'outbox'}"

    def edit(self, event: Event) -> bool:
        if event.what is not Happening.DELETE_DRAFT:
            return super().edit(event)
        prepared = sorted((self.around.folder / "outbox" / "tmp").glob("*.eml~*"))
        if prepared:
            prepared[int(event.dice[0] * len(prepared))].unlink()
        return bool(prepared)

    def letters(self) -> list[Arrived]:
        published = (self.around.folder / "outbox" / "new").glob("*")
        for path in published:
            if path.name not in self._arrived:
                self._arrived[path.name] = _read(_parsed(path.read_bytes()))
        return list(self._arrived.values())


class SmtpWorld(FileWorld):
    """Letters go to a real server."""

    effects = staticmethod(_smtp_effects)

    def __init__(self, folder: Path, server: MailServer, schedule: Schedule) -> None:
        super().__init__(folder, schedule)
        self._server = server
        self._arrived: list[Arrived] = []
        server.letters.clear()
        self._calm()

    def carrier(self) -> str:
        return f"smtp://127.0.0.1:{self._server.port}"

    def trouble(self, event: Event, actor: Actor) -> str | None:
        if event.what not in SMTP_TROUBLES:
            return super().trouble(event, actor)
        if actor.stop is None or actor.stop.kind != "commit":
            return None
        switch, where, answer = SMTP_TROUBLES[event.what]
        getattr(self._server.switches, switch).update({where: answer} if answer else {where})
        return ""

    def notices(self, actor: Actor) -> None:
        super().notices(actor)
        if actor.stop is not None and (actor.stop.moment, actor.stop.kind) == (AFTER, "commit"):
            self._calm()

    def heals(self) -> None:
        self._calm()
        super().heals()

    def letters(self) -> list[Arrived]:
        new = self._server.letters[len(self._arrived) :]
        self._arrived += [_read(_parsed(content), to) for to, content in new]
        return self._arrived

    def _calm(self) -> None:
        self._server.switches.answers.clear()
        self._server.switches.hang_up.clear()


def _parsed(content: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def _read(message: email.message.EmailMessage, to: str = "") -> Arrived:
    body = message.get_body(("plain",))
    return arrived(to or message["To"].addresses[0].addr_spec, body.get_content() if body else "")
