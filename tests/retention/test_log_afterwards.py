"""The log after an erasure: changes in it are noticed, and it can be rebuilt without bringing anybody back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import HEADINGS
from sheets_automation.core.sent_mail import SentMail
from sheets_automation.jobs.rebuild_log import plan_rebuild, rebuild_log
from tests.retention.house import LOG, TAB, letters, log_tab, row, sheet

ROWS = [row(number) for number in range(1, 5)]


class NoMail:
    """A mailbox from which everything was deleted."""

    def look(self, *_):
        return SentMail()

    def close(self):
        pass


@pytest.fixture
def team(memory):
    return memory({TAB: sheet(*ROWS), LOG: log_tab(letters(ROWS))})


def rebuilt(team):
    with closing(team.store.open()) as workbook:
        run = team.run()
        plan = plan_rebuild(workbook, NoMail(), team.desk, run, look_back=timedelta(days=365))
        rebuild_log(workbook, plan, run)


def edit(team, change):
    tabs = team.store.look()
    change(tabs[LOG])
    team.store.save(tabs)


@pytest.mark.parametrize("heading", ["宛先", "件名", "候補者ID"])
def test_a_row_that_was_erased_and_is_changed_afterwards_is_noticed(team, heading):
    team.erase("C-2")
    at = HEADINGS.index(heading)
    place = next(
        n for n, cells in enumerate(team.store.look()[LOG]) if str(cells[HEADINGS.index("件名")]).startswith("消去")
    )

    edit(team, lambda grid: grid[place].__setitem__(at, "somebody"))

    with pytest.raises(LogDamaged):
        team.situation()


def test_the_word_that_explains_an_erasure_cannot_be_taken_away(team):
    team.erase("C-2")

    edit(team, lambda grid: grid.pop(next(n for n, cells in enumerate(grid) if EventKind.ERASED in cells)))

    with pytest.raises(LogDamaged):
        team.situation()


def test_two_erasures_one_after_the_other_leave_a_log_that_holds(team):
    team.erase("C-2")
    team.erase("C-3")

    kinds = [event.kind for event in team.situation().events]
    assert kinds.count(EventKind.ERASED) == 2


def test_a_rebuilt_log_can_be_erased_from_and_an_erased_log_rebuilt(team):
    edit(team, lambda grid: grid.pop(2))
    rebuilt(team)
    team.erase("C-4")
    assert "person4@" not in str(team.store.look()[LOG])
    assert team.situation().log.erased_with

    edit(team, lambda grid: grid.pop(5))
    rebuilt(team)

    assert team.situation().log.erased_with
    assert "person4@" not in team.everything()


def test_notes_and_marks_of_approved_letters_go_and_codes_of_bounces_stay(memory):
    claim, sent = letters(ROWS[:1])
    more = [
        replace(sent, event_id=f"{sent.run_id}-0003", kind=EventKind.HELD, detail="ご本人から電話", claim_id=""),
        replace(
            sent, event_id=f"{sent.run_id}-0004", kind=EventKind.APPROVED, reference="mark-of-a-letter", claim_id=""
        ),
        replace(
            sent,
            event_id=f"{sent.run_id}-0005",
            kind=EventKind.BOUNCED,
            detail="unknown_address 5.1.1",
            to_address="person1@mail.example",
        ),
    ]
    team = memory({TAB: sheet(*ROWS), LOG: log_tab([claim, sent, *more])})

    team.erase("C-1")

    said = str(team.store.look()[LOG])
    assert "電話" not in said
    assert "mark-of-a-letter" not in said
    assert "unknown_address 5.1.1" in said
    assert "file-C-1" in said
