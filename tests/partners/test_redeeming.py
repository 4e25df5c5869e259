"""Using a credit: recorded with who, when and for which opening, and never twice, whoever is at it at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.core.credits import EntryKind, credit_number
from sheets_automation.core.errors import CreditsMissing
from sheets_automation.core.referral_rows import HEADINGS, read_referral_events, to_row
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration
from sheets_automation.jobs.credits import Use, record_credits, redemption, show_credits
from sheets_automation.jobs.register import register
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.core.credit_facts import PARTNER, code, redeemed
from tests.jobs.sent_letters import run, workbook_that_sent

USE = Use(partner=PARTNER.id, amount=1, opening="営業職", note="採用支援")


@pytest.fixture
def workbook():
    """Twenty letters, of which twenty led to registrations: two credits."""
    return earning(20)


def earning(registrations):
    workbook = workbook_that_sent(20)
    reports = [Registration(text=code(number)) for number in range(registrations)]
    register(workbook, reports, run(), partner=PARTNER.id, source="cli")
    return workbook


class Shared(MemoryWorkbook):
    """A spreadsheet that others work in as well: before or after our next append, they do what `meanwhile` does."""

    def __init__(self, workbook, before=None, after=None):
        super().__init__(workbook._file)
        self.before, self.after = before, after

    single_run = False

    def append(self, facts):
        before, self.before = self.before, None
        after, self.after = self.after, None
        if before:
            before()
        super().append(facts)
        if after:
            after()


def use(workbook, number, use=USE, **more):
    pen = run(number)
    return record_credits(
        workbook, redemption(pen, use, source="page", key=more.pop("key", "")), [PARTNER], pen, **more
    )


def kinds(workbook):
    events, problems = read_referral_events(workbook.read().tables["紹介実績"])
    assert problems == ()
    return [event.kind for event in events if event.kind is not ReferralKind.REGISTERED]


def test_a_use_is_recorded_with_who_when_and_for_which_opening(workbook):
    summary = use(workbook, 2)

    [entry] = summary.uses.values()
    assert (entry.opening, entry.actor, entry.note, entry.on.isoformat()) == ("営業職", "hr", "採用支援", "2026-11-24")
    assert entry.number == credit_number("R2-R0001")
    assert summary.left == 1


def test_the_number_of_a_use_is_short_opaque_and_the_same_for_ever():
    numbers = {credit_number(f"R{number}-R0001") for number in range(2000)}

    assert len(numbers) == 2000
    assert all(len(one) == 9 and one.startswith("CR-") for one in numbers)
    assert credit_number("R2-R0001") == "CR-832ZD7"


def test_the_same_use_sent_again_after_a_lost_answer_is_recorded_once(workbook):
    first = use(workbook, 2, key="0123456789abcdef")
    again = use(workbook, 3, key="0123456789abcdef")

    assert (first.left, again.left) == (1, 1)
    assert kinds(workbook) == [ReferralKind.REDEEMED]


def test_whoever_saw_another_number_than_is_left_has_to_look_again(workbook):
    use(workbook, 2, seen=2)

    with pytest.raises(CreditsMissing) as refused:
        use(workbook, 3, seen=2)

    assert "2 件から 1 件に変わりました" in refused.value.ja
    assert kinds(workbook) == [ReferralKind.REDEEMED]


def test_of_two_people_who_use_the_last_credit_at_once_the_first_in_the_tab_has_it():
    workbook = earning(10)

    def somebody_else():
        use(MemoryWorkbook(workbook._file), 2)

    with pytest.raises(CreditsMissing) as refused:
        use(Shared(workbook, before=somebody_else), 3)

    summary = show_credits(workbook, [PARTNER], run(4))
    assert "同じ時に" in refused.value.ja
    assert kinds(workbook) == [ReferralKind.REDEEMED, ReferralKind.REDEEMED, ReferralKind.CANCELLED]
    assert (summary.redeemed, summary.left, summary.problems) == (1, 0, ())
    assert list(summary.uses) == [credit_number("R2-R0001")]


def test_whoever_was_first_keeps_it_although_the_other_has_not_given_way_yet():
    workbook = earning(10)

    def somebody_else():
        workbook.append({"紹介実績": [to_row(redemption(run(2), USE))]})

    summary = use(Shared(workbook, after=somebody_else), 3)

    assert kinds(workbook) == [ReferralKind.REDEEMED, ReferralKind.REDEEMED]
    assert summary.redeemed == 1


@pytest.mark.parametrize("first", [2, 3])
def test_both_at_once_end_with_one_use_whichever_comes_first(first):
    workbook = earning(10)
    outcomes = []

    def other():
        try:
            use(Shared(workbook), 5 - first)
            outcomes.append("used")
        except CreditsMissing:
            outcomes.append("refused")

    try:
        use(Shared(workbook, after=other), first)
        outcomes.append("used")
    except CreditsMissing:
        outcomes.append("refused")

    assert sorted(outcomes) == ["refused", "used"]
    assert show_credits(workbook, [PARTNER], run(9)).redeemed == 1


def test_with_two_credits_left_both_have_one(workbook):
    def somebody_else():
        use(MemoryWorkbook(workbook._file), 2)

    summary = use(Shared(workbook, before=somebody_else), 3)

    assert (summary.redeemed, summary.left) == (2, 0)


def test_a_use_that_was_cancelled_never_was_and_its_word_earns_nothing(workbook):
    pen = run(2)
    event = redemption(pen, USE)
    workbook.append({"紹介実績": [to_row(event)]})
    cancelled = replace(event, event_id="R3-R0001", kind=ReferralKind.CANCELLED, amount=0, about=event.event_id)
    workbook.append({"紹介実績": [to_row(cancelled)]})

    summary = show_credits(workbook, [PARTNER], run(4))

    assert (summary.redeemed, summary.left, summary.problems) == (0, 2, ())


def test_a_tab_of_an_earlier_version_is_read_and_gets_the_new_columns_with_the_first_use():
    old = {heading: value for heading, value in to_row(redeemed(1, "2026-11-20")).items() if heading in HEADINGS}
    fresh = workbook_that_sent(20)
    fresh.append({"紹介実績": [old]})

    events, problems = read_referral_events(fresh.read().tables["紹介実績"])

    assert ([event.opening for event in events], problems) == ([""], ())
    fresh.append({"紹介実績": [to_row(redemption(run(2), USE))]})
    assert [event.opening for event in read_referral_events(fresh.read().tables["紹介実績"])[0]] == ["", "営業職"]


def test_the_command_says_the_number_and_the_forecast(relay, say, book):
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    codes = [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]
    relay("register", "book.xlsx", *codes[:12])

    printed = say("credits", "book.xlsx", "--redeem", "1", "--opening", "営業職", "--lang", "ja").out
    shown = relay("credits", "book.xlsx")

    [used] = shown["uses"]
    assert used["opening"] == "営業職"
    assert f"クレジット番号 {used['number']}" in printed
    assert "見込みはまだ出せません" in printed
    assert shown["partners"][0]["forecast"]["outlook"] == "too_little"
    assert shown["number"] is None


def test_the_ledger_adds_up_to_what_is_left(workbook):
    summary = use(workbook, 2)

    [ledger] = summary.ledgers
    assert sum(entry.amount for entry in ledger.entries) == summary.left == 1
    assert [entry.kind for entry in ledger.entries if entry.number] == [EntryKind.REDEEMED]
