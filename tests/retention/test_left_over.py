"""An erasure died, and people were at work before the next one: only who was named, and may go, is erased by it."""

from __future__ import annotations

import pytest

from sheets_automation.core.erasure_certificate import certificate_document
from tests.retention.house import LOG, TAB, Team, letters, log_tab, row, sheet

ROWS = [row(number) for number in range(1, 5)]
NEWCOMER = {"氏名": "新人 花子", "メールアドレス": "new@mail.example", "電話番号": "090-7777-7777"}


class Dies(Exception):
    """What a power cut is to the program."""


@pytest.fixture
def team(memory):
    """An erasure of C-1 has named whom it erases, and died."""
    team = memory({TAB: sheet(*ROWS), LOG: log_tab(letters(ROWS))})
    opened = team.store.open

    class Dying:
        def __init__(self, real):
            self.real = real

        def __getattr__(self, name):
            return getattr(self.real, name)

        def rewrite(self, *_):
            raise Dies

    team.store.open = lambda: Dying(opened())
    with pytest.raises(Dies):
        team.erase("C-1")
    team.store.open = opened
    return team


def recruiter_types_over(team: Team, candidate_id: str, **cells: object) -> None:
    tabs = team.store.look()
    head = tabs[TAB][0]
    line = next(one for one in tabs[TAB][1:] if one[head.index("候補者ID")] == candidate_id)
    for heading, value in cells.items():
        line[head.index(heading)] = value
    team.store.save(tabs)


@pytest.mark.parametrize("decision", ["選考中", "不採用"])
def test_whoever_was_typed_into_the_row_since_is_not_erased_and_a_person_is_asked(team, decision):
    recruiter_types_over(team, "C-1", **NEWCOMER, 選考結果=decision)

    certificate = team.erase("C-3")

    said = team.everything()
    assert "新人 花子" in said
    assert "person3@" not in said
    assert certificate.people == 1
    assert certificate.waiting == 1
    assert certificate.needs_a_person
    assert "relay erase --person" in certificate_document(certificate, "ja")["waiting"]
    assert [list(one.named) for one in team.situation().erasures.unfinished] == [["C-1"]]


def test_whoever_applies_again_before_the_next_erasure_is_not_erased(team):
    tabs = team.store.look()
    again = row(9, メールアドレス="person1@mail.example", 氏名=row(1)["氏名"], 選考結果="選考中")
    tabs[TAB].append([again.get(heading) for heading in tabs[TAB][0]])
    team.store.save(tabs)

    assert team.erase("C-3").waiting == 1

    assert "person1@" in team.everything()


def test_once_the_newcomer_has_a_row_of_their_own_the_next_erasure_ends_the_one_that_died(team):
    recruiter_types_over(team, "C-1", **NEWCOMER, 選考結果="選考中")
    team.erase("C-3")
    recruiter_types_over(team, "C-1", 候補者ID=None)

    certificate = team.erase("C-4")

    said = team.everything()
    assert certificate.waiting == 0
    assert "person1@" not in said  # in the log
    assert "new@mail.example" in said
    assert team.situation().erasures.unfinished == ()


def test_a_person_who_asks_for_it_by_name_ends_it_as_well(team):
    recruiter_types_over(team, "C-1", 氏名="候補 改名子")
    assert team.erase("C-3").waiting == 1

    assert team.erase("C-1").waiting == 0

    assert "改名子" not in team.everything()
    assert team.situation().erasures.unfinished == ()


def test_what_nobody_has_touched_is_erased_as_ever(team):
    certificate = team.erase("C-3")

    assert certificate.waiting == 0
    assert certificate_document(certificate, "ja")["waiting"] == ""
    assert "person1@" not in team.everything()
    assert team.situation().erasures.unfinished == ()
