"""What a template may not hold. Each refusal names the template, the line and what to do."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.errors import LetterError
from sheets_automation.core.letter_syntax import MAX_TEMPLATE_CHARACTERS
from sheets_automation.core.letters import letter_from_file
from tests.counting import calls_of


def refusal(body, subject="結果"):
    with pytest.raises(LetterError) as problem:
        letter_from_file("standard.ja.md", f"件名: {subject}\n\n{body}")
    return problem.value


@pytest.mark.parametrize(
    "construct",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a' ~ 'b' }}",
        "{% include 'other' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% set x = 1 %}",
        "{% macro x() %}{% endmacro %}",
        "{% with x = 1 %}{% endwith %}",
        "{% filter upper %}x{% endfilter %}",
        "{% call x() %}{% endcall %}",
        "{% raw %}x{% endraw %}",
        "{{ 氏名.__class__ }}",
        "{{ 氏名['__class__'] }}",
        "{{ 氏名.format(x) }}",
        "{{ 氏名|upper }}",
        "{{ 氏名 is defined }}",
        "{{ range(3) }}",
        "{{ 氏名() }}",
        "{{ 欄(氏名) }}",
        "{{ 欄() }}",
        "{{ 欄('a', 'b') }}",
        "{{ 欄('a')('b') }}",
        "{{ 欄(*氏名) }}",
        "{% if 年齢 > 30 %}x{% endif %}",
        "{% if 年齢 > '30' %}x{% endif %}",
        "{{ not 氏名 }}",
        "{{ 氏名 == 'x' }}",
        "{{ 1 }}",
        "{{ none }}",
        "{{ ['a'] }}",
        "{{ {'a': 'b'} }}",
        "{{ 'a' if 氏名 }}",
        "{{ 氏名",
        "{{ }}",
        "{% if 氏名 %}",
        "{% endif %}",
        "{% if %}x{% endif %}",
        "{{ 最終面接 日 }}",
        "{{ 1次面接 }}",
        "{{ 氏名 }",
        "{% unknown %}",
    ],
)
def test_only_names_quoted_text_and_conditions_are_allowed(construct):
    problem = refusal(f"一行目\n\n{construct}")

    assert "「standard.ja.md」の5行目" in problem.ja
    assert "standard.ja.md, line 5" in problem.en


def test_the_subject_is_held_to_the_same_rules():
    assert "の1行目: 「Filter」はここでは使えません" in refusal("本文", subject="{{ 氏名|upper }}").ja


@pytest.mark.parametrize(
    "body",
    [
        "{% if 氏名 %}前の段落\n\n次の段落{% endif %}",
        "- {% if 氏名 %}一\n- 二{% endif %}",
        "**{% if 氏名 %}太字**{% endif %}",
        "{% if 氏名 %}\n- 一{% endif %}",
        "[x](https://a.example/{% if 氏名 %})y{% endif %}",
        "{% if 氏名 %}y[x](https://a.example/{% endif %})",
        "{% if 氏名 %}一\n\n{% else %}\n\n二{% endif %}",
    ],
)
def test_a_condition_may_not_cut_a_paragraph_or_a_list_in_two(body):
    assert "独立した行" in refusal(body).ja


@pytest.mark.parametrize(
    "target", ["http://a.example", "javascript:alert(1)", "data:text/html,x", "a.example", "//a.example"]
)
def test_a_link_leads_to_https_a_mail_address_or_a_field(target):
    assert target in refusal(f"[x]({target})").ja


@pytest.mark.parametrize("body", ["**閉じ忘れ", "**選考結果：**お祈り", "[x](https://a.example"])
def test_signs_of_markdown_that_would_be_sent_as_they_are_get_refused(body):
    assert "記号が残っています" in refusal(body).ja


@pytest.mark.parametrize(
    "braces", ["{\\{ 氏名.x }\\}", "{\\{ 氏名 }\\}", "{\\% if 氏名 %\\}", "[x](https://a.example/{\\{氏名}\\})"]
)
def test_braces_that_only_markdown_joins_are_refused(braces):
    assert "使えません" in refusal(f"{{{{ 氏名 }}}}様\n\n{braces}").ja


@pytest.mark.parametrize("name", ["欄", "field", "self", "subject_line"])
def test_a_name_that_means_something_else_inside_a_template_is_refused_and_told_how_to_write(name):
    assert f'{{{{ 欄("{name}") }}}}' in refusal(f"{{{{ {name} }}}}").ja


@pytest.mark.parametrize("character", ["\ue000", "\U000f0000", "\U00100000"])
def test_a_private_use_character_is_refused(character):
    assert "外字" in refusal(f"{character}様").ja


def test_an_oversized_template_is_refused():
    assert f"{MAX_TEMPLATE_CHARACTERS:,}字以内" in refusal("あ" * (MAX_TEMPLATE_CHARACTERS + 1)).ja


def test_a_template_with_very_many_fields_is_refused():
    assert "か所を超えています" in refusal("{{a}}" * 1_000).ja


@pytest.mark.parametrize(
    "bomb",
    [
        "{% if a %}" * 900 + "{% endif %}" * 900,
        "{{ " + "(" * 9_000 + "a" + ")" * 9_000 + " }}",
        "{{ " + "not " * 4_000 + "a }}",
        "{{ a" + " or a" * 3_000 + " }}",
        "{{ 'a' " + "if a else 'b' " * 1_000 + " }}",
        "{% if a %}x" + "{% elif a %}y" * 1_200 + "{% endif %}",
        "> " * 5_000 + "x",
        "".join(" " * depth + "- x\n" for depth in range(180)),
        "[" * 9_000,
        "*a" * 9_000,
        "{" * 19_000,
        "{#" * 9_000,
    ],
    ids=range(12),
)
def test_a_bomb_is_refused_or_defused_in_steps_that_grow_with_its_length(bomb):
    def explode():
        with suppress(LetterError):
            letter_from_file("standard.ja.md", f"件名: x\n\n{bomb}").render({"a": "x" * 20_000})

    assert calls_of(explode) < 50 * (len(bomb) + 20_000)


@given(st.text("{}%#-'\" \n氏名欄()ifendor.|*[]\\_0", max_size=60))
def test_any_template_compiles_and_renders_or_is_refused(source):
    with suppress(LetterError):
        template = letter_from_file("standard.ja.md", f"件名: x\n\n{source}")

        assert template.render(dict.fromkeys(template.variables, "x")).subject == "x"


@pytest.mark.parametrize(
    ("file_name", "source", "words"),
    [
        ("standard.md", "件名: x\n\ny", "名前.言語.md"),
        ("standard.ja.txt", "件名: x\n\ny", "名前.言語.md"),
        ("standard.ja.md", "", "1行目"),
        ("standard.ja.md", "本文だけ\n\nx", "件名"),
        ("standard.ja.md", "件名: x\n本文", "2行目に空行"),
        ("standard.ja.md", "件名:\n\n本文", "件名"),
    ],
)
def test_a_file_that_is_no_letter_says_how_to_write_one(file_name, source, words):
    with pytest.raises(LetterError) as problem:
        letter_from_file(file_name, source)

    assert words in problem.value.ja


def test_a_file_saved_by_notepad_is_read():
    letter = letter_from_file("standard.ja.md", "\ufeffSubject： 結果\r\n\r\n一\r\n二\r\n").render({})

    assert letter.subject == "結果"
    assert letter.text == "一\n二\n"
