import re

import pytest

from sheets_automation.core.composing import Composer
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.line_message import with_way_out
from sheets_automation.core.line_records import LineUse
from sheets_automation.core.line_words import word_in_message
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Letter
from sheets_automation.core.reasons import Reason
from tests.core.builders import candidate

COMPANY = "株式会社みなと製作所"
BODY = "{{ 氏名 }}様\n\n{{ 会社名 }}でございます。\n\n{% if 紹介URL %}[案内]({{ 紹介URL }}){% endif %}"


def composer(*bodies, subject="選考結果のご連絡", **fields):
    letters = [letter_from_file("standard.ja.md", f"件名: {subject}\n\n{body}") for body in bodies or (BODY,)]
    return Composer(
        book=LetterBook(templates={letter.id: letter for letter in letters}),
        facts=LetterFacts(company=COMPANY),
        lint=LintRules(company_names=(COMPANY,), link_domains=("relay.example",)),
        referral_base_url=fields.get("base_url", "https://relay.example/r/"),
        by_line=fields.get("by_line", False),
    )


def test_the_same_candidate_and_code_give_the_same_letter():
    write = composer()

    assert write(candidate(), "K7QX9M2PA4TB") == write(candidate(), "K7QX9M2PA4TB")


def test_the_link_carries_the_code_and_nothing_of_the_person():
    letter = composer()(candidate(name="佐藤 花子"), "K7QX9M2PA4TB")

    assert "https://relay.example/r/K7QX9M2PA4TB" in letter.text


def test_without_a_code_the_letter_has_no_link():
    letter = composer()(candidate(), "")

    assert "http" not in letter.text + letter.html


def test_a_language_without_a_letter_is_a_finding():
    assert composer()(candidate(language="en"), "") == Finding(Reason.NO_LETTER, {"detail": "en"})


def test_an_unknown_field_breaks_the_letter_and_says_so_in_both_languages():
    finding = composer(BODY + "\n\n{{ 面接官 }}")(candidate(), "")

    assert finding.reason is Reason.LETTER_BROKEN
    assert "面接官" in finding.facts["detail"]
    assert "面接官" in finding.facts["detail_en"]


def test_a_heading_of_the_sheet_may_be_used_in_a_letter():
    letter = composer(BODY + "\n\n{{ 面接日 }}にお越しくださり")(candidate(fields={"面接日": "11月5日"}), "")

    assert "11月5日にお越しくださり" in letter.text


def test_a_blank_field_stops_the_letter_and_is_named():
    finding = composer(BODY + "\n\n{{ 面接日 }}にお越しくださり")(candidate(fields={"面接日": ""}), "")

    assert finding == Finding(Reason.BLANK_FIELD, {"detail": "面接日"})


def test_a_subject_that_is_too_long_is_explained_in_both_languages():
    finding = composer(subject="結果" * 80)(candidate(), "")

    assert finding.reason is Reason.SUBJECT_PROBLEM
    assert finding.facts == {"detail": "件名が長すぎます", "detail_en": "too long"}


@pytest.mark.parametrize("typed", ["紹介ＵＲＬ", "紹介URL", "referral_url"])
def test_our_own_words_are_no_headings_to_read_however_they_are_spelt(typed):
    write = composer("{{ 氏名 }}様\n\n{% if " + typed + " %}[案内]({{ " + typed + " }}){% endif %}{{ 面接日 }}")

    assert write.headings_used() == {"面接日"}


def test_a_letter_by_line_ends_with_the_word_that_ends_such_letters_and_one_by_mail_does_not():
    by_line, by_mail = (composer(by_line=way)(candidate(), "") for way in (True, False))

    assert by_line.text.startswith(by_mail.text)
    assert "「停止」" in by_line.text[len(by_mail.text) :]
    assert "「停止」" in by_line.html
    assert "停止" not in by_mail.text + by_mail.html


def test_a_letter_that_tells_the_word_itself_is_left_as_it_is():
    body = BODY + "\n\nお知らせが要らないときは「停止」とお返事ください。"

    assert composer(body, by_line=True)(candidate(), "") == composer(body)(candidate(), "")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_word_that_a_letter_tells_is_one_that_is_understood(language):
    letter = Letter(template=f"x.{language}", language=language, subject="", text="x\n", html="<div></div>")

    told = re.findall("[「“](.+?)[」”]", with_way_out(letter).text)

    assert [word_in_message(word) for word in told] == [LineUse.REFUSE, LineUse.UNLINK]


def test_a_letter_that_fits_into_no_bubble_is_a_finding_by_line_and_goes_by_mail():
    body = BODY + "\n\n" + "長" * 6000

    finding = composer(body, by_line=True)(candidate(), "")

    assert finding.reason is Reason.LETTER_BROKEN
    assert "「標準」" in finding.facts["detail"]
    assert "standard.ja" in finding.facts["detail_en"]
    assert "長" * 6000 in composer(body)(candidate(), "").text
