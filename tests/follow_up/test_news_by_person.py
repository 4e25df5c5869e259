"""News is judged by all that is known of a person: every row, every answer, what a partner reported."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_rows import read_events, to_row
from sheets_automation.core.model import LetterKind
from sheets_automation.core.referral_rows import to_row as referral_row
from sheets_automation.core.referrals import ReferralEvent, ReferralKind
from sheets_automation.core.refusals import Refusal, address_mark
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.jobs.settle import Word, settle
from tests.core.builders import NOW
from tests.follow_up.house import NewsHouse, campaign, past
from tests.jobs.interruptions import set_cell

SATO = ("佐藤 花", "sato@example.com")
SUZUKI = ("鈴木 一郎", "suzuki@example.com")


@pytest.mark.parametrize(
    ("again", "reason"),
    [
        ({"選考結果日": "2026/11/23"}, "result_too_recent"),
        ({"選考結果日": "2026/08/01"}, "result_not_told"),
        ({"選考結果日": "2026/08/01", "タグ": "送信しない"}, "result_not_told"),
        ({"選考結果日": "そのうち"}, "decision_date_unreadable"),
        ({"選考結果日": "2026/11/23", "選考結果": "辞退"}, "result_too_recent"),
    ],
)
def test_whoever_applied_again_gets_no_news_before_that_answer_and_its_rest(tmp_path, again, reason):
    house = NewsHouse.of(tmp_path, [past(*SATO), past(*SATO, 応募職種="経理", フォロー同意="", **again)])

    assert house.due() == {}
    assert reason in {str(one.reason) for one in house.plan_news().skipped()}


def test_a_second_row_that_was_told_with_the_first_one_waits_for_no_answer(tmp_path):
    told_together = [past(*SATO, 選考結果日="2026/08/10", 応募職種=opening) for opening in ("営業職", "経理")]
    house = NewsHouse.of(tmp_path, told_together, campaign(値1="30"))
    house.send()

    house.now = NOW + timedelta(days=10)

    assert list(house.due()) == ["佐藤 花"]


def test_whoever_found_work_through_the_partner_is_not_asked_back(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 選考結果日="2026/08/10")], campaign(値1="30"))
    house.send()
    code = next(
        one.referral_code for one in read_events(house.workbook().read().tables["送信記録"]) if one.referral_code
    )
    hired = ReferralEvent(event_id="P-1", at=NOW, kind=ReferralKind.HIRED, partner="キャリアリレー", code=code)
    house.workbook().append({"紹介実績": [referral_row(hired)]})

    house.now = NOW + timedelta(days=10)

    assert house.reasons() == {"佐藤 花": "hired"}


def test_a_refusal_holds_for_the_person_when_their_address_is_another_by_now(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(くり返し="90日"))
    house.send_news()
    refused = Refusal(fact_id="R-1", at=NOW, mark=address_mark("sato@example.com"), source="link")
    house.workbook().append({"連絡停止記録": [refusal_row(refused)]})
    set_cell(house, 4, "メールアドレス", "sato.hana@example.com")
    house.now = NOW + timedelta(days=120)

    assert house.reasons() == {"佐藤 花": "opted_out"}


def test_an_answer_to_the_result_ends_news_too(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 選考結果日="2026/08/10")], campaign(値1="30"))
    house.send()
    claim = read_events(house.workbook().read().tables["送信記録"])[0]
    answer = replace(claim, event_id="SYNC-0001", run_id="SYNC", kind=EventKind.REPLIED, claim_id=claim.event_id)
    house.workbook().append({"送信記録": [to_row(answer)]})
    house.now = NOW + timedelta(days=10)
    assert house.reasons() == {"佐藤 花": "person_answered"}

    settle(
        house.workbook(), house.news_desk, house.run(), [claim.key.candidate_id], Word.REOPEN, kind=LetterKind.FOLLOW_UP
    )

    assert list(house.due()) == ["佐藤 花"]


def test_an_answer_ends_news_until_a_person_says_that_it_may_go_on(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(くり返し="90日"))
    house.send_news()
    events = read_events(house.workbook().read().tables["送信記録"])
    claim = next(one for one in events if one.kind is EventKind.PREPARED)
    answer = replace(claim, event_id="SYNC-0001", run_id="SYNC", kind=EventKind.REPLIED, claim_id=claim.event_id)
    house.workbook().append({"送信記録": [to_row(answer)]})
    house.now = NOW + timedelta(days=120)

    assert house.reasons() == {"佐藤 花": "person_answered"}

    key = replace(claim.key, cycle=2)
    word = replace(answer, event_id="W-0001", run_id="W", kind=EventKind.REOPENED, key=key, claim_id="")
    house.workbook().append({"送信記録": [to_row(word)]})

    assert house.due() == {"佐藤 花": "半年後のご連絡"}


def test_an_answer_stands_although_a_further_letter_was_tried_and_failed(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(くり返し="90日"))
    house.send_news()
    claim = read_events(house.workbook().read().tables["送信記録"])[0]
    again = replace(claim, event_id="R9-0001", run_id="R9", key=replace(claim.key, cycle=2))
    failed = replace(again, event_id="R9-0002", kind=EventKind.FAILED, claim_id=again.event_id)
    answer = replace(claim, event_id="SYNC-0001", run_id="SYNC", kind=EventKind.REPLIED, claim_id=claim.event_id)
    house.workbook().append({"送信記録": [to_row(one) for one in (again, failed, answer)]})
    house.now = NOW + timedelta(days=120)

    assert house.reasons() == {"佐藤 花": "person_answered"}

    done = settle(
        house.workbook(), house.news_desk, house.run(), [claim.key.candidate_id], Word.REOPEN, kind=LetterKind.FOLLOW_UP
    )

    assert done.settled == (claim.key.candidate_id,)
    assert house.due() == {"佐藤 花": "半年後のご連絡"}


def test_whoever_answers_once_more_talks_to_a_person_again(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(くり返し="90日"))
    house.send_news()
    claim = read_events(house.workbook().read().tables["送信記録"])[0]
    word = replace(claim, event_id="W-0001", run_id="W", kind=EventKind.REOPENED, key=replace(claim.key, cycle=2))
    answer = replace(
        claim,
        event_id="SYNC-0001",
        run_id="SYNC",
        kind=EventKind.REPLIED,
        claim_id=claim.event_id,
        at=claim.at + timedelta(days=1),
    )
    house.workbook().append({"送信記録": [to_row(word), to_row(answer)]})
    house.now = NOW + timedelta(days=120)

    assert house.reasons() == {"佐藤 花": "person_answered"}


def test_the_yes_in_a_row_that_somebody_was_typed_over_is_not_theirs(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO), past("鈴木 一郎", "suzuki@example.com", フォロー同意="")])
    house.send_news(limit=0)  # each row is known by its 照合 now
    set_cell(house, 4, "氏名", "鈴木 一郎")
    set_cell(house, 4, "メールアドレス", "suzuki@example.com")

    assert house.due() == {}


def test_who_is_only_sent_news_is_known_again_too(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    house.send_news()

    assert house.cells("照合") != [None]
    saved = house.cells("照合")
    house.send_news()
    assert house.cells("照合") == saved
