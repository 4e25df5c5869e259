"""The guide to the tabs 文面 and 設定 lists what the code reads, all of it and nothing else."""

import re
from pathlib import Path

import pytest

from sheets_automation.config import settings_tab
from sheets_automation.core import letters_tab
from sheets_automation.core.letter_fields import FIELD_NAMES

GUIDE = (Path(__file__).parents[1] / "docs" / "letters.ja.md").read_text(encoding="utf-8")
ALSO = {"別ポジション適性あり", "再応募候補"}  # told in the row of the name that they stand for


def first_column(heading):
    """What stands first in each row of the table under this heading."""
    rows = re.search(rf"^\| {heading} \|.*\n\|---.*\n((?:\|.*\n)+)", GUIDE, re.MULTILINE)[1]
    return {row.split("|")[1].strip() for row in rows.splitlines()}


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("列", {name for name in letters_tab._HEADINGS if not name.isascii()}),
        ("名前", set(letters_tab.TEMPLATE_NAMES) - ALSO),
        ("差し込み", set(FIELD_NAMES.values())),
        ("項目", set(settings_tab._OURS)),
    ],
)
def test_each_table_is_that_of_the_code(heading, known):
    assert first_column(heading) == known


def test_the_other_names_of_letters_are_told():
    assert set(letters_tab.TEMPLATE_NAMES) > ALSO
    assert all(f"「{name}」とも書けます" in GUIDE for name in ALSO)
