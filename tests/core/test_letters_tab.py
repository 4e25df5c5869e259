import pytest

from sheets_automation.core.letters_tab import letter_title, templates_from_tab
from sheets_automation.core.table import CellError, table_of

HEADINGS = ("名前", "言語", "件名", "本文", "使用")


def tab(*rows, headings=HEADINGS, first_row=1):
    cells = [dict(enumerate(row)) for row in (headings, *rows)]
    return table_of("文面", {first_row + number: row for number, row in enumerate(cells)})


def test_a_letter_of_the_tab_is_compiled_under_its_japanese_name():
    found = templates_from_tab(tab(("標準", "日本語", "結果【{{ 会社名 }}】", "{{ 氏名 }}様\n\n本文")))

    [letter] = found.letters
    assert letter.id == "standard.ja"
    assert letter.origin == "文面!D2"
    assert letter.render({"氏名": "山田", "会社名": "みなと"}).subject == "結果【みなと】"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "letter_id"),
    [("再応募候補", "reapply.ja"), ("最終面接後", "after_final_interview.ja"), ("Other Position", "other_position.ja"),
     ("役員", "役員.ja")],
)  # fmt: skip
def test_names_are_known_in_both_languages_and_may_be_new(name, letter_id):
    [letter] = templates_from_tab(tab((name, "", "結果", "本文"))).letters

    assert letter.id == letter_id


@pytest.mark.parametrize(
    ("letter_id", "ja"),
    [("standard.ja", "標準"), ("standard.en", "標準(英語)"), ("other_position.ja", "別ポジション"),
     ("after_final_interview.en", "最終面接後(英語)"), ("役員.ja", "役員"), ("役員.fr", "役員(fr)")],
)  # fmt: skip
def test_people_who_read_japanese_see_the_name_that_the_tab_has(letter_id, ja):
    assert letter_title(letter_id, "ja") == ja
    assert letter_title(letter_id, "en") == letter_id


def test_headings_may_stand_in_any_order_below_a_title():
    table = tab(("本文です", "標準", "結果"), headings=("Body", " 名前", "件名"), first_row=3)

    [letter] = templates_from_tab(table).letters

    assert letter.render({}).text == "本文です\n"


@pytest.mark.parametrize("mark", ["×", "いいえ", "使わない", False, "FALSE", "0", 0])
def test_a_letter_that_is_marked_as_unused_is_left_alone(mark):
    found = templates_from_tab(tab(("標準", "", "結果", "{{ 壊れた", mark), ("", "", "", "", "○")))

    assert found.letters == found.problems == ()


@pytest.mark.parametrize("mark", ["○", "", True, "はい"])
def test_any_other_mark_means_that_it_is_used(mark):
    assert len(templates_from_tab(tab(("標準", "", "結果", "本文", mark))).letters) == 1


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("", "ja", "結果", "本文"), "文面!A2"),
        (("標準", "ja", " ", "本文"), "文面!C2"),
        (("標準", "ja", "結果", CellError("#N/A")), "文面!D2"),
        (("標準", "ja", "{{ 件名", "本文"), "文面!C2」の1行目"),
        (("標準", "ja", "結果", "一\n\n{{ 氏名|upper }}"), "文面!D2」の3行目"),
    ],
)
def test_a_broken_letter_names_its_cell_and_spares_the_others(row, cell):
    found = templates_from_tab(tab(row, ("再応募", "ja", "結果", "本文")))

    assert [letter.id for letter in found.letters] == ["reapply.ja"]
    assert cell in found.problems[0].ja


def test_a_letter_that_stands_there_twice_is_a_problem():
    found = templates_from_tab(tab(("標準", "ja", "一", "一"), ("standard", "日本語", "二", "二")))

    assert found.letters[0].render({}).subject == "一"
    assert "文面!D3" in found.problems[0].ja
    assert "文面!D2" in found.problems[0].ja


def test_a_tab_without_the_headings_says_which_it_needs():
    found = templates_from_tab(tab(("標準", "ja"), headings=("名前", "言語")))

    assert "「件名」「本文」" in found.problems[0].ja


def test_an_empty_tab_is_a_problem_too():
    assert len(templates_from_tab(table_of("文面", {})).problems) == 1
