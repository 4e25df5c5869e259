"""A company: its workbook, `relay`, its mailboxes, and a clock that is set."""

from __future__ import annotations

import base64
import csv
import email
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import openpyxl
import pytest

from sheets_automation.cli import main
from tests.carriers.mail_server import MailServer
from tests.circle.people import HEADINGS, NEWS, RESULTS
from tests.google_emulator import Running
from tests.workbooks.google_people import GoogleStore

PLAN = "フォロー計画"


class PostOffice(Protocol):
    """Where letters leave, and where they can be read."""

    def carrier(self, sender: str) -> str:
        """What stands behind --carrier."""

    def delivered(self) -> list[tuple[str, bytes]]:
        """Recipient and content of all that left."""


@dataclass
class SmtpPost:
    """A mail server of the company's own."""

    server: MailServer

    def carrier(self, _sender: str) -> str:
        return f"smtp://127.0.0.1:{self.server.port}"

    def delivered(self) -> list[tuple[str, bytes]]:
        return self.server.letters


@dataclass
class GmailPost:
    """Mailboxes of Gmail."""

    google: Running

    def carrier(self, sender: str) -> str:
        return f"gmail:{sender}"

    def delivered(self) -> list[tuple[str, bytes]]:
        ledger = self.google.control.ledger()
        return [(to, base64.b64decode(one["raw"])) for one in ledger for to in one["recipients"]]


class Letter:
    """One letter, as it was delivered."""

    def __init__(self, to: str, content: bytes) -> None:
        self.to = to
        self.mail: EmailMessage = email.message_from_bytes(content, policy=policy.default)
        self.text: str = self.mail.get_body(("plain",)).get_content()

    @property
    def sender(self) -> str:
        return self.mail["From"].addresses[0].addr_spec

    def referral_path(self) -> str:
        return self._path(r"https://relay\.minato\.example(/r/\w+)", self.text)

    def refusal_path(self) -> str:
        """Of the page that the letter's own words lead to."""
        return self._path(r"https://relay\.minato\.example(/u/\w+)", self.text)

    def unsubscribe_path(self) -> str:
        """Of what a mail program's button posts to."""
        assert self.mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        return self._path(r"<https://relay\.minato\.example(/u/\w+)>", self.mail["List-Unsubscribe"])

    def survey_path(self) -> str:
        return self._path(r"https://relay\.minato\.example(/s/\w+)", self.text)

    def line_code(self) -> str:
        return self._path(r"https://line\.me/R/oaMessage/%40minato/\?(\w+)", self.text)

    def _path(self, pattern: str, text: str) -> str:
        [found] = set(re.findall(pattern, text))
        return found


@dataclass
class Company:
    """A workbook, `relay`, and a clock."""

    folder: Path
    book: str
    post: PostOffice
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    store: GoogleStore | None = None
    now: datetime = field(init=False)
    clocks: list[Callable[[datetime], None]] = field(default_factory=list)
    """Of those around it, which go with its own."""

    def at(self, moment: str) -> None:
        self.now = datetime.fromisoformat(f"{moment}+09:00")
        self.patch.setenv("RELAY_NOW", self.now.isoformat())
        for set_clock in self.clocks:
            set_clock(self.now)

    def relay(self, command: str, *words: str, code: int = 0) -> dict:
        self.capsys.readouterr()
        ended = main([command, self.book, *words, "--json", "--lang", "ja"])
        said = self.capsys.readouterr()
        assert ended == code, said
        return json.loads(said.out)

    def takes_in(self, name: str, *rows: tuple[str, ...]) -> dict:
        """Import applicants from a file of that name."""
        return self.relay("import", self.file(name, rows))

    def send(self, *words: str, code: int = 0) -> dict:
        return self.relay("send", "--carrier", self.post.carrier(RESULTS), "--send", *words, code=code)

    def write_news(self) -> dict:
        return self.relay("follow-up", "--carrier", self.post.carrier(NEWS), "--send")

    def write_news_by_line(self) -> dict:
        return self.relay("follow-up", "--carrier", "line:", "--send")

    def letters(self) -> list[Letter]:
        """Everything that left by mail, oldest first."""
        return [Letter(to, content) for to, content in self.post.delivered()]

    def last_letter_to(self, address: str) -> Letter:
        return next(one for one in reversed(self.letters()) if one.to == address)

    def left_out(self, answer: dict) -> dict[object, str]:
        """Why whom, by address; of several rows of a person, the last."""
        addresses = self._column("メールアドレス")
        return {addresses[one["row"] - 1]: one["reason"] for one in answer["skipped"]}

    def column(self, heading: str) -> dict[object, object]:
        """What stands in a column of the candidates, by address; of several rows of a person, the last."""
        return dict(zip(self._column("メールアドレス"), self._column(heading), strict=True))

    def _column(self, heading: str) -> list[object]:
        rows = self.tabs()["候補者"]
        at = next(row.index(heading) for row in rows if heading in row)
        return [row[at] if at < len(row) else None for row in rows]

    def file(self, name: str, rows, headings=HEADINGS) -> str:
        with (self.folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([headings, *rows])
        return name

    def switch_on(self, campaign: str, again: str) -> None:
        """What HR does in フォロー計画."""
        rows = self.tabs()[PLAN]
        head = next(row for row in rows if "キャンペーン" in row)
        at = next(number for number, row in enumerate(rows) if campaign in row[1:2])
        for heading, value in (("使用", "○"), ("くり返し", again)):
            self._types(at, head.index(heading), value)

    def tabs(self) -> dict[str, list[list[object]]]:
        """What people see in the workbook."""
        if self.store is not None:
            return self.store.look()
        book = openpyxl.load_workbook(self.folder / self.book)
        return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}

    def _types(self, row: int, column: int, value: str) -> None:
        if self.store is not None:
            self.store.edit("set_cell", sheet=PLAN, row=row + 1, column=column, value=value)
            return
        book = openpyxl.load_workbook(self.folder / self.book)
        book[PLAN].cell(row + 1, column + 1).value = value
        book.save(self.folder / self.book)
