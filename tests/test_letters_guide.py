"""The guides to the tabs 文面 and 設定 list what the code reads, all of it and nothing else."""

import re
from pathlib import Path

import pytest

from sheets_automation.config import settings_tab
from sheets_automation.core import letters_tab
from sheets_automation.core.letter_fields import FIELD_NAMES

DOCS = Path(__file__).parents[1] / "docs"
JAPANESE, ENGLISH = ((DOCS / name).read_text(encoding="utf-8") for name in ("letters.ja.md", "letters.md"))
ALSO = {"別ポジション適性あり", "再応募候補"}  # told in the row of the name that they stand for
COLUMNS = {name for name in letters_tab._HEADINGS if not name.isascii()}
NAMES = set(letters_tab.TEMPLATE_NAMES) - ALSO
SETTINGS = set(settings_tab._OURS)


def rows_of(guide, heading):
    """The rows of the table under this heading: what stands first in each, and the rest."""
    rows = re.search(rf"^\| {heading} \|.*\n\|---.*\n((?:\|.*\n)+)", guide, re.MULTILINE)[1]
    return {row.split("|")[1].strip().strip("`"): row.split("|", 2)[2] for row in rows.splitlines()}


@pytest.mark.parametrize(
    ("guide", "heading", "known"),
    [
        (JAPANESE, "列", COLUMNS),
        (JAPANESE, "名前", NAMES),
        (JAPANESE, "差し込み", set(FIELD_NAMES.values())),
        (JAPANESE, "項目", SETTINGS),
        (ENGLISH, "column", COLUMNS),
        (ENGLISH, "name", NAMES),
        (ENGLISH, "variable", set(FIELD_NAMES)),
        (ENGLISH, "setting", SETTINGS),
    ],
)
def test_each_table_is_that_of_the_code(guide, heading, known):
    assert set(rows_of(guide, heading)) == known


def test_the_other_names_of_letters_are_told():
    assert set(letters_tab.TEMPLATE_NAMES) > ALSO
    assert all(f"「{name}」とも書けます" in JAPANESE for name in ALSO)
    assert all(f"has the tag {name}, which may stand here as well" in ENGLISH for name in ALSO)


@pytest.mark.parametrize(("name", "rest"), rows_of(ENGLISH, "name").items())
def test_the_english_guide_tells_the_english_name_of_each_letter(name, rest):
    assert rest.endswith(f"(`{letters_tab.TEMPLATE_NAMES[name]}`) |")


@pytest.mark.parametrize(("variable", "rest"), rows_of(ENGLISH, "variable").items())
def test_the_english_guide_tells_the_japanese_name_of_each_variable(variable, rest):
    assert rest.endswith(f"({FIELD_NAMES[variable]}) |")


@pytest.mark.parametrize(("setting", "rest"), rows_of(ENGLISH, "setting").items())
def test_the_english_names_of_settings_are_read(setting, rest):
    english = re.findall(r"\(([^)]+)\)", rest)[-1]

    assert settings_tab._LABELS[settings_tab.folded(english)] is settings_tab._OURS[setting][0]
