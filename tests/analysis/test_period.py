"""期間: which months are looked at, to the midnight of Tokyo."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from sheets_automation.core.analysis_period import EVERYTHING, Period, months_between, read_period

JST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-04..2026-09", (2026, 4), (2026, 9)),
        ("2026年4月〜2026年9月", (2026, 4), (2026, 9)),
        ("２０２６／４ から ２０２６／９ まで", (2026, 4), (2026, 9)),
        ("2026-04", (2026, 4), (2026, 4)),
        ("2026.4", (2026, 4), (2026, 4)),
        ("FY2026", (2026, 4), (2027, 3)),
        ("2026年度", (2026, 4), (2027, 3)),
        ("2026-04..", (2026, 4), None),
        ("..2026-09", None, (2026, 9)),
    ],
)
def test_a_period_is_read_as_people_write_it(text, first, last):
    period = read_period(text)

    assert period == Period(first=first and date(*first, 1), last=last and date(*last, 1))


def test_nothing_asked_for_is_everything():
    assert read_period("  ") == EVERYTHING


@pytest.mark.parametrize(
    "text",
    [
        "..",
        "2026",
        "2026-13",
        "2026-00",
        "2026-09..2026-04",
        "0026-04",
        "1899-12",
        "2200-01",
        "1899-12..2026-01",
        "last year",
        "2026-04..x",
        "2026-04-01",
    ],
)
def test_what_names_no_months_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - whoever asked says what was wrong
        read_period(text)


def test_a_month_ends_at_midnight_in_the_zone_of_the_workbook():
    period = read_period("2026-04")

    assert not period.holds(datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), JST)  # 23:59:59 in Tokyo
    assert period.holds(datetime(2026, 3, 31, 15, 0, tzinfo=UTC), JST)
    assert period.holds(datetime(2026, 4, 30, 23, 59, 59, tzinfo=JST), JST)
    assert not period.holds(datetime(2026, 5, 1, tzinfo=JST), JST)


def test_the_fiscal_year_goes_from_april_to_the_last_of_march():
    period = read_period("FY2026")
    days = [(2026, 3, 31), (2026, 4, 1), (2027, 3, 31), (2027, 4, 1)]

    assert [period.holds(datetime(*day, 12, tzinfo=JST), JST) for day in days] == [False, True, True, False]


def test_what_has_no_date_counts_only_where_everything_is_looked_at():
    assert EVERYTHING.holds(None, JST)
    assert not read_period("2026-04..").holds(None, JST)


def test_months_are_counted_over_the_turn_of_the_year():
    assert months_between(date(2026, 11, 1), date(2027, 2, 1)) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )


@pytest.mark.parametrize("text", ["2026-04..2026-09", "2026-04", "2026-04..", "..2026-09"])
def test_a_period_is_written_as_it_can_be_read(text):
    assert read_period(text).text("ja") == text
    assert EVERYTHING.text("ja") == "全期間"
    assert EVERYTHING.text("en") == "all time"
