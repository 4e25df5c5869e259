import pytest

from sheets_automation.core.looks import Look, looks_of
from tests.core.builders import candidate


def looks(*, is_late=False, is_first=False, **fields):
    return [*looks_of(candidate(**fields), is_late=is_late, is_first=is_first)]


def test_an_ordinary_letter_needs_no_look():
    assert looks() == []


def test_a_hidden_row_somebody_who_waited_and_the_first_of_its_kind_are_looked_at_in_this_order():
    found = looks(hidden=True, is_late=True, is_first=True)

    assert found == [Look.HIDDEN_ROW, Look.WAITING_LONG, Look.FIRST_OF_TEMPLATE]


@pytest.mark.parametrize(
    "name",
    ["山田 太郎", "やまだ たろう", "ﾔﾏﾀﾞ ﾀﾛｳ", "佐々木 々", "〆木 花", "José Núñez", "Thi Lan Nguyễn", "Ｙａｍａｄａ"],
)
def test_japanese_and_latin_names_are_ordinary(name):
    assert looks(name=name) == []


@pytest.mark.parametrize("name", ["김철수", "Иван Петров", "محمد علي", "山田 Ω郎", "สมชาย"])
def test_a_name_in_another_script_is_looked_at(name):
    assert looks(name=name) == [Look.FOREIGN_SCRIPT]


@pytest.mark.parametrize(
    ("name", "is_long"), [("漢" * 12, False), ("漢" * 13, True), ("a" * 24, False), ("a" * 25, True)]
)
def test_a_long_name_is_looked_at(name, is_long):
    assert looks(name=name) == ([Look.LONG_NAME] if is_long else [])


@pytest.mark.parametrize("look", Look)
def test_every_look_speaks_both_languages(look):
    assert look.text("en").isascii()
    assert not look.text("ja").isascii()
