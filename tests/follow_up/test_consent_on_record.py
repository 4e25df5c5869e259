"""Consent and refusals: on record before anything goes, and longer than the row."""

from datetime import timedelta

from sheets_automation.core.errors import WorkbookBusy
from sheets_automation.jobs.consent import Word, list_consents, record_consents
from sheets_automation.ports import NO_FACTS
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.follow_up.house import NewsHouse, past
from tests.jobs.interruptions import set_cell

SATO = ("佐藤 花", "sato@example.com")


class OpenElsewhere(MemoryWorkbook):
    """A workbook that a person has open: facts go to the journal, and nothing else can be written."""

    def show(self, views, facts=NO_FACTS):
        raise WorkbookBusy("開いています。", "It is open.")


def words(house):
    return [(one["内容"], one["同意文の版"], one["出所"]) for one in house.fact_rows("同意記録")]


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

    house.hears(agrees=False)

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    house.send_news()
    assert [word for word, _, _ in words(house)] == ["撤回"]

    house.now += timedelta(hours=1)
    house.hears(agrees=True)

    assert list(house.due()) == ["佐藤 花"]


def test_a_consent_by_telephone_needs_no_column(tmp_path):
    row = past(*SATO)
    del row["フォロー同意"]
    house = NewsHouse.of(tmp_path, [row])
    assert house.reasons() == {"佐藤 花": "news_not_agreed"}

    house.hears(agrees=True)

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
    house.hears(agrees=True)
    set_cell(house, 4, "フォロー同意", "")

    assert list(house.due()) == ["佐藤 花"]


def test_a_withdrawal_holds_for_the_person_whose_address_hr_has_corrected(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    house.keep_consents()
    assert [word for word, _, _ in words(house)] == ["撤回"]


def test_a_withdrawal_is_on_record_although_somebody_has_the_sheet_open(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    (one,) = house.plan_news().plan.situation.candidates
    word = Word(agrees=False, source="電話")

    record_consents(OpenElsewhere(house.file), house.desk, house.run(), [one.id], word)

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


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
    house.hears(agrees=True)
    set_cell(house, 4, "メールアドレス", "hana@example.com")
    house.now += timedelta(hours=1)
    house.hears(agrees=False)

    set_cell(house, 4, "メールアドレス", "sato@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}


def test_a_newer_consent_under_the_new_address_ends_a_withdrawal(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False)
    set_cell(house, 4, "メールアドレス", "hana@example.com")
    house.now += timedelta(hours=1)

    house.hears(agrees=True)

    assert list(house.due()) == ["佐藤 花"]


def test_a_withdrawal_that_was_ended_does_not_come_back_with_another_address(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False)
    house.now += timedelta(hours=1)
    house.hears(agrees=True)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert list(house.due()) == ["佐藤 花"]


def test_a_consent_by_telephone_does_not_go_along_to_another_address(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])
    house.hears(agrees=True)

    set_cell(house, 4, "メールアドレス", "hana@example.com")

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
