"""Who is sent a follow-up: only who agreed, whom a campaign speaks to, and who is in nobody's selection."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_rows import read_events, to_row
from sheets_automation.core.model import LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.refusals import address_mark
from tests.core.builders import NOW
from tests.follow_up.house import NewsHouse, campaign, past
from tests.jobs.interruptions import set_cell

SATO = ("佐藤 花", "sato@example.com")
SUZUKI = ("鈴木 一郎", "suzuki@example.com")


def test_whoever_agreed_and_whom_a_campaign_speaks_to_is_due(tmp_path):
    assert NewsHouse.of(tmp_path, [past(*SATO)]).due() == {"佐藤 花": "半年後のご連絡"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"フォロー同意": ""}, "news_not_agreed"),
        ({"フォロー同意": "いいえ"}, "news_not_agreed"),
        ({"フォロー同意": "検討中"}, "news_not_agreed"),
        ({"連絡停止": "○"}, "opted_out"),
        ({"選考結果": "選考中"}, "in_selection"),
        ({"選考結果": "内定"}, "offered"),
        ({"選考結果": "採用"}, "hired"),
        ({"選考結果": "対象外"}, "not_considered"),
        ({"選考結果": "保留っぽい"}, "decision_unknown"),
        ({"タグ": "送信しない"}, "on_hold"),
        ({"氏名": ""}, "name_missing"),
        ({"メールアドレス": "佐藤さん"}, "address_invalid"),
        ({"応募媒体": "エージェント"}, "from_agency"),
        ({"選考結果日": "そのうち"}, "no_campaign"),
        ({"選考結果日": "2026/11/01"}, "no_campaign"),
    ],
)
def test_news_goes_to_nobody_to_whom_anything_is_wrong(tmp_path, cells, reason):
    house = NewsHouse.of(tmp_path, [past(*SATO, **cells), past(*SUZUKI)])

    assert list(house.reasons().values()) == [reason]
    assert list(house.due()) == ["鈴木 一郎"]


def test_a_withdrawal_is_a_result_too(tmp_path):
    assert NewsHouse.of(tmp_path, [past(*SATO, 選考結果="辞退")]).due()


def test_news_stops_when_the_person_applies_again_or_is_hired(tmp_path):
    for word in ("選考中", "採用"):
        again = past(*SATO, 選考結果=word, フォロー同意="", 応募職種="経理")

        assert NewsHouse.of(tmp_path, [past(*SATO), again]).due() == {}


def test_a_no_on_one_row_of_a_person_counts_for_all_of_them(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO), past(*SATO, フォロー同意="いいえ", 応募職種="経理")])

    assert house.due() == {}


def test_a_person_with_two_rows_gets_one_letter(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO), past(*SATO, 応募職種="経理", 選考結果日="2026/05/10")])

    report = house.send_news()

    assert [one.candidate.opening for one in report.plan.letters] == ["経理"]
    assert len(house.delivered()) == 1
    assert house.due() == {}


def test_nobody_gets_news_before_the_answer_that_they_wait_for(tmp_path):
    soon = {"値1": "30"}
    house = NewsHouse.of(tmp_path, [past(*SATO, 選考結果日="2026/08/10")], campaign(**soon))

    assert house.reasons() == {"佐藤 花": "result_not_told"}

    house.send()  # the answer

    assert house.due() == {"佐藤 花": "半年後のご連絡"}


def test_a_campaign_that_comes_too_soon_after_the_result_waits(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 選考結果日="2026/10/20")], campaign(値1="7"))

    assert house.reasons() == {"佐藤 花": "result_too_recent"}


def test_the_same_letter_goes_once_and_another_one_only_after_a_rest(tmp_path):
    news = campaign("会社だより", "会社だより", くり返し="90日")
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(), news)
    sent = []

    for days in range(0, 400, 10):
        house.now = NOW + timedelta(days=days)
        if report := house.send_news():
            sent += [(days, one.planned.candidate.occasion.campaign) for one in report.outcomes]

    assert [name for _, name in sent] == ["半年後のご連絡", "会社だより", "会社だより", "会社だより"]
    days = [day for day, _ in sent]
    assert days[1] >= 60  # days_between
    assert days[2] - days[1] >= 90  # くり返し
    assert days[3] >= 365  # most_per_year


def test_a_letter_counts_for_the_person_also_under_another_row_and_address(tmp_path):
    more = {"携帯メールアドレス": "hana@mobile.example"}
    house = NewsHouse.of(tmp_path, [past(*SATO, **more)], campaign(くり返し="1日"))
    house.send_news()
    house.file.sheets["候補者"].put(5, 0, "佐藤 花")
    for column, value in enumerate(past("佐藤 花", "hana@mobile.example").values()):
        heading = list(past(*SATO))[column]
        set_cell(house, 5, heading, value)

    house.now = NOW + timedelta(days=10)

    assert house.due() == {}
    assert set(house.reasons().values()) == {"follow_up_too_soon"}


def test_a_letter_that_may_have_left_waits_for_a_person_and_is_not_taken_for_told(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    claim, sent = read_events(house.workbook().read().tables["送信記録"])
    doubt = replace(sent, kind=EventKind.UNCERTAIN)
    del house.file.sheets["送信記録"]
    house.file.journal.clear()
    house.workbook().append({"送信記録": [to_row(claim), to_row(doubt)]})

    assert house.reasons() == {"佐藤 花": "letter_uncertain"}


def test_a_bounced_address_gets_no_news(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(くり返し="90日"))
    house.send_news()
    events = read_events(house.workbook().read().tables["送信記録"])
    claim = next(one for one in events if one.kind is EventKind.PREPARED)
    bounce = replace(claim, event_id="S-0001", run_id="S", kind=EventKind.BOUNCED, claim_id=claim.event_id)
    house.workbook().append({"送信記録": [to_row(bounce)]})
    house.now = NOW + timedelta(days=120)

    assert house.reasons() == {"佐藤 花": "address_bounced"}


def test_who_chose_line_is_not_written_to_by_mail(tmp_path):
    first = campaign(送信手段="LINE優先")
    house = NewsHouse.of(tmp_path, [past(*SATO), past(*SUZUKI)], first)
    house.workbook().append(linked(house, "佐藤 花"))

    assert house.due() == {"鈴木 一郎": "半年後のご連絡"}
    assert house.reasons() == {"佐藤 花": "goes_another_way"}

    house.by_line = True

    assert house.due() == {"佐藤 花": "半年後のご連絡"}
    assert house.reasons() == {"鈴木 一郎": "goes_another_way"}


def test_of_whoever_refuses_nobody_says_that_their_news_goes_another_way(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 連絡停止="○")], by_line=True)

    assert house.reasons() == {"佐藤 花": "opted_out"}


def test_a_campaign_by_line_reaches_nobody_who_has_linked_no_chat(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(送信手段="LINE"), by_line=True)

    assert house.reasons() == {"佐藤 花": "line_not_linked"}


def linked(house, name):
    from sheets_automation.core.line_links import LineFact, LinkState, to_row

    one = next(letter.candidate for letter in house.plan_news().plan.letters if letter.candidate.name == name)
    fact = LineFact(
        fact_id="L1",
        at=NOW,
        state=LinkState.LINKED,
        candidate_id=one.id,
        mark=address_mark(one.address.value),
        user_id="U" + "1" * 32,
    )
    return {"LINE連携記録": [to_row(fact)]}


def test_results_and_news_are_two_letters_of_two_kinds(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, 選考結果日="2026/07/10")], campaign(値1="120"))
    house.send()

    house.send_news()

    log = read_events(house.workbook().read().tables["送信記録"])
    assert [one.key.kind for one in log if one.kind is EventKind.SENT] == [LetterKind.REJECTION, LetterKind.FOLLOW_UP]
    assert house.plan().skipped()[0].reason is Reason.ALREADY_SENT
