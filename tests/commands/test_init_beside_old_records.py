"""A new workbook under the name of one that letters were sent from: their journal must not count for the new one."""

from pathlib import Path

import pytest


@pytest.fixture
def sent(relay, book):
    """A demo from which letters have left."""
    assert relay("send", book.name, "--carrier", "outbox:out", "--send")["sent"] > 0
    return book.name


@pytest.mark.parametrize("demo", [["--demo"], []], ids=["a demo", "an empty workbook"])
def test_it_is_refused_and_the_old_one_stays(relay, sent, demo):
    before = Path(sent).read_bytes()

    error = relay("init", sent, *demo, "--force", code=4)["error"]

    assert error["name"] == "workbook_not_saved"
    assert str(Path(".relay") / f"{sent}.journal") in error["text"]
    assert Path(sent).read_bytes() == before


def test_it_is_refused_where_the_old_one_was_deleted_too(relay, sent):
    Path(sent).unlink()

    relay("init", sent, "--demo", code=4)

    assert not Path(sent).exists()


def test_whoever_moves_the_old_records_away_has_a_new_workbook_from_which_all_are_due(relay, sent):
    (Path(".relay") / f"{sent}.journal").rename("kept.journal")

    relay("init", sent, "--demo", "--force")

    assert relay("send", sent)["planned"] > 0
