"""Each row of the log carries a check: whoever changes one word in it, even into another of our words, is noticed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import CHECK, HEADINGS, read_events, to_row
from sheets_automation.core.log_salvage import salvage
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.table import table_of
from tests.core.builders import event

LOG = "送信記録"
SENT = event(
    EventKind.SENT,
    event_id="R1-0002",
    claim_id="R1-0001",
    reference="m/t",
    referral_code="ZHNT5RW3NQ64",
    subject="件名",
)
EVENTS = (event(EventKind.PREPARED, event_id="R1-0001"), SENT, event(EventKind.PREPARED, event_id="R1-0003"))


def tab_of(*rows, headings=(*HEADINGS, CHECK)):
    grid = [dict(enumerate(headings)), *({c: row[h] for c, h in enumerate(headings) if row[h]} for row in rows)]
    return table_of(LOG, dict(enumerate(grid, start=1)))


def changed(**cells):
    first, second, third = map(to_row, EVENTS)
    return tab_of(first, {**second, **cells}, third)


def test_rows_as_they_were_written_are_read():
    assert read_events(changed()) == EVENTS


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("状態", "失敗"),
        ("候補者ID", "C-0006"),
        ("時刻", "2026-11-24T09:00:00.001+09:00"),
        ("実行", "R2"),
        ("回", "2"),
        ("試行", "2"),
        ("対象の記録ID", "R1-0009"),
        ("送信手段", "smtp"),
        ("参照", "m/u"),
        ("宛先", "other@example.com"),
        ("紹介コード", "M5NZ556CDJMJ"),
        (CHECK, "x000000000"),
        (CHECK, ""),
    ],
)
def test_a_row_that_was_changed_into_another_that_makes_sense_is_noticed(heading, value):
    with pytest.raises(LogDamaged, match="row 3"):
        read_events(changed(**{heading: value}))


def test_a_row_that_was_changed_is_no_fact_that_is_left():
    left = salvage(changed(状態="失敗"))

    assert (left.kept, left.rows_lost) == ((EVENTS[0], EVENTS[2]), 1)


@pytest.mark.parametrize("heading", ["件名", "文面", "詳細", "操作した人"])
def test_what_decides_nothing_may_be_written_otherwise(heading):
    assert len(read_events(changed(**{heading: "…"}))) == 3


def test_a_log_from_before_there_were_checks_is_read_and_goes_on_with_them():
    rows = [to_row(one) for one in EVENTS]
    without = [{**row, CHECK: ""} for row in rows]

    assert read_events(tab_of(*without, headings=HEADINGS)) == EVENTS
    assert read_events(tab_of(*without[:2], rows[2])) == EVENTS


def test_no_sheet_takes_a_check_for_a_number():
    assert all(to_row(one)[CHECK].startswith("x") for one in EVENTS)


def test_a_check_stays_what_it_is_from_version_to_version():
    row = to_row(
        DeliveryEvent(
            event_id="R1-0001",
            at=datetime(2026, 11, 24, 10, 0, tzinfo=UTC),
            run_id="R1",
            key=DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION),
            kind=EventKind.PREPARED,
        )
    )

    assert row["検査値"] == "x7a744b086"


@pytest.mark.parametrize("field", ["run_id", "carrier", "referral_code", "to_address", "reference"])
def test_half_a_character_is_no_reason_not_to_record_what_happened(field):
    broken = replace(event(EventKind.PREPARED), **{field: "x\ud800"})

    assert len(to_row(broken)["検査値"]) == 10
