import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import HEADINGS, read_events, to_row
from sheets_automation.core.table import table_of
from tests.core.builders import event

LOG = "送信記録"


def tab_of(*events, first_row=1):
    rows = {first_row: dict(enumerate(HEADINGS))}
    for number, one in enumerate(events, start=first_row + 1):
        cells = to_row(one)
        rows[number] = {column: cells[heading] for column, heading in enumerate(HEADINGS) if cells[heading]}
    return table_of(LOG, rows)


def numbered(*kinds, run="R1"):
    return [event(kind, run=run, event_id=f"{run}-{n:04d}") for n, kind in enumerate(kinds, start=1)]


def test_events_come_back_as_they_were_written():
    events = numbered(EventKind.PREPARED, EventKind.SENT, EventKind.SETTLED_AGAIN)

    assert read_events(tab_of(*events)) == tuple(events)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_in_an_event_comes_back(subject, detail):
    (one,) = numbered(EventKind.PREPARED)
    one = event(EventKind.PREPARED, event_id="R1-0001", subject=subject, detail=detail)

    assert read_events(tab_of(one)) == (one,)


def test_a_log_that_does_not_exist_yet_is_empty():
    assert read_events(None) == ()
    assert read_events(table_of(LOG, {})) == ()


def test_a_title_above_the_headings_is_passed_over():
    table = tab_of(*numbered(EventKind.PREPARED), first_row=3)

    assert len(read_events(table)) == 1


def test_events_of_runs_that_overlap_are_read_in_log_order():
    one, two = numbered(EventKind.PREPARED, EventKind.SENT, run="R1"), numbered(EventKind.PREPARED, run="R2")

    assert read_events(tab_of(one[0], two[0], one[1])) == (one[0], two[0], one[1])


def test_the_same_append_twice_is_no_damage():
    events = numbered(EventKind.PREPARED, EventKind.SENT)

    assert len(read_events(tab_of(*events, *events))) == 4


def test_a_deleted_row_is_noticed():
    events = numbered(EventKind.PREPARED, EventKind.SENT, EventKind.PREPARED)

    with pytest.raises(LogDamaged, match="deleted or sorted"):
        read_events(tab_of(events[0], events[2]))


def test_a_sorted_log_is_noticed():
    events = numbered(EventKind.PREPARED, EventKind.SENT, EventKind.PREPARED)

    with pytest.raises(LogDamaged):
        read_events(tab_of(*reversed(events)))


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("状態", "そうしん"),
        ("時刻", "昨日"),
        ("時刻", "2026-11-24T10:00:00"),  # no offset: which ten o'clock?
        ("候補者ID", ""),
        ("回", "一"),
        ("試行", ""),
        ("種類", "offer"),
        ("記録ID", "R1-x"),
    ],
)
def test_a_row_that_somebody_changed_stops_everything(heading, value):
    (one,) = numbered(EventKind.PREPARED)
    cells = {**to_row(one), heading: value}
    rows = {1: dict(enumerate(HEADINGS)), 2: {c: cells[h] for c, h in enumerate(HEADINGS) if cells[h]}}

    with pytest.raises(LogDamaged, match=LOG):
        read_events(table_of(LOG, rows))


def test_a_log_without_its_headings_is_damaged():
    with pytest.raises(LogDamaged):
        read_events(table_of(LOG, {1: {0: "R1-0001"}}))
