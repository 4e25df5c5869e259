"""When the next credit may come: an honest range, and nothing where too little is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.forecast import Outlook, forecast
from sheets_automation.core.forecast_words import forecast_text, part_of_month
from sheets_automation.core.table import table_of
from sheets_automation.core.views import is_shown
from tests.core.builders import NOW
from tests.core.credit_facts import PARTNER, referred

TODAY = NOW.date()


def every(days, number):
    """So many, one every few days, the last one today."""
    return [NOW - timedelta(days=days * back) for back in range(number)]


def test_at_a_steady_pace_the_next_credit_comes_when_the_missing_ones_have_come():
    one = forecast(every(5, 60), missing=3, now=NOW)

    assert (one.outlook, one.counted, one.days) == (Outlook.EXPECTED, 18, 90)
    assert one.expected == TODAY + timedelta(days=15)
    assert one.earliest < one.expected < one.latest


def test_eight_of_ten_forecasts_hold_whatever_the_pace():
    dice = Random(2026)
    held = tried = 0
    while tried < 1500:
        pace, missing = dice.uniform(0.08, 0.6), dice.randint(1, 9)
        past, at = [], 0.0
        while (at := at + dice.expovariate(pace)) < 300:
            past.append(NOW - timedelta(days=at))
        one = forecast(past, missing, NOW)
        if one.outlook is not Outlook.EXPECTED:
            continue
        comes = sum(dice.expovariate(pace) for _ in range(missing))
        tried += 1
        held += (one.earliest - TODAY).days <= comes + 1 and comes <= (one.latest - TODAY).days
    assert 0.76 < held / tried < 0.86


@pytest.mark.parametrize(
    "past",
    [[], every(5, 1), every(5, 5), every(3, 9), every(20, 5)],
    ids=["nothing", "one", "four after the first", "within 24 days", "four in the last ninety days"],
)
def test_too_little_is_said_to_be_too_little(past):
    one = forecast(past, missing=3, now=NOW)

    assert (one.outlook, one.expected) == (Outlook.TOO_LITTLE, None)


def test_a_pace_that_began_lately_is_not_taken_for_that_of_ninety_days():
    young, old = forecast(every(5, 9), 3, NOW), forecast([*every(5, 9), NOW - timedelta(days=200)], 3, NOW)

    assert (young.counted, young.days) == (8, 40)
    assert young.expected < old.expected


def test_what_is_more_than_a_year_away_has_no_date():
    assert forecast([*every(15, 6), NOW - timedelta(days=100)], missing=60, now=NOW).outlook is Outlook.FAR


def test_what_happened_in_the_future_or_before_the_window_gives_no_pace():
    past = [NOW + timedelta(days=1), *(NOW - timedelta(days=91 + day) for day in range(40))]

    assert forecast(past, 3, NOW).counted == 0


def test_where_the_limit_is_reached_no_date_is_promised():
    facts = [referred(number, f"2026-{month:02}-{day:02}") for number, (month, day) in enumerate(_days(22))]

    [free] = summarise_credits(facts, [PARTNER], now=NOW).ledgers
    [full] = summarise_credits(facts, [replace(PARTNER, max_per_year=2)], now=NOW).ledgers

    assert free.forecast.outlook is Outlook.EXPECTED
    assert (free.forecast.missing, full.forecast.outlook) == (8, Outlook.CAPPED)


def _days(number):
    return [(9 + index // 10, 1 + 2 * (index % 10)) for index in range(number)]


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2026, 12, 1), "12月上旬", "early December"),
        (date(2026, 12, 11), "12月中旬", "mid December"),
        (date(2026, 12, 21), "12月下旬", "late December"),
        (date(2027, 1, 31), "2027年1月下旬", "late January 2027"),
    ],
)
def test_a_day_is_said_no_more_exactly_than_it_is_known(day, ja, en):
    assert (part_of_month(day, TODAY, "ja"), part_of_month(day, TODAY, "en")) == (ja, en)


def test_the_sentence_says_how_many_when_and_from_what():
    text = forecast_text(forecast(every(5, 60), missing=3, now=NOW), TODAY, "ja")

    assert text == "あと 3 名、今のペースで 12月上旬(8 割の見込みで 11月下旬〜12月下旬。90 日に 18 名)"
    assert "Too early for a forecast" in forecast_text(forecast([], 3, NOW), TODAY, "en")


def test_the_tab_shows_it_and_another_day_alone_is_no_reason_to_write_the_tab_again():
    facts = [referred(number, f"2026-{month:02}-{day:02}") for number, (month, day) in enumerate(_days(22))]
    today, tomorrow = (
        credit_tab(summarise_credits(facts, [PARTNER], now=NOW + timedelta(days=days))) for days in (0, 1)
    )

    [row] = [cells for cells in today.rows if cells and cells[0] and cells[0].value == "次の1件の見込み"]
    assert row[1].value.endswith("旬")
    assert row[2].value.startswith("あと 8 名、今のペースで")
    assert is_shown(tomorrow, table_of_view(today))


def table_of_view(view):
    rows = {
        number: {column: cell.value for column, cell in enumerate(cells) if cell and cell.value not in {None, ""}}
        for number, cells in enumerate(view.rows, start=1)
    }
    return table_of(view.tab, rows)
