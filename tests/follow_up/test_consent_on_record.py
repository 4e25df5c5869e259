"""Consent and refusals: on record before anything goes, and longer than the row."""

from datetime import date, timedelta

import pytest

from sheets_automation.core.consents import HEADINGS, mark_of
from sheets_automation.core.errors import ConfigurationError, LogDamaged
from sheets_automation.jobs.consent import Word, day_said, list_consents, record_consents
from sheets_automation.workbooks.memory import sheet_of
from tests.follow_up.house import NewsHouse, past
from tests.jobs.interruptions import set_cell

SATO = ("佐藤 花", "sato@example.com")


def words(house):
    return [(one["内容"], one["同意文の版"], one["出所"]) for one in house.fact_rows("同意記録")]


def record(house, *, agrees, source="電話", on=None):
    (one,) = house.plan_news().plan.situation.candidates
    word = Word(agrees=agrees, source=source, wording="2026-04", on=on)
    return record_consents(house.workbook(), house.desk, house.run(), [one.id], word)


def test_a_yes_in_the_sheet_is_put_on_record_once_with_the_wording(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    house.send_news()
    house.send_news()

    assert words(house) == [("同意", "2026-04", "列「フォロー同意」")]


def test_the_record_holds_no_address(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    house.send_news()

    assert "sato" not in str(house.fact_rows("同意記録"))


def test_a_no_after_a_yes_is_a_withdrawal(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    set_cell(house, 4, "フォロー同意", "いいえ")

    house.send_news()

    assert [word for word, _, _ in words(house)] == ["同意", "撤回"]


def test_a_refusal_in_the_sheet_outlives_the_row(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 連絡停止="はい")])
    house.send_news()
    for heading in past(*SATO):
        set_cell(house, 4, heading, "")

    for heading, value in past(*SATO).items():  # the same address comes back, by an import
        set_cell(house, 4, heading, value)

    assert house.reasons() == {"佐藤 花": "opted_out"}
    assert "sato" not in str(house.fact_rows("連絡停止記録"))


def test_a_recorded_withdrawal_stands_against_an_old_yes_in_the_sheet(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    record(house, agrees=False)

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    house.send_news()
    assert [word for word, _, _ in words(house)] == ["撤回"]

    house.now += timedelta(hours=1)
    record(house, agrees=True)

    assert list(house.due()) == ["佐藤 花"]


def test_a_consent_by_telephone_needs_no_column(tmp_path):
    row = past(*SATO)
    del row["フォロー同意"]
    house = NewsHouse.of(tmp_path, [row])
    assert house.reasons() == {"佐藤 花": "news_not_agreed"}

    record(house, agrees=True)

    assert list(house.due()) == ["佐藤 花"]
    (standing,) = list_consents(house.workbook(), house.desk)
    assert (standing.agrees, standing.fact.source) == (True, "電話")


def test_a_yes_that_is_cleared_is_taken_back_although_it_was_put_on_record(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.keep_consents()
    assert [word for word, _, _ in words(house)] == ["同意"]

    set_cell(house, 4, "フォロー同意", "")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    assert list_consents(house.workbook(), house.desk) == ()


def test_a_consent_by_telephone_outlives_the_yes_in_the_sheet(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=True)
    set_cell(house, 4, "フォロー同意", "")

    assert list(house.due()) == ["佐藤 花"]


def test_a_withdrawal_holds_for_the_person_whose_address_hr_has_corrected(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=False)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    house.keep_consents()
    assert [word for word, _, _ in words(house)] == ["撤回"]


def test_a_withdrawal_that_the_sheet_has_told_holds_for_the_new_address_too(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    set_cell(house, 4, "フォロー同意", "いいえ")
    house.send_news()

    set_cell(house, 4, "フォロー同意", "はい")
    set_cell(house, 4, "メールアドレス", "hana@example.com")

    house.keep_consents()
    assert [word for word, _, _ in words(house)] == ["同意", "撤回"]
    (standing,) = list_consents(house.workbook(), house.desk)
    assert (standing.agrees, standing.fact.word) == (False, "撤回")


def test_an_old_consent_under_the_address_of_today_does_not_end_a_withdrawal(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=True)
    set_cell(house, 4, "メールアドレス", "hana@example.com")
    house.now += timedelta(hours=1)
    record(house, agrees=False)

    set_cell(house, 4, "メールアドレス", "sato@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_newer_consent_under_the_new_address_ends_a_withdrawal(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=False)
    set_cell(house, 4, "メールアドレス", "hana@example.com")
    house.now += timedelta(hours=1)

    record(house, agrees=True)

    assert list(house.due()) == ["佐藤 花"]


def test_a_withdrawal_that_was_ended_does_not_come_back_with_another_address(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=False)
    house.now += timedelta(hours=1)
    record(house, agrees=True)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert list(house.due()) == ["佐藤 花"]


def test_a_consent_by_telephone_does_not_go_along_to_another_address(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])
    record(house, agrees=True)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_what_was_said_earlier_is_on_record_with_the_day_on_which_it_was_said_and_that_of_the_record(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])

    record(house, agrees=True, on=date(2026, 10, 3))

    (fact,) = house.fact_rows("同意記録")
    assert (fact["日時"][:10], fact["記録日時"][:10]) == ("2026-10-03", "2026-11-24")
    (standing,) = list_consents(house.workbook(), house.desk)
    assert standing.fact.at.date() == date(2026, 10, 3)
    assert standing.fact.recorded_at == house.now


def test_a_consent_that_is_written_down_late_does_not_end_a_withdrawal_that_came_after_it(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=False, on=date(2026, 10, 20))
    house.now += timedelta(hours=1)

    record(house, agrees=True, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_withdrawal_that_is_written_down_late_does_not_end_a_consent_that_came_after_it(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=True, on=date(2026, 10, 20))

    record(house, agrees=False, on=date(2026, 10, 3))

    assert list(house.due()) == ["佐藤 花"]


@pytest.mark.parametrize("words", [(True, False), (False, True)])
def test_of_two_words_of_one_day_the_withdrawal_counts(tmp_path, words):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    for agrees in words:
        house.now += timedelta(hours=1)
        record(house, agrees=agrees, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_withdrawal_of_the_day_of_a_consent_counts_though_its_hour_is_not_known(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=True)
    house.now += timedelta(days=1)

    record(house, agrees=False, on=date(2026, 11, 24))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_two_words_of_today_count_in_their_order(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    record(house, agrees=False, on=house.now.date())
    house.now += timedelta(hours=1)

    record(house, agrees=True, on=house.now.date())

    assert list(house.due()) == ["佐藤 花"]


def test_a_yes_that_was_copied_from_the_sheet_later_ends_no_withdrawal_of_an_earlier_day(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.keep_consents()

    record(house, agrees=False, on=date(2026, 10, 3))

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_yes_that_was_copied_from_the_sheet_later_hides_no_consent_of_an_earlier_day(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.keep_consents()
    record(house, agrees=True, on=date(2026, 10, 3))

    set_cell(house, 4, "フォロー同意", "")

    assert list(house.due()) == ["佐藤 花"]
    (standing,) = list_consents(house.workbook(), house.desk)
    assert standing.fact.source == "電話"


def test_nobody_has_agreed_on_a_day_that_is_still_to_come(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    with pytest.raises(ConfigurationError, match="2026-11-25"):
        record(house, agrees=True, on=date(2026, 11, 25))

    assert words(house) == []


@pytest.mark.parametrize("text", ["10/3", "1026-10-03", "きのう"])
def test_what_is_surely_no_day_is_not_taken_for_one(text):
    with pytest.raises(ConfigurationError, match="is no date"):
        day_said(text)


def test_a_tab_of_an_earlier_version_is_read_and_written_on(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])
    (one,) = house.plan_news().plan.situation.candidates
    fact = ("K-1", "2026-10-03T10:00:00.000+09:00", "同意", mark_of(one), one.id, "2026-04", "電話", "花子")
    house.file.sheets["同意記録"] = sheet_of([HEADINGS, fact])
    assert list(house.due()) == ["佐藤 花"]

    record(house, agrees=False)

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    assert [one.get("記録日時", "")[:10] for one in house.fact_rows("同意記録")] == ["", "2026-11-24"]


def test_whoever_changes_the_record_stops_all_news(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    house.file.sheets["同意記録"].put(2, HEADINGS.index("内容"), "同意?")

    with pytest.raises(LogDamaged, match="同意記録"):
        house.plan_news()
