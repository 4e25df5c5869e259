import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core import lint
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Letter
from tests.counting import calls_of

RULES = LintRules(
    company_names=("株式会社みなと製作所", "Minato Inc.", "株式会社リレー"),
    link_domains=("relay.example", "日本語.example"),
    own_addresses=("saiyo@minato.example", "@careers.example"),
)
JA = Letter(
    template="standard.ja", language="ja", subject="選考結果のご連絡", text="山田 太郎様\n\n本文\n", html="<p></p>"
)
EN = replace(JA, language="en", text="Dear Taro Yamada,\n\nthank you.\n")


def findings(letter=JA, name="山田 太郎", **changes):
    found = lint.lint_letter(replace(letter, **changes), name=name, address="taro@example.jp", rules=RULES)
    return {(finding.reason.value, finding.detail) for finding in found}


def reasons(**changes):
    return {reason for reason, _ in findings(**changes)}


def with_line(line):
    return findings(text=JA.text + line + "\n")


def test_a_good_letter_has_no_findings():
    assert findings() == findings(EN, name="Taro Yamada") == set()


def test_a_blank_field_is_named():
    assert with_line("{{ 応募職種 }}のご応募") == {("blank_field", "応募職種")}


@pytest.mark.parametrize(
    "text",
    [
        "{{氏名}}",
        "{% if x",
        "${name}",
        "%%name%%",
        "【氏名】",
        "［ 会社名 ］",
        "[name]",
        "<お名前>",
        "《応募職種》",
        "○○株",
        "〇〇",
        "◯様",
        "● 様",
        "XXX",
        "ＸＸＸ",
        "#N/A",
        "#ERROR!",
        "#UNCALCULATED",
        "None",
        "nan",
        "NaN",
        "undefined",
        "null",
    ],
)
def test_a_placeholder_that_is_left_over_is_found(text):
    assert {reason for reason, _ in with_line(text)} == {"unresolved_placeholder"}
    assert reasons(subject=f"結果 {text}") == {"unresolved_placeholder"}


@pytest.mark.parametrize("salutation", ["田中様", "佐藤 花子 様、", "採用ご担当者様"])
def test_a_name_that_was_typed_into_the_template_is_found_and_not_quoted(salutation):
    assert with_line(salutation) == {("unresolved_placeholder", "…様")}


@pytest.mark.parametrize(
    "text",
    [
        "【株式会社みなと製作所】",
        "finance, Nanako, nullify",
        "None of this",
        "XX年",
        "多様な方",
        "皆様",
        "様々な職種",
        "仕様書",
        "C# / 50%",
        "○×△",
        "1 < 2 > 0",
        "{ }",
        "御社の仕様様式",
        "お客様",
        "同様です",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert with_line(text) == set()


@pytest.mark.parametrize(
    "company",
    [
        "株式会社あさひ",
        "あさひ工業株式会社",
        "合同会社ABC",
        "（株）東西",
        "㈱東西",
        "株式会社 東西",
        "有限会社山本商店",
        "Asahi Trading Inc.",
        "Asahi, LLC",
        "Kita K.K.",
    ],
)
def test_another_company_is_found(company):
    [(reason, detail)] = with_line(f"このたびは {company} にご応募")

    assert reason == "foreign_company"
    assert detail
    assert detail in company


def test_no_word_of_a_company_is_sought_without_bound_since_a_cell_may_be_one_long_word():
    assert not re.search(r"\][*+]", lint._COMPANY.pattern)


def test_our_company_and_its_partners_may_be_named():
    assert with_line("株式会社みなと製作所 と 株式会社リレー と Minato Inc. の会社案内") == set()


@pytest.mark.parametrize(
    "link",
    [
        "https://relay.example/r/ABC",
        "https://go.relay.example",
        "https://RELAY.example:8443/x",
        "https://日本語.example/x",
        "https://ｒｅｌａｙ.example/x",
        "https://xn--wgv71a119e.example/x",
    ],
)
def test_a_link_to_an_allowed_domain_may_stand(link):
    assert with_line(f"ご案内: {link}") == set()
    assert findings(html=f'<a href="{link}">x</a>') == set()


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("http://relay.example/r/ABC", "relay.example"),
        ("https://relay.example.evil.example/", "relay.example.evil.example"),
        ("https://evilrelay.example/", "evilrelay.example"),
        ("https://relay.example@evil.example/", "evil.example"),
        ("https://user:pass@relay.example/", "relay.example"),
        ("https://evil.example\\@relay.example/", "relay.example"),
        ("https://relay.example\\.evil.example/", "relay.example\\.evil.example"),
        ("https://rеlay.example/", "xn--rlay-v4d.example"),
        ("https://evil.example\\.relay.example/", "evil.example\\.relay.example"),
        ("https://☃☃.example/", "?"),
        ("https:///relay.example", "?"),
        ("https://[::1/", "?"),
        ("https://", "?"),
        ("ftp://relay.example/x", "relay.example"),
        ("javascript://relay.example/%0Aalert(1)", "relay.example"),
        ("HTTPS://evil.example", "evil.example"),
        ("www.evil.example/x", "?"),
        (r"\\evil.example\share", "?"),
    ],
)
def test_any_other_link_is_found_in_the_text_and_in_the_html(link, host):
    assert ("link_not_allowed", host) in with_line(f"ご案内: {link}")
    assert ("link_not_allowed", host) in findings(html=f'<a href="{link}">x</a>')


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "/x", "//relay.example/", "", "https:relay.example"]
)
def test_a_link_that_only_the_html_can_hold_is_found_too(link):
    assert findings(html=f'<a href="{link}">x</a>') != set()


def test_names_of_techniques_are_no_links():
    assert with_line(r"Node.js と ASP.NET のエンジニア、C:\x") == set()


@pytest.mark.parametrize(
    "address", ["saiyo@minato.example", "SAIYO@Minato.example", "any@careers.example", "taro@example.jp"]
)
def test_our_addresses_and_the_candidates_own_may_stand(address):
    assert with_line(f"ご連絡は{address}まで") == set()
    assert findings(html=f'<a href="mailto:{address}">x</a>') == set()


def test_another_address_is_found_and_only_its_domain_told():
    link = '<a href="mailto:hanako@other.example?subject=x">x</a>'

    assert with_line("ご連絡はhanako@other.exampleまで") == {("foreign_address", "@other.example")}
    assert findings(html=link) == {("foreign_address", "@other.example")}


@pytest.mark.parametrize(
    ("subject", "detail"),
    [("", "empty"), (" \u3000", "empty"), ("一\n二", "line_break"), ("一\r二", "line_break"), ("あ" * 121, "too_long")],
)
def test_a_subject_must_be_one_short_line(subject, detail):
    assert ("subject_problem", detail) in findings(subject=subject)


@pytest.mark.parametrize("character", list("\0\x08\x1b\r\x85\u202e\u2066\u200f\u2028\ufeff\ufffd\u061c\U000e0041"))
def test_a_character_that_nobody_sees_is_named(character):
    assert ("control_characters", f"U+{ord(character):04X}") in with_line(f"山{character}田")


def test_half_of_a_surrogate_pair_is_named():
    assert with_line("山\ud83d田") == {("control_characters", "U+D83D")}


def test_emoji_and_rare_kanji_are_ordinary_characters():
    assert with_line("𠮷野 👩‍👩‍👧 髙﨑\tﾔﾏﾀﾞ") == set()


def test_a_very_long_letter_is_stopped():
    assert findings(text=JA.text + "あ" * 10_000) == {("letter_too_long", "10011")}


@given(st.text(st.characters(), max_size=100), st.text(st.characters(), max_size=100))
def test_the_lint_survives_any_letter(text, html):
    findings(text=text, html=f'<a href="{html}">', subject=text)


_PARAGRAPHS = [
    "お心当たりのない方は https://relay.example/r/A をご覧ください",
    "https://evil.example/",
    "山田 太郎様",
    "佐藤 花子様",
    "None",
    "【氏名】",
    "{{ 応募職種 }}",
    "他社株式会社",
    "taro@example.jp",
    "other@example.net",
    "田中様様",
    "山\x1b田",
    "ありがとうございました。",
]


@given(st.lists(st.sampled_from(_PARAGRAPHS)))
def test_what_is_found_in_a_letter_is_what_is_found_in_its_paragraphs(paragraphs):
    together = findings(text="\n\n".join([JA.text, *paragraphs]))

    assert together == set().union(*(with_line(f"\n{paragraph}") for paragraph in paragraphs))


def test_what_was_right_for_one_person_is_wrong_for_the_next():
    letter = replace(JA, text="山田 太郎様\n\ntaro@example.jp\n")
    assert lint.lint_letter(letter, name="山田 太郎", address="taro@example.jp", rules=RULES) == ()

    found = lint.lint_letter(letter, name="佐藤 花子", address="hanako@example.jp", rules=RULES)

    assert {finding.reason.value for finding in found} >= {"missing_honorific", "foreign_address"}
    assert "…様" in {finding.detail for finding in found}


def test_a_look_at_a_letter_takes_no_more_steps_however_long_it_is():
    letter = replace(JA, text=JA.text + "お預かりした応募書類は、責任をもって管理いたします。\n" * 300)
    findings(letter)

    assert calls_of(lambda: findings(letter)) < 150
