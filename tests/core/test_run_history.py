from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.run_history import past_runs
from tests.core.builders import event


def test_the_last_runs_come_first_with_all_their_stretches():
    events = [
        event(EventKind.SENT, run="R1", actor="hanako"),
        event(EventKind.SENT, run="R2.A", actor="taro"),
        event(EventKind.FAILED, run="R2.B", actor="taro"),
    ]

    last, first = past_runs(events, 10)

    assert (last.run_id, last.actor, last.counts[EventKind.SENT], last.counts[EventKind.FAILED]) == ("R2", "taro", 1, 1)
    assert (first.run_id, first.actor) == ("R1", "hanako")


def test_no_more_runs_are_told_than_asked_for_and_a_repeated_fact_counts_once():
    one = event(EventKind.SENT, run="R1")
    events = [one, one, event(EventKind.SENT, run="R2"), event(EventKind.SENT, run="R3")]

    assert [run.run_id for run in past_runs(events, 2)] == ["R3", "R2"]
    assert past_runs(events, 3)[-1].counts[EventKind.SENT] == 1
