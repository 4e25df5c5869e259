"""Each kind of poison in a Google spreadsheet, and letters by Gmail: what left the mailbox, and what was written."""

from __future__ import annotations

import base64
import os
from datetime import datetime

import pytest

from tests.poison.company import NOW, SENDER, tabs_of, write_configuration
from tests.poison.google import PoisonedSpreadsheet
from tests.poison.kinds import KINDS
from tests.poison.ledger import arrived
from tests.poison.outcomes import check_letters, check_outcome, check_second_run, expected_letters
from tests.poison.said import everything_said, run

# A letter takes many calls here: so every third kind, and each that Google holds otherwise than a file. All, once in a
# while: RELAY_TRY_ALL=1.
TRIED = (
    KINDS
    if "RELAY_TRY_ALL" in os.environ
    else [kind for number, kind in enumerate(KINDS) if number % 3 == 0 or kind.on_google is not None]
)
pytestmark = pytest.mark.parametrize("kind", TRIED, ids=lambda kind: kind.name)
FIELDS_OF_GMAIL = ("received", "received", "x-relay-letter")
OURS = {"送信記録", "クレジット", "要確認"}


@pytest.fixture
def relay(google, tmp_path, monkeypatch):
    """The command in this process, with the emulator for Google."""
    monkeypatch.setenv("RELAY_NOW", NOW)
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    google.control.freeze(datetime.fromisoformat(NOW))
    config = write_configuration(tmp_path)

    def relay(command, store, *words):
        return run(command, store.address, *words, "--config", config)

    return relay


def test_the_innocent_get_their_letters_and_the_poison_does_nothing(kind, google, relay):
    store = PoisonedSpreadsheet(google, tabs_of(kind))
    formulas = set(store.formulas())

    words = ("--carrier", f"gmail:{SENDER}", "--send", "--json")
    sent, again = relay("send", store, *words), relay("send", store, *words)

    letters = [arrived(base64.b64decode(one["raw"]), one["recipients"]) for one in google.control.ledger()]
    check_outcome(kind, sent, "google")
    check_second_run(kind, again, "google")
    check_letters(letters, expected_letters(kind, "google"), FIELDS_OF_GMAIL)
    assert everything_said([sent, again]) == {}
    assert not any(one.code == 1 or one.err for one in (sent, again))
    assert {cell for cell in store.formulas() if cell.partition("!")[0] in OURS} <= formulas
