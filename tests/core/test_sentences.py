import re
from string import Formatter

import pytest

from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.sentences import SENTENCES, Skipped
from tests.core.builders import candidate


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_in_both_languages_what_is_the_matter(reason):
    sentence = SENTENCES[reason]

    assert re.search("[ぁ-ん一-龠]", sentence.ja)
    assert sentence.ja.endswith(("。", "{detail}"))
    without_words_of_the_sheet = re.sub("さん|送信しない", "", sentence.en)
    assert not re.search("[ぁ-んァ-ヶ]", without_words_of_the_sheet)


@pytest.mark.parametrize("reason", [reason for reason, s in SENTENCES.items() if s.severity is Severity.ACT])
def test_where_a_person_has_to_act_the_sentence_says_what_to_do(reason):
    ja = SENTENCES[reason].ja

    assert re.search("ください|送ります|送るときは|{detail}$", ja), ja


@pytest.mark.parametrize("reason", [reason for reason, s in SENTENCES.items() if s.severity is Severity.ACT])
def test_what_to_do_is_a_sentence_of_its_own_after_the_reason(reason):
    ja, en = SENTENCES[reason].ja, SENTENCES[reason].en

    assert ja.count("。") > 1 or ja.endswith("{detail}"), ja
    assert re.search(r"\. [A-Z]", en) or en.endswith("{detail}"), en
    assert not re.search("。(直して|入れて|確かめて)ください", ja), ja  # what?


def test_both_languages_name_the_same_facts():
    for reason, sentence in SENTENCES.items():
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (sentence.ja, sentence.en)]
        assert fields[0] == fields[1], reason


def test_facts_are_filled_in_and_an_english_fact_is_used_in_english():
    skipped = Skipped(
        candidate=candidate(), reason=Reason.LETTER_BROKEN, facts={"detail": "誤り", "detail_en": "mistake"}
    )

    assert skipped.text("ja") == "文面に誤りがあります: 誤り"
    assert skipped.text("en") == "The letter template is broken: mistake"


def test_what_stands_in_a_cell_is_quoted_short_enough_for_a_cell_and_obeyed_by_no_screen():
    value = "\x1b[2J\u202e\n" + "不採用" * 20_000

    said = Skipped(candidate=candidate(), reason=Reason.DECISION_UNKNOWN, facts={"value": value}).text("ja")

    assert len(said) < 300
    assert said.isprintable()
    assert "不採用不採用" in said


def test_a_fact_that_is_missing_never_breaks_a_report():
    assert "…" in Skipped(candidate=candidate(), reason=Reason.ALREADY_SENT).text("ja")
