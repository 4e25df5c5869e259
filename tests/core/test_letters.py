import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.errors import LetterError
from sheets_automation.core.letter_fields import FIELD_NAMES, LetterFacts, letter_fields
from sheets_automation.core.letters import MAX_LETTER_CHARACTERS, letter_from_file
from sheets_automation.core.model import Address, Candidate, Decision


def rendered(body, fields=None, *, subject="結果のご連絡", language="ja"):
    template = letter_from_file(f"test.{language}.md", f"件名: {subject}\n\n{body}")
    return template.render(fields or {})


def body_of(letter):
    """The HTML between the frame's div and its end, without styles."""
    inner = letter.html.partition('<div class="paper"')[2].partition(">\n")[2].rpartition("</div>\n<!--")[0]
    return re.sub(r' (?:style|class)="[^"]*"', "", inner)


def test_a_heading_of_the_sheet_is_a_variable_in_subject_text_and_html():
    letter = rendered("{{ 氏名 }}様", {"氏名": "山田 太郎"}, subject="{{ 氏名 }}様へ")

    assert letter.subject == "山田 太郎様へ"
    assert letter.text == "山田 太郎様\n"
    assert body_of(letter) == "<p>山田 太郎様</p>\n"
    assert "<title>山田 太郎様へ</title>" in letter.html


def test_a_heading_with_blanks_or_signs_is_written_as_a_quoted_field():
    letter = rendered('{{ 欄("最終面接 日") }} {{ field("1次(点)") }}', {"最終面接 日": "11月5日", "1次(点)": "80"})

    assert letter.text == "11月5日 80\n"


def test_a_heading_may_be_called_by_a_name_that_means_something_else_inside_a_template():
    letter = rendered('{{ 欄("欄") }} {{ 欄("self") }}', {"欄": "備考", "self": "本人"})

    assert letter.text == "備考 本人\n"


def test_width_case_and_outer_blanks_of_a_heading_do_not_count():
    letter = rendered("{{ 紹介URL }}", {" 紹介ｕｒｌ ": "https://a.example"})

    assert letter.text == "https://a.example\n"


def test_the_template_tells_which_columns_it_needs():
    source = '件名: {{ 会社名 }}\n\n{% if 職種 == "営業" %}{{ 氏名 }}{% endif %}{{ 氏名 }}{{ 欄("面接 日") }}'

    template = letter_from_file("standard.ja.md", source)

    assert template.id == "standard.ja"
    assert template.variables == ("会社名", "職種", "氏名", "面接 日")


def test_a_blank_field_that_is_printed_shows_as_its_placeholder():
    letter = rendered("{{ 氏名 }}様\n{% if 職種 %}{{ 職種 }}{% endif %}{{ 担当 or 署名 }}", dict.fromkeys(
        ("氏名", "職種", "担当", "署名"), " "))  # fmt: skip

    assert letter.text == "{{ 氏名 }}様\n{{ 署名 }}\n"
    assert body_of(letter) == "<p>{{ 氏名 }}様<br>\n{{ 署名 }}</p>\n"


def test_an_unknown_variable_is_named_together_with_the_nearest_headings():
    template = letter_from_file("standard.ja.md", "件名: 結果\n\n{{ 応募者名 }}様")

    for check in (template.check_variables, lambda known: template.render(dict.fromkeys(known, "x"))):
        with pytest.raises(LetterError) as problem:
            check(["応募者氏名", "応募職種", "メール"])
        assert "{{ 応募者名 }}" in problem.value.ja
        assert "応募者氏名、応募職種" in problem.value.ja
        assert "standard.ja.md" in problem.value.en


MARKDOWN_AND_HTML = (
    "**太字** [リンク](https://evil.example) <b>x</b> & \"引用\" 'x' # - 1. \\ {{ 氏名 }} {% if 1 %} ${x}"
)


def test_a_cell_never_becomes_markdown_html_or_jinja():
    letter = rendered("{{ 氏名 }}様", {"氏名": MARKDOWN_AND_HTML})

    assert letter.text == f"{MARKDOWN_AND_HTML}様\n"
    assert "<b>" not in letter.html
    assert "evil.example)" in letter.html
    assert "<a " not in letter.html


@given(st.text(max_size=60))
def test_whatever_a_cell_holds_the_text_part_says_exactly_that(value):
    letter = rendered("始{{ 備考 }}終", {"備考": value})

    assert letter.text == f"始{value.strip() or '{{ 備考 }}'}終\n"
    assert re.fullmatch(r"<p>始[^<>\"']*(?:<br>[^<>\"']*)*終</p>\n", body_of(letter))


def test_quoted_text_in_a_field_stays_text_too():
    letter = rendered('{{ 担当 or "<採用> & 人事" }}', {"担当": ""})

    assert letter.text == "<採用> & 人事\n"
    assert body_of(letter) == "<p>&lt;採用&gt; &amp; 人事</p>\n"


def test_a_cell_in_a_link_cannot_leave_its_attribute():
    letter = rendered("[見る]({{ 紹介URL }})", {"紹介URL": 'https://a.example/"><script>x</script>'})

    assert "<script" not in letter.html
    assert 'href="https://a.example/&#34;&gt;' in letter.html


def test_a_cell_with_line_breaks_keeps_them_in_both_parts():
    letter = rendered("{{ 署名 }}", {"署名": "株式会社みなと\n採用担当"})

    assert letter.text == "株式会社みなと\n採用担当\n"
    assert body_of(letter) == "<p>株式会社みなと<br>採用担当</p>\n"


@pytest.mark.parametrize(
    ("markdown", "text", "html"),
    [
        ("一行目\n二行目\n\n次の段落", "一行目\n二行目\n\n次の段落", "<p>一行目<br>\n二行目</p>\n<p>次の段落</p>"),
        ("これは**大切**です", "これは大切です", "<p>これは<strong>大切</strong>です</p>"),
        ("## ご案内\n本文", "■ ご案内\n\n本文", "<h2>ご案内</h2>\n<p>本文</p>"),
        ("- 一\n- 二\n\n終", "・一\n・二\n\n終", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n<p>終</p>"),
        ("- 一\n\n- 二\n\n終", "・一\n\n・二\n\n終",
         "<ul>\n<li><p>一</p>\n</li>\n<li><p>二</p>\n</li>\n</ul>\n<p>終</p>"),
        ("1. 一\n2. 二", "1. 一\n2. 二", '<ol>\n<li value="1">一</li>\n<li value="2">二</li>\n</ol>'),
        ("前\n\n---\n\n後", f"前\n\n{'-' * 40}\n\n後", "<p>前</p>\n<hr>\n<p>後</p>"),
        ("詳しくは[こちら](https://a.example/)へ", "詳しくはこちら: https://a.example/へ",
         '<p>詳しくは<a href="https://a.example/">こちら</a>へ</p>'),
        ("[https://a.example](https://a.example)へ", "https://a.exampleへ",
         '<p><a href="https://a.example">https://a.example</a>へ</p>'),
        ("- [一](https://a.example)", "・一: https://a.example",
         '<ul>\n<li><a href="https://a.example">一</a></li>\n</ul>'),
        ("[メール](mailto:a@b.example)で", "メール: a@b.exampleで", '<p><a href="mailto:a@b.example">メール</a>で</p>'),
        ("<b>生の</b> ![絵](https://a.example/x.png) `x`", "<b>生の</b> !絵: https://a.example/x.png `x`",
         '<p>&lt;b&gt;生の&lt;/b&gt; !<a href="https://a.example/x.png">絵</a> `x`</p>'),
        ("&#123;&#123; 氏名 }\\}", "&#123;&#123; 氏名 }}", "<p>&amp;#123;&amp;#123; 氏名 }}</p>"),
    ],
)  # fmt: skip
def test_both_parts_say_the_same(markdown, text, html):
    letter = rendered(markdown)

    assert letter.text == f"{text}\n"
    assert body_of(letter) == f"{html}\n"


def test_english_lists_have_hyphens():
    assert rendered("- one\n- two", language="en").text == "- one\n- two\n"


def test_a_link_alone_in_a_paragraph_is_a_button_with_its_address_below():
    letter = rendered("[ご案内を見る]({{ 紹介URL }})", {"紹介URL": "https://a.example/?x=1&y=2"})

    assert letter.text == "ご案内を見る: https://a.example/?x=1&y=2\n"
    address = "https://a.example/?x=1&amp;y=2"
    assert body_of(letter) == f'<p><a href="{address}">ご案内を見る</a></p>\n<p>{address}</p>\n'


def test_a_condition_on_its_own_lines_takes_whole_paragraphs_along():
    body = "前\n{% if 紹介URL %}\n---\n\n## 案内\n\n- {{ 紹介URL }}\n{% endif %}\n後"

    assert rendered(body, {"紹介URL": ""}).text == "前\n\n後\n"
    assert body_of(rendered(body, {"紹介URL": ""})) == "<p>前</p>\n<p>後</p>\n"
    assert rendered(body, {"紹介URL": "u"}).text == f"前\n\n{'-' * 40}\n\n■ 案内\n\n・u\n\n後\n"


def test_a_line_that_is_left_out_takes_its_line_break_along():
    body = "株式会社みなと\n{% if 担当 %}担当: {{ 担当 }}{% endif %}\n電話"

    assert rendered(body, {"担当": ""}).text == "株式会社みなと\n電話\n"
    assert body_of(rendered(body, {"担当": ""})) == "<p>株式会社みなと<br>\n電話</p>\n"
    assert rendered(body, {"担当": "森本"}).text == "株式会社みなと\n担当: 森本\n電話\n"


def test_two_conditions_in_one_line_share_its_line_break():
    body = "前\n{% if 甲 %}甲{% endif %}{% if 乙 %}乙{% endif %}"

    assert rendered(body, {"甲": "", "乙": "x"}).text == "前\n乙\n"


def test_comments_are_for_hr_only():
    letter = rendered("前{# 社内メモ #}後")

    assert letter.text == "前後\n"
    assert "社内メモ" not in letter.html


def test_an_oversized_cell_is_cut_above_the_limit_of_the_lint():
    letter = rendered("{{ 備考 }}", {"備考": "あ" * 9_999 + "  " + "い" * 1_000_000})

    assert len(letter.text.strip()) == MAX_LETTER_CHARACTERS + 1


def test_our_words_come_in_two_languages_and_win_over_headings():
    candidate = Candidate(
        row=5,
        id="C-1",
        name="山田 太郎",
        address=Address(value="a@b.example"),
        decision=Decision.REJECTED,
        opening="営業",
        fields={"連絡先": "070-0000-0000", "面接官": "佐藤"},
    )

    fields = letter_fields(
        candidate, LetterFacts(company="みなと", contact="saiyo@minato.example"), "https://a.example"
    )

    assert all(fields[english] == fields[japanese] for english, japanese in FIELD_NAMES.items())
    assert fields["連絡先"] == "saiyo@minato.example"
    assert fields["面接官"] == "佐藤"
    assert fields["紹介URL"] == "https://a.example"


@pytest.mark.parametrize("name", ["許可番号", "partner_licence"])
def test_a_licence_number_among_words_is_never_parted_at_its_hyphens(name):
    source = f"番号 {{{{ {name} }}}}（[登録](https://a.example/{{{{ {name} }}}})）"

    letter = rendered(source, {name: "13-ユ-301234"})

    assert (
        '番号 <span style="white-space:nowrap">13-ユ-301234</span>（<a href="https://a.example/13-ユ-301234"'
        in letter.html
    )
    assert letter.text == "番号 13-ユ-301234（登録: https://a.example/13-ユ-301234）\n"
