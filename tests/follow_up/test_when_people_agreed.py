"""When somebody agreed or withdrew: the day on which they said so counts, and the day of the record is told too."""

from datetime import date, timedelta

import pytest

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.consent import day_said, list_consents
from tests.follow_up.house import NewsHouse, past
from tests.jobs.interruptions import set_cell

SATO = ("佐藤 花", "sato@example.com")


def test_what_was_said_earlier_is_on_record_with_the_day_on_which_it_was_said_and_that_of_the_record(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])

    house.hears(agrees=True, on=date(2026, 10, 3))

    (fact,) = house.fact_rows("同意記録")
    assert (fact["日時"][:10], fact["記録日時"][:10]) == ("2026-10-03", "2026-11-24")
    (standing,) = list_consents(house.workbook(), house.desk)
    assert standing.fact.at.date() == date(2026, 10, 3)
    assert standing.fact.recorded_at == house.now


def test_a_consent_that_is_written_down_late_does_not_end_a_withdrawal_that_came_after_it(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False, on=date(2026, 10, 20))
    house.now += timedelta(hours=1)

    house.hears(agrees=True, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_withdrawal_that_is_written_down_late_does_not_end_a_consent_that_came_after_it(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=True, on=date(2026, 10, 20))

    house.hears(agrees=False, on=date(2026, 10, 3))

    assert list(house.due()) == ["佐藤 花"]


@pytest.mark.parametrize("words", [(True, False), (False, True)])
def test_of_two_words_of_one_day_the_withdrawal_counts(tmp_path, words):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    for agrees in words:
        house.now += timedelta(hours=1)
        house.hears(agrees=agrees, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_withdrawal_of_the_day_of_a_consent_counts_though_its_hour_is_not_known(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=True)
    house.now += timedelta(days=1)

    house.hears(agrees=False, on=date(2026, 11, 24))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_two_words_of_today_count_in_their_order(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False, on=house.now.date())
    house.now += timedelta(hours=1)

    house.hears(agrees=True, on=house.now.date())

    assert list(house.due()) == ["佐藤 花"]


def test_a_yes_that_was_copied_from_the_sheet_later_ends_no_withdrawal_of_an_earlier_day(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.keep_consents()

    house.hears(agrees=False, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_yes_that_was_copied_from_the_sheet_later_hides_no_consent_of_an_earlier_day(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.keep_consents()
    house.hears(agrees=True, on=date(2026, 10, 3))

    set_cell(house, 4, "フォロー同意", "")

    assert list(house.due()) == ["佐藤 花"]
    (standing,) = list_consents(house.workbook(), house.desk)
    assert standing.fact.source == "電話"


def test_nobody_has_agreed_on_a_day_that_is_still_to_come(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    with pytest.raises(ConfigurationError, match="2026-11-25"):
        house.hears(agrees=True, on=date(2026, 11, 25))

    assert house.fact_rows("同意記録") == []


@pytest.mark.parametrize("text", ["10/3", "1026-10-03", "きのう"])
def test_what_is_surely_no_day_is_not_taken_for_one(text):
    with pytest.raises(ConfigurationError, match="is no date"):
        day_said(text)
