"""Openings are understood from a tab, a text, or a few words."""

import json

import pytest

from sheets_automation.cli import main
from sheets_automation.core.rediscovery_opening import TAB, opening_from_text, openings_in
from sheets_automation.core.rediscovery_skills import skills_in
from sheets_automation.core.rediscovery_text import about_work
from sheets_automation.core.table import table_of
from tests.tags.house import COLUMNS, row, sheet
from tests.tags.test_commands import write

ADVERTISEMENT = """求人名：機械設計エンジニア

■仕事内容
・搬送機の設計
【必須】
・3D CAD の実務経験
・機構設計の経験
【歓迎】
・ビジネス英語
【待遇】
・賞与年2回、Excel 研修あり
"""


def names(opening):
    return [one.name for one in opening.requirements]


def test_what_stands_below_must_is_asked_for_and_nothing_else():
    opening = opening_from_text(ADVERTISEMENT)

    assert opening.title == "機械設計エンジニア"
    assert names(opening) == ["3D CAD の実務経験", "機構設計の経験"]
    assert "英語" in opening.nice


def test_without_a_label_the_lines_with_a_bullet_are_asked_for():
    opening = opening_from_text("経理を募集します。\n・月次決算\n・簿記2級\nご応募ください。")

    assert names(opening) == ["月次決算", "簿記2級"]


def test_a_list_in_the_line_of_the_label_is_taken_apart():
    assert names(opening_from_text("開発\n必須: Python、AWS\n歓迎: Go")) == ["Python", "AWS"]


def test_the_tab_has_an_opening_in_each_row_under_any_usual_heading():
    table = table_of(
        TAB,
        {
            1: {0: "募集中の求人"},
            3: {0: "職種", 1: "応募資格", 2: "年齢"},
            4: {0: "経理", 1: "簿記2級\n決算の経験", 2: "35歳まで"},
            5: {0: "開発", 1: "Python"},
        },
    )

    found = openings_in(table)

    assert list(found) == ["経理", "開発"]
    assert names(found["経理"]) == ["簿記2級", "決算の経験"]
    assert "35" not in found["経理"].text


@pytest.mark.parametrize(
    ("said", "skill"),
    [
        ("ぱいそん歴3年", "Python"),
        ("Ｓｐｒｉｎｇ　Ｂｏｏｔ", "Java"),
        ("工程の改善", "生産技術"),
        ("ｾｰﾙｽﾌｫｰｽの設定", "Salesforce"),
        ("TOEIC820", None),
        ("TOEIC 820", "英語"),
        ("JavaScript", "JavaScript"),
        ("社内研修でCADは未経験", None),
    ],
)
def test_a_skill_is_known_under_its_many_names(said, skill):
    found = skills_in(about_work(said))

    assert skill in found if skill else "英語" not in found and "CAD" not in found


def test_java_is_not_in_javascript():
    assert "Java" not in skills_in(about_work("JavaScript と C#"))


def test_of_a_title_alone_nothing_is_asked_for():
    table = table_of(TAB, {1: {0: "求人名", 1: "必須スキル"}, 2: {0: "法人営業"}})

    assert names(openings_in(table)["法人営業"]) == []
    assert names(opening_from_text("法人営業", "法人営業")) == []
    assert names(opening_from_text("求人名: 法人営業\nExcel で見積もりを作ります。")) == ["Excel"]


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    path = tmp_path / "candidates.xlsx"
    past = row(1, スキル="CATIA と機構設計", 選考結果="応募者辞退", 結果日="2024/10/01", フォロー同意="はい")
    write(path, {"候補者": sheet(past, columns=[*COLUMNS, "フォロー同意"])})
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_command_reads_an_opening_from_a_file_in_any_encoding_of_windows(book, capsys, encoding):
    file = book.with_name("求人票.txt")
    file.write_bytes(ADVERTISEMENT.encode(encoding))

    assert main(["match", str(book), "--opening", str(file), "--lang", "ja", "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["opening"] == "機械設計エンジニア"
    assert [one["candidate_id"] for one in document["matches"]] == ["C-1"]
    assert document["matches"][0]["letter_problem"] == "会社名"


def test_people_read_the_list_with_reasons_and_that_nothing_was_sent(book, capsys):
    assert main(["match", str(book), "--opening", "機構設計", "--lang", "ja"]) == 0

    out = capsys.readouterr().out
    assert "1. 山田 一郎(C-1、2 行目)" in out
    assert "○ 求める経験 1 件のうち 1 件の記載: 「機械設計」" in out
    assert "何も送っていません" in out


def test_a_file_that_is_not_there_is_said_plainly(book, capsys):
    assert main(["match", str(book), "--opening", "nowhere.txt"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err


@pytest.mark.parametrize("opening", ["求人票.txt", " "])
def test_an_opening_that_says_nothing_is_an_error_and_no_search(book, capsys, monkeypatch, opening):
    monkeypatch.chdir(book.parent)
    book.with_name("求人票.txt").write_text("\n", encoding="utf-8")

    assert main(["match", str(book), "--opening", opening, "--lang", "en"]) == 2
    assert "The opening says nothing." in capsys.readouterr().err


def test_a_list_of_nobody_is_not_asked_for(book, capsys):
    with pytest.raises(SystemExit):
        main(["match", str(book), "--opening", "機構設計", "--top", "0", "--lang", "en"])

    assert "not a number from 1 on: 0" in capsys.readouterr().err


def test_somebody_who_applied_for_the_opening_is_told_by_that_alone(book, capsys):
    write(
        book, {"候補者": sheet(row(1, 応募職種="法人営業", 選考結果="応募者辞退", 結果日="2025/11/20", スキル="接客"))}
    )

    assert main(["match", str(book), "--opening", "法人営業", "--lang", "en"]) == 0

    out = capsys.readouterr().out
    assert "applied for “法人営業” before" in out
    assert "in common" not in out
    assert "not mentioned" not in out
    assert "1 year since the last result" in out


def test_those_who_are_left_out_are_counted_by_what_is_true_of_all_of_them(book, capsys):
    shared = [row(number, メールアドレス="one@example.com", 選考結果="応募者辞退") for number in (2, 3)]
    write(book, {"候補者": sheet(row(1, 選考結果="採用"), *shared, row(4, 選考結果="採用"), row(5, 選考結果="採用"))})

    assert main(["match", str(book), "--opening", "経理", "--lang", "en"]) == 0

    out = capsys.readouterr().out
    assert "Left out: Was hired: 3; Candidates with different names share this address (rows" in out
    assert main(["match", str(book), "--opening", "経理", "--lang", "ja"]) == 0
    assert "挙げなかった方: 採用済みです 3 名、" in capsys.readouterr().out
