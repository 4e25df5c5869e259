import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import HEADINGS, number_of, read_events, to_row
from sheets_automation.core.table import table_of
from tests.core.builders import NOW, event

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


def test_everything_that_a_run_wrote_down_comes_back_in_its_own_column():
    full = event(
        EventKind.PREPARED,
        event_id="R1-0001",
        at=NOW.replace(microsecond=123_000),
        cycle=2,
        attempt=3,
        claim_id="R0-0007",
        carrier="gmail",
        reference="draft-1",
        to_address="taro@example.com",
        template="standard.ja",
        subject="選考結果のご連絡",
        referral_code="K7QX",
        detail="550 5.1.1",
        actor="hr@example.co.jp",
    )

    cells = to_row(full)

    assert read_events(tab_of(full)) == (full,)
    assert (cells["時刻"], cells["種類"], cells["回"]) == ("2026-11-24T10:00:00.123+09:00", "rejection", "2")
    assert (cells["状態"], cells["試行"], cells["操作した人"]) == ("準備", "3", "hr@example.co.jp")


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


def refusal_of(table):
    with pytest.raises(LogDamaged) as refusal:
        read_events(table)
    return refusal.value


WHY_JA = (
    "誰に送ったかの唯一の記録なので、このままでは何も送りません。"
    "変更を元に戻すか、バックアップのブックに差し替えてください。"
    "どうしても戻せないときは、relay rebuild-log で送信済みの通知から作り直せます。"
)
WHY_EN = (
    "It is the only record of who was written to, so nothing is sent. "
    "Undo the change, or put a backup of the workbook in its place. "
    "If it is lost for good, `relay rebuild-log` rebuilds it from the letters that were sent."
)


@pytest.mark.parametrize("first_row", [1, 4])
def test_a_changed_row_is_named_by_its_number(first_row):
    (one,) = numbered(EventKind.PREPARED)
    rows = {first_row: dict(enumerate(HEADINGS)), first_row + 1: {0: one.event_id, 1: "昨日"}}

    refused = refusal_of(table_of(LOG, rows))

    assert refused.ja == f"「送信記録」タブ(行 {first_row + 1}): 書き換えられた行があります。{WHY_JA}"
    assert refused.en == f"Tab 送信記録 (row {first_row + 1}): a row was changed. {WHY_EN}"


def test_a_missing_row_has_no_number():
    events = numbered(EventKind.PREPARED, EventKind.SENT, EventKind.PREPARED)

    refused = refusal_of(tab_of(events[0], events[2]))

    assert refused.ja == f"「送信記録」タブ: 行が削除されたか、並べ替えられています。{WHY_JA}"
    assert refused.en == f"Tab 送信記録: rows were deleted or sorted. {WHY_EN}"


def test_a_heading_row_that_somebody_overwrote_is_said_to_be_missing():
    refused = refusal_of(table_of(LOG, {3: dict(enumerate(HEADINGS[:-1]))}))

    assert refused.ja == f"「送信記録」タブ(行 1): 見出しの行がありません。{WHY_JA}"
    assert refused.en == f"Tab 送信記録 (row 1): the heading row is missing. {WHY_EN}"


def test_headings_may_stand_in_any_order_with_others_between_them():
    (one,) = numbered(EventKind.PREPARED)
    headings = [*reversed(to_row(one)), "メモ"]
    rows = {
        1: {c: f" {h} " for c, h in enumerate(headings)},
        2: dict(enumerate([*reversed(to_row(one).values()), "!"])),
    }

    assert read_events(table_of(LOG, rows)) == (one,)


def test_runs_are_told_apart_by_their_whole_name():
    first, second = "20261124-0903-7KQ2", "20261124-0903-9ZZ2"
    events = [*numbered(EventKind.PREPARED, EventKind.SENT, run=first), *numbered(EventKind.PREPARED, run=second)]

    assert len(read_events(tab_of(*events))) == 3


def test_an_event_tells_its_run_and_its_number_in_it():
    assert number_of(event(EventKind.SENT, event_id="20261124-0903-7KQ2-0012")) == ("20261124-0903-7KQ2", 12)
    assert number_of(event(EventKind.SENT, event_id="R1-x")) == ("R1", 0)


def test_a_row_deleted_after_a_repeated_append_is_noticed():
    one, _, three = numbered(EventKind.PREPARED, EventKind.SENT, EventKind.PREPARED)

    with pytest.raises(LogDamaged, match="deleted or sorted"):
        read_events(tab_of(one, one, three))


def test_the_first_row_of_a_run_is_missed_too():
    with pytest.raises(LogDamaged, match="deleted or sorted"):
        read_events(tab_of(numbered(EventKind.PREPARED, EventKind.SENT)[1]))
