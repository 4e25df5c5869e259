# ruff: noqa: DTZ001 - a date cell is a wall clock without a zone
"""Dates in every shape that real sheets have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.dates import date_time
from sheets_automation.core.table import CellError

JST = timezone(timedelta(hours=9))
THE_DAY = datetime(2026, 11, 5, tzinfo=JST)
HALF_PAST_TWO = datetime(2026, 11, 5, 14, 30, tzinfo=JST)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 11, 5),
        46331,
        46331.0,
        20261105,
        20261105.0,
        "2026-11-05",
        "2026/11/5",
        "2026.11.5",
        "２０２６／１１／５",
        " 2026/11/05\u3000",
        "20261105",
        "2026年11月5日",
        "2026年 11月 5日",
        "2026年11月5日(木)",
        "2026年11月5日（木）",
        "2026/11/5 木曜日",
        "2026-11-05 Thu",
        "令和8年11月5日",
        "㋿8年11月5日",
        "令和８年１１月５日（木・祝）",
        "R8.11.5",
        "R8/11/5",
        "r08.11.05",
        "平成38年11月5日",
        "2026/11/5 0:00",
        "2026-11-05 00:00:00",
    ],
)
def test_a_day_is_read_in_every_spelling(cell):
    moment = date_time(cell, JST)

    assert moment == (THE_DAY, False)
    assert moment.latest == THE_DAY + timedelta(days=1)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 11, 5, 14, 30),
        46331 + 14.5 / 24,
        "2026-11-05T14:30:00+09:00",
        "2026-11-05T14:30:00+0900",
        "2026-11-05T05:30:00Z",
        "2026-11-05T05:30:00.123Z",
        "2026-11-05 14:30:00 JST",
        "2026-11-05 05:30 UTC",
        "2026-11-05T00:30:00-05:00",
        "2026/11/5 14:30",
        "2026年11月5日(木) 14:30",
        "2026年11月5日（木）１４時３０分",
        "2026年11月5日14時30分00秒",
        "2026年11月5日 午後2時30分",
        "2026/11/5 午後2:30",
        "2026/11/5 2:30 PM",
        "2026/11/5, 14:30",
        "令和8年11月5日 14:30",
        "20261105 1430",
        "202611051430",
        "20261105143000",
        "20261105T143000",
    ],
)
def test_a_time_is_read_in_every_spelling(cell):
    moment = date_time(cell, JST)

    assert moment == (HALF_PAST_TWO, True)
    assert moment.latest == HALF_PAST_TWO


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("令和元年5月1日", datetime(2019, 5, 1, tzinfo=JST)),
        ("2026/11/5 24:00", datetime(2026, 11, 6, tzinfo=JST)),
        ("2026/11/5 午前12:30", datetime(2026, 11, 5, 0, 30, tzinfo=JST)),
        ("2026/11/5 午後12:30", datetime(2026, 11, 5, 12, 30, tzinfo=JST)),
        ("2026/11/5 9時", datetime(2026, 11, 5, 9, tzinfo=JST)),
        (datetime(2026, 11, 5, 5, 30, tzinfo=UTC), HALF_PAST_TWO),
        (46331.999999, datetime(2026, 11, 6, tzinfo=JST)),
    ],
)
def test_hours_at_the_edges_of_a_day_are_read_right(cell, at):
    assert date_time(cell, JST).at == at


@pytest.mark.parametrize(
    "cell",
    [
        "11/5/2026",  # May or November
        "05/11/26",
        "26/11/5",
        "11月5日",
        "2026/11",
        "2026-11/5",
        "2026年11/5",
        "2026/13/1",
        "2026/2/30",
        "2026/11/5 25:00",
        "2026/11/5 24:30",
        "2026/11/5 午後14:30",
        "2026/11/5 14:30+99:00",
        "2026/11/5頃",
        "2026/11/5〜11/9",
        "20261305",
        "1899/12/31",
        "昭和60年1月1日",
        "2100/1/1",
        "46331",  # as text it may be anything
        "未定",
        "2026/11/5" + " " * 30_000 + "x",  # used to take hours: a test of this ends, or does not
        "2026/11/5" + " ," * 15_000 + "x",
        46331000,
        12,
        -1,
        20261399,
        20261105.5,
        float("nan"),
        float("inf"),
        True,
        datetime(1899, 12, 31, 9, 0),
        CellError("#VALUE!"),
        CellError("2026/11/5"),
        "",
        None,
        "'",
    ],
)
def test_what_is_not_surely_one_date_is_not_guessed(cell):
    assert date_time(cell, JST) is None


@given(st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2099, 12, 30)))
def test_every_iso_time_is_read_as_it_stands(at):
    at = at.replace(microsecond=0, tzinfo=JST)

    assert date_time(at.isoformat(), JST).at == at


@given(st.one_of(st.text(), st.floats(), st.integers(), st.from_regex(r"[0-9年月日RH/.:T+ -]{4,24}", fullmatch=True)))
def test_no_cell_makes_the_reading_fail_and_every_moment_is_aware(cell):
    moment = date_time(cell, JST)

    assert moment is None or (moment.at.tzinfo is not None and moment.latest >= moment.at)
