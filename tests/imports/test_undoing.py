"""Taking an import back, on every backend: all of it, and nothing on which anybody has worked since."""

from contextlib import closing

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import UnknownImport
from sheets_automation.core.log_rows import to_row
from tests.core.builders import event
from tests.imports.house import IN_TAB, SATO, SUZUKI, TAB, counts, csv_of, sheet
from tests.workbooks.people import recruiter_sorts_the_sheet, recruiter_writes

MAYBE = ("佐藤 花子", "other@example.org", "03-9999-0000", "営業職", "2026/11/20", "求人媒体")
"""Of whom nobody can tell whether they are Sato of the tab."""


def test_an_import_is_undone_as_a_whole(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    before = team.rows()
    report = team.take_in(team.file(csv_of(SATO, SUZUKI)))

    undone = team.undo()

    assert undone.import_id == report.import_id
    assert (len(undone.removed), len(undone.restored), undone.kept) == (1, 1, ())
    assert team.rows() == before


def test_an_undone_import_can_be_done_again(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(SATO, SUZUKI))
    team.take_in(file)
    after = team.rows()
    team.undo()

    report = team.take_in(file)

    assert counts(report) == (1, 1, 0, 0, 0)
    assert team.rows() == after


def test_undoing_finds_its_rows_however_people_have_sorted(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    recruiter_sorts_the_sheet(team.store, TAB, column=1)

    team.undo()

    assert team.rows() == [IN_TAB]


def test_undoing_puts_back_what_an_update_replaced(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    before = team.rows()
    team.take_in(team.file(csv_of((*SUZUKI[:5], "エージェント"))))

    team.undo()

    assert team.rows() == before


def test_a_row_that_people_have_worked_on_survives_an_undoing(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    recruiter_writes(team.store, TAB, row=3, column=10, value="一次面接を調整中")

    undone = team.undo()

    assert len(undone.kept) == 1
    assert team.rows()[-1]["氏名"] == "鈴木 学"


def test_somebody_to_whom_a_letter_was_prepared_survives_an_undoing(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    [added] = team.take_in(team.file(csv_of(SUZUKI))).plan.additions
    with closing(team.store.open()) as workbook:
        workbook.read()
        claim = event(EventKind.PREPARED, to=added.candidate.id, event_id="R1-0001")
        workbook.append({"送信記録": [to_row(claim)]})

    undone = team.undo()

    assert undone.kept == (added.candidate.id,)
    assert team.rows()[-1]["氏名"] == "鈴木 学"


def test_an_undone_import_asks_nothing_any_more(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI, MAYBE)))
    assert len(team.questions()) == 1

    undone = team.undo()

    assert undone.questions == 1
    assert team.questions() == []
    assert MAYBE[1] not in str(team.store.look()["取込確認"])


def test_an_import_that_has_only_asked_can_be_undone(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    report = team.take_in(team.file(csv_of(MAYBE)))

    assert team.undo().import_id == report.import_id
    assert team.questions() == []


def test_the_questions_of_other_imports_stay_and_their_answers_count(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(MAYBE)))
    team.take_in(team.file(csv_of(SUZUKI), name="次.csv"))

    team.undo()
    team.answers("別の人")
    report = team.take_in()

    assert [one.candidate.name for one in report.plan.additions] == [MAYBE[0]]


def test_an_answer_to_a_question_of_an_undone_import_adds_nobody(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(MAYBE)))
    asked = team.store.look()["取込確認"]
    team.undo()
    team.store.save({**team.store.look(), "取込確認": asked})  # somebody has put the tab back
    team.answers("別の人")

    report = team.take_in()

    assert counts(report)[0] == 0
    assert team.rows() == [IN_TAB]
    assert team.questions() == []


def test_an_undone_import_that_had_asked_asks_again_when_it_is_done_again(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(MAYBE))
    team.take_in(file)
    team.undo()

    again = team.take_in(file)

    assert again.import_id
    assert len(team.questions()) == 1


def test_there_is_nothing_to_undo_twice(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    team.undo()

    with pytest.raises(UnknownImport):
        team.undo()
