"""An erasure changes rows of the log, and says of itself which, and how it left them."""

from dataclasses import replace

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import erasure_seal, erasure_subject
from tests.core.test_log_rows_rebuilt import fact, read, rebuilt


def erased(number, kind=EventKind.PREPARED, by="E1", **more):
    """A row of the first run from which somebody was erased."""
    ready = {"subject": erasure_subject(f"{by}-0001"), "to_address": "x1@erased.invalid", **more}
    return fact(number, kind, **ready)


def word(rows, run="E1"):
    """What an erasure says of the rows that it has changed."""
    return fact(1, EventKind.ERASED, run=run, to="-", detail=erasure_seal(rows))


ROWS = [erased(1), erased(2, EventKind.SENT, claim_id="R1-0001")]


def refusal_of(*events):
    with pytest.raises(LogDamaged) as refusal:
        read(*events)
    return refusal.value


def test_rows_as_an_erasure_left_them_are_believed():
    events = [*ROWS, fact(3), word(ROWS)]

    assert read(*events) == tuple(events)


def test_an_erasure_that_was_appended_twice_says_the_same():
    assert len(read(*ROWS, word([*ROWS, ROWS[0]]))) == 3
    assert len(read(*ROWS, *ROWS, word(ROWS), word(ROWS))) == 6


@pytest.mark.parametrize(
    "events",
    [
        [*ROWS, fact(3)],
        [*ROWS, fact(3), word([], run="E2")],
        [fact(1), fact(2), word(ROWS)],
        [ROWS[0], fact(2), word(ROWS)],
        [*ROWS, erased(3), word(ROWS)],
        [ROWS[0], replace(ROWS[1], to_address="x2@erased.invalid"), word(ROWS)],
        [*ROWS, erased(3, by="E2"), word(ROWS)],
    ],
    ids=["no word", "another word", "no rows", "a row less", "a row more", "a row changed", "a row without its word"],
)
def test_rows_that_are_not_as_an_erasure_left_them_are_damage(events):
    refusal = refusal_of(*events)

    assert refusal.ja.startswith("「送信記録」タブ: 消去のあとの記録が変わっています。")
    assert refusal.en.startswith("Tab 送信記録: rows that an erasure left were changed. ")


def test_what_stands_above_a_rebuilt_row_is_vouched_for_by_that():
    without_its_rows = [word(ROWS, run=f"E{number}") for number in range(2, 9)]
    without_their_word = [erased(number, by=f"L{number}") for number in range(1, 9)]
    above = [*without_their_word, *without_its_rows]

    assert len(read(*above, rebuilt(above))) == len(above) + 1


@pytest.mark.parametrize("also_above", [[], [erased(9, by="E9")]])
def test_a_rebuilt_row_does_not_vouch_for_what_comes_after_it(also_above):
    without_its_rows = [word(ROWS, run=f"E{number}") for number in range(2, 9)]
    without_their_word = [erased(number, by=f"L{number}") for number in range(2, 9)]
    above = [erased(1, by="E2"), *without_their_word, *also_above, *without_its_rows]
    below = erased(9 + len(also_above), by="E9")

    assert "消去のあとの記録" in refusal_of(*above, rebuilt(above), below).ja


def test_the_subject_of_an_erased_row_names_the_erasure():
    assert erasure_subject("E1-0001") == "消去 E1-0001"
