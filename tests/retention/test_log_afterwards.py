"""The log after an erasure: changes in it are noticed, and it can be rebuilt without bringing anybody back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.carriers.outbox_shelf import OutboxShelf
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged, NotErasable
from sheets_automation.core.log_rows import HEADINGS
from sheets_automation.core.model import DeliveryKey, LetterKind
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


def apology_for_the_second_letter(to_address: str, end: EventKind = EventKind.SENT):
    """A second letter to C-1, and the apology for it: its id is that of the letter."""
    second = letters(ROWS[:1], run="20260601-090000-BBBBBB")
    apology = letters(ROWS[:1], run="20260602-090000-CCCCCC")
    claims = [
        replace(second[0], key=replace(second[0].key, cycle=2), to_address=to_address),
        replace(second[1], key=replace(second[1].key, cycle=2)),
    ]
    key = DeliveryKey(candidate_id="C-1-L2", kind=LetterKind.APOLOGY)
    return [*claims, replace(apology[0], key=key, to_address=to_address), replace(apology[1], key=key, kind=end)]


def test_the_apology_for_a_later_letter_goes_with_whoever_the_letter_was_about(memory, tmp_path):
    events = [*letters(ROWS), *apology_for_the_second_letter("wrong@mail.example")]
    aside = {"送信記録 旧 20260701-000000": log_tab(events)}
    team = memory({TAB: sheet(*ROWS), LOG: log_tab(events), **aside})
    file = tmp_path / "new" / letter_name(DeliveryKey(candidate_id="C-1-L2", kind=LetterKind.APOLOGY), 1)
    file.parent.mkdir()
    file.write_text("Subject: お詫び\n\n様")
    team.tools = replace(team.tools, shelves=[OutboxShelf(tmp_path)])

    certificate = team.erase("C-1")

    assert "wrong@mail.example" not in team.everything()
    assert "person2@mail.example" in team.everything()
    assert certificate.counts["letters"] == 1
    assert not file.exists()


def test_nobody_is_erased_while_the_apology_for_a_later_letter_of_theirs_is_in_doubt(memory):
    events = [*letters(ROWS), *apology_for_the_second_letter("wrong@mail.example", EventKind.UNCERTAIN)]
    team = memory({TAB: sheet(*ROWS), LOG: log_tab(events)})

    with pytest.raises(NotErasable):
        team.erase("C-1")
