"""`relay send`: what each option promises, on the demo workbook and an outbox."""

import mailbox
import tomllib
from pathlib import Path

import pytest

from tests.commands.conftest import CONFIG

DOCUMENT = {
    "run_id", "workbook", "carrier", "dry_run", "planned", "sent", "failed", "uncertain", "left_out", "letters",
    "skipped", "waiting_too_long", "credits",
}  # fmt: skip
LETTER = {"candidate_id", "row", "to", "subject", "letter", "state", "referral_code", "detail"}


def send(relay, *more, code=0, **settings):
    return relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", *more, code=code, **settings)


def outbox():
    return list(mailbox.Maildir(Path("out"), create=False)) if Path("out/new").is_dir() else []


def test_the_document_has_the_same_keys_before_and_after(relay, book):
    for document in (relay("send", "book.xlsx"), send(relay)):
        assert set(document) == DOCUMENT
        assert all(set(letter) == LETTER for letter in document["letters"])
        assert set(document["skipped"][0]) == {"candidate_id", "row", "reason", "severity", "text"}
        assert set(document["credits"]) == {"earned", "redeemed", "expired", "left", "progress"}
        assert document["left_out"] == len(document["skipped"])


@pytest.mark.parametrize(
    ("words", "code"),
    [(["missing.xlsx"], 4), (["book.xlsx", "--send"], 2), (["book.xlsx", "--only", "C-NOBODY"], 2)],
)
def test_a_refusal_has_the_keys_of_a_run_and_an_error(relay, book, words, code):
    document = relay("send", *words, code=code)

    assert set(document) == {*DOCUMENT, "error"}
    assert document["sent"] == 0


def test_a_dry_run_names_no_carrier_even_where_one_is_configured(relay, book, tmp_path):
    config = with_carrier(tmp_path, "outbox:usual")

    assert relay("send", "book.xlsx", config=config)["carrier"] is None


def test_the_configured_carrier_takes_the_letters_where_none_is_named(relay, book, tmp_path):
    document = relay("send", "book.xlsx", "--send", "--limit", "2", config=with_carrier(tmp_path, "outbox:usual"))

    assert document["carrier"] == "outbox:usual"
    assert len(list(Path("usual/new").iterdir())) == 2


def with_carrier(folder, carrier):
    text = Path(CONFIG).read_text(encoding="utf-8").replace('carrier = ""', f'carrier = "{carrier}"')
    assert tomllib.loads(text)["sender"]["carrier"] == carrier
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_unknown_id_is_named_instead_of_nothing_to_do(relay, book):
    error = send(
        relay, "--only", "C-NOBODY", "--only", relay("send", "book.xlsx")["letters"][0]["candidate_id"], code=2
    )

    assert error["error"]["name"] == "unknown_candidate"
    assert "C-NOBODY" in error["error"]["text"]
    assert outbox() == []


def test_a_limit_sends_so_many_and_the_rest_next_time(relay, book):
    first, second = send(relay, "--limit", "3"), send(relay, "--limit", "2")

    assert (first["sent"], second["sent"], len(outbox())) == (3, 2, 5)
    assert sum(one["reason"] == "over_limit" for one in first["skipped"]) == 21


def test_the_exact_number_lets_a_run_pass(relay, book):
    assert send(relay, "--expect", "24")["sent"] == 24


def test_an_unusual_number_is_refused_until_somebody_names_it(relay, book, tmp_path):
    config = tmp_path / "careful.toml"
    text = Path(CONFIG).read_text(encoding="utf-8")
    config.write_text(text.replace("max_letters_per_run = 50", "max_letters_per_run = 5"), encoding="utf-8")

    dry = relay("send", "book.xlsx", code=3, config=str(config))
    refused = send(relay, code=3, config=str(config))
    named = send(relay, "--expect", "24", config=str(config))

    assert dry["error"]["name"] == refused["error"]["name"] == "blast_radius"
    assert "--expect 24" in refused["error"]["text"]
    assert (refused["sent"], named["sent"]) == (0, 24)


def test_a_closed_window_says_when_it_opens(say, book, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-28T10:00:00+09:00")

    screen = say("send", "book.xlsx", "--carrier", "outbox:out", "--send", "--lang", "ja").out

    assert "2026/11/30 9:00" in screen.splitlines()[-1]
    assert outbox() == []


def test_samples_are_shown_before_they_are_sent(relay, book):
    plan = relay("send", "book.xlsx", "--test-to", "me@example.com")

    assert (plan["dry_run"], plan["planned"], plan["sent"]) == (True, 5, 0)
    assert {letter["to"] for letter in plan["letters"]} == {"me@example.com"}
    assert set(plan) == {*DOCUMENT, "test_to"}
    assert outbox() == []


def test_samples_need_no_lock_and_leave_no_trace(relay, book):
    (book.parent / "~$book.xlsx").write_bytes(b"\x06User")
    before = book.read_bytes()

    assert send(relay, "--test-to", "me@example.com")["sent"] == 5
    assert book.read_bytes() == before
    assert not (book.parent / ".relay").exists()


def test_a_sample_to_no_address_is_refused(relay, book):
    assert send(relay, "--test-to", "nobody", code=2)["error"]["name"] == "configuration"


def test_a_sample_to_a_candidate_is_refused_before_anything_leaves(relay, book):
    address = relay("send", "book.xlsx")["letters"][0]["to"]

    assert send(relay, "--test-to", address, code=3)["error"]["name"] == "not_for_oneself"
    assert outbox() == []


def test_without_a_sender_the_outbox_gets_a_placeholder_and_says_so(say, relay, book):
    said = say("send", "book.xlsx", "--carrier", "outbox:out", "--send", "--limit", "2", "--lang", "en", config=None)

    assert "sender-not-set@relay.invalid" in said.err
    assert {letter["From"].rpartition("<")[2] for letter in outbox()} == {"sender-not-set@relay.invalid>"}


def test_without_a_sender_a_mail_server_is_refused_with_a_clear_sentence(relay, book):
    refused = relay("send", "book.xlsx", "--carrier", "smtp://127.0.0.1:1", "--send", code=2, config=None)

    assert "[sender] address" in refused["error"]["text"]


def test_a_second_run_has_nothing_to_do_and_says_so(say, relay, book):
    send(relay)

    screen = say("send", "book.xlsx", "--carrier", "outbox:out", "--send", "--lang", "en").out

    assert screen.startswith("0 letters to send")
    assert screen.splitlines()[-1].startswith("No letter is due now.")
    assert len(outbox()) == 24
