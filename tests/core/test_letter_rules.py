import pytest

from sheets_automation.core.letter_rules import LetterBook, LetterRule, language_code
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.model import Address, Candidate, Decision

NAMES = ("standard", "other_position", "reapply", "after_final_interview")


def letters(*ids):
    return {name: letter_from_file(f"{name}.md", f"件名: {name}\n\n本文") for name in ids}


BOOK = LetterBook(templates=letters(*(f"{name}.{language}" for name in NAMES for language in ("ja", "en"))))


def candidate(**facts):
    return Candidate(row=5, id="C-1", address=Address(value="a@b.example"), decision=Decision.REJECTED, **facts)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        ({}, "standard.ja"),
        ({"tags": ("スキル強", "再応募候補")}, "reapply.ja"),
        ({"tags": ("別ポジション適性あり",)}, "other_position.ja"),
        ({"tags": ("再応募候補", "別ポジション適性あり")}, "other_position.ja"),
        ({"stage": "最終面接"}, "after_final_interview.ja"),
        ({"stage": "最終面接", "tags": ("再応募候補",)}, "after_final_interview.ja"),
        ({"stage": "最終面接前"}, "standard.ja"),
        ({"tags": ("再応募候補ではない",)}, "standard.ja"),
        ({"language": "英語"}, "standard.en"),
        ({"language": "en-US", "tags": ("再応募候補",)}, "reapply.en"),
    ],
)
def test_the_first_rule_that_fits_chooses_the_letter(facts, letter):
    assert BOOK.choose(candidate(**facts)).id == letter


def test_a_rule_may_ask_for_the_language_and_the_opening():
    rules = (LetterRule(template="reapply", language="English", opening="ＥＮＧＩＮＥＥＲ "),)
    book = LetterBook(templates=BOOK.templates, rules=rules)

    assert book.choose(candidate(language="en", opening="Engineer")).id == "reapply.en"
    assert book.choose(candidate(language="ja", opening="Engineer")).id == "standard.ja"
    assert book.choose(candidate(language="en", opening="Sales")).id == "standard.en"


def test_a_letter_that_lacks_the_language_gives_way_to_the_standard_one():
    book = LetterBook(templates=letters("standard.en", "reapply.ja"))

    assert book.choose(candidate(language="en", tags=("再応募候補",))).id == "standard.en"


def test_nobody_is_sent_a_letter_in_a_language_that_there_is_no_letter_for():
    assert BOOK.choose(candidate(language="中国語")) is None


def test_an_empty_language_cell_means_the_books_own_language():
    book = LetterBook(templates=BOOK.templates, default_language="en")

    assert book.choose(candidate()).id == "standard.en"


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "ja"), ("日本語", "ja"), (" ＪＡ ", "ja"), ("ja-JP", "ja"), ("English", "en"), ("英語", "en"), ("fr", "fr")],
)
def test_a_language_cell_is_read_in_many_spellings(text, code):
    assert language_code(text) == code
