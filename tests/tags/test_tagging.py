"""Tags on every backend: what is proposed, why, where it is written, and what stays as HR typed it."""

import pytest

from sheets_automation.core.errors import WorkbookChanged
from tests.tags.house import HEADING, REASON_HEADING, RULES_TAB, TAB, row, rules, sheet
from tests.workbooks.people import recruiter_sorts_the_sheet, recruiter_writes

STRONG = ("スキル強", "スキル", "含む", "Python、Go", "選考段階", "まで進んだ", "最終面接")


def test_a_proposal_stands_beside_the_row_with_its_reason_and_the_typed_tags_stay(team_of):
    team = team_of(
        {TAB: sheet(row(1, スキル="Python 5年", タグ="VIP"), row(2, スキル="Java")), RULES_TAB: rules(STRONG)}
    )

    team.write()

    assert team.column(HEADING) == ["スキル強", None]
    assert team.column(REASON_HEADING) == [
        "スキル強: スキルに「Python」がある、選考段階が「最終面接」まで進んでいるため",
        None,
    ]
    assert team.column("タグ") == ["VIP", None]


def test_a_second_pass_writes_nothing(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()
    before = team.store.look()

    team.write()

    assert team.store.look() == before


def test_a_sheet_in_which_nothing_is_proposed_gets_no_columns(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Java")), RULES_TAB: rules(STRONG)})
    before = team.store.look()

    team.write()

    assert team.store.look() == before


def test_a_workbook_without_rules_gets_the_tab_with_the_three_ready_tags(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python", 備考="別ポジションなら有望"), row(2, 選考段階="二次面接"))})

    team.write()

    assert team.column(HEADING) == ["スキル強、再応募候補、別ポジション適性あり", "再応募候補"]
    tags = [line[1] for line in team.store.look()[RULES_TAB] if len(line) > 1 and line[0] == "○"]
    assert tags == ["スキル強", "再応募候補", "別ポジション適性あり"]


def test_rules_that_hr_has_changed_are_followed_and_never_written_over(team_of):
    team = team_of({TAB: sheet(row(1, スキル="COBOL"))})
    team.write()
    grid = team.store.look()[RULES_TAB]
    line = next(number for number, cells in enumerate(grid, start=1) if cells and cells[0] == "○")
    recruiter_writes(team.store, RULES_TAB, line, 4, "COBOL")
    changed = team.store.look()[RULES_TAB]

    team.write()

    assert team.column(HEADING) == ["スキル強、再応募候補"]
    assert team.store.look()[RULES_TAB] == changed


def test_an_accepted_proposal_goes_behind_what_is_typed_and_is_proposed_no_more(team_of):
    people = (row(1, スキル="Python", タグ="VIP"), row(2, スキル="Go"), row(3, スキル="Go"))
    team = team_of({TAB: sheet(*people), RULES_TAB: rules(STRONG)})
    team.write()

    report = team.accept("C-1", "C-2")

    assert report.accepted == {"C-1": ("スキル強",), "C-2": ("スキル強",)}
    assert team.column("タグ") == ["VIP、スキル強", "スキル強", None]
    assert team.column(HEADING) == [None, None, "スキル強"]
    assert team.column(REASON_HEADING)[:2] == [None, None]


def test_chips_are_parted_as_google_parts_them(memory):
    team = memory({TAB: sheet(row(1, スキル="Python", タグ="VIP, 再応募候補")), RULES_TAB: rules(STRONG)})

    team.accept()

    assert team.column("タグ") == ["VIP, 再応募候補, スキル強"]


def test_a_sheet_without_tags_gets_a_column_for_them_when_a_proposal_is_accepted(team_of):
    columns = ["候補者ID", "氏名", "メールアドレス", "選考段階", "選考結果", "スキル"]
    team = team_of({TAB: sheet(row(1, スキル="Python"), columns=columns), RULES_TAB: rules(STRONG)})

    team.accept()

    assert team.column("タグ") == ["スキル強"]


def test_somebody_who_sorts_before_the_proposals_are_written_moves_none_to_another_row(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python"), row(2, スキル="Java")), RULES_TAB: rules(STRONG)})
    team.write()

    recruiter_sorts_the_sheet(team.store, TAB, 0)
    recruiter_writes(team.store, TAB, 2, COLUMN_OF_SKILLS, "Go")
    team.write()

    assert {one["候補者ID"]: one.get(HEADING) for one in team.rows()} == {"C-1": "スキル強", "C-2": "スキル強"}


COLUMN_OF_SKILLS = 8
COLUMN_OF_TAGS = 9


class Typing:
    """A workbook in which somebody types a tag just before we write."""

    def __init__(self, real, store):
        self._real = real
        self._store = store
        self.typed = 0

    def __getattr__(self, name):
        return getattr(self._real, name)

    def show(self, views, *facts):
        if self.typed < 1:
            recruiter_writes(self._store, TAB, 2, COLUMN_OF_TAGS, "保留")
            self.typed += 1
        self._real.show(views, *facts)


def test_a_tag_that_is_typed_while_a_proposal_is_accepted_is_kept(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})

    team.write(lambda *_: True, lambda workbook: Typing(workbook, team.store))

    assert team.column("タグ") == ["保留、スキル強"]


def test_an_acceptance_gives_up_where_people_never_stop_typing(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})

    class Always(Typing):
        def show(self, views, *facts):
            self.typed += 1
            recruiter_writes(self._store, TAB, 2, COLUMN_OF_TAGS, f"保留{self.typed}")
            self._real.show(views, *facts)

    with pytest.raises(WorkbookChanged):
        team.write(lambda *_: True, lambda workbook: Always(workbook, team.store))

    assert team.column("タグ") == ["保留3"]
