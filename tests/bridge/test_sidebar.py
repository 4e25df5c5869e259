"""A whole day of HR in the sidebar of a spreadsheet: real files, service and browser, and an emulator of Google."""

import json

import pytest

from tests.bridge.conftest import NAMES, Sidebar
from tests.page.conftest import standing  # noqa: F401 - the same stand-in for the service
from tests.page.test_accessibility import PLACES, axe_finds
from tests.page.test_safety import LETTER, elsewhere, pause  # noqa: F401 - the same letter
from tests.service.cloud_service import HANAKO, TAB
from tests.workbooks.people import recruiter_sorts_the_sheet

PHASE = "document.querySelector('#phase-title')?.innerText"
POSITION = "document.querySelector('.position').innerText"
NUMBER = len(NAMES)


@pytest.fixture
def beside(opened, visitor, stage):
    """Choose an entry of the menu; the sidebar that it opens."""

    def choose(entry="showPlan", **screen):
        opened()
        stage.runs(entry)
        return Sidebar(visitor, stage, **screen)

    return choose


def sent(mail):
    return sorted(recipient for recipient, _ in mail.letters)


def test_a_whole_day_from_the_plan_to_the_credits(beside, visitor, stage, store, mail):
    beside()
    # The plan, and every letter.
    visitor.sees(f"{NUMBER} 通を送れます")
    visitor.press_button("文面を確かめる")
    for place in range(1, NUMBER + 1):
        visitor.until(f"{POSITION} === '{place} / {NUMBER}' && !document.querySelector('.paper[aria-busy]')")
        assert "佐藤" in visitor.evaluate("document.querySelector('iframe.letter').srcdoc")
        visitor.press("ArrowRight")
    visitor.sees(f"確かめた文面 {NUMBER} / {NUMBER}")

    # A test letter, to oneself.
    visitor.goes_to("send")
    visitor.sees("すべての文面を確かめました")
    visitor.types("#test-to", HANAKO)
    visitor.press_button("試し送り")
    visitor.until("document.querySelector('.card [role=status]').innerText.includes('通')")
    assert set(sent(mail)) == {HANAKO}
    mail.letters.clear()

    # Sending with the typed number, a stop on the way, and on.
    mail.switches.delays["DOT"] = 2
    visitor.types("#expect", str(NUMBER))
    visitor.press_button(f"{NUMBER} 通を送る")
    visitor.press_button(f"{NUMBER} 通を送る")
    visitor.until("document.querySelector('progress')?.value > 0")
    visitor.press_button("止める")
    visitor.until(f"{PHASE} === '止まっています'")
    so_far = len(mail.letters)
    assert 0 < so_far < NUMBER
    mail.switches.delays.clear()
    visitor.press_button(f"残り {NUMBER - so_far} 通を続ける")
    visitor.until(f"{PHASE} === '{NUMBER} 通を送りました'")
    assert sent(mail) == [f"due{n}@example.com" for n in range(NUMBER)]

    # The result, the credits, a plan with nothing left to send, and who did it in the log.
    visitor.press_button("結果を見る")
    visitor.until(f"document.querySelector('.number strong').innerText === '{NUMBER}'")
    visitor.goes_to("credits")
    visitor.until("document.querySelector('.gauge')")
    visitor.goes_to("plan")
    visitor.sees("いま送る通知はありません")
    assert any(HANAKO in str(cell) for row in store.look()["送信記録"] for cell in row)
    assert (visitor.page.complaints, stage.state["failures"]) == ([], [])


def test_a_letter_in_doubt_is_settled_in_the_sidebar_and_never_sent_again_by_itself(beside, visitor, mail):
    beside()
    visitor.sees(f"{NUMBER} 通を送れます")
    for _ in range(NUMBER - 1):
        visitor.press_button("外す")
    mail.switches.hang_up.add("DOT")
    visitor.goes_to("send")
    visitor.types("#expect", "1")
    visitor.press_button("1 通を送る")
    visitor.press_button("1 通を送る")
    visitor.sees("届いたかどうか分からない通知が 1 通あります")
    mail.switches.hang_up.clear()

    visitor.goes_to("settle")
    visitor.click("main form input[type=checkbox]")
    visitor.click("input[value=sent]")
    visitor.press_button("記録する")

    visitor.sees("届いたか分からない通知はありません。")
    assert len(sent(mail)) == 1


def test_an_answer_that_was_cut_off_in_the_middle_sends_nothing_twice_and_can_go_on(beside, visitor, stage, mail):
    beside("showSend")
    visitor.types("#expect", str(NUMBER))
    mail.switches.delays["DOT"] = 2
    visitor.press_button(f"{NUMBER} 通を送る")
    visitor.press_button(f"{NUMBER} 通を送る")
    visitor.until("document.querySelector('progress')?.value > 0")

    stage.sets(patience=500)
    visitor.sees("答えが時間内に届きませんでした。")
    visitor.until(f"{PHASE} === '止まっています'")
    stage.sets(patience=60000)
    mail.switches.delays.clear()
    # Not by the mouse: the plan is being read, too, and what that ends in moves everything below it at any moment.
    visitor.evaluate("document.querySelector('.final .primary').click()")

    visitor.until(f"{PHASE}?.endsWith('通を送りました')")
    assert sent(mail) == [f"due{n}@example.com" for n in range(NUMBER)]


@pytest.mark.parametrize(
    ("entry", "heading"),
    [
        ("showPlan", "6 通を送れます"),
        ("showSend", "送信"),
        ("showFollowUp", "フォローを始める"),
        ("showCredits", "クレジット"),
        ("showAnalysis", "分析"),
        ("showCheck", "点検"),
    ],
)
def test_an_entry_of_the_menu_leads_to_its_place(beside, visitor, entry, heading):
    beside(entry)

    visitor.until(f"document.querySelector('main h1').innerText.startsWith({json.dumps(heading)})")


def test_the_row_of_a_letter_is_selected_in_the_sheet_by_a_button(beside, visitor, stage):
    beside()
    visitor.sees(f"{NUMBER} 通を送れます")

    visitor.press_button("行 3")

    stage.until(lambda state: state["selected"])
    assert stage.state["selected"]["row"] == 3
    assert not visitor.evaluate("document.querySelector('main a[target=_blank]')")


def test_what_was_chosen_goes_along_into_the_wide_window_and_back(beside, visitor, stage):
    sidebar = beside()
    visitor.sees(f"{NUMBER} 通を送れます")
    visitor.press_button("外す")
    visitor.sees(f"{NUMBER - 1} 通を送れます")
    visitor.goes_to("letters")

    visitor.press_button("広い画面で読む")
    visitor.until("document.documentElement.dataset.closed === 'yes'")
    assert stage.state["shown"][-1]["kind"] == "dialog"
    sidebar.reopens(width=1080)
    visitor.until("document.querySelector('iframe.letter')")
    visitor.sees(f"確かめた文面 1 / {NUMBER}")
    visitor.click(".step:last-child")
    visitor.sees(f"確かめた文面 2 / {NUMBER}")
    visitor.press_button("サイドバーに戻る")
    visitor.until("document.documentElement.dataset.closed === 'yes'")
    sidebar.reopens()

    visitor.sees(f"確かめた文面 2 / {NUMBER}")
    visitor.goes_to("send")
    visitor.sees(f"候補者 {NUMBER - 1} 名に送る")


def test_the_sidebar_speaks_the_language_of_the_account(beside, visitor, stage):
    stage.sets(locale="en")

    beside()

    visitor.sees(f"{NUMBER} letters can go")


def test_no_place_of_the_sidebar_is_wider_than_it_and_axe_finds_nothing(beside, visitor):
    beside()

    found = {}
    for place in PLACES:
        visitor.goes_to(place)
        visitor.settles()
        wider = visitor.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[place] = (wider, axe_finds(visitor))

    assert found == {place: (False, []) for place in PLACES}


def test_a_sheet_that_was_sorted_before_the_approval_is_read_again_and_nothing_leaves(beside, visitor, store, mail):
    beside("showSend")
    visitor.types("#expect", str(NUMBER))
    recruiter_sorts_the_sheet(store, TAB, 1)

    visitor.press_button(f"{NUMBER} 通を送る")
    visitor.press_button(f"{NUMBER} 通を送る")

    visitor.sees("計画を読み直しました")
    assert sent(mail) == []


def test_a_letter_in_the_sidebar_fetches_nothing_though_google_sends_no_policy(visitor, stage, standing, elsewhere):  # noqa: F811
    stand_in = standing(letters=2)
    letters = stand_in.letters
    html = LETTER.format(elsewhere.url)
    stand_in.said["POST /api/letters"] = lambda asked: {
        "letters": [one | {"html": html} for one in letters(asked)["letters"]]
    }
    stage.sets(token="x.e30.y")
    stage.reaches(stand_in.url.rstrip("/"))
    stage.runs("openPage", "letters", False, "")

    Sidebar(visitor, stage, awaits="iframe.letter")
    pause(visitor)

    assert elsewhere.asked == []
