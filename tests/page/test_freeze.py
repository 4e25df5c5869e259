"""Everything is stopped from the page, every view says so, and going on needs a number or a reason."""

import pytest

from tests.page import answers
from tests.page.test_accessibility import SCREENS, axe_finds

STOPPED = "森本 さんがすべての送信を止めました"


@pytest.fixture
def frozen(standing):
    stand_in = standing()
    stand_in.plan.update(stops=answers.frozen()["stops"], held_up=26)
    return stand_in


def test_a_person_stops_everything_and_says_why(standing, visitor):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#send")
    visitor.sees("まだ見ていない文面")  # drawn last: a click while the page draws itself anew would be lost
    visitor.click("main a[href='#freeze']")
    visitor.types("#freeze-because", "別の方に届いた")
    stand_in.plan["stops"] = answers.frozen("別の方に届いた")["stops"]

    visitor.press_button("すべて止める")

    visitor.sees("待っている通知とフォローの数")
    assert stand_in.asked_for("POST /api/freeze") == [{"because": "別の方に届いた"}]


@pytest.mark.parametrize("place", ["plan", "letters", "send", "check"])
def test_every_view_says_that_sending_is_stopped_and_by_whom(visitor, frozen, place):
    visitor.visit(f"{frozen.url}#{place}")

    visitor.sees(STOPPED)
    assert STOPPED in visitor.text(".notices .frozen")


def test_nothing_can_be_sent_while_it_is_stopped(visitor, frozen):
    visitor.visit(f"{frozen.url}#send")

    visitor.sees(STOPPED)
    assert STOPPED in visitor.text(".hurdle")
    assert not visitor.evaluate("document.querySelectorAll('.final form').length")


def test_going_on_needs_a_number_or_a_reason(visitor, frozen):
    visitor.visit(f"{frozen.url}#freeze")
    visitor.sees(STOPPED)
    visitor.sees("通知とフォローを合わせて 26 通")
    assert visitor.evaluate("document.querySelector('.final .primary').disabled")
    visitor.types("#thaw-expect", "２４")
    frozen.plan["stops"] = []

    visitor.press_button("送信を再開")

    visitor.sees("このブックからの送信を、すべて止めます")
    assert frozen.asked_for("POST /api/thaw") == [{"expect": 24, "because": ""}]
    assert not visitor.evaluate("document.querySelectorAll('.notices .frozen').length")


def test_what_a_cell_stops_is_let_go_in_the_sheet(standing, visitor):
    stand_in = standing()
    stand_in.plan["stops"] = answers.frozen(source="setting")["stops"]

    visitor.visit(f"{stand_in.url}#freeze")

    visitor.sees("設定!B9")
    assert not visitor.evaluate("document.querySelectorAll('#thaw-expect').length")


@pytest.mark.parametrize("screen", SCREENS, ids=["wide ja", "narrow ja dark", "wide en dark", "narrow en"])
def test_axe_finds_nothing_before_and_after_and_nothing_scrolls_sideways(standing, visitor, frozen, screen):
    found = []
    for stand_in in (standing(), frozen):
        visitor.visit(f"{stand_in.url}#freeze", **screen)
        visitor.settles()
        found += axe_finds(visitor)
        assert not visitor.evaluate("document.documentElement.scrollWidth > innerWidth")

    assert found == []
