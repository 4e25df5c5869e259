"""The name in a letter and its honorific."""

from dataclasses import replace

import pytest

from sheets_automation.core.lint import lint_letter
from tests.core.test_lint import EN, RULES, findings, reasons


@pytest.mark.parametrize("salutation", ["山田 太郎様", "山田 太郎 様", "山田 太郎\u3000様", "　山田 太郎様、"])
def test_the_candidates_name_with_the_honorific_is_right(salutation):
    assert findings(text=f"{salutation}\n\n本文\n") == set()


@pytest.mark.parametrize("text", ["山田 太郎さん\n", "山田 太郎\n\n本文", "本文だけ", "", "   \n"])
def test_a_japanese_letter_without_the_name_and_its_honorific_is_stopped(text):
    assert "missing_honorific" in reasons(text=text)


def test_a_letter_without_a_name_is_stopped_in_any_language():
    assert "missing_honorific" in reasons(name="")
    assert findings(EN, name="Hanako Sato") == {("missing_honorific", "")}
    assert findings(EN, name="") == {("missing_honorific", "")}


@pytest.mark.parametrize(
    "ending", ["様様", "様 様", "様\u3000様", "様さん", "様 さん", "さん様", "殿様", "様殿", "さま様"]
)
def test_a_doubled_honorific_is_found(ending):
    assert "doubled_honorific" in reasons(text=f"山田 太郎様\n山田 太郎{ending}の\n")


@pytest.mark.parametrize("name", ["山田 太郎様", "山田 太郎 様", "山田 太郎さん"])
def test_an_honorific_in_the_name_is_one_too_many_behind_dear(name):
    found = lint_letter(replace(EN, text=f"Dear {name},\n"), name=name, address="taro@example.jp", rules=RULES)

    assert found[0].reason.value == "doubled_honorific"  # the first one tells people what to do
