"""Each kind of poison that aims at a header or at the conversation with a mail server, through a real one."""

from __future__ import annotations

import pytest

from tests.carriers.mail_server import MailServer
from tests.poison.company import NOW, tabs_of, write_configuration
from tests.poison.excel import write_workbook
from tests.poison.kind import Kind
from tests.poison.kinds import IN_HEADERS
from tests.poison.ledger import arrived, check_bytes
from tests.poison.outcomes import check_letters, check_outcome, expected_letters
from tests.poison.said import run


@pytest.fixture(scope="module")
def server():
    server = MailServer()
    with server.running():
        yield server


@pytest.fixture
def relay(server, tmp_path, monkeypatch):
    """A command on the workbook with this kind of poison."""
    monkeypatch.setenv("RELAY_NOW", NOW)
    server.letters.clear()
    config = write_configuration(tmp_path)
    book = tmp_path / "book.xlsx"

    def relay(kind, command, *words):
        if not book.exists():
            write_workbook(book, tabs_of(kind))
        return run(command, str(book), *words, "--config", config)

    return relay


def send(relay, server, kind, *more):
    return relay(kind, "send", "--carrier", f"smtp://127.0.0.1:{server.port}", "--send", "--json", *more)


@pytest.mark.parametrize("kind", IN_HEADERS, ids=lambda kind: kind.name)
def test_a_mail_server_gets_each_letter_for_one_address_and_whole(kind, relay, server):
    sent = send(relay, server, kind)

    check_outcome(kind, sent, "excel")
    check_letters([arrived(raw, [address]) for address, raw in server.letters], expected_letters(kind, "excel"))
    check_bytes(server.letters[0][1])
    check_bytes(server.letters[len(server.letters) // 2][1])


@pytest.mark.parametrize("typed", ["C\x1b[2J-99", "[/bold]C-99", "C\x9b-99"])
def test_a_letter_in_doubt_is_listed_without_obeying_its_id(typed, relay, server):
    kind = Kind("id", {"候補者ID": typed})
    server.switches.hang_up.add("DOT")
    try:
        unsure = send(relay, server, kind, "--only", typed)
    finally:
        server.switches.hang_up.clear()

    listed, document = relay(kind, "settle"), relay(kind, "settle", "--json")

    assert unsure.document["uncertain"] == 1
    assert (listed.live_characters(), document.live_characters()) == ([], [])
    assert typed.replace("\x1b", "\ufffd").replace("\x9b", "\ufffd") in listed.out
    assert [one["candidate_id"] for one in document.document["open"]] == [typed]
