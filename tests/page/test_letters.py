"""The letters on the page: every one as its candidate will see it, one after the other."""

import pytest

SUBJECT = "document.querySelector('.envelope h2')?.innerText"
POSITION = "document.querySelector('.position').innerText"
FRAME = "document.querySelector('iframe.letter')"


@pytest.fixture
def letters(visitor, standing):
    def open_letters(number=24, **screen):
        stand_in = standing(number)
        visitor.visit(f"{stand_in.url}#letters", **screen)
        visitor.until(FRAME)
        return stand_in

    return open_letters


def test_the_first_letter_stands_open_in_a_sandbox_with_whom_it_goes_to(visitor, letters):
    letters()

    assert visitor.evaluate(f"{FRAME}.getAttribute('sandbox')") == ""
    assert "佐藤 陽菜様" in visitor.evaluate(f"{FRAME}.srcdoc")
    assert "person1@example.com" in visitor.text(".envelope")
    assert "個人情報の取扱い.pdf" in visitor.text(".envelope")


def test_the_arrow_keys_lead_through_every_letter_and_each_one_that_was_seen_is_marked(visitor, letters):
    letters(number=5)

    walk = []
    for place in range(1, 6):
        visitor.until(f"{POSITION} === '{place} / 5' && {FRAME} && !document.querySelector('.paper[aria-busy]')")
        walk.append(visitor.evaluate("document.querySelector('.envelope dd').innerText.split(' ')[0]"))
        visitor.press("ArrowRight")

    assert walk == ["佐藤", "鈴木", "高橋", "田中", "伊藤"]
    visitor.sees("確かめた文面 5 / 5")
    assert visitor.evaluate("document.querySelectorAll('.tick').length") == 5


def test_in_the_list_the_keys_up_and_down_lead_on_and_the_focus_goes_along(visitor, letters):
    letters(number=300)
    visitor.click(".scroller [aria-current]")

    for _ in range(20):  # beyond what can be seen at first
        visitor.press("ArrowDown")
    visitor.until(f"{POSITION} === '21 / 300'")

    assert visitor.evaluate("document.activeElement === document.querySelector('.scroller [aria-current]')")


def test_at_both_ends_there_is_no_further_step(visitor, letters):
    letters(number=2)

    first = visitor.evaluate("[...document.querySelectorAll('.step')].map(one => one.disabled)")
    visitor.click(".step:last-child")
    visitor.until(f"{POSITION} === '2 / 2'")

    assert first == [True, False]
    assert visitor.evaluate("[...document.querySelectorAll('.step')].map(one => one.disabled)") == [False, True]


def test_letters_are_fetched_in_batches_ahead_of_the_reader(visitor, letters):
    stand_in = letters(number=200)

    first = asked_when(visitor, stand_in, range(2, 41))
    all_of_them = asked_when(visitor, stand_in, range(41, 61))

    assert first == [50, 50], "the second batch is there before the reader needs it"
    assert len(all_of_them) < 5
    assert max(all_of_them) <= 50


def asked_when(visitor, stand_in, places):
    """How many letters were asked for at a time, once the reader has leafed so far."""
    for _ in places:
        visitor.press("ArrowRight")
    visitor.until(f"{POSITION} === '{places[-1]} / 200'")
    visitor.until("!document.querySelector('.paper[aria-busy]')")
    return [len(asked["ids"]) for asked in stand_in.asked_for("POST /api/letters")]


def test_five_thousand_letters_are_a_short_way_apart_and_few_rows_are_built(visitor, letters):
    letters(number=5000)

    visitor.types("#letter-search", "person4999@")
    visitor.until("document.querySelector('.envelope')?.innerText.includes('person4999@example.com')")
    visitor.types("#letter-search", " ")
    visitor.until(f"{POSITION} === '4,999 / 5,000'")

    assert visitor.evaluate("document.querySelectorAll('.scroller li').length") < 60


def test_the_text_of_a_letter_is_one_switch_away_and_stays_for_the_next_one(visitor, letters):
    letters()

    visitor.click(".look-text")
    visitor.until("document.querySelector('pre.letter')?.innerText.startsWith('佐藤 陽菜様')")
    visitor.click(".step:last-child")

    visitor.until("document.querySelector('pre.letter')?.innerText.startsWith('鈴木 陽菜様')")


def test_a_letter_on_the_page_leads_nowhere_and_its_link_tells_its_address(visitor, letters):
    letters()

    source = visitor.evaluate(f"{FRAME}.srcdoc")

    assert "href=" not in source
    assert 'title="https://relay.example/r/KXQ7PN"' in source
    assert "<style" not in source


def test_whoever_is_taken_out_while_reading_is_taken_out_of_the_plan(visitor, letters):
    letters()

    visitor.click(".takes-out button")
    visitor.until("document.querySelector('.takes-out .badge')?.innerText === '外しました'")
    visitor.goes_to("plan")

    visitor.sees("23 通を送れます")


def test_the_letters_can_be_narrowed_to_those_that_need_a_look_those_unseen_and_those_taken_out(visitor, letters):
    letters()
    choose = (
        "(() => { const it = document.querySelector('#letter-filter'); it.value = '%s'; "
        "it.dispatchEvent(new Event('change')); })()"
    )

    found = []
    for kind in ("look", "unseen", "out", "all"):
        visitor.evaluate(choose % kind)
        visitor.until("!document.querySelector('.paper[aria-busy]')")
        found.append(visitor.text(".filters output"))

    assert found == ["3 通", "23 通", "0 通", "24 通"]


def test_an_address_of_the_page_points_at_one_letter(visitor, standing):
    visitor.visit(f"{standing().url}#letters/C-00009")

    visitor.until(f"{POSITION} === '9 / 24'")


def test_the_name_in_the_plan_leads_to_the_letter(visitor, standing):
    visitor.visit(standing().url)

    visitor.click("[data-id='C-00005'] .name")

    visitor.until(f"{POSITION} === '5 / 24'")


def test_a_letter_that_is_another_one_by_now_is_not_shown_and_the_plan_is_read_again(visitor, letters):
    stand_in = letters(number=60)
    stand_in.refuse("POST /api/letters", "plan_changed", "計画が変わりました。")
    visitor.evaluate("document.querySelector('.scroller').scrollTop = 60 * 55")
    visitor.click(".scroller [aria-posinset='60'] button")  # beyond those that are at hand already
    visitor.sees("計画が変わりました。")
    stand_in.said["POST /api/letters"] = stand_in.letters

    visitor.press_button("もう一度")

    visitor.until(FRAME)
    assert len(stand_in.asked_for("GET /api/plan")) == 2


def test_letters_that_were_seen_are_unseen_again_in_another_plan(visitor, letters):
    stand_in = letters(number=3)
    visitor.sees("確かめた文面 1 / 3")
    stand_in.plan["plan"] = "plan-2"
    visitor.goes_to("plan")

    visitor.press_button("読み直す")
    visitor.sees("文面をもう一度確かめてください。")
    visitor.goes_to("send")

    visitor.sees("まだ見ていない文面が 3 通あります")


def test_the_marks_of_what_was_seen_outlive_a_reload(visitor, letters):
    letters(number=3)
    visitor.click(".step:last-child")
    visitor.sees("確かめた文面 2 / 3")

    visitor.reload()

    visitor.sees("確かめた文面 2 / 3")


def test_on_a_narrow_screen_one_letter_fills_the_width_and_nothing_scrolls_sideways(visitor, letters):
    letters(width=300, height=720)

    assert not visitor.evaluate("document.querySelector('.scroller').checkVisibility()")
    assert visitor.evaluate("document.documentElement.scrollWidth") == 300
