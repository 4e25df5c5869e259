"""The plan on the page: what a person sees at a glance, finds, takes out and is told."""

import pytest

from tests.page import answers

ROWS = "document.querySelectorAll('#going [data-id]').length"


def test_the_plan_says_in_three_numbers_who_gets_a_letter_who_does_not_and_who_needs_somebody(visitor, standing):
    visitor.visit(standing().url)

    visitor.sees("24 通を送れます")
    numbers = visitor.evaluate("[...document.querySelectorAll('.number strong')].map(one => one.innerText)")
    assert numbers == ["24", "59", "7"]


def test_letters_that_need_a_look_stand_on_top_and_say_why(visitor, standing):
    visitor.visit(standing().url)

    visitor.sees("見ておきたい文面")
    first = visitor.text("#going .list .row")

    assert "シートで隠れている行です。" in first
    assert visitor.evaluate("document.querySelectorAll('#going .looks').length") == 3


def test_people_left_out_stand_under_their_reason_with_what_to_do_and_those_who_need_somebody_come_first(
    visitor, standing
):
    visitor.visit(standing().url)

    visitor.sees("正しいアドレスに直してください。")
    order = visitor.evaluate("[...document.querySelectorAll('#left-out section')].map(one => one.id)")
    unfolded = visitor.evaluate("[...document.querySelectorAll('#left-out details[open]')].length")

    assert order == ["act", "wait", "none"]
    assert unfolded == 3


def test_a_group_that_was_folded_shows_its_people_when_it_is_opened(visitor, standing):
    visitor.visit(standing().url)

    visitor.click("#none summary")

    visitor.until("document.querySelectorAll('#none details[open] .row').length === 31")


def test_one_search_finds_people_among_the_letters_and_among_those_left_out(visitor, standing):
    stand_in = standing()
    stand_in.plan["letters"][20]["name"] = "Ｊｏｈｎ Smith"
    stand_in.plan["left_out"][5]["people"][2]["name"] = "john doe"
    visitor.visit(stand_in.url)

    visitor.types("#search", "john")

    visitor.until(f"{ROWS} === 1")
    visitor.sees("Ｊｏｈｎ Smith")
    visitor.sees("john doe")
    visitor.until("document.querySelector('[role=status].hidden').innerText === '2 件見つかりました'")


def test_who_is_left_out_is_found_by_their_address_as_the_search_promises(visitor, standing):
    visitor.visit(f"{standing().url}#plan")
    visitor.sees("氏名・アドレス・職種・理由でさがす")

    visitor.types("#search", "withdrawn1@example.com")

    visitor.until("document.querySelectorAll('main .row').length === 1")
    assert visitor.evaluate("document.querySelector('#left-out .reason').innerText") == "ご本人が辞退されています。"


def test_a_search_for_a_reason_finds_its_people(visitor, standing):
    visitor.visit(standing().url)

    visitor.types("#search", "辞退")

    visitor.until("document.querySelectorAll('#left-out .row').length === 3")
    visitor.sees("当てはまる方はいません。")


def test_whoever_is_taken_out_is_struck_through_and_the_number_to_send_is_smaller(visitor, standing):
    visitor.visit(standing().url)
    visitor.sees("24 通を送れます")

    visitor.click("[data-id='C-00007'] button")

    visitor.sees("23 通を送れます")
    assert visitor.evaluate("document.querySelector('[data-id=C-00007]').classList.contains('out')")
    assert visitor.text("[data-id='C-00007'] button") == "戻す"


def test_whoever_was_taken_out_stays_out_after_a_reload_and_when_the_plan_changes(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)
    visitor.click("[data-id='C-00007'] button")
    visitor.sees("23 通を送れます")
    stand_in.said["GET /api/plan"] = answers.plan(25, plan="plan-2")

    visitor.press_button("読み直す")
    visitor.sees("24 通を送れます")
    visitor.reload()

    visitor.sees("24 通を送れます")
    assert visitor.text("[data-id='C-00007'] button") == "戻す"


def test_a_plan_that_changed_says_how(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)
    visitor.sees("24 通を送れます")
    stand_in.said["GET /api/plan"] = answers.plan(22, plan="plan-2")

    visitor.press_button("読み直す")

    visitor.sees("増えた 0 通、減った 2 通")


def test_a_row_with_an_address_is_a_link_to_it_and_one_without_is_words(visitor, standing):
    visitor.visit(standing().url)
    visitor.sees("行 5")

    link = visitor.evaluate("document.querySelector('[data-id=C-00001] .where').href")
    words = visitor.evaluate("document.querySelector('[data-id=C-00002] .where').tagName")

    assert link == "https://docs.google.com/spreadsheets/d/1/edit#gid=0&range=A5"
    assert words == "SPAN"


def test_without_a_carrier_the_page_says_what_to_do_and_lets_nobody_send(visitor, standing):
    stand_in = standing()
    stand_in.said["GET /api/session"] = answers.session(carrier={"address": "", "name": "", "is_set": False})
    visitor.visit(stand_in.url)

    visitor.sees("送信手段を決めましょう")
    visitor.sees("24 通を送る予定です")
    visitor.goes_to("send")

    visitor.sees("送信手段がまだ決まっていません")
    assert not visitor.evaluate("document.querySelector('.final .primary')")


def test_a_problem_that_stops_everything_is_told_first_and_nothing_can_be_sent(visitor, standing):
    stand_in = standing()
    stand_in.plan["problems"] = [
        {"name": "letter", "text": "文面 standard.ja の 3 行目に誤りがあります。", "stops": True}
    ]
    visitor.visit(stand_in.url)

    visitor.sees("文面 standard.ja の 3 行目に誤りがあります。")
    visitor.goes_to("send")

    visitor.sees("直すまで送れないところがあります。")
    assert not visitor.evaluate("document.querySelector('.final .primary')")


def test_outside_the_send_window_the_page_says_when_it_opens_and_lets_nobody_send(visitor, standing):
    stand_in = standing()
    stand_in.plan["window"] = {"is_open": False, "opens_at": "2026-11-25T09:00:00+09:00"}
    visitor.visit(stand_in.url)

    visitor.sees("11月25日(水) 9:00 から送信できます。")
    visitor.goes_to("send")

    visitor.sees("候補者 24 名に送る")
    assert not visitor.evaluate("document.querySelector('.final .primary')")


def test_when_everybody_was_told_the_page_says_so(visitor, standing):
    visitor.visit(standing(letters=0).url)

    visitor.sees("いま送る通知はありません")
    visitor.sees("お知らせする方には、すべて送りました。")


def test_a_workbook_without_a_row_says_what_to_do(visitor, standing):
    stand_in = standing(letters=0)
    stand_in.plan["left_out"] = []
    stand_in.plan["counts"] |= {"rows": 0, "left_out": 0, "sent_before": 0}
    visitor.visit(stand_in.url)

    visitor.sees("候補者がまだいません。")


def test_a_workbook_that_cannot_be_read_is_told_in_the_service_words_and_can_be_tried_again(visitor, standing):
    stand_in = standing()
    plan = stand_in.plan
    stand_in.refuse("GET /api/plan", "log_damaged", "送信記録の 12 行目から先が変わっています。")
    visitor.visit(stand_in.url)
    visitor.sees("送信記録の 12 行目から先が変わっています。")
    stand_in.said["GET /api/plan"] = plan

    visitor.press_button("もう一度")

    visitor.sees("24 通を送れます")
    assert not visitor.evaluate("document.querySelector('[role=alert]')")


@pytest.mark.parametrize(
    ("started_from", "ended", "carrier"),
    [
        ("excel", "Excel のボタンをもう一度押し、", "設定ファイルの [sender] に carrier を書くと"),
        ("cloud", "ネットワークを確かめて、", "管理者が設定の [sender] に carrier を書くと"),
    ],
)
def test_whoever_started_the_page_without_a_terminal_hears_of_none(visitor, standing, started_from, ended, carrier):
    stand_in = standing()
    nothing = {"address": "", "name": "", "is_set": False}
    stand_in.said["GET /api/session"] = answers.session(started_from=started_from, carrier=nothing)
    visitor.visit(stand_in.url)
    visitor.sees(carrier)
    told = visitor.text("main")

    stand_in.is_gone = True
    visitor.press_button("読み直す")

    visitor.sees(ended)
    assert "relay open" not in told + visitor.text("body")


def test_a_service_that_has_ended_is_told_with_what_to_do(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)
    visitor.sees("24 通を送れます")
    stand_in.is_gone = True

    visitor.press_button("読み直す")

    visitor.sees("relay open が終わっているようです。")
    visitor.sees("24 通を送れます")


def test_an_address_that_was_used_before_is_told_with_what_to_do(visitor, standing):
    stand_in = standing()
    stand_in.refuse("GET /api/session", "not_signed_in", "もう使えません。", 401)

    visitor.visit(stand_in.url)

    visitor.sees("もう使えません。")


def test_five_thousand_letters_are_all_reachable_and_few_of_them_are_built(visitor, standing):
    visitor.visit(standing(letters=5000).url)
    visitor.sees("5,000 通を送れます")

    at_first = visitor.evaluate(ROWS)
    visitor.evaluate("document.querySelector('#left-out').scrollIntoView({ behavior: 'instant' })")
    visitor.until("document.querySelector('[data-id=C-05000]')")

    assert at_first < 80
    assert visitor.evaluate(ROWS) < 80
    visitor.types("#search", "person4321@example.com")
    visitor.until(f"{ROWS} === 1")


def test_every_language_is_one_switch_away_and_is_remembered(visitor, standing):
    stand_in = standing()
    visitor.visit(stand_in.url)
    visitor.sees("24 通を送れます")

    visitor.press_button("English")
    visitor.sees("24 letters can go")
    visitor.reload()

    visitor.sees("24 letters can go")
    assert visitor.evaluate("document.documentElement.lang") == "en"


def test_a_spreadsheet_is_called_by_its_title_as_soon_as_the_service_knows_it(visitor, standing):
    stand_in = standing()
    session = stand_in.said["GET /api/session"]
    address = "https://docs.google.com/spreadsheets/d/1"
    titles = [address, "採用管理表 2026"]
    stand_in.said["GET /api/session"] = lambda _asked: (
        session | {"workbook": {"title": titles.pop(0), "kind": "google", "address_shown": address}}
    )

    visitor.visit(stand_in.url)

    visitor.until("document.querySelector('.workbook').innerText === '採用管理表 2026'")
