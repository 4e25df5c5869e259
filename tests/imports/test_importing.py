"""Taking files in, on every backend: who is added, what is filled, what stays, what is asked, and how all is undone."""

from datetime import datetime

import pytest

from sheets_automation.core.importing.refusals import LineReason
from tests.imports.house import IN_TAB, SATO, SUZUKI, TAB, counts, csv_of, sheet
from tests.workbooks.people import recruiter_deletes_a_row, recruiter_writes


def test_people_of_a_file_are_added_under_hrs_headings(team_of):
    team = team_of({TAB: sheet(IN_TAB)})

    report = team.take_in(team.file(csv_of(SUZUKI)))

    assert counts(report) == (1, 0, 0, 0, 0)
    assert team.people()[-1] == {
        "氏名": "鈴木 学",
        "メールアドレス": "manabu@example.com",
        "電話番号": "080-1111-3333",
        "応募職種": "開発職",
        "応募日": datetime.fromisoformat("2026-11-21"),
        "応募媒体": "自社サイト",
    }


def test_only_blank_cells_of_somebody_who_is_known_are_filled(team_of):
    team = team_of({TAB: sheet({**IN_TAB, "備考": "電話済み"})})

    report = team.take_in(team.file(csv_of(SATO)))

    assert counts(report) == (0, 1, 0, 0, 0)
    added = {"電話番号": "090-1234-2222", "応募媒体": "求人媒体"}
    assert team.rows() == [{**IN_TAB, "備考": "電話済み", **added}]


def test_the_same_file_again_changes_nothing(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(SATO, SUZUKI))
    team.take_in(file)
    before = team.store.look()

    report = team.later(days=1).take_in(file)

    assert counts(report) == (0, 0, 2, 0, 0)
    assert report.import_id == ""
    assert team.store.look() == before


def test_what_hr_has_typed_is_asked_about_and_never_written_over(team_of):
    team = team_of({TAB: sheet({**IN_TAB, "電話番号": "03-1234-5678", "応募媒体": "求人媒体"})})

    report = team.take_in(team.file(csv_of(SATO)))

    assert counts(report) == (0, 0, 0, 1, 0)
    assert team.rows()[0]["電話番号"] == "03-1234-5678"
    assert team.questions()[0]["取込: 電話番号"] == "090-1234-2222"


def test_a_cell_that_still_holds_what_was_imported_follows_its_source(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))

    report = team.take_in(team.file(csv_of((*SUZUKI[:5], "エージェント"))))

    assert counts(report) == (0, 1, 0, 0, 0)
    assert team.rows()[-1]["応募媒体"] == "エージェント"


def test_a_cell_that_hr_has_changed_since_does_not_follow_its_source(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    recruiter_writes(team.store, TAB, row=3, column=6, value="社員紹介")

    same = team.take_in(team.file(csv_of(SUZUKI)))
    other = team.take_in(team.file(csv_of((*SUZUKI[:5], "エージェント"))))

    assert counts(same) == (0, 0, 1, 0, 0)
    assert counts(other) == (0, 0, 0, 1, 0)
    assert team.rows()[-1]["応募媒体"] == "社員紹介"


def test_a_cell_that_hr_has_emptied_since_stays_empty(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    recruiter_writes(team.store, TAB, row=3, column=6, value=None)

    report = team.take_in(team.file(csv_of(SUZUKI)))

    assert counts(report) == (0, 0, 1, 0, 0)
    assert "応募媒体" not in team.rows()[-1]


def test_a_row_that_hr_has_deleted_does_not_come_back(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(SUZUKI)))
    recruiter_deletes_a_row(team.store, TAB, row=3)

    report = team.take_in(team.file(csv_of(SUZUKI)))

    assert [one.reason for one in report.plan.refused] == [LineReason.REMOVED_SINCE]
    assert len(team.rows()) == 1


def test_somebody_who_may_be_known_is_asked_about_and_not_merged(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    other_mail = ("佐藤 花子", "hanako@example.net", *SATO[2:])

    report = team.take_in(team.file(csv_of(other_mail)))

    assert counts(report) == (0, 0, 0, 1, 0)
    assert team.rows() == [IN_TAB]
    [asked] = team.questions()
    assert "氏名が同じ" in asked["根拠"]
    assert asked["ブックの候補者ID"] == "C-1"


def test_a_question_is_asked_once_however_often_the_file_comes(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(("佐藤 花子", "hanako@example.net", *SATO[2:])))
    team.take_in(file)
    before = team.store.look()

    team.take_in(file)

    assert team.store.look() == before


@pytest.mark.parametrize(("word", "rows"), [("同じ人", 1), ("別の人", 2)])
def test_the_answer_of_a_person_is_obeyed_and_remembered(team_of, word, rows):
    team = team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(("佐藤 花子", "hanako@example.net", *SATO[2:])))
    team.take_in(file)
    team.answers(word)

    team.take_in()
    again = team.take_in(file)

    assert len(team.rows()) == rows
    assert [one for one in team.questions() if one["質問"] and "同じ方" in one["質問"]] == []
    assert counts(again)[:2] == (0, 0)
    if word == "同じ人":
        assert team.rows()[0]["電話番号"] == "090-1234-2222"


@pytest.mark.parametrize(("word", "phone"), [("置き換える", "090-1234-2222"), ("そのまま", "03-1234-5678")])
def test_a_value_is_replaced_only_on_a_persons_word(team_of, word, phone):
    team = team_of({TAB: sheet({**IN_TAB, "電話番号": "03-1234-5678", "応募媒体": "求人媒体"})})
    file = team.file(csv_of(SATO))
    team.take_in(file)
    team.answers(word)

    team.take_in()
    again = team.take_in(file)

    assert team.rows()[0]["電話番号"] == phone
    assert team.questions() == []
    assert counts(again) == (0, 0, 1, 0, 0)


def test_a_word_that_is_no_answer_leaves_the_question_open(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    team.take_in(team.file(csv_of(("佐藤 花子", "hanako@example.net", *SATO[2:]))))
    team.answers("たぶん")

    report = team.take_in()

    assert report.waiting == 1
    assert team.questions()[0]["回答"] == "たぶん"


def test_somebody_who_comes_back_is_linked_tagged_and_counted(team_of):
    team = team_of({TAB: sheet({**IN_TAB, "応募日": datetime.fromisoformat("2025-03-01"), "選考結果": "不採用"})})

    report = team.take_in(team.file(csv_of(SATO)))

    assert report.plan.reapplied == 1
    row = team.rows()[-1]
    assert row["タグ"] == "再応募"
    assert row["過去の応募"] == "C-1・営業職・2025/03/01・不採用"


def test_applications_for_two_openings_in_one_week_are_no_return(team_of):
    team = team_of({TAB: sheet(IN_TAB)})

    report = team.take_in(team.file(csv_of((*SATO[:3], "開発職", *SATO[4:]))))

    assert (len(report.plan.additions), report.plan.reapplied) == (1, 0)


def test_of_two_people_who_share_an_address_only_ones_own_row_is_filled(memory):
    other = {"候補者ID": "C-2", "氏名": "山田 太郎", "メールアドレス": "hanako@example.com", "応募職種": "営業職"}
    team = memory({TAB: sheet(other, IN_TAB)})

    team.take_in(team.file(csv_of(SATO)))

    assert team.rows()[0] == other
    assert team.rows()[1]["電話番号"] == "090-1234-2222"


def test_a_preview_writes_nothing(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    before = team.store.look()

    report = team.preview(team.file(csv_of(SATO, SUZUKI)))

    assert counts(report) == (1, 1, 0, 0, 0)
    assert team.store.look() == before


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example")', "@SUM(A1)", "-1+1", "＝1"])
def test_what_looks_like_a_formula_stays_text(team_of, text):
    team = team_of({TAB: sheet(IN_TAB)})
    quoted = '"' + text.replace('"', '""') + '"'

    team.take_in(team.file(csv_of((*SUZUKI[:5], quoted))))

    assert team.rows()[-1]["応募媒体"] == text
    assert team.store.formulas() == []


def test_one_person_who_stands_twice_in_a_file_is_added_once(team_of):
    team = team_of({TAB: sheet(IN_TAB)})
    lines = (SUZUKI, ("鈴木学", "Manabu@Example.com", "+81 80 1111 3333", *SUZUKI[3:]))

    report = team.take_in(team.file(csv_of(*lines)))

    assert counts(report) == (1, 0, 1, 0, 0)


def test_every_other_tab_of_hrs_stays_as_it_was(team_of):
    team = team_of({"集計": [["媒体", 3]], TAB: sheet(IN_TAB), "媒体費": [["007", True]]})
    before = {tab: team.store.look()[tab] for tab in ("集計", "媒体費")}

    team.take_in(team.file(csv_of(SATO, SUZUKI)))
    team.undo()

    assert {tab: team.store.look()[tab] for tab in before} == before


def test_two_lines_of_one_application_that_contradict_one_another_do_not_take_turns(memory):
    team = memory({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(SUZUKI, (SUZUKI[0], SUZUKI[1], "03-9999-1111", *SUZUKI[3:])))
    first = team.take_in(file)
    before = team.rows()

    again = team.take_in(file)

    assert [one.reason for one in first.plan.refused] == [LineReason.DOUBLED_LINE]
    assert (counts(again)[:2], team.rows()) == ((0, 0), before)


def test_a_line_about_somebody_waits_for_the_answer_whoever_was_added_since(memory):
    team = memory({TAB: sheet(IN_TAB)})
    asked = ("佐藤 花子", "hanako@example.net", *SATO[2:])
    team.take_in(team.file(csv_of(asked)))
    before = team.questions()

    team.take_in(team.file(csv_of(asked, ("佐藤 花子", "hanako@example.org", "", "開発職", "2026/11/1", ""))))

    assert team.questions()[0] == before[0]
