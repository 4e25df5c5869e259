"""What a damaged log still holds."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import HEADINGS, certificate, read_events, to_row
from sheets_automation.core.log_salvage import in_time, salvage
from sheets_automation.core.table import table_of
from tests.core.builders import NOW, event

PREPARED, SENT, BOUNCED = EventKind.PREPARED, EventKind.SENT, EventKind.BOUNCED


def run_of(*kinds, run="R1", at=NOW):
    return [
        event(kind, run=run, event_id=f"{run}-{n:04d}", at=at + timedelta(seconds=n)) for n, kind in enumerate(kinds, 1)
    ]


def grid(*events, headings=HEADINGS, **changes):
    rows = [dict(enumerate(headings))] if headings else []
    rows += [{c: v for c, h in enumerate(HEADINGS) if (v := {**to_row(one), **changes}[h])} for one in events]
    return table_of("送信記録", dict(enumerate(rows, start=1)))


def test_a_whole_log_is_kept_and_known_to_be_whole():
    events = run_of(PREPARED, SENT)

    left = salvage(grid(*events))

    assert (left.kept, left.rows_lost, left.is_whole) == (tuple(events), 0, True)


def test_without_a_tab_nothing_is_left_and_nothing_shows_that_anything_was_there():
    assert salvage(None) == salvage(table_of("送信記録", {}))
    assert salvage(None).is_whole


@pytest.mark.parametrize("gone", [0, 1])
def test_of_a_log_with_a_gap_the_rest_is_kept_in_its_order(gone):
    events = run_of(PREPARED, SENT, PREPARED)
    del events[gone]

    left = salvage(grid(*events))

    assert (left.kept, left.is_whole) == (tuple(events), False)


def test_a_sorted_log_is_put_back_into_the_order_of_time():
    events = [*run_of(PREPARED, SENT), *run_of(PREPARED, run="R2", at=NOW + timedelta(hours=1))]

    assert salvage(grid(*reversed(events))).kept == tuple(events)


def test_runs_that_overlapped_stay_as_they_stand_where_nobody_sorted():
    one, two = run_of(PREPARED, SENT, SENT), run_of(PREPARED, run="R0", at=NOW - timedelta(minutes=1))

    assert salvage(grid(one[0], two[0], one[2])).kept == (one[0], two[0], one[2])


@pytest.mark.parametrize(("heading", "value"), [("状態", "そうしん"), ("時刻", ""), ("記録ID", "R1"), ("回", "一")])
def test_a_row_that_no_run_writes_is_lost(heading, value):
    left = salvage(grid(*run_of(PREPARED), **{heading: value}))

    assert (left.kept, left.rows_lost, left.is_whole) == ((), 1, False)


def test_two_rows_that_contradict_each_other_are_both_lost():
    one, two = run_of(PREPARED, SENT)
    changed = event(EventKind.FAILED, event_id=two.event_id, at=two.at)

    left = salvage(grid(one, two, changed))

    assert (left.kept, left.rows_lost) == ((one,), 1)


def test_a_row_that_was_appended_twice_is_one_fact():
    one, two = run_of(PREPARED, SENT)

    assert salvage(grid(one, two, one)).kept == (one, two)


def test_rows_without_headings_are_read_as_a_run_writes_them():
    events = run_of(PREPARED, SENT)

    left = salvage(grid(*events, headings=()))

    assert (left.kept, left.is_whole) == (tuple(events), False)


def test_rows_above_the_headings_are_no_lost_facts():
    rows = {1: {0: "送信記録"}, 3: dict(enumerate(HEADINGS))}

    assert salvage(table_of("送信記録", rows)).rows_lost == 0


def test_a_mail_that_came_back_happened_when_it_was_recorded():
    sent, bounced = run_of(SENT)[0], event(BOUNCED, at=NOW - timedelta(days=1))

    assert [at for at, _ in in_time([sent, bounced])] == [sent.at, sent.at]


class TestACertificate:
    def rebuilt(self, *above, run="R9"):
        return event(EventKind.REBUILT, to="-", run=run, event_id=f"{run}-0001", detail=certificate(above))

    def test_lets_gaps_above_it_be(self):
        one, _, three = run_of(PREPARED, SENT, PREPARED)
        events = (one, three, self.rebuilt(one, three))

        assert read_events(grid(*events)) == events

    def test_lets_a_run_go_on_behind_it_where_it_stood(self):
        one, _, three, four = run_of(PREPARED, SENT, PREPARED, SENT)

        assert read_events(grid(one, three, self.rebuilt(one, three), four))[-1] == four

    def test_hides_no_gap_behind_it(self):
        one, _, three, _, five = run_of(PREPARED, SENT, PREPARED, SENT, PREPARED)

        with pytest.raises(LogDamaged, match="deleted or sorted"):
            read_events(grid(one, three, self.rebuilt(one, three), five))

    def test_is_no_excuse_for_rows_that_were_deleted_since(self):
        one, _, three = run_of(PREPARED, SENT, PREPARED)

        with pytest.raises(LogDamaged, match="not as they were"):
            read_events(grid(one, self.rebuilt(one, three)))

    @pytest.mark.parametrize(
        ("heading", "value"),
        [
            ("候補者ID", "C-0006"),
            ("状態", "失敗"),
            ("回", "2"),
            ("宛先", "other@example.com"),
            ("参照", "x"),
            ("試行", "2"),
        ],
    )
    def test_notices_whatever_is_changed_in_them(self, heading, value):
        (one,) = run_of(PREPARED)
        table = grid(one, self.rebuilt(one))
        rows = {row.number: dict(row.cells) for row in table.rows()}
        rows[2][HEADINGS.index(heading)] = value

        with pytest.raises(LogDamaged):
            read_events(table_of("送信記録", rows))

    def test_is_made_anew_by_the_next_rebuilding(self):
        one, two = run_of(PREPARED, SENT)

        assert salvage(grid(one, two, self.rebuilt(one, two))).kept == (one, two)
