"""Sending from the page: the number, the progress, the stop, and what a reload or a lost answer leaves.

Longer than a module should be because it is one view, told from the first click to the last.
"""

import pytest

PHASE = "document.querySelector('#phase-title')?.innerText"


@pytest.fixture
def ready(visitor, standing):
    def open_send(letters=24, expect=None, **changes):
        stand_in = standing(letters)
        stand_in.plan["guard"] = {"expect": expect, "text": "ふだんより多い通数です。" if expect else None}
        for name, value in changes.items():
            setattr(stand_in, name, value)
        visitor.visit(f"{stand_in.url}#send")
        visitor.sees(f"候補者 {letters} 名に送る")
        return stand_in

    return open_send


def send(visitor, letters):
    visitor.press_button(f"{letters} 通を送る")
    visitor.sees(f"{letters} 通を送りますか")
    visitor.press_button(f"{letters} 通を送る")


def test_letters_go_in_several_requests_until_none_is_left_and_the_number_is_told(visitor, ready):
    stand_in = ready()

    send(visitor, 24)

    visitor.until(f"{PHASE} === '24 通を送りました'")
    assert len(stand_in.asked_for("POST /api/send")) == 3
    assert {asked["approval"] for asked in stand_in.asked_for("POST /api/send")} == {"signed"}


def test_nothing_leaves_before_the_last_question_is_answered(visitor, ready):
    stand_in = ready()

    visitor.press_button("24 通を送る")
    visitor.press_button("やめる")

    visitor.until("!document.querySelector('dialog')")
    assert stand_in.asked_for("POST /api/approvals") == []


def test_whoever_was_taken_out_is_not_approved(visitor, ready):
    stand_in = ready()
    visitor.goes_to("plan")
    visitor.click("[data-id='C-00007'] button")
    visitor.goes_to("send")
    visitor.sees("1 通は外しました")

    send(visitor, 23)

    visitor.until(f"{PHASE} === '23 通を送りました'")
    assert stand_in.asked_for("POST /api/approvals")[0]["without"] == ["C-00007"]


def test_where_the_guard_asks_only_the_exact_number_opens_the_way_in_any_width_of_digits(visitor, ready):
    stand_in = ready(letters=60, expect=60)
    button = "document.querySelector('.final .primary').disabled"

    closed = []
    for typed in ("", "6", "61", "0x3c", "６０"):
        visitor.types("#expect", typed)
        closed.append(visitor.evaluate(button))
    send(visitor, 60)

    visitor.until(f"{PHASE} === '60 通を送りました'")
    assert closed == [True, True, True, True, False]
    assert stand_in.asked_for("POST /api/approvals")[0]["expect"] == 60


def test_the_number_to_type_is_that_of_the_letters_that_are_left_in(visitor, ready):
    stand_in = ready(letters=24, expect=24)
    visitor.goes_to("plan")
    visitor.click("[data-id='C-00007'] button")
    visitor.goes_to("send")

    visitor.sees("いま送る 23 通の数を入力してください")
    visitor.types("#expect", "24")
    visitor.sees("入力した「24」は、いま送る 23 通と合いません。")
    visitor.types("#expect", "23")
    visitor.until("!document.body.innerText.includes('合いません')")
    send(visitor, 23)

    visitor.until(f"{PHASE} === '23 通を送りました'")
    assert stand_in.asked_for("POST /api/approvals")[0]["expect"] == 23


def test_a_number_that_the_service_refuses_is_told_and_nothing_leaves(visitor, ready):
    stand_in = ready()
    stand_in.refuse("POST /api/approvals", "blast_radius", "通数を確かめてください。", 422)

    send(visitor, 24)

    visitor.sees("通数を確かめてください。")
    assert stand_in.asked_for("POST /api/send") == []


def test_a_plan_that_changed_before_the_approval_is_read_again_and_nothing_leaves(visitor, ready):
    stand_in = ready()
    stand_in.refuse("POST /api/approvals", "plan_changed", "計画が変わりました。")
    stand_in.plan["plan"] = "plan-2"

    send(visitor, 24)

    visitor.sees("計画を読み直しました")
    assert stand_in.asked_for("POST /api/send") == []


def test_a_stop_lets_the_request_end_and_what_is_left_can_go_on(visitor, ready):
    stand_in = ready(pause=0.3, batch=5)
    send(visitor, 24)
    visitor.until("document.querySelector('progress')?.value >= 5")

    visitor.press_button("止める")
    visitor.until(f"{PHASE} === '止まっています'")
    asked = len(stand_in.asked_for("POST /api/send"))
    left = len(stand_in.waiting)
    stand_in.pause = 0
    visitor.press_button(f"残り {left} 通を続ける")

    visitor.until(f"{PHASE} === '24 通を送りました'")
    assert 0 < left < 24
    assert asked < 5


def test_while_letters_leave_the_page_says_how_far_it_is_and_how_long_it_will_take(visitor, ready):
    ready(pause=0.5, batch=5)

    send(visitor, 24)

    visitor.until("document.querySelector('.progress')?.innerText.match(/(5|10|15|20) . 24 通 ・ 残り .*ほど/)")


def test_the_progress_is_seen_from_every_place(visitor, ready):
    ready(pause=0.5, batch=5)
    send(visitor, 24)
    visitor.until(f"{PHASE} === '送っています'")

    visitor.goes_to("credits")

    visitor.until("document.querySelector('.notices progress')")


def test_a_reload_in_the_middle_is_asked_about_loses_nothing_and_sends_nothing_until_a_person_goes_on(visitor, ready):
    stand_in = ready(pause=0.3, batch=5)
    send(visitor, 24)
    visitor.until("document.querySelector('progress')?.value >= 5")

    visitor.reload(is_asked=True)
    visitor.until(f"{PHASE} === '止まっています'")
    before = len(stand_in.asked_for("POST /api/send"))
    stand_in.pause = 0
    visitor.click(".final .primary")

    visitor.until("document.querySelector('#phase-title').innerText.endsWith('通を送りました')")
    assert len(stand_in.asked_for("POST /api/send")) > before
    assert len(stand_in.asked_for("POST /api/approvals")) == 1
    assert stand_in.waiting == []


def test_what_has_not_left_can_be_taken_back(visitor, ready):
    stand_in = ready(pause=0.3, batch=5)
    send(visitor, 24)
    visitor.until("document.querySelector('progress')?.value >= 5")
    visitor.press_button("止める")
    visitor.until(f"{PHASE} === '止まっています'")
    left = len(stand_in.waiting)

    visitor.press_button(f"残り {left} 通を取り消す")

    visitor.sees(f"{left} 通を取り消しました。")
    assert stand_in.asked_for("POST /api/undo") == [{"approval": "signed"}]


def test_a_workbook_that_is_busy_for_a_moment_is_asked_again(visitor, ready):
    stand_in = ready()
    answers = iter([(423, {"error": {"name": "workbook_busy", "text": "使用中です。"}})])
    stand_in.said["POST /api/send"] = lambda asked: next(answers, None) or stand_in.send(asked)

    send(visitor, 24)

    visitor.until(f"{PHASE} === '24 通を送りました'")


def test_trouble_of_the_carrier_stops_and_says_why_and_can_go_on(visitor, ready):
    stand_in = ready()
    answers = iter(
        [
            {
                "run_id": "r",
                "sent": [],
                "left": 24,
                "done": False,
                "error": {"name": "carrier", "text": "メールサーバーにつながりません。"},
                "not_shown": None,
                "uncertain": 0,
            }
        ]
    )
    stand_in.said["POST /api/send"] = lambda asked: next(answers, None) or stand_in.send(asked)
    send(visitor, 24)
    visitor.sees("メールサーバーにつながりません。")

    visitor.press_button("残り 24 通を続ける")

    visitor.until(f"{PHASE} === '24 通を送りました'")


def test_a_sending_that_does_not_move_stops_by_itself(visitor, ready):
    stand_in = ready()
    stand_in.said["POST /api/send"] = {
        "run_id": "r",
        "sent": [],
        "left": 24,
        "done": False,
        "error": None,
        "not_shown": None,
        "uncertain": 0,
    }

    send(visitor, 24)

    visitor.sees("しばらく進まないので止めました。")
    assert len(stand_in.asked_for("POST /api/send")) == 3


def test_a_service_that_ends_while_letters_leave_is_told_and_what_is_left_waits(visitor, ready):
    stand_in = ready(pause=0.3, batch=5)
    send(visitor, 24)
    visitor.until("document.querySelector('progress')?.value >= 5")

    stand_in.is_gone = True

    visitor.sees("relay open が終わっているようです。")
    visitor.until(f"{PHASE} === '止まっています'")


def test_a_test_letter_of_each_kind_goes_to_the_address_that_was_typed(visitor, ready):
    stand_in = ready()

    visitor.types("#test-to", "me@minato.example")
    visitor.press_button("試し送り")

    visitor.sees("3 通を送りました。")
    (asked,) = stand_in.asked_for("POST /api/test")
    assert asked["to"] == "me@minato.example"
    assert asked["ids"] == ["C-00001", "C-00002", "C-00003"]


def test_of_more_than_five_kinds_a_test_letter_of_each_goes_all_the_same(visitor, ready):
    stand_in = ready()
    for number, letter in enumerate(stand_in.plan["letters"]):
        letter["template"] = f"kind{number % 12}"
    visitor.reload()
    visitor.sees("候補者 24 名に送る")

    visitor.types("#test-to", "me@minato.example")
    visitor.press_button("試し送り")

    visitor.sees("試し送り 12 通のうち 12 通を送りました。")
    asked = [one["ids"] for one in stand_in.asked_for("POST /api/test")]
    assert [len(ids) for ids in asked] == [5, 5, 2]
    assert len({one for ids in asked for one in ids}) == 12


def test_where_it_is_known_who_asks_test_letters_go_to_their_own_address_and_no_other(visitor, ready):
    stand_in = ready()
    stand_in.said["GET /api/session"] |= {"mode": "cloud", "actor": "hanako@minato.example"}
    visitor.reload()
    visitor.sees("候補者 24 名に送る")

    visitor.types("#test-to", "taro@minato.example")
    visitor.press_button("試し送り")

    visitor.sees("3 通を送りました。")
    assert stand_in.asked_for("POST /api/test")[0]["to"] == "hanako@minato.example"


def test_what_became_of_each_letter_is_told_with_its_row_and_trouble_stands_first(visitor, ready):
    stand_in = ready(letters=3)
    lines = [
        {
            "id": "C-00001",
            "row": 5,
            "name": "佐藤 陽菜",
            "state": "sent",
            "reason": None,
            "text": "送りました。",
            "link": "https://docs.google.com/x",
        },
        {
            "id": "C-00002",
            "row": 6,
            "name": "鈴木 陽菜",
            "state": "uncertain",
            "reason": None,
            "text": "送れたかどうか分かりません。",
            "link": None,
        },
        {
            "id": "C-00003",
            "row": None,
            "name": "",
            "state": "left_out",
            "reason": "changed_during_run",
            "text": "この方の行が表からなくなりました。",
            "link": None,
        },
    ]
    stand_in.said["POST /api/send"] = {
        "run_id": "r",
        "sent": lines,
        "left": 0,
        "done": True,
        "error": None,
        "not_shown": None,
        "uncertain": 1,
    }
    send(visitor, 3)
    visitor.until(f"{PHASE} === '1 通を送りました'")

    visitor.press_button("結果を見る")

    visitor.sees("この方の行が表からなくなりました。")
    names = visitor.evaluate("[...document.querySelectorAll('main .list .name')].map(one => one.innerText)")
    assert names == ["鈴木 陽菜", "高橋 陽菜", "佐藤 陽菜"]
    assert visitor.evaluate("[...document.querySelectorAll('main .list a')].at(-1).href") == "https://docs.google.com/x"
    visitor.sees("届いたかどうか分からない通知が 1 通あります")


def test_a_second_person_is_asked_for_and_then_approves_exactly_what_was_proposed(visitor, ready):
    stand_in = ready()
    stand_in.said["GET /api/session"]["needs_second_approval"] = True
    stand_in.said["POST /api/approvals"] = {"approval": None, "letters": 24, "state": "proposed"}
    visitor.reload()
    visitor.sees("二人目の承認が要ります")
    ids = [letter["id"] for letter in stand_in.plan["letters"][:20]]
    visitor.press_button("24 通の承認を頼む")
    visitor.sees("24 通の承認を頼みますか")
    stand_in.plan["approval"] = {
        "state": "proposed",
        "by": "井上 (relay open, mac)",
        "at": "2026-11-24T10:05:00+09:00",
        "for_plan": "plan-1",
        "ids": ids,
    }
    visitor.press_button("24 通の承認を頼む")
    visitor.sees("井上 さんが 11月24日(火) 10:05 に承認を頼みました。")
    stand_in.said["POST /api/approvals"] = stand_in.approve

    visitor.press_button("承認して 20 通を送る")
    visitor.sees("20 通を承認して送りますか")
    visitor.press_button("承認して 20 通を送る")

    visitor.until(f"{PHASE} === '20 通を送りました'")
    assert stand_in.asked_for("POST /api/approvals")[-1]["without"] == ["C-00021", "C-00022", "C-00023", "C-00024"]
