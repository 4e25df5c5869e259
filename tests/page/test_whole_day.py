"""A whole day of HR at the real service, in a real browser, with a workbook and a mail server that are real too."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.carriers.mail_server import MailServer
from tests.commands.conftest import CONFIG, book, demo_bytes, relay  # noqa: F401 - the same workbook and command
from tests.service.service_house import recruiter_writes, running_service

PHASE = "document.querySelector('#phase-title')?.innerText"
POSITION = "document.querySelector('.position').innerText"


@pytest.fixture
def mail():
    with MailServer().running() as server:
        yield server


@pytest.fixture
def careful(tmp_path):
    """A configuration under which more than five letters need a typed number."""
    path = tmp_path / "careful.toml"
    text = Path(CONFIG).read_text()
    assert "max_letters_per_run = 50" in text
    path.write_text(text.replace("max_letters_per_run = 50", "max_letters_per_run = 5"))
    return str(path)


@pytest.fixture
def opened(visitor):
    """Open a workbook in the service, and the page in a browser that was let in."""
    with ExitStack() as stack:

        def start(workbook, mail, config=CONFIG, **screen):
            carrier = f"smtp://127.0.0.1:{mail.port}"
            service = stack.enter_context(running_service(workbook, carrier=carrier, config=config))
            cookie = {"name": service.gate._cookie, "value": service.gate._session, "url": service.root}
            visitor.visit("about:blank", awaits="body")
            visitor.page.call("Network.setCookie", **cookie, httpOnly=True, sameSite="Strict")
            visitor.visit(f"{service.root}/", **screen)
            return service

        yield start


def letters_of(service):
    return service.get("plan")["letters"]


# In the width of a sidebar the same day is played in tests/bridge.
def test_a_whole_day_from_the_plan_to_the_credits(visitor, opened, book, mail, careful):  # noqa: F811
    service = opened(book, mail, careful)
    letters = letters_of(service)
    number = len(letters)
    # The plan at a glance, and every letter.
    visitor.sees(f"{number} 通を送れます")
    visitor.press_button("文面を確かめる")
    for place in range(1, number + 1):
        visitor.until(f"{POSITION} === '{place} / {number}' && !document.querySelector('.paper[aria-busy]')")
        assert f"{letters[place - 1]['name']}" in visitor.evaluate("document.querySelector('iframe.letter').srcdoc")
        visitor.press("ArrowRight")
    visitor.sees(f"確かめた文面 {number} / {number}")

    # A test letter of each kind, to oneself.
    visitor.goes_to("send")
    visitor.sees("すべての文面を確かめました")
    visitor.types("#test-to", "me@minato.example")
    visitor.press_button("試し送り")
    visitor.until("document.querySelector('.card [role=status]').innerText.includes('通')")
    assert {recipient for recipient, _ in mail.letters} == {"me@minato.example"}
    mail.letters.clear()

    # Sending with the typed number, a stop on the way, and on.
    mail.switches.delays["DOT"] = 0.8
    visitor.types("#expect", str(number))
    visitor.press_button(f"{number} 通を送る")
    visitor.press_button(f"{number} 通を送る")
    visitor.until("document.querySelector('progress')?.value > 0")
    visitor.press_button("止める")
    visitor.until(f"{PHASE} === '止まっています'")
    sent_so_far = len(mail.letters)
    assert 0 < sent_so_far < number
    mail.switches.delays.clear()
    visitor.press_button(f"残り {number - sent_so_far} 通を続ける")
    visitor.until(f"{PHASE} === '{number} 通を送りました'")
    assert sorted(recipient for recipient, _ in mail.letters) == sorted(one["address"] for one in letters)

    # The result, and a plan with nothing left to send.
    visitor.press_button("結果を見る")
    visitor.until(f"document.querySelector('.number strong').innerText === '{number}'")
    visitor.goes_to("credits")
    visitor.until("document.querySelector('.gauge')")
    visitor.goes_to("plan")
    visitor.sees("いま送る通知はありません")
    assert visitor.page.complaints == []


def test_a_letter_whose_answer_was_lost_is_settled_on_the_page_and_never_sent_again_by_itself(
    visitor,
    opened,
    book,  # noqa: F811
    mail,
):
    service = opened(book, mail)
    letters = letters_of(service)
    visitor.goes_to("plan")
    for letter in letters[1:]:
        visitor.evaluate("0")
        visitor.until(f"document.querySelector('[data-id=\"{letter['id']}\"]') || scrollBy(0, 300)")
        visitor.click(f"[data-id='{letter['id']}'] button")
    mail.switches.hang_up.add("DOT")
    visitor.goes_to("send")
    visitor.press_button("1 通を送る")
    visitor.press_button("1 通を送る")
    visitor.sees("届いたかどうか分からない通知が 1 通あります")
    mail.switches.hang_up.clear()

    visitor.goes_to("settle")
    visitor.sees(letters[0]["address"])
    visitor.click(f"#doubt-{letters[0]['id']}")
    visitor.click("input[value=sent]")
    visitor.press_button("記録する")

    visitor.sees("届いたか分からない通知はありません。")
    assert letters[0]["id"] not in {one["id"] for one in letters_of(service)}
    assert [recipient for recipient, _ in mail.letters] == [letters[0]["address"]]


def test_a_used_address_shows_a_page_that_says_what_to_do(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    visitor.page.call("Network.clearBrowserCookies")

    visitor.visit(service.gate.address, awaits="main h1")

    assert "ターミナルで relay open をもう一度始めてください。" in visitor.text("main")


def test_letters_in_doubt_stay_in_doubt_when_the_sending_goes_on(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    number = len(letters_of(service))
    mail.switches.hang_up.add("DOT")
    visitor.goes_to("send")
    visitor.press_button(f"{number} 通を送る")
    visitor.press_button(f"{number} 通を送る")
    visitor.until(f"{PHASE} === '止まっています'")
    visitor.sees("届いたかどうか分からない通知が 3 通あります")
    mail.switches.hang_up.clear()

    visitor.press_button(f"残り {number - 3} 通を続ける")

    visitor.until(f"{PHASE} === '{number - 3} 通を送りました'")
    assert "送らなかった方" not in visitor.text("main")
    visitor.press_button("結果を見る")
    visitor.press_button("届いたかどうか分からない通知が 3 通あります")
    visitor.sees("3 通すべて")


def test_a_letter_that_failed_too_often_is_sent_again_without_a_terminal(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    letters = letters_of(service)
    others = [letter["id"] for letter in letters[1:]]
    mail.switches.answers["DOT"] = "451 4.3.0 try later"
    for _ in range(3):
        service.post("send", approval=service.approve(without=others))
    mail.switches.answers.clear()
    visitor.reload()

    visitor.press_button("「未確定」で決める")
    visitor.sees("3 回続けて送信に失敗しました")
    visitor.click(f"#stopped-{letters[0]['id']}")
    visitor.press_button("記録する")
    visitor.until("!document.body.innerText.includes('送り直すまで送らない通知')")

    assert letters[0]["id"] in {one["id"] for one in letters_of(service)}
    assert visitor.page.complaints == []


def test_a_row_that_changes_between_the_look_and_the_approval_is_read_again_and_nothing_leaves(
    visitor,
    opened,
    book,  # noqa: F811
    mail,
):
    service = opened(book, mail)
    letters = letters_of(service)
    visitor.goes_to("send")
    visitor.sees(f"候補者 {len(letters)} 名に送る")
    cell = letters[0]["cell"].split("!")[1]

    recruiter_writes(book, cell, "別の 名前")
    visitor.press_button(f"{len(letters)} 通を送る")
    visitor.press_button(f"{len(letters)} 通を送る")

    visitor.sees("計画を読み直しました")
    assert mail.letters == []


def test_a_reload_while_letters_leave_is_gone_on_with_and_nobody_gets_two(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    letters = letters_of(service)
    mail.switches.delays["DOT"] = 0.4
    visitor.goes_to("send")
    visitor.press_button(f"{len(letters)} 通を送る")
    visitor.press_button(f"{len(letters)} 通を送る")
    visitor.until("document.querySelector('progress')?.value > 0")

    visitor.reload(is_asked=True)
    visitor.until(f"{PHASE} === '止まっています'")
    mail.switches.delays.clear()
    visitor.click(".final .primary")

    visitor.until(f"{PHASE}.endsWith('通を送りました')")
    assert sorted(recipient for recipient, _ in mail.letters) == sorted(one["address"] for one in letters)
