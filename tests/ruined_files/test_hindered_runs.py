"""A full disk, a drive that fails or vanishes, somebody else's save, at any step of a run. A slice of all the steps."""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace

import pytest

from tests.ruined_files.hindered import HINDRANCES, Hindrance, hindered, steps_of
from tests.ruined_files.obstacles import Kind
from tests.ruined_files.small_disk import objections_with_free_pages

FEW = 2
FOUND_ONCE = [
    Hindrance(kind=Kind.FULL, where=".", at=".lock", number=1),
    Hindrance(kind=Kind.FULL, where=".", at=".journal-journal", number=10),
    Hindrance(kind=Kind.FULL, where=".", at=".journal-wal", number=1),
    Hindrance(kind=Kind.BROKEN, at="/candidates.xlsx", number=4),
    Hindrance(kind=Kind.BROKEN, at="~$", number=1),
    Hindrance(kind=Kind.BROKEN, at=".relay", number=1),
    Hindrance(kind=Kind.STALE, at="/candidates.xlsx", number=19),
    Hindrance(kind=Kind.STALE, at="/candidates.xlsx", number=73),
    Hindrance(kind=Kind.GONE, at=".lock", number=1),
    Hindrance(kind=Kind.GONE, at="/backups", number=1),
]
"""What did not end in a sentence, or left something where the drive had been, when it was first tried."""


@pytest.mark.parametrize("hindrance", HINDRANCES, ids=str)
def test_whatever_stands_in_the_way_nothing_is_lost_and_everybody_gets_one_letter_in_the_end(
    hindrance, plain, nursery, tmp_path
):
    (tmp_path / "0").mkdir()
    steps = steps_of(hindrance, plain, tmp_path / "0", nursery)

    for number in random.Random(str(hindrance)).sample(range(1, steps + 1), FEW):
        (tmp_path / str(number)).mkdir()
        one = replace(hindrance, number=number)
        assert hindered(one, plain, tmp_path / str(number), nursery).objections == [], str(one)


@pytest.mark.parametrize("hindrance", FOUND_ONCE, ids=str)
def test_what_was_found_once_stays_mended(hindrance, plain, nursery, tmp_path):
    assert hindered(hindrance, plain, tmp_path, nursery).objections == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full_costs_no_letter_and_no_cell():
    assert objections_with_free_pages(0, 40, 13) == []


def test_the_steps_that_are_counted_are_those_of_python_and_of_sqlite(plain, nursery, tmp_path):
    steps = {}
    for kind in (Kind.FULL, Kind.BROKEN):
        (tmp_path / kind).mkdir()
        hindrance = next(one for one in HINDRANCES if one.kind is kind)
        steps[kind] = steps_of(hindrance, plain, tmp_path / kind, nursery)

    # Two saves, four transactions, two letters: far fewer would mean that somebody is not watched any more.
    assert steps[Kind.FULL] > 100
    assert steps[Kind.BROKEN] > 300
