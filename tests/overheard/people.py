"""Whom the fixtures know: every name, address and telephone number in tests and demo, and the words of the letters.

Read from the sources themselves, so that whoever invents a person for a test has nothing to enter here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.fleet.fleet_house import people

ROOT = Path(__file__).parents[2]
_KANJI, _GIVEN = "[一-龥々髙﨑]", "[一-龥々ぁ-んァ-ヶー髙﨑]"
NAME = re.compile(rf"(?<![一-龥々髙﨑]){_KANJI}{{1,4}}[ \u3000]{_GIVEN}{{1,5}}")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{2,4}-\d{4}(?![\d-])")
LINE_USER = re.compile(r"(?<![0-9A-Za-z])U[0-9a-f]{32}(?![0-9a-f])")
_ENDINGS = re.compile("(?:様|さん|へ).*$")
_NO_PERSON = re.compile("製作所|面接|記録|候補者|年度|行目|旧姓|人事部|採用")
"""Words with a blank in the middle that look like a name, and are none."""
_SHORTEST_SENTENCE = 10


@cache
def every_datum() -> frozenset[str]:
    """All of them."""
    found = {name for name in map(_bare, _in_tests(NAME)) if name}
    found |= {*_in_tests(ADDRESS), *_in_tests(PHONE), *_of_the_demo(), *_of_the_letters()}
    found |= {text for of in "abcxz" for row in people(60, of=of) for text in row[:2]}
    return frozenset(datum for datum in found if len(datum) > 2)


def _in_tests(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        yield from (match[0] for match in pattern.finditer(path.read_text(encoding="utf-8")))


def _bare(name: str) -> str:
    """A name without what is said to people; empty for other words."""
    name = _ENDINGS.sub("", name).strip()
    return "" if _NO_PERSON.search(name) or not re.search(r"[ \u3000].", name) else name


def _of_the_demo() -> Iterator[str]:
    path = ROOT / "sheets_automation" / "demo_workbook" / "candidates.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield from (row[key] or "" for key in ("フリガナ", "メールアドレス", "携帯メール", "電話番号"))
            if row["姓"] and row["名"]:
                yield from (f"{row['姓']}{blank}{row['名']}" for blank in ("", " ", "\u3000"))


def _of_the_letters() -> Iterator[str]:
    """Sentences of the letters that we ship, between what is filled in."""
    for path in sorted((ROOT / "templates").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for piece in re.split(r"\{[{%].*?[%}]\}", line):
                if len(piece.strip()) >= _SHORTEST_SENTENCE:
                    yield piece.strip()
