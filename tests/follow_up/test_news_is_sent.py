"""How a follow-up leaves: by the protocol of the letters, on record with its reason, and once."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import BlastRadius
from sheets_automation.core.log_rows import read_events
from tests.core.builders import NOW
from tests.follow_up.house import FACTS, REFUSALS, NewsHouse, campaign, past, plan_sheet
from tests.jobs.interruptions import Interrupted, set_cell

SATO = ("佐藤 花", "sato@example.com")


def events(house):
    return read_events(house.workbook().read().tables["送信記録"])


def mails(house):
    new = house.folder / "new"
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(new.iterdir())]


def test_the_log_says_which_campaign_it_was_and_why(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    house.send_news()

    claim, sent = events(house)
    assert (claim.kind, sent.kind) == (EventKind.PREPARED, EventKind.SENT)
    assert claim.detail == "半年後のご連絡: 選考結果日が 227 日前(180 日以上前)である"
    assert claim.template == "check_in.ja"


def test_the_letter_shows_who_writes_where_they_are_and_how_to_refuse(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    house.send_news()

    text = mails(house)[0].get_body(("plain",)).get_content()
    for part in (FACTS.company, FACTS.postal_address, FACTS.contact, REFUSALS, "お断り"):
        assert part in text


@pytest.mark.parametrize("lacking", ["会社住所", "連絡先", "配信停止URL"])
def test_a_letter_that_lacks_a_part_of_the_footer_is_held_back(tmp_path, lacking):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(letter="手作り"))
    parts = {"会社住所", "連絡先", "配信停止URL"} - {lacking}
    footer = "\n\n".join(f"{{{{ {part} }}}}" for part in sorted(parts))
    body = "{{ 氏名 }}様\n\n{{ 会社名 }}です。お断りいただけます。\n\n" + footer
    house.desk = lambda _snapshot=None: with_letter(NewsHouse.desk(house), body)

    (one,) = house.plan_news().skipped()

    assert (one.reason, one.facts["detail"]) == ("footer_missing", lacking)


def with_letter(desk, body):
    from dataclasses import replace

    from sheets_automation.core.letter_syntax import Place
    from sheets_automation.core.letters import compile_letter

    made = compile_letter(
        name="手作り", language="ja", subject="近況", body=body, place=Place("文面!D2"), subject_place=Place("文面!C2")
    )
    book = replace(desk.compose.book, templates={**desk.compose.book.templates, made.id: made})
    return replace(desk, compose=replace(desk.compose, book=book))


def test_the_column_beside_the_row_says_what_was_sent_and_what_comes_next(tmp_path):
    waiting = past("鈴木 一郎", "suzuki@example.com", 選考結果日="2026/06/10")
    house = NewsHouse.of(tmp_path, [past(*SATO), waiting, past("高橋 実", "t@example.com", フォロー同意="")])

    house.send_news()

    assert house.cells("フォロー状況") == ["2026/11/24 半年後のご連絡(お送りしました)", None, None]
    house.now = NOW + timedelta(days=30)
    house.send_news()
    assert house.cells("フォロー状況")[1] == "2026/12/24 半年後のご連絡(お送りしました)"


def test_the_status_of_results_is_not_touched_by_news(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO), past("鈴木 一郎", "s@example.com", 選考結果日="2026/11/18")])
    house.send()
    before = house.cells("通知状況"), house.cells("通知メモ"), house.workbook().read().tables["要確認"]

    house.send_news()

    after = house.cells("通知状況"), house.cells("通知メモ"), house.workbook().read().tables["要確認"]
    assert before[:2] == after[:2]
    assert [row.cells for row in before[2].rows()] == [row.cells for row in after[2].rows()]


def test_two_runs_at_once_send_one_letter(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    inner = []
    carrier = Interrupted.of(house, before_commit=lambda: inner.append(house.send_news()))

    outer = house.send_news(carrier)

    assert len(house.delivered()) == 1
    assert sum(len([o for o in one.outcomes if o.state == "sent"]) for one in (outer, *inner)) == 1


def test_two_runs_that_write_to_two_rows_of_one_person_send_one_letter(tmp_path):
    both = [past(*SATO), past(*SATO, 応募職種="経理", 選考結果日="2026/05/10")]
    house = NewsHouse.of(tmp_path, both)

    def other_row_first():
        set_cell(house, 4, "選考結果日", "2026/05/20")  # now the other row is the one to write to
        house.send_news()

    carrier = Interrupted.of(house, before_prepare=other_row_first)

    house.send_news(carrier)

    assert len(house.delivered()) == 1


def test_somebody_who_refuses_while_the_run_goes_is_not_written_to(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    carrier = Interrupted.of(house, after_prepare=lambda: set_cell(house, 4, "連絡停止", "はい"))

    report = house.send_news(carrier)

    assert house.delivered() == []
    assert [one.reason for one in report.skipped()] == ["opted_out"]


def test_a_campaign_that_hr_switches_off_meanwhile_sends_nothing_in_the_next_batch(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    house.file.sheets["フォロー計画"] = plan_sheet([campaign(使用="×", くり返し="1日")])
    house.now = NOW + timedelta(days=90)

    assert house.reasons() == {"佐藤 花": "no_campaign"}


def test_everybody_at_once_needs_the_number(tmp_path):
    rows = [past(f"山田 {chr(0x4E00 + n)}郎", f"y{n}@example.com") for n in range(60)]
    house = NewsHouse.of(tmp_path, rows)

    refused = house.send_news()
    done = house.send_news(expect=60)

    assert isinstance(refused.error, BlastRadius)
    assert len(done.outcomes) == 60


def test_a_large_mailing_of_news_does_not_make_many_rejections_usual(tmp_path):
    rows = [past(f"山田 {chr(0x4E00 + n)}郎", f"y{n}@example.com") for n in range(40)]
    house = NewsHouse.of(tmp_path, rows)

    house.send_news(expect=40)

    assert house.plan().plan.scope.last_runs == []


def test_a_run_that_dies_before_it_sends_leaves_a_claim_that_the_next_run_of_news_resolves(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])

    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.send_news(Interrupted.of(house, before_commit=die))
    house.now = NOW + timedelta(hours=2)

    assert house.send().resolved == 0  # a run of results cannot know whether this one is still due
    assert house.send_news().resolved == 1
    assert len(house.delivered()) == 1
