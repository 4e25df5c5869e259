"""What a process shares among its workbooks: the units of a mailbox, and waits that end when it is asked to stop."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.core.errors import StopAsked
from sheets_automation.google.patience import patiently
from sheets_automation.stopping import Waits
from sheets_automation.wiring import Office
from sheets_automation.wiring_google import gmail_client
from sheets_automation.wiring_tempo import Tempo

MAILBOX = "saiyo@minato.example"


class Asked:
    """Somebody who asks to stop after so many pieces of a wait."""

    def __init__(self, after):
        self.left = after
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.left -= 1

    def waits(self):
        return Waits(is_over=lambda: self.left <= 0, sleep=self.sleep)


@pytest.fixture
def offices(google, tmp_path):
    """Of two workbooks with one mailbox, of which Gmail takes 600 units a minute; all their waits."""
    (tmp_path / "relay.toml").write_text("[google]\nunits_per_minute = 600\n", encoding="utf-8")
    environment = {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    found = [Office.open(str(tmp_path / "relay.toml"), f"{name}.xlsx", environment) for name in ("a", "b")]
    waited = []
    tempo = Tempo(sleep=waited.append)
    for office in found:
        office.tempo = tempo
    return *found, waited


def spend(office, units):
    with closing(gmail_client(office, MAILBOX)) as client, client._pacer.spending(units):
        pass


def test_what_was_spent_for_one_workbook_counts_for_the_next_of_the_same_mailbox(offices):
    first, second, waited = offices
    spend(first, 600)
    before = list(waited)

    spend(second, 1)

    assert (before, len(waited)) == ([], 1)


def test_a_wait_ends_when_somebody_asks_to_stop():
    asked = Asked(after=3)

    asked.waits().for_a_turn(900)

    assert len(asked.slept) == 3


def test_a_wait_for_another_try_ends_without_another_try():
    asked = Asked(after=3)

    with pytest.raises(StopAsked):
        asked.waits().for_another_try(900)

    assert len(asked.slept) == 3


def test_a_wait_that_nobody_disturbs_is_as_long_as_it_was_meant():
    asked = Asked(after=10**6)

    asked.waits().for_another_try(2.6)

    assert sum(asked.slept) == pytest.approx(2.6)


@pytest.mark.parametrize("pieces", [1, 30])
def test_what_was_met_last_is_raised_where_no_time_is_left_to_try_again(pieces):
    asked, tries = Asked(after=pieces), []

    def ask():
        tries.append(1)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        patiently(ask, may_repeat=lambda _: True, sleep=asked.waits().for_another_try)

    assert len(tries) < 6
