"""The changes that are made, how their fates are counted, and what `make mutants` found when it was last run."""

import ast
import json
from pathlib import Path

import pytest

from tests.mutation.mutants import CORE, HERE, MODULES, Fate, Mutant, equivalents, standing
from tests.mutation.operators import changes

TABLE = 'ALIVE = {"offered", "hired"}\nLIMIT = 20\n'
CLASS = """
@dataclass
class Rules:
    \"\"\"What it measures against.\"\"\"
    most: int = 3

    @property
    def is_told(self) -> bool:
        \"\"\"Whether.\"\"\"
        return self.state in ALIVE and self.most >= 1
"""
FUNCTION = """
def due(rows: list[int], most: int) -> list[int]:
    \"\"\"Who is due.\"\"\"
    if not rows:
        return []
    for row in rows:
        seen.add(row)
    first = [row for row in rows if row > most][:most]
    return min(first, key=len) or rows
"""


def words_of(source):
    return {change.words for change in changes(source)}


@pytest.mark.parametrize(
    "change",
    [
        "{'offered', 'hired'} → {'hired'}",
        "{'offered', 'hired'} → {'XXofferedXX', 'hired'}",
        "20 → 19",
        "20 → 21",
    ],
)
def test_tables_are_changed(change):
    assert change in words_of(TABLE)


@pytest.mark.parametrize(
    "change",
    [
        "most: int = 3 → most: int",
        "most: int = 3 → most: int = 4",
        "self.state in ALIVE and self.most >= 1 → self.state in ALIVE",
        "self.state in ALIVE and self.most >= 1 → self.state in ALIVE or self.most >= 1",
        "self.state in ALIVE → self.state not in ALIVE",
        "self.most >= 1 → self.most > 1",
        "return self.state in ALIVE and self.most >= 1 → return None",
    ],
)
def test_defaults_and_properties_are_changed(change):
    assert change in words_of(CLASS)


@pytest.mark.parametrize(
    "change",
    [
        "if not rows: ... → if True: ...",
        "if not rows: ... → if False: ...",
        "return [] → return None",
        "for row in rows: ... → for row in (): ...",
        "seen.add(row) → pass",
        "if row > most → no condition",
        "[row for row in rows if row > most][:most] → [row for row in rows if row > most][:]",
        "min → max",
        "min(first, key=len) or rows → rows",
    ],
)
def test_functions_are_changed_in_what_mutmut_leaves_alone(change):
    assert change in words_of(FUNCTION)


def test_what_mutmut_changes_is_not_changed_twice():
    assert not words_of(FUNCTION) & {"row > most → row >= most", "not rows → rows"}


@pytest.mark.parametrize("module", MODULES)
def test_every_change_of_the_core_is_a_program_and_another_one(module):
    source = (CORE / f"{module}.py").read_text(encoding="utf-8")
    genuine = ast.unparse(ast.parse(source))

    for change in changes(source):
        assert change.source != genuine
        compile(change.source, module, "exec")


def test_a_survivor_is_excused_by_its_place_and_change_only():
    survivors = [
        Mutant(module="guards", place="is_due", change="a → b", fate=Fate.SURVIVED),
        Mutant(module="guards", place="is_told", change="a → b", fate=Fate.SURVIVED),
        Mutant(module="guards", place="is_told", change="", fate=Fate.KILLED),
        Mutant(module="guards", place="is_told", change="c → d", fate=Fate.TIMEOUT),
    ]

    found = standing(survivors, {"is_due: a → b": "no difference"})

    assert (found.mutants, found.killed, found.timeouts, found.equivalent, found.survived) == (4, 1, 1, 1, 1)
    assert (round(found.share), found.share_of_all) == (67, 50)


@pytest.mark.parametrize("module", MODULES)
def test_the_tests_of_the_core_notice_what_was_promised(module):
    figures = json.loads((HERE / "FIGURES.json").read_text(encoding="utf-8"))[module]

    assert figures["survived"] == 0
    assert 100 * (figures["killed"] + figures["timeouts"]) >= 90 * figures["mutants"]


def test_nothing_is_excused_without_a_reason_or_in_a_module_that_is_not_tried():
    for module, excuses in equivalents().items():
        assert module in MODULES
        assert all(reason.strip().endswith(".") for reason in excuses.values())


def test_every_module_that_is_tried_has_tests_of_its_own():
    for patterns in MODULES.values():
        assert all(list(Path("tests/core").glob(pattern)) for pattern in patterns)
