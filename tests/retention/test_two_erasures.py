"""Two erasures of one spreadsheet at once: nobody comes back, and the log holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.workbooks.google_client import SheetsClient
from tests.retention.house import LOG, TAB, Team, letters, log_tab, row, sheet
from tests.workbooks.google_people import GoogleStore

ROWS = [row(number) for number in range(1, 4)]


@pytest.fixture
def store(google):
    return GoogleStore(google, {TAB: sheet(*ROWS), LOG: log_tab(letters(ROWS))})


def after_the_facts_changed(monkeypatch, then):
    """Let something happen once, between the write of an erasure and its look at what stands there."""
    real, done = SheetsClient.write, []

    def write(client, requests, **options):
        answer = real(client, requests, **options)
        if "消去 " in str(requests) and not done:
            done.append(True)
            then()
        return answer

    monkeypatch.setattr(SheetsClient, "write", write)
    return done


def test_whoever_is_erased_while_another_erasure_looks_at_its_facts_stays_erased(store, monkeypatch):
    team, other = Team(store), Team(store)
    done = after_the_facts_changed(monkeypatch, lambda: other.erase("C-2"))

    team.erase("C-1")

    assert done
    said = team.everything()
    assert "person1@" not in said
    assert "person2@" not in said
    assert "person3@" in said
    assert len(team.situation().events) == 8  # six of the letters, and one that explains each erasure


def test_rows_of_the_log_that_are_moved_again_while_they_are_put_right_end_as_they_should(store, monkeypatch):
    """The write lands one row too high, and so does the first try to put it right."""
    real, moves = SheetsClient.write, []

    def write(client, requests, **options):
        if "消去 " in str(requests) and len(moves) < 2:
            moves.append(True)
            store.edit("insert_row", sheet=LOG, row=2, cells=[])
        return real(client, requests, **options)

    monkeypatch.setattr(SheetsClient, "write", write)
    team = Team(store)

    team.erase("C-2")

    assert len(moves) == 2
    said = team.everything()
    assert "person2@" not in said
    assert "person1@" in said
    assert "person3@" in said
    assert len(team.situation().events) == 7


def test_the_same_person_is_erased_once_where_two_ask_for_it(store):
    team, other = Team(store), Team(store)

    class Shelf:
        """Letters are looked for between the decision and the write."""

        name = "outbox"
        asked = 0

        def erase(self, _sent):
            self.asked += 1
            if self.asked == 1:
                other.erase("C-1")
            return 0

    team.tools = replace(team.tools, shelves=(Shelf(),))

    team.erase("C-1")

    assert "person1@" not in team.everything()
    assert len(team.situation().events) == 7
    assert team.situation().erasures.unfinished == ()
