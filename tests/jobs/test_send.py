import mailbox

import pytest

from sheets_automation.core.blast_radius import BlastRules
from sheets_automation.core.errors import BlastRadius, ExpectationMissed
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Reason
from tests.jobs.house import House, people, rejected, workbook_of


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "outbox", file=workbook_of(people(3)))


def reasons(report):
    return sorted(one.reason for one in report.skipped())


def test_a_dry_run_shows_every_letter_and_touches_nothing(house):
    before = repr(house.file)

    report = house.plan()

    assert [p.to_address for p in report.plan.letters] == [f"yamada{n}@example.com" for n in range(3)]
    assert repr(house.file) == before
    assert house.delivered() == []


def test_everybody_who_is_due_gets_one_letter_and_the_sheet_says_so(house):
    report = house.send()

    assert [outcome.state for outcome in report.outcomes] == [DeliveryState.SENT] * 3
    assert len(house.delivered()) == 3
    assert [house.cell(row, "通知状況") for row in (4, 5, 6)] == ["送信済み"] * 3
    assert house.cell(4, "候補者ID").startswith("C-")


def test_a_second_run_sends_nothing_and_says_why(house):
    house.send()

    report = house.send()

    assert len(house.delivered()) == 3
    assert reasons(report) == [Reason.ALREADY_SENT] * 3


def test_the_letter_goes_to_the_person_it_speaks_to(house):
    house.send()

    for message in mailbox.Maildir(house.folder):
        number = message["To"].split("yamada")[1][0]
        text = message.get_payload(0).get_payload(decode=True).decode()
        assert f"山田 {chr(0x4E00 + int(number))}郎様" in text


def test_a_status_column_that_somebody_overwrote_cannot_cause_a_second_letter(house):
    house.send()
    for row in (4, 5, 6):
        sheet = house.file.sheets["候補者"]
        sheet.rows[row] = {c: v for c, v in sheet.rows[row].items() if v != "送信済み"}

    house.send()

    assert len(house.delivered()) == 3
    assert house.cell(5, "通知状況") == "送信済み"


def test_one_broken_row_never_stops_the_others(house):
    house.file = workbook_of([*people(2), rejected("", "nobody@example.com"), rejected("佐藤 花子", "hanako＠")])

    report = house.send()

    assert len(house.delivered()) == 2
    assert reasons(report) == [Reason.ADDRESS_INVALID, Reason.NAME_MISSING]


def test_an_unusual_number_sends_nothing_until_it_is_named(house):
    house.rules = rules_with(house, max_letters=2)

    refused = house.send()
    wrong = house.send(expect=2)
    named = house.send(expect=3)

    assert isinstance(refused.error, BlastRadius)
    assert isinstance(wrong.error, ExpectationMissed)
    assert named.error is None
    assert len(house.delivered()) == 3


def rules_with(house, **blast):
    from dataclasses import replace

    return replace(house.rules, blast=BlastRules(**blast))


def test_only_the_chosen_are_sent_and_the_others_are_named(house):
    ids = [p.candidate.id for p in house.plan().plan.letters]

    report = house.send(only=[ids[1]])

    assert [outcome.planned.candidate.id for outcome in report.outcomes] == [ids[1]]
    assert reasons(report) == [Reason.NOT_CHOSEN] * 2


def test_a_limit_leaves_the_rest_for_the_next_run(house):
    first = house.send(limit=2)
    second = house.send()

    assert reasons(first) == [Reason.OVER_LIMIT]
    assert len(first.outcomes) == 2
    assert len(second.outcomes) == 1
    assert len(house.delivered()) == 3


def test_the_mailboxes_budget_is_counted_over_a_rolling_day(house):
    from dataclasses import replace

    house.rules = replace(house.rules, daily_limit=2)

    first, same_day = house.send(), house.later(hours=1).send()
    next_day = house.later(hours=24, minutes=1).send()

    assert reasons(first) == [Reason.BUDGET_SPENT]
    assert same_day.outcomes == ()
    assert len(next_day.outcomes) == 1


def test_one_letter_per_person_though_two_rows_are_due(house):
    house.file = workbook_of(
        [
            rejected("髙橋 一", "hajime@example.com", 応募職種="営業職"),
            rejected("高橋 一", "HAJIME@example.com", 応募職種="経理"),
        ]
    )

    report = house.send()

    assert len(house.delivered()) == 1
    assert reasons(report) == [Reason.PERSON_TOLD_BY_OTHER_ROW]
    assert reasons(house.send()) == [Reason.ALREADY_SENT, Reason.PERSON_ALREADY_TOLD]


def test_the_review_tab_lists_who_was_left_out_and_what_to_do(house):
    house.file = workbook_of([*people(1), rejected("", "nobody@example.com")])

    house.send()

    texts = [str(v) for row in house.file.sheets["要確認"].rows.values() for v in row.values()]
    assert "氏名が空です。" in texts
    assert "氏名を入れてください。" in texts
    assert "山田 一郎" not in texts  # who has the letter needs no review
