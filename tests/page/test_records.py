"""Letters in doubt, credits, analysis, check and earlier runs on the page."""

import re


def test_letters_in_doubt_are_counted_beside_their_place_and_settled_by_a_persons_word(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#settle")
    visitor.sees("doubt1@example.com")

    visitor.click("#doubt-U-1")
    visitor.click("input[value=sent]")
    visitor.types("#doubt-note", "送信済みにありました")
    visitor.press_button("記録する")

    visitor.until("!document.body.innerText.includes('doubt1@example.com')")
    assert stand_in.asked_for("POST /api/settle") == [
        {"ids": ["U-1"], "word": "sent", "note": "送信済みにありました", "kind": "rejection"}
    ]
    assert visitor.text(".places .mark") == "2"


def test_nothing_is_settled_before_a_letter_and_a_word_are_chosen(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#settle")
    visitor.sees("doubt1@example.com")

    visitor.press_button("記録する")

    visitor.sees("通知と、どうするかを選んでください。")
    assert stand_in.asked_for("POST /api/settle") == []


def test_all_letters_in_doubt_are_settled_at_once_and_then_there_is_none(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#settle")

    visitor.click("#doubt-all")
    visitor.click("input[value=again]")
    visitor.press_button("記録する")

    visitor.sees("届いたか分からない通知はありません。")
    assert stand_in.asked_for("POST /api/settle")[0]["ids"] == ["U-1", "U-2"]


def test_letters_that_stopped_for_good_stand_apart_and_go_again_by_one_word(visitor, standing):
    stand_in = standing()
    stopped = {"id": "S-1", "row": 40, "link": None, "name": "森 光", "address": "mori@example.com", "at": None}
    said = {"state": "failed", "text": "3 回続けて送信に失敗しました。", "words": ["again"]}
    stand_in.said["GET /api/uncertain"]["letters"].append(stopped | said)
    visitor.visit(f"{stand_in.url}#settle")
    visitor.sees("送り直すまで送らない通知")

    visitor.click("#stopped-S-1")
    visitor.click("[aria-labelledby=stopped-title] button.primary")

    visitor.until("!document.body.innerText.includes('送り直すまで送らない通知')")
    assert stand_in.asked_for("POST /api/settle") == [{"ids": ["S-1"], "word": "again", "note": ""}]
    assert "1970" not in visitor.text("main")


def test_what_could_not_be_settled_is_named(visitor, standing):
    stand_in = standing()
    answer = {"settled": 0, "not_settled": [{"id": "C-9", "state": "none"}], "not_shown": None}
    stand_in.said["POST /api/settle"] = answer
    visitor.visit(f"{stand_in.url}#settle")

    visitor.click("main > details summary")
    visitor.types("#reopen-id", "C-9")
    visitor.press_button("やり直しを記録する")

    visitor.sees("記録できなかった候補者: C-9")
    assert stand_in.asked_for("POST /api/settle")[0]["word"] == "reopen"


def test_credits_are_a_gauge_in_words_too_with_months_and_what_they_were_earned_by(visitor, standing):
    visitor.visit(f"{standing().url}#credits")

    visitor.sees("あと 3 名の登録で、採用支援が一回無料になります")
    label = visitor.evaluate("document.querySelector('.gauge').getAttribute('aria-label')")
    bars = visitor.evaluate("document.querySelectorAll('.months rect').length")
    table = visitor.evaluate("[...document.querySelectorAll('figure table tbody tr')].at(-2).textContent")

    assert label == "次のクレジットまで 10 名のうち 7 名"
    assert bars == 7
    assert table == "2026年10月41"
    visitor.sees("もとになった登録 10 件")


def test_the_use_of_a_credit_is_recorded(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#credits")

    visitor.click(".credits > details summary")
    visitor.types("#redeem-opening", "機械設計")
    visitor.types("#redeem-note", "営業職の紹介")
    visitor.press_button("使用を記録する")

    visitor.until("document.querySelector('[role=status].hidden').innerText === '使用を記録しました'")
    [asked] = stand_in.asked_for("POST /api/credits/redeem")
    assert re.fullmatch("[0-9a-f]{32}", asked.pop("key"))
    assert asked == {"amount": 1, "partner": "", "opening": "機械設計", "note": "営業職の紹介", "seen": 1}


def test_the_analysis_shows_figures_with_their_parts_tables_and_charts(visitor, standing):
    visitor.visit(f"{standing().url}#analysis")

    for text in (
        "86.0%",
        "37 ÷ 43",
        "¥262,500 ※",
        "書類選考",
        "機械設計エンジニア",
        "求人サイトA",
        "大野 樹",
        "15 件の答え",
    ):
        visitor.sees(text)
    for text in ("フォロー率（目標 100%）の定義", "応募日のない 3 行", "2 種類では集計しません", "店長面談"):
        visitor.sees(text)
    assert visitor.evaluate("document.querySelectorAll('.months rect').length") == 12
    assert visitor.evaluate("document.querySelectorAll('.bars li').length") == 15


def test_a_small_group_is_marked_and_what_has_no_price_is_a_dash(visitor, standing):
    visitor.visit(f"{standing().url}#analysis")
    visitor.sees("合同説明会")

    row = "[...document.querySelectorAll('tbody tr')].find((one) => one.innerText.startsWith('合同説明会')).innerText"

    assert "合同説明会 ※" in visitor.evaluate(row)
    assert visitor.evaluate(row).split()[-3:] == ["–", "–", "–"]


def test_a_period_is_asked_for_by_its_months_and_none_is_everything(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#analysis")
    visitor.sees("86.0%")

    visitor.evaluate("document.querySelector('#period-from').value = '2026-04'")
    visitor.press_button("この期間を見る")
    visitor.until("!document.querySelector('.analysis[aria-busy]')")
    visitor.evaluate("document.querySelector('#period-from').value = ''")
    visitor.press_button("この期間を見る")
    visitor.until("!document.querySelector('.analysis[aria-busy]')")

    assert [asked.get("period") for asked in stand_in.queries("GET /api/analysis")] == [None, "2026-04..", ""]


def test_an_analysis_of_nothing_says_so(visitor, standing):
    stand_in = standing()
    tables = ("stages", "media", "openings", "tags", "skills", "months", "waiting")
    stand_in.said["GET /api/analysis"] |= {table: [] for table in tables}

    visitor.visit(f"{stand_in.url}#analysis")

    visitor.sees("数えるものがまだありません。")


def test_the_check_says_what_is_wrong_and_where_and_what_is_right(visitor, standing):
    visitor.visit(f"{standing().url}#check")

    visitor.sees("直すところが 3 件あります")
    visitor.sees("候補者!E29")
    visitor.sees("送信記録は欠けていません。")
    assert visitor.evaluate("document.querySelector('main .list a').href").startswith("https://docs.google.com/")


def test_earlier_runs_are_listed_with_who_and_when_by_the_clock_of_the_workbook(visitor, standing):
    visitor.visit(f"{standing().url}#result")

    visitor.sees("11月20日(金) 15:10")
    visitor.sees("森本")


def test_a_place_whose_answer_fails_says_why_and_can_be_tried_again(visitor, standing):
    stand_in = standing()
    fine = stand_in.said["GET /api/credits"]
    stand_in.refuse("GET /api/credits", "workbook_busy", "ブックが使用中です。", 423)
    visitor.visit(f"{stand_in.url}#credits")
    visitor.sees("ブックが使用中です。")
    stand_in.said["GET /api/credits"] = fine

    visitor.press_button("もう一度")

    visitor.sees("あと 3 名の登録で")


def test_the_keyboard_reaches_the_content_first_and_a_new_place_is_told_to_a_screen_reader(visitor, standing):
    visitor.visit(standing().url)
    visitor.sees("24 通を送れます")

    visitor.press("Tab")
    first = visitor.evaluate("document.activeElement.innerText")
    visitor.goes_to("check")

    assert first == "本文へ進む"
    visitor.until("document.activeElement.id === 'main'")
    visitor.until("document.querySelector('[role=status].hidden').innerText.includes('直すところが 3 件あります')")
