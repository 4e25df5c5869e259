"""docs/threats.md names a test for each thing that stops an attack: each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "threats.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", PAGE)))


def test_each_attack_that_the_page_names_has_a_test():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| attack", "|---"))]

    assert rows
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(("file", "test"), NAMED, ids=lambda part: part or "whole file")
def test_a_test_that_the_page_names_exists(file, test):
    source = (ROOT / file).read_text()

    assert not test or f"def {test}(" in source
