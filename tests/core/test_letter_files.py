"""The letters of rejection that we ship: each is rendered as a candidate would get it, and read."""

import re
from pathlib import Path

import pytest

from sheets_automation.core.letter_fields import OWN_FIELDS, LetterFacts, letter_fields
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.lint import lint_letter
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Address, Candidate, Decision

FOLDER = Path(__file__).parents[2] / "templates"
OTHERS = ("invitation", "check_in", "welcome_back", "new_openings", "company_news")
FILES = sorted(file for file in FOLDER.glob("*.md") if not file.name.startswith(OTHERS))
TEMPLATES = [letter_from_file(file.name, file.read_text(encoding="utf-8")) for file in FILES]
JAPANESE = [template for template in TEMPLATES if template.language == "ja"]
ENGLISH = [template for template in TEMPLATES if template.language == "en"]

NAME = "髙橋 美咲"
COMPANY = "株式会社みなと製作所"
LINK = "https://relay.example/r/K7M2Q9XD4T"
FACTS = LetterFacts(
    company=COMPANY,
    contact_person="人事部 森本",
    contact="saiyo@minato.example",
    signature=f"{COMPANY}\n人事部 採用グループ",
    partner_licence="13-ユ-000000",
)
RULES = LintRules(company_names=(COMPANY,), link_domains=("relay.example",), own_addresses=("@minato.example",))


def letter(template, *, link=LINK, opening="法人営業", facts=FACTS):
    candidate = Candidate(
        row=5,
        id="C-1",
        name=NAME,
        address=Address(value="misaki@example.jp"),
        decision=Decision.REJECTED,
        opening=opening,
    )
    return template.render(letter_fields(candidate, facts, link))


def by_id(template):
    return template.id


def test_every_situation_has_a_letter_in_both_languages():
    names = {"standard", "other_position", "reapply", "after_final_interview"}

    assert {template.name for template in JAPANESE} == {template.name for template in ENGLISH} == names


@pytest.mark.parametrize("link", ["", LINK], ids=["without referral", "with referral"])
@pytest.mark.parametrize("facts", [FACTS, LetterFacts(company=COMPANY)], ids=["all settings", "company only"])
@pytest.mark.parametrize("opening", ["", "法人営業（東日本）"], ids=["no opening", "opening"])
@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_every_letter_passes_the_lint(template, link, facts, opening):
    made = letter(template, link=link, opening=opening, facts=facts)

    assert lint_letter(made, name=NAME, address="misaki@example.jp", rules=RULES) == ()
    assert not re.search(r"\n\n\n|[ \u3000]\n|「」|（）|\(\)| ,| \.", made.text)
    assert "<p></p>" not in re.sub(r' style="[^"]*"', "", made.html)
    assert len(made.html) < 4_000


@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_every_letter_uses_only_words_of_ours(template):
    template.check_variables(OWN_FIELDS)


@pytest.mark.parametrize("template", JAPANESE, ids=by_id)
def test_a_japanese_letter_goes_from_thanks_over_the_result_and_the_papers_to_the_wish(template):
    made = letter(template)

    order = [
        "様\n",
        "誠にありがとうございました",
        "誠に残念ながら",
        "お預かりした応募書類",
        "お祈り申し上げます",
        "キャリアリレー",
        FACTS.signature,
    ]
    places = [made.text.index(words) for words in order]
    assert places == sorted(places)
    assert made.subject == f"選考結果のご連絡【{COMPANY}】"
    assert made.text.startswith(f"{NAME}様\n")


@pytest.mark.parametrize("template", ENGLISH, ids=by_id)
def test_an_english_letter_goes_from_thanks_over_the_result_and_the_papers_to_the_wish(template):
    made = letter(template)

    order = [
        "Dear",
        "Thank you",
        "sorry",
        "your documents",
        "We wish you",
        "Kind regards",
        "Career Relay",
        FACTS.signature,
    ]
    places = [made.text.index(words) for words in order]
    assert places == sorted(places)
    assert made.subject == f"Your application to {COMPANY}"


@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_no_letter_gives_a_reason_or_promises_to_get_in_touch(template):
    text = letter(template).text

    promises = r"お声[がか]け|(?:こちらから|あらためて)ご連絡|keep you in mind|get in touch"
    reasons = r"能力|不足|他の候補者|other candidates|lack|not enough"
    assert not re.search(f"{promises}|{reasons}", text)


@pytest.mark.parametrize("template", JAPANESE, ids=by_id)
def test_the_japanese_referral_says_that_it_is_free_voluntary_and_passes_nothing_on(template):
    text = letter(template).text

    for words in ("転職支援サービス", "無料", "ご自由に", "弊社とは別の事業者", "お渡しすることはありません",
                  "選考に影響することはありません", "弊社にも伝わります", "希望されない場合", "13-ユ-000000",
                  f": {LINK}\n"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("template", ENGLISH, ids=by_id)
def test_the_english_referral_says_that_it_is_free_voluntary_and_passes_nothing_on(template):
    text = letter(template).text

    for words in ("career support", "free", "entirely up to you", "another company", "do not pass on", "no influence",
                  "lets us know", "would rather not receive", "13-ユ-000000", f": {LINK}\n"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_without_a_link_nothing_of_the_referral_is_left(template):
    made = letter(template, link="")

    assert not re.search("キャリアリレー|Career Relay|https?:|<a |許可番号|licen[cs]ed", made.text + made.html)
    assert made.text.count("-" * 40) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_referral_reads_the_same_in_every_letter_of_a_language(language):
    texts = [letter(template).text for template in TEMPLATES if template.language == language]

    assert len({text.split("-" * 40)[1] for text in texts}) == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_the_html_is_fit_for_mail_programs(template):
    html = re.sub(r"<!--\[if mso\].*?<!\[endif\]-->", "", letter(template).html)  # a table for Outlook alone

    assert "max-width:600px" in html
    assert "prefers-color-scheme:dark" in html
    assert f'<html lang="{template.language}">' in html
    assert html.count(f'href="{LINK}"') == 1
    assert f">{LINK}<" in html
    assert not re.search(r"<(?:script|img|table|link|iframe|form)\b|url\(|@import|position:", html)


@pytest.mark.parametrize("template", TEMPLATES, ids=by_id)
def test_a_blank_company_or_name_stops_the_letter(template):
    made = letter(template, facts=LetterFacts(company=""))

    found = lint_letter(made, name=NAME, address="misaki@example.jp", rules=RULES)

    assert {finding.reason for finding in found} == {"blank_field"}
    assert {finding.detail for finding in found} <= {"会社名", "company"}
