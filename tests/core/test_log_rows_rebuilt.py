"""A log that was rebuilt has gaps above its REBUILT row, and is believed only as that row certifies it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import HEADINGS, certificate, read_events, to_row
from sheets_automation.core.table import table_of
from tests.core.builders import NOW, event


def read(*events):
    rows = [dict(enumerate(HEADINGS)), *(dict(enumerate(to_row(one).values())) for one in events)]
    return read_events(table_of("送信記録", dict(enumerate(rows, start=1))))


def fact(number, kind=EventKind.PREPARED, run="R1", **more):
    return event(kind, run=run, event_id=f"{run}-{number:04d}", **more)


def rebuilt(above, run="R9", number=1):
    return fact(number, EventKind.REBUILT, run=run, to="-", detail=certificate(above))


KEPT = [fact(1), fact(3, EventKind.SENT, claim_id="R1-0001", reference="m-1"), fact(7, run="R2", to="C-0006")]


def test_gaps_above_the_row_that_vouches_for_them_are_no_damage():
    assert read(*KEPT, rebuilt(KEPT)) == (*KEPT, rebuilt(KEPT))


def test_the_same_gaps_without_that_row_are_damage():
    with pytest.raises(LogDamaged, match="deleted or sorted"):
        read(*KEPT)


@pytest.mark.parametrize(
    "change",
    [
        {"event_id": "R1-0002"},
        {"at": NOW},
        {"key": replace(KEPT[1].key, candidate_id="C-0009")},
        {"key": replace(KEPT[1].key, cycle=2)},
        {"kind": EventKind.FAILED},
        {"attempt": 2},
        {"claim_id": ""},
        {"reference": "m-2"},
        {"to_address": "other@example.com"},
    ],
)
def test_whoever_changes_a_row_above_it_is_noticed(change):
    changed = [KEPT[0], replace(KEPT[1], **change), KEPT[2]]

    with pytest.raises(LogDamaged) as refusal:
        read(*changed, rebuilt(KEPT))

    assert refusal.value.ja.startswith("「送信記録」タブ: 復元した記録が変わっています。")
    assert refusal.value.en.startswith("Tab 送信記録: the rebuilt rows are not as they were. ")


@pytest.mark.parametrize("above", [KEPT[1:], KEPT[:2], [*reversed(KEPT)], [*KEPT, fact(1, run="R3")]])
def test_whoever_deletes_sorts_or_adds_rows_above_it_is_noticed(above):
    with pytest.raises(LogDamaged, match="not as they were"):
        read(*above, rebuilt(KEPT))


@pytest.mark.parametrize("words", [{"detail": "メモ"}, {"subject": "別の件名"}, {"actor": "?"}, {"template": "x"}])
def test_what_people_word_freely_is_not_certified(words):
    assert certificate([replace(KEPT[0], **words), *KEPT[1:]]) == certificate(KEPT)


def test_a_value_does_not_pass_for_its_neighbour():
    one = fact(1, claim_id="a", reference="b")

    assert certificate([one]) != certificate([replace(one, claim_id="ab", reference="")])
    assert certificate([replace(one, claim_id="", reference="ab")]) != certificate([one])


def test_the_certificates_that_stand_in_logs_already_are_still_understood():
    """Written down: another digest for the same rows would call every rebuilt log damaged."""
    assert certificate(KEPT) == "3 f6a2ec610658bd9f1c0ffc23d813b344"
    assert certificate([]) == "0 e3b0c44298fc1c149afbf4c8996fb924"


def test_a_broken_character_in_an_id_can_be_certified():
    assert certificate([fact(1, to="C-\ud800")]).startswith("1 ")


def test_runs_go_on_after_their_last_number_above_it():
    after = [*KEPT, rebuilt(KEPT)]

    assert len(read(*after, fact(4), fact(8, run="R2"), fact(1, run="R3"))) == 7
    for missed in (fact(5), fact(2), fact(9, run="R2"), fact(2, run="R3")):
        with pytest.raises(LogDamaged, match="deleted or sorted"):
            read(*after, missed)


def test_the_highest_number_above_it_counts_wherever_it_stands():
    above = [fact(3), fact(1)]

    assert len(read(*above, rebuilt(above), fact(4))) == 4


def test_a_late_append_of_a_row_that_was_kept_is_no_damage():
    assert len(read(*KEPT, rebuilt(KEPT), KEPT[1], fact(4))) == 6


def test_a_log_that_was_rebuilt_twice_is_vouched_for_by_the_last_row():
    twice = [*KEPT, rebuilt(KEPT), fact(9, run="R2")]

    assert len(read(*twice, rebuilt(twice, run="R10"))) == 6
    with pytest.raises(LogDamaged, match="not as they were"):
        read(*twice, rebuilt(KEPT, run="R10"))


def test_a_log_of_which_nothing_was_left_begins_with_the_row_that_says_so():
    assert len(read(rebuilt([]), fact(1))) == 2


def test_a_moment_is_certified_as_it_is_written_to_the_millisecond():
    assert certificate([fact(1, at=NOW)]) != certificate([fact(1, at=NOW + timedelta(milliseconds=1))])
    assert certificate([fact(1, at=NOW)]) == certificate([fact(1, at=NOW + timedelta(microseconds=900))])
