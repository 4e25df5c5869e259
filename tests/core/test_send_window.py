from datetime import date, datetime, time

import pytest

from sheets_automation.core.send_window import SendWindow
from tests.core.builders import JST

WINDOW = SendWindow()
HOLIDAYS = {date(2026, 11, 23)}  # 勤労感謝の日, a Monday


def is_holiday(day):
    return day in HOLIDAYS


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(24, 9), True),
        (at(24, 8, 59), False),
        (at(24, 17, 59), True),
        (at(24, 18), False),
        (at(27, 16, 59), True),  # Friday
        (at(27, 17), False),
        (at(28, 10), False),  # Saturday
        (at(22, 10), False),  # Sunday
        (at(23, 10), False),  # holiday
    ],
)
def test_letters_leave_in_business_hours_only(moment, is_open):
    assert WINDOW.is_open(moment, is_holiday) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at(24, 11), at(24, 11)),
        (at(24, 7), at(24, 9)),
        (at(24, 19), at(25, 9)),
        (at(24, 18), at(25, 9)),
        (at(20, 17, 30), at(24, 9)),  # Friday evening, a weekend, a holiday
    ],
)
def test_the_next_opening_skips_nights_weekends_and_holidays(moment, opening):
    assert WINDOW.next_opening(moment, is_holiday) == opening


def test_a_window_that_never_opens_is_a_year_away_and_never_mistaken_for_open():
    closed = SendWindow(days=frozenset())

    assert closed.next_opening(at(24, 10), is_holiday) > at(24, 10)
    assert not closed.is_open(at(24, 10), is_holiday)


def test_a_company_that_closes_early_closes_early_on_fridays_too():
    early = SendWindow(end=time(15))

    assert not early.is_open(at(27, 15, 30), is_holiday)


def test_the_window_opens_only_at_its_own_hour_and_on_its_own_days():
    mornings = SendWindow(start=time(7, 30), end=time(8), friday_end=time(8), days=frozenset({0, 6}))

    assert mornings.is_open(at(22, 7, 30), is_holiday)
    assert not mornings.is_open(at(22, 8), is_holiday)
    assert mornings.next_opening(at(24, 10), is_holiday) == at(29, 7, 30)


def test_a_holiday_closes_a_day_that_is_open_in_other_weeks():
    assert WINDOW.is_open(at(23, 10), lambda _day: False)


def test_a_window_that_never_opens_is_asked_for_again_after_a_year():
    assert SendWindow(days=frozenset()).next_opening(at(24, 10), is_holiday) == datetime(2027, 11, 25, 10, tzinfo=JST)


def test_a_closure_of_nearly_a_year_is_waited_out():
    reopening = date(2027, 11, 24)

    assert WINDOW.next_opening(at(24, 19), lambda day: day < reopening) == datetime(2027, 11, 24, 9, tzinfo=JST)


def test_a_window_that_is_always_open_has_no_end_and_no_weekend():
    always = SendWindow.always()

    assert (always.start, always.end, always.friday_end) == (time.min, time.max, time.max)
    assert sorted(always.days) == [0, 1, 2, 3, 4, 5, 6]
    assert all(always.is_open(at(day, hour, 59), is_holiday) for day in (24, 27, 28, 29) for hour in (0, 23))
