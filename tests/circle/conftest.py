"""A company with an Excel file and a mail server, and one with a Google spreadsheet and Gmail."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.carriers.mail_server import MailServer
from tests.circle.company import Company, GmailPost, SmtpPost
from tests.circle.people import CONFIG, HEADINGS, INVITATION
from tests.circle.town import ENVIRONMENT, Clock, town
from tests.line_server.server import LineServer
from tests.workbooks.google_people import GoogleStore

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The company's own: its configuration, its letters, and the secrets in the environment."""
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "relay.toml").write_text(CONFIG, encoding="utf-8")
    shutil.copytree(TEMPLATES, tmp_path / "letters")
    for letter in ("standard.ja.md", "after_final_interview.ja.md"):
        path = tmp_path / "letters" / letter
        body, referral, rest = path.read_text(encoding="utf-8").partition("{% if 紹介URL %}")
        path.write_text(body + INVITATION + referral + rest, encoding="utf-8")
    return tmp_path


@pytest.fixture
def line(monkeypatch):
    """LINE, as far as we use it."""
    with LineServer().running() as server:
        monkeypatch.setenv("RELAY_LINE_API_HOST", server.place)
        yield server


@pytest.fixture(params=["excel", "google"])
def company(request, folder, line, monkeypatch, capsys):
    """A workbook of one kind or the other, and the mailboxes that go with it."""
    make = _with_excel if request.param == "excel" else _with_google
    yield from make(request, folder, monkeypatch, capsys)


@pytest.fixture
def around(company, folder, line):
    """The town around it, where the clocks go with the company's."""
    clock = Clock(line)
    company.clocks.append(clock.set)
    company.at("2026-04-20T10:00:00")
    with town(folder, line, clock) as one:
        yield one


def _with_excel(_request, folder, patch, capsys):
    server = MailServer()
    with server.running():
        one = Company(folder, "book.xlsx", SmtpPost(server), patch, capsys)
        one.at("2026-04-20T10:00:00")
        one.relay("init")
        yield one


def _with_google(request, folder, patch, capsys):
    google = request.getfixturevalue("google")
    patch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    patch.setenv("RELAY_CONFIG", str(folder / "relay.toml"))
    store = GoogleStore(google, {"候補者": [[*HEADINGS, "連絡停止", "タグ"]]})
    address = f"https://docs.google.com/spreadsheets/d/{store.id}/edit"
    one = Company(folder, address, GmailPost(google), patch, capsys, store)
    one.clocks.append(google.control.freeze)
    yield one
