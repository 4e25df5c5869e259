"""フォロー on the page: campaigns, letters with their reason, sending apart from results, history, consent."""

import pytest

from tests.page import follow_up_answers
from tests.page.follow_up_answers import CALL
from tests.page.test_accessibility import SCREENS, axe_finds
from tests.page.test_safety import BREAK_OUT, is_about_a_handler, poisoned

OF_ITS_OWN = ("plan", "history", "consents")
BY_NEWS = "?mailing=follow_up"


def goes_to_part(visitor, part):
    """Follow the link to a part of follow-ups."""
    visitor.click(f".follow-up-parts a[href='#follow_up/{part}']")
    visitor.until(f"document.querySelector('.follow-up-parts a[aria-current]')?.hash === '#follow_up/{part}'")


@pytest.fixture
def ready(standing, visitor):
    """A page that shows the plan of news."""
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#follow_up")
    visitor.sees("3 通を送れます")
    return stand_in


def test_the_plan_shows_campaigns_with_their_numbers_and_what_hr_has_to_put_right(visitor, ready):
    campaigns = visitor.text(".campaigns")

    assert "半年後のご連絡" in campaigns
    assert "いま 3 通" in campaigns
    assert "休止中" in campaigns
    assert "フォロー計画!D15" in visitor.text(".card")


def test_a_letter_says_why_this_person_gets_it(visitor, ready):
    visitor.press_button("文面を確かめる")

    visitor.until("document.querySelector('iframe.letter')")
    assert "半年後のご連絡 ・ 選考結果が「不採用」である" in visitor.text(".envelope")
    assert len(ready.asked_for(f"POST /api/letters{BY_NEWS}")) == 1


def test_news_is_agreed_to_and_sent_as_news_and_its_place_says_how_far_it_is(visitor, ready):
    visitor.press_button("送信へ進む")
    visitor.press_button("3 通を送る")
    visitor.press_button("3 通を送る")
    visitor.sees("3 通を送りました")

    assert ready.asked_for(f"POST /api/approvals{BY_NEWS}") == [{"plan": "news", "without": [], "expect": None}]
    assert ready.asked_for("POST /api/approvals") == []
    assert [one["approval"] for one in ready.asked_for(f"POST /api/send{BY_NEWS}")] == ["signed"]
    visitor.goes_to("send")
    visitor.sees("ほかの送信が途中です")


def test_the_part_that_goes_by_line_is_sent_by_its_own_plan_and_number(visitor, standing):
    stand_in, part = standing(), "?mailing=follow_up_line"
    session, plan = stand_in.said["GET /api/session"], follow_up_answers.plan(2) | {"plan": "by LINE"}
    session["has_line_part"] = True
    carrier = {"address": "line:", "name": "line", "is_set": True}
    stand_in.said |= {
        f"GET /api/session{part}": session | {"carrier": carrier},
        f"GET /api/plan{part}": plan,
        f"POST /api/approvals{part}": lambda asked: stand_in.approve(asked, plan),
    }
    visitor.visit(f"{stand_in.url}#follow_up")
    visitor.sees("3 通を送れます")

    visitor.click(".follow-up-parts a[href='#follow_up_line/plan']")
    visitor.sees("2 通を送れます")
    visitor.press_button("送信へ進む")
    visitor.press_button("2 通を送る")
    assert not visitor.evaluate("document.querySelectorAll('#test-to').length")  # a sample goes to an address
    visitor.press_button("2 通を送る")
    visitor.sees("2 通を送りました")

    assert "LINE で送る方" in visitor.text(".follow-up-parts")
    assert stand_in.asked_for(f"POST /api/approvals{part}") == [{"plan": "by LINE", "without": [], "expect": None}]
    assert len(stand_in.asked_for(f"POST /api/send{part}")) == 1


def test_a_reload_while_news_leaves_stands_still_and_goes_on_as_news(visitor, ready):
    ready.batch, ready.pause = 1, 0.3
    visitor.press_button("送信へ進む")
    visitor.press_button("3 通を送る")
    visitor.press_button("3 通を送る")
    visitor.until("document.querySelector('progress')?.value >= 1")

    visitor.reload(is_asked=True)
    visitor.until("document.querySelector('#phase-title')?.innerText === '止まっています'")
    visitor.click(".final .primary")

    visitor.until("document.querySelector('#phase-title').innerText.endsWith('通を送りました')")
    assert ready.waiting == []
    assert ready.asked_for("POST /api/send") == []


def test_what_was_taken_out_of_results_is_still_among_news_and_outlives_a_reload(visitor, ready):
    visitor.goes_to("plan")
    visitor.sees("24 通を送れます")
    visitor.evaluate("document.querySelector('[aria-label$=\"を外す\"]').click()")
    visitor.sees("23 通を送れます")

    visitor.goes_to("follow_up")
    visitor.sees("3 通を送れます")
    visitor.reload()
    visitor.sees("3 通を送れます")
    visitor.goes_to("plan")

    visitor.sees("23 通を送れます")


def test_what_was_kept_of_another_workbook_is_not_taken_over(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)
    visitor.sees("24 通を送れます")
    visitor.evaluate("document.querySelector('[aria-label$=\"を外す\"]').click()")
    visitor.goes_to("send")
    visitor.types("#test-to", "me@minato.example")
    visitor.press_button("試し送り")
    visitor.sees("を送りました")
    visitor.press_button("23 通を送る")
    visitor.press_button("23 通を送る")
    visitor.sees("23 通を送りました")
    stand_in.said["GET /api/session"]["workbook"]["address_shown"] = "別のブック.xlsx"

    visitor.reload()

    visitor.sees("24 通を送る")
    assert visitor.evaluate("document.querySelector('#test-to').value") == ""
    names = visitor.evaluate("Object.keys({ ...sessionStorage })")
    kept = {f"relay.{name} 採用管理表 2026.xlsx" for name in ("choices.results", "sending", "test_to")}
    assert kept <= set(names)


def test_a_name_leads_to_what_went_to_that_person_and_an_answer_can_be_passed(visitor, ready):
    visitor.evaluate("document.querySelector('#act .list a.name').click()")
    visitor.sees("大西 歩 さんへのフォロー")
    visitor.sees("に返信がありました")
    assert ready.queries("GET /api/follow-ups")[-1]["candidate"] == "C-09001"
    assert "理由: 選考結果が「不採用」である" in visitor.text("main .list")

    visitor.press_button("フォローを続ける")

    visitor.until("document.querySelector('[role=status].hidden').innerText.includes('続けます')")
    said = {"ids": ["C-09001"], "word": "reopen", "note": ""}
    assert ready.asked_for(f"POST /api/settle{BY_NEWS}") == [said]


def test_consent_is_recorded_for_the_people_that_were_chosen_with_its_source(visitor, ready):
    goes_to_part(visitor, "consents")
    visitor.sees("同意している方 2 名")
    assert "2026年4月9日に記録" in visitor.text("main")
    visitor.evaluate("document.querySelector('main details').open = true; 0")
    visitor.types("#consent-who", "大西")
    visitor.evaluate("document.querySelector('.found input').click()")
    visitor.evaluate("document.querySelector('[name=agrees][value=yes]').click()")
    visitor.types("#consent-source", "電話")
    visitor.evaluate("document.querySelector('#consent-on').value = '2026-10-03'")

    visitor.press_button("記録する")

    visitor.until("document.querySelector('[role=status].hidden').innerText.includes('1 名分')")
    assert ready.asked_for("POST /api/consents") == [
        {"ids": ["C-09001"], "agrees": True, "source": "電話", "wording": "", "on": "2026-10-03"}
    ]


def test_whoever_has_no_plan_is_told_how_to_begin_and_the_tab_is_made(visitor, standing):
    stand_in = standing()
    stand_in.said[CALL.format("GET /api/plan")] = follow_up_answers.nothing_planned()
    visitor.visit(f"{stand_in.url}#follow_up")
    visitor.sees("フォローを始める")
    stand_in.said[CALL.format("GET /api/plan")] = follow_up_answers.plan()

    visitor.press_button("計画のタブを作る")

    visitor.sees("使っているキャンペーン")
    assert stand_in.asked_for("POST /api/campaigns") == [{}]


@pytest.mark.parametrize(
    ("screen", "parts"),
    [(SCREENS[2], OF_ITS_OWN), (SCREENS[1], ("letters", *OF_ITS_OWN))],
    ids=["wide en dark", "narrow ja dark"],
)
def test_axe_finds_nothing_in_any_part_and_nothing_scrolls_sideways(visitor, standing, screen, parts):
    stand_in = standing()
    stand_in.said["GET /api/session"]["has_line_part"] = True
    visitor.visit(f"{stand_in.url}#follow_up", **screen)
    found = {}
    for part in parts:
        goes_to_part(visitor, part)
        visitor.settles()
        visitor.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true; 0")
        is_wider = visitor.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[part] = (is_wider, axe_finds(visitor))

    assert found == {part: (False, []) for part in parts}


def test_nothing_in_any_answer_about_news_becomes_more_than_text(visitor, standing):
    stand_in = standing(letters=2)
    for call, answer in stand_in.said.items():
        if isinstance(answer, dict) and ("follow_up" in call or "follow-ups" in call or "consents" in call):
            stand_in.said[call] = poisoned(answer, BREAK_OUT)
    visitor.visit(f"{stand_in.url}#follow_up")

    for part in ("plan", "history", "consents"):
        goes_to_part(visitor, part)
        visitor.settles()
        assert visitor.evaluate("document.querySelectorAll('main script, main img, [onerror]').length") == 0, part
        assert BREAK_OUT in visitor.evaluate("document.body.innerText"), part
    assert [one for one in visitor.page.complaints if not is_about_a_handler(one)] == []
