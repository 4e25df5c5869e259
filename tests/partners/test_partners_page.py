"""Partners, credits and the loop on the page: readable in words as well as in pictures, also in a narrow sidebar."""

from __future__ import annotations

from tests.page.conftest import standing  # noqa: F401 - fixture


def test_the_loop_is_a_list_with_a_rate_between_each_pair_and_fits_a_sidebar(visitor, standing):  # noqa: F811
    visitor.visit(f"{standing().url}#analysis", width=300)
    visitor.sees("紹介の循環")

    steps = visitor.evaluate(
        "[...document.querySelectorAll('.loop-step')].map((one) => one.innerText.split('\\n').join(' '))"
    )
    label = visitor.evaluate("document.querySelector('.loop-steps').getAttribute('aria-label')")

    assert steps[0].split() == ["不採用", "60"]
    assert steps[1].split() == ["↓", "93.3%", "通知", "56"]
    assert steps[7].split() == ["↓", "1", "件あたり", "2.00", "※", "新しい候補者", "2"]
    assert "すぐ上の段階に対する率" in label
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_is_as_wide_as_the_numbers_and_hidden_from_whoever_hears_the_page(visitor, standing):  # noqa: F811
    visitor.visit(f"{standing().url}#analysis")
    visitor.sees("紹介の循環")

    widths = visitor.evaluate(
        "[...document.querySelectorAll('.loop-bar rect:not(.track)')].map((one) => Number(one.getAttribute('width')))"
    )
    drawings = visitor.evaluate("[...document.querySelectorAll('.loop svg')].every((one) => one.ariaHidden === 'true')")

    assert [round(width) for width in widths] == [100, 93, 80, 35, 20, 50, 50, 100, 50]
    assert drawings


def test_each_step_has_its_definition_and_what_it_is_made_of(visitor, standing):  # noqa: F811
    visitor.visit(f"{standing().url}#analysis")
    visitor.sees("紹介の循環")

    visitor.click(".loop details summary")

    visitor.sees("クリックの定義 · 選考結果日が期間内")
    visitor.sees("21 ÷ 48")


def test_where_there_is_no_partner_there_is_no_loop(visitor, standing):  # noqa: F811
    stand_in = standing()
    stand_in.said["GET /api/analysis"]["loop"] = []

    visitor.visit(f"{stand_in.url}#analysis")
    visitor.sees("選考の流れ")

    assert visitor.evaluate("document.querySelectorAll('.loop').length") == 0


def test_the_forecast_and_the_use_with_its_number_opening_and_person_are_shown(visitor, standing):  # noqa: F811
    visitor.visit(f"{standing().url}#credits")

    visitor.sees("あと 3 名、今のペースで 12月上旬")
    visitor.sees("クレジット番号 CR-832ZD7")
    assert "記録 森本" in visitor.evaluate("document.querySelector('.use').innerText")


def test_where_hires_count_the_page_does_not_speak_of_registrations(visitor, standing):  # noqa: F811
    stand_in = standing()
    stand_in.said["GET /api/credits"]["partners"][0]["counts"] = "hired"

    visitor.visit(f"{stand_in.url}#credits")

    visitor.sees("あと 3 名の採用決定で")


def test_what_waits_in_the_tab_is_taken_in_by_a_button(visitor, standing):  # noqa: F811
    stand_in = standing()
    stand_in.said["POST /api/credits/reports"] = {}
    visitor.visit(f"{stand_in.url}#credits")

    visitor.sees("まだ取り込んでいない報告が 2 行")
    visitor.press_button("報告を取り込む")

    visitor.until("document.querySelector('[role=status].hidden').innerText === '報告を取り込みました'")
    assert stand_in.asked_for("POST /api/credits/reports") == [{}]


def test_pressing_again_after_a_lost_answer_is_the_same_use(visitor, standing):  # noqa: F811
    stand_in = standing()
    stand_in.refuse("POST /api/credits/redeem", "workbook_busy", "ブックが使用中です。", 423)
    visitor.visit(f"{stand_in.url}#credits")
    visitor.click(".credits > details summary")
    visitor.types("#redeem-opening", "経理")

    for _ in range(2):
        visitor.press_button("使用を記録する")
        visitor.sees("ブックが使用中です。")
        visitor.until("!document.querySelector('form button[type=submit]').disabled")

    first, again = stand_in.asked_for("POST /api/credits/redeem")
    assert first == again


def test_the_credit_is_chosen_while_a_file_is_taken_in_and_goes_with_every_look_at_it(visitor, standing, tmp_path):  # noqa: F811
    stand_in = standing()
    file = tmp_path / "new.csv"
    file.write_text("氏名,メールアドレス\n新 一郎,ichiro@new.example\n", encoding="utf-8")
    visitor.visit(f"{stand_in.url}#import")

    visitor.chooses_file("#import-file", str(file))
    visitor.until("document.querySelector('#import-credit')")
    options = visitor.evaluate("[...document.querySelectorAll('#import-credit option')].map((one) => one.textContent)")
    visitor.evaluate(
        "(box => { box.value = 'CR-832ZD7'; box.dispatchEvent(new Event('change')); })"
        "(document.querySelector('#import-credit')); 1"
    )
    visitor.until("document.querySelector('#import-credit')?.value === 'CR-832ZD7'")
    visitor.settles()

    assert options == ["クレジットではない", "CR-832ZD7 · 機械設計エンジニア"]
    asked = [call["file"]["credit"] for call in stand_in.asked_for("POST /api/import/preview")]
    assert asked == ["", "CR-832ZD7"]
