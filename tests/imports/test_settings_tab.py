"""取込設定: what a file's columns are proposed for, and what HR makes of it."""

from tests.imports.house import TAB, sheet


def settings(team):
    grid = team.store.look()["取込設定"]
    head = next(number for number, row in enumerate(grid) if row and row[0] == "ファイルの種類")
    return {row[1]: (row[2], row[3]) for row in grid[head + 1 :] if row and row[1]}


def says(team, heading, target, state):
    team.types("取込設定", lambda row: len(row) > 1 and row[1] == heading, 2, target)
    team.types("取込設定", lambda row: len(row) > 1 and row[1] == heading, 3, state)


def test_the_columns_of_a_file_are_listed_with_where_they_go(team_of):
    team = team_of({TAB: sheet()})

    team.take_in(team.file("氏名,メールアドレス,得意なこと\n田中 実,minoru@example.com,将棋\n"))

    assert settings(team) == {
        "氏名": ("氏名", "自動"),
        "メールアドレス": ("メールアドレス", "自動"),
        "得意なこと": ("取り込まない", "自動"),
    }


def test_a_column_that_is_only_alike_is_proposed_and_not_used(memory):
    team = memory({TAB: sheet()})

    team.take_in(team.file("氏名,メールアドレス,応募した職種\n田中 実,minoru@example.com,営業職\n"))

    assert settings(team)["応募した職種"] == ("応募職種", "提案")
    assert team.people() == [{"氏名": "田中 実", "メールアドレス": "minoru@example.com"}]


def test_a_proposal_that_hr_agrees_to_is_used_from_then_on(team_of):
    team = team_of({TAB: sheet()})
    file = team.file("氏名,連絡先アドレス\n田中 実,minoru@example.com\n")
    waiting = team.take_in(file)

    says(team, "連絡先アドレス", "メールアドレス", "使う")
    team.take_in(file)

    assert [one.reason.value for one in waiting.plan.refused] == ["columns_unconfirmed"]
    assert team.people() == [{"氏名": "田中 実", "メールアドレス": "minoru@example.com"}]


def test_a_file_of_which_no_heading_is_known_is_proposed_by_what_it_holds(memory):
    team = memory({TAB: sheet()})

    team.take_in(team.file("誰,宛て先\n田中 実,minoru@example.com\n林 葵,aoi@example.com\n"))

    assert settings(team)["宛て先"] == ("メールアドレス", "提案")


def test_hr_can_lead_a_column_anywhere_and_leave_one_out(memory):
    team = memory({TAB: sheet()})
    says_first = team.file("氏名,メールアドレス,得意なこと,備考\n山本 海,kai@example.com,将棋,x\n", "a.csv")
    team.take_in(says_first)

    says(team, "得意なこと", "備考", "使う")
    says(team, "備考", "取り込まない", "使う")
    team.take_in(team.file("氏名,メールアドレス,得意なこと,備考\n中村 空,sora@example.com,釣り,y\n", "b.csv"))

    assert team.people()[-1] == {"氏名": "中村 空", "メールアドレス": "sora@example.com", "備考": "釣り"}


def test_what_hr_has_said_stays_in_the_tab_whatever_is_imported_later(memory):
    team = memory({TAB: sheet()})
    file = team.file("氏名,メールアドレス,得意なこと\n山本 海,kai@example.com,将棋\n")
    team.take_in(file)
    says(team, "得意なこと", "備考", "使う")

    team.take_in(file)
    team.take_in(team.file("姓,名,応募ルート,メールアドレス\n林,実,Web,h@example.com\n", "b.csv"))

    assert settings(team)["得意なこと"] == ("備考", "使う")
    assert settings(team)["応募ルート"] == ("応募媒体", "自動")


def test_a_file_without_a_known_column_of_names_waits_for_hr(memory):
    team = memory({TAB: sheet()})
    file = team.file("応募者のお名前,メールアドレス,応募日\n田中 実,minoru@example.com,2026/11/1\n")

    report = team.take_in(file)
    says(team, "応募者のお名前", "氏名", "使う")
    team.take_in(file)

    assert [(one.line, one.reason.value) for one in report.plan.refused] == [(0, "columns_unconfirmed")]
    assert team.people()[0]["氏名"] == "田中 実"
