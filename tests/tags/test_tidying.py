"""Labels that people spelt in two ways are found, and nothing is rewritten."""

from sheets_automation.core.tagging_spelling import Likeness, tidyings
from tests.core.builders import candidate


def found(*cells, known=("スキル強",)):
    rows = [candidate(row=number, tags=tags) for number, tags in enumerate(cells, start=2)]
    return {(one.label, one.instead, one.likeness) for one in tidyings(rows, known)}


def test_a_slip_of_the_hand_is_led_to_the_commoner_label():
    assert found(("要フォロー中",), ("要フォロー中",), ("要フォロ一中",)) == {
        ("要フォロ一中", "要フォロー中", Likeness.TYPO)
    }


def test_labels_that_differ_in_kana_or_blanks_alone_are_one():
    assert found(("リーダー候補",), ("リーダー候補",), ("りーだー 候補",)) == {
        ("りーだー 候補", "リーダー候補", Likeness.WRITING)
    }


def test_another_word_for_a_tag_of_the_rules_is_led_to_it():
    assert found(("即戦力",)) == {("即戦力", "スキル強", Likeness.SYNONYM)}


def test_a_tag_of_the_rules_stays_even_where_the_other_spelling_is_commoner():
    assert found(("スキル強い人",), ("スキル強い人",), ("スキル強い",), known=("スキル強い",)) == {
        ("スキル強い人", "スキル強い", Likeness.TYPO)
    }


def test_years_and_short_labels_are_no_slips_of_one_another():
    assert found(("2025卒",), ("2026卒",), ("営業",), ("営農",)) == set()


def test_each_proposal_says_how_many_people_it_concerns():
    rows = [candidate(row=number, tags=("フォローアッブ",)) for number in (2, 3)]
    rows += [candidate(row=number, tags=("フォローアップ",)) for number in (4, 5, 6)]

    (one,) = tidyings(rows)

    assert (one.label, one.people, one.why("ja")) == ("フォローアッブ", 2, "一字違いです(打ち間違いかもしれません)")
