"""The catalogue itself: enough kinds, each once, in every place where somebody can type."""

from collections import Counter

from tests.poison.kinds import KINDS

PLACES = {
    "name", "address", "phone", "second address", "decision", "date", "applied", "tag", "medium", "language", "id",
    "fingerprint", "status", "status of HR", "first seen", "opening", "note", "heading", "letter", "setting", "log",
}  # fmt: skip


def test_there_are_many_kinds_and_each_has_a_name_of_its_own():
    names = Counter(kind.name for kind in KINDS)

    assert len(KINDS) >= 96
    assert set(names.values()) == {1}


def test_every_place_where_somebody_can_type_is_poisoned():
    assert {kind.name.partition(":")[0] for kind in KINDS} == PLACES
