"""The credits of a workbook: shown from its facts, used and corrected by a person's word."""

from __future__ import annotations

import pytest

from sheets_automation.core.credits import EntryKind
from sheets_automation.core.errors import CreditsMissing
from sheets_automation.core.referral_rows import HEADINGS
from sheets_automation.core.registrations import Registration
from sheets_automation.jobs.credits import Use, adjustment, record_credits, redemption, show_credits
from sheets_automation.jobs.register import register
from tests.core.credit_facts import PARTNER, code
from tests.jobs.sent_letters import run, workbook_that_sent


@pytest.fixture
def workbook():
    """Twelve letters have left, and eleven of the people have registered: one credit and one towards the next."""
    workbook = workbook_that_sent(12)
    reports = [Registration(text=code(number)) for number in range(11)]
    register(workbook, reports, run(), partner=PARTNER.id, source="cli")
    return workbook


def test_the_tab_shows_what_the_facts_say(workbook):
    summary = show_credits(workbook, [PARTNER], run(2))

    shown = [list(row.cells.values())[:2] for row in workbook.read().tables["クレジット"].rows()]
    assert (summary.left, summary.progress) == (1, "1/10")
    assert ["使えるクレジット", 1] in shown
    assert ["次の1件まで", "1/10"] in shown


def test_a_code_that_no_letter_carried_is_a_problem_of_the_summary(workbook):
    workbook.append(
        {
            "紹介実績": [
                dict(
                    zip(
                        HEADINGS,
                        ("X", "2026-11-01T00:00:00+09:00", "登録", code(99), PARTNER.id, *[""] * 4),
                        strict=True,
                    )
                )
            ]
        }
    )

    summary = show_credits(workbook, [PARTNER], run(2))

    assert summary.progress == "1/10"
    assert [problem.place for problem in summary.problems] == ["X"]


def test_a_redemption_is_recorded_and_shown(workbook):
    pen = run(2)

    summary = record_credits(
        workbook, redemption(pen, Use(partner=PARTNER.id, amount=1, note="営業職")), [PARTNER], pen
    )

    assert (summary.redeemed, summary.left) == (1, 0)
    assert summary.ledgers[0].entries[-1].note == "営業職"


def test_more_than_is_left_cannot_be_redeemed_and_nothing_is_recorded(workbook):
    pen = run(2)

    with pytest.raises(CreditsMissing):
        record_credits(workbook, redemption(pen, Use(partner=PARTNER.id, amount=2)), [PARTNER], pen)

    assert show_credits(workbook, [PARTNER], run(3)).redeemed == 0


def test_an_adjustment_adds_and_takes_away(workbook):
    pen = run(2)

    record_credits(workbook, adjustment(pen, partner=PARTNER.id, amount=2, note="移行前の分"), [PARTNER], pen)
    summary = record_credits(workbook, adjustment(pen, partner=PARTNER.id, amount=-1, note="訂正"), [PARTNER], pen)

    assert summary.left == 2
    assert summary.ledgers[0].total(EntryKind.ADJUSTED) == 1


@pytest.mark.parametrize("amount", [0, -1, 101])
def test_an_amount_that_nobody_can_mean_is_refused(workbook, amount):
    with pytest.raises(ValueError, match="amount"):
        record_credits(workbook, redemption(run(2), Use(partner=PARTNER.id, amount=amount)), [PARTNER], run(2))
