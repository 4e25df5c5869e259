"""The last line of a task: what it counts, and when another attempt may help."""

import pytest

from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.fleet.summary import is_unfinished, summary_of


def turn(state, client="minato", error="", **counts):
    return Outcome(client=client, errand="send", state=state, error=error, counts=counts)


def test_each_letter_counts_once_however_many_turns_its_workbook_got():
    turns = [
        turn(State.MORE, planned=180, sent=100, waiting_too_long=2),
        turn(State.DONE, "kita", planned=5, sent=5),
        turn(State.DONE, planned=80, sent=80, waiting_too_long=1),
    ]

    assert summary_of(turns)["counts"] == {"planned": 85, "sent": 185, "waiting_too_long": 1}


@pytest.mark.parametrize(
    ("state", "error", "expected"),
    [
        (State.FAILED, "workbook_unreachable", True),
        (State.FAILED, "carrier", True),
        (State.NOT_REACHED, "", True),
        (State.MORE, "stop_asked", True),
        (State.FAILED, "workbook_not_found", False),
        (State.FAILED, "configuration", False),
        (State.FAILED, "KeyError", False),
        (State.NEEDS_A_PERSON, "blast_radius", False),
    ],
)
def test_another_attempt_is_asked_for_only_where_it_may_help(state, error, expected):
    assert is_unfinished([turn(State.DONE, "kita"), turn(state, error=error)]) is expected


def test_what_went_well_the_second_time_asks_for_no_other_attempt():
    assert not is_unfinished([turn(State.FAILED, error="carrier"), turn(State.DONE)])
