"""Files that are cut short, flipped or made to hurt: read or refused, and nobody wrong is written to. A slice of all.

`python -m tests.ruined_files --all` does everything; this draws some of each kind, the same ones every time.
"""

from __future__ import annotations

import random

import pytest

from tests.ruined_files.cases import FILE_KINDS, file_cases
from tests.ruined_files.hostile import HOSTILE
from tests.ruined_files.trial import Outcome, Trial

FEW = 3


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_ruined_file_is_read_or_refused_and_harms_nobody(kind, books, nursery, tmp_path):
    cases = [case for book in books for case in file_cases(book, times=10) if case.kind == kind]

    for case in random.Random(kind).sample(cases, FEW):
        tried = case.run(tmp_path / case.name.replace("/", " "), nursery)

        assert tried.objections == [], case.name


@pytest.mark.parametrize("name", ["password", "cell at XFD1048576", "1.6 GB shared string", "entity bomb in the texts"])
def test_a_hostile_file_is_read_or_refused_within_half_a_gigabyte_and_twenty_seconds(name, plain, nursery, tmp_path):
    tried = Trial(book=plain, folder=tmp_path, nursery=nursery)

    tried.hold(HOSTILE[name](plain))

    assert tried.objections == []
    assert tried.outcome is not Outcome.SENT


def test_a_whole_file_is_sent_from(books, nursery, tmp_path):
    for book in books:
        tried = Trial(book=book, folder=tmp_path / book.name, nursery=nursery)
        tried.hold(book.content)

        assert tried.objections == []
        assert tried.outcome is Outcome.SENT


def test_who_was_written_to_is_not_written_to_again_from_a_file_that_has_lost_sight_of_its_log(books, nursery, home):
    used = books[1]
    tried = Trial(book=used, folder=home, nursery=nursery)
    tried.drive.mkdir()
    lost = used.without_link_to("送信記録")

    tried.path.write_bytes(lost)  # and no journal beside it
    sent = tried.send()

    assert sent.document["error"]["name"] == "workbook_unreadable"
    assert not tried.received()
    assert tried.path.read_bytes() == lost
