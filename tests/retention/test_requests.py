"""A person who asks to be erased: all their rows go, and nothing is done where something has to be settled first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import ConfigurationError, NotErasable, UnknownCandidate, WriteRefused
from sheets_automation.core.reasons import Reason
from sheets_automation.core.refusals import address_mark
from sheets_automation.jobs.plan import plan_letters
from sheets_automation.jobs.situation import select
from tests.retention.house import LOG, TAB, Team, letters, log_tab, row, sheet

ROWS = [row(number) for number in range(1, 7)]


def reasons(team):
    situation = team.situation()
    selection = select(situation, situation.log, team.rules, team.now)
    return {one.candidate.id: one.reason for one in selection.skipped}, [due.candidate.id for due in selection.due]


def test_all_rows_of_the_person_go_and_those_of_others_stay(memory):
    again = row(9, メールアドレス="person1@mail.example", 氏名=row(1)["氏名"])
    team = memory({TAB: sheet(*ROWS, again), LOG: log_tab(letters(ROWS))})

    certificate = team.erase("person1@mail.example")

    said = team.everything()
    assert certificate.counts["rows"] == 2
    assert "person1@" not in said
    assert "person2@mail.example" in said
    assert len({one["メールアドレス"] for one in team.rows() if one["候補者ID"] in {"C-1", "C-9"}}) == 1


@pytest.mark.parametrize("decision", ["選考中", "内定", "採用", None, "謎の言葉"])
def test_nobody_who_is_still_in_play_is_erased_even_at_their_own_word(memory, decision):
    team = memory(
        {TAB: sheet(row(1), row(2, メールアドレス="person1@mail.example", 氏名=row(1)["氏名"], 選考結果=decision))}
    )
    before = team.everything()

    with pytest.raises(NotErasable):
        team.erase("C-1")

    assert team.everything() == before


@pytest.mark.parametrize("end", [None, EventKind.UNCERTAIN])
def test_nobody_with_a_letter_in_doubt_is_erased(memory, end):
    claim, sent = letters(ROWS[:1])
    events = [claim] if end is None else [claim, replace(sent, kind=end)]
    team = memory({TAB: sheet(*ROWS), LOG: log_tab(events)})

    with pytest.raises(NotErasable):
        team.erase("C-1")


def test_somebody_who_was_erased_is_nobody_any_more(memory):
    team = memory({TAB: sheet(*ROWS)})
    team.erase("C-1")

    with pytest.raises(UnknownCandidate):
        team.erase("C-1")


def fresh(number, **cells):
    decided = datetime(2027, 11, 20)  # noqa: DTZ001 - a date cell
    return row(number, 結果日=decided, 応募日=decided - timedelta(days=20), **cells)


def test_whoever_applies_again_within_the_cycle_gets_no_second_letter(memory):
    told = fresh(1)
    team = memory({TAB: sheet(told), LOG: log_tab(letters([told]))}).later(days=1)
    team.erase("C-1")
    tabs = team.store.look()
    back = fresh(2, メールアドレス="person1@mail.example")
    tabs[TAB].append([back.get(heading) for heading in sheet()[0]])
    team.store.save(tabs)

    skipped, due = reasons(team)

    assert skipped["C-2"] is Reason.PERSON_ALREADY_TOLD
    assert skipped["C-1"] is Reason.ERASED
    assert due == []


def test_without_the_key_nothing_is_sent_while_it_matters(memory):
    told = fresh(1)
    team = memory({TAB: sheet(told, fresh(3)), LOG: log_tab(letters([told]))})
    team.erase("C-1")
    lost = Team(team.store, team.now)
    lost.rules = replace(lost.rules, guards=replace(lost.rules.guards, erasure_keys=()))

    with pytest.raises(ConfigurationError):
        plan_letters(lost.situation(), lost.desk(), lost.run())
    assert lost.analysis()["figures"]

    much_later = lost.later(days=400)
    assert plan_letters(much_later.situation(), much_later.desk(), much_later.run()).letters == ()


def test_an_untold_person_who_was_erased_is_written_to_by_nobody(memory):
    team = memory({TAB: sheet(fresh(1), fresh(2))})
    assert reasons(team)[1] == ["C-1", "C-2"]

    team.erase("C-1")

    skipped, due = reasons(team)
    assert skipped["C-1"] is Reason.ERASED
    assert due == ["C-2"]


def test_somebody_who_is_typed_into_an_anonymous_row_is_not_taken_for_told(memory):
    told = fresh(1)
    team = memory({TAB: sheet(told), LOG: log_tab(letters([told]))})
    team.erase("C-1")
    tabs = team.store.look()
    head = tabs[TAB][0]
    tabs[TAB][1][head.index("氏名")] = "新田 三郎"
    tabs[TAB][1][head.index("メールアドレス")] = "nitta@mail.example"
    team.store.save(tabs)

    assert reasons(team)[0]["C-1"] is Reason.IDENTITY_BROKEN


def test_a_refusal_outlives_the_row_and_the_figures_still_leave_it_out(memory):
    columns = [heading for heading in sheet()[0] if heading != "連絡停止"]
    rows = [fresh(1), fresh(2)]
    refusal = ["F-1", "2027-11-21T10:00:00+09:00", address_mark("person1@mail.example"), "link", ""]
    refused = [["記録ID", "日時", "宛先の印", "出所", "記録した人"], refusal]
    team = memory({TAB: sheet(*rows, columns=columns), "連絡停止記録": refused})
    before = team.analysis()

    team.erase("C-1")

    assert team.analysis() == before
    team = memory({TAB: sheet(fresh(1, 連絡停止="はい"))})
    team.erase("C-1")
    assert address_mark("person1@mail.example") in team.everything()
    assert team.rows()[0]["連絡停止"] == "停止"


def test_an_interrupted_erasure_bars_letters_and_the_next_one_finishes_it(memory):
    class Dies(Exception):
        pass

    team = memory({TAB: sheet(fresh(1), fresh(2))})

    class Workbook:
        def __init__(self, real):
            self.real = real

        def __getattr__(self, name):
            return getattr(self.real, name)

        def rewrite(self, *_):
            raise Dies

    opened = team.store.open
    team.store.open = lambda: Workbook(opened())
    with pytest.raises(Dies):
        team.erase("C-1")
    team.store.open = opened

    assert reasons(team)[0]["C-1"] is Reason.ERASED
    assert "person1@" in team.everything()
    team.erase("C-2")
    assert "person1@" not in team.everything()
    assert team.situation().erasures.unfinished == ()


def test_what_hr_keeps_in_other_tabs_is_pointed_out(memory):
    team = memory(
        {TAB: sheet(*ROWS), "面接メモ": [["日", "方"], ["5/1", row(1)["氏名"]], ["5/2", "person1@mail.example へ連絡"]]}
    )

    certificate = team.erase("C-1")

    assert certificate.left == [("面接メモ", 2)]
    assert certificate.needs_a_person


def test_a_workbook_that_is_open_in_excel_is_refused(tmp_path):
    from sheets_automation.config import Config
    from sheets_automation.wiring import Office
    from sheets_automation.wiring_retention import open_eraser

    with pytest.raises(WriteRefused):
        open_eraser(Office(Config(), {}), f"live:{tmp_path / 'book.xlsx'}")
