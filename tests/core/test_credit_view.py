"""クレジット tab: every figure has its definition beside it, and every credit its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_rules import Counting
from sheets_automation.core.credit_view import TITLE, credit_tab
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.table import table_of
from sheets_automation.core.views import Look, TabView, is_shown
from tests.core.credit_facts import PARTNER, code, moment, redeemed, referred, ten

NOW = moment("2026-11-24T09:03")


def tab_of(events=(), *rules, now=NOW) -> TabView:
    return credit_tab(summarise_credits(events, rules or [PARTNER], now=now))


def lines(view: TabView) -> list[str]:
    return [" | ".join(str(cell.value) for cell in cells if cell) for cells in view.rows]


def line(view: TabView, start: str) -> str:
    return next(text for text in lines(view) if text.startswith(start))


def test_the_first_cell_holds_the_title_by_which_the_tab_is_known():
    view = tab_of()

    assert view.rows[0][0].value == view.title == TITLE


def test_the_moment_is_shown_and_is_no_reason_to_write_the_tab_again():
    view = tab_of()
    later = tab_of(now=NOW + timedelta(hours=1))
    cells = {
        row: {column: cell.value for column, cell in enumerate(cells) if cell and cell.value != ""}
        for row, cells in enumerate(view.rows, start=1)
    }

    assert "2026年11月24日 09:03 現在" in lines(view)[1]
    assert is_shown(later, table_of("クレジット", cells))
    assert not is_shown(tab_of(ten("2026-05-01")), table_of("クレジット", cells))


def test_every_key_figure_has_a_definition_beside_it():
    events = [*ten("2026-05-01"), redeemed(1, "2026-06-01"), redeemed(2, "2026-06-02", ReferralKind.ADJUSTED)]

    figures = [cells for cells in tab_of(events).rows if any(cell and cell.look is Look.BIG_NUMBER for cell in cells)]

    names = ["使えるクレジット", "次の1件まで", "次の1件の見込み", "獲得", "利用", "失効", "調整"]
    assert [cells[0].value for cells in figures] == names
    assert [cells[1].value for cells in figures] == [2, "0/10", "–", 1, 1, 0, "+2"]
    assert all(cells[2].look is Look.NOTE and cells[2].value for cells in figures)


def test_the_progress_is_a_number_and_a_bar():
    progress = line(tab_of([referred(n, "2026-11-01") for n in range(7)]), "次の1件まで")

    assert progress == "次の1件まで | 7/10 | ●●●●●●●○○○  あと3名の登録で1件になります。"


def test_a_bar_of_fifty_would_be_unreadable_and_is_left_out():
    assert "●" not in line(tab_of([referred(0, "2026-11-01")], replace(PARTNER, per_credit=50)), "次の1件まで")


def test_the_licence_and_the_agreement_stand_below_the_name_of_the_partner():
    rules = replace(PARTNER, counts=Counting.HIRED, expires_months=12, max_per_year=3)

    texts = lines(tab_of([], rules))

    agreement = texts[next(n for n, text in enumerate(texts) if text.startswith(PARTNER.name)) + 1]
    assert "13-ユ-000000" in agreement
    assert "採用決定 10 名につき 1 件" in agreement
    assert "年" in agreement
    assert "3件まで" in agreement
    assert "12か月" in agreement


def test_a_partner_without_a_licence_number_is_shown_as_such():
    assert any("許可番号が設定されていません" in text for text in lines(tab_of([], replace(PARTNER, licence=""))))


def test_the_ledger_shows_each_credit_with_its_evidence_and_what_was_left():
    use = replace(redeemed(1, "2026-06-01"), note="採用支援", opening="営業職", actor="森本")
    view = tab_of([*ten("2026-05-01"), use])

    earned, used = line(view, "2026-05-01"), line(view, "2026-06-01")

    assert "獲得 | 1 | 1 | 1 |" in earned
    assert code(3) in earned
    assert "利用 | 1 | -1 | 0 | クレジット番号 CR-" in used
    assert used.endswith("求人: 営業職、記録: 森本、採用支援、REDEEMED-2026-06-01")


def test_codes_that_count_towards_the_next_credit_are_listed():
    assert code(0) in line(tab_of([referred(0, "2026-11-01")]), "次の1件に数えるコード")


@pytest.mark.parametrize("partners", [1, 2])
def test_each_partner_has_a_chart_over_the_twelve_months_of_its_table(partners):
    rules = [replace(PARTNER, id=f"p{n}", name=f"紹介先{n}") for n in range(partners)]

    view = tab_of([], *rules)

    assert len(view.charts) == partners
    for chart in view.charts:
        series = chart.series[0]
        categories = [
            view.rows[row][series.category_column].value for row in range(series.first_row, series.last_row + 1)
        ]
        assert categories[0] == "2025年12月"
        assert categories[-1] == "11月"
        assert view.rows[series.first_row - 1][series.value_column].value == series.name


def test_problems_stand_on_top_where_nobody_misses_them():
    view = tab_of([redeemed(1, "2026-06-01")])

    assert view.rows[3][0].look is Look.ATTENTION
    assert "クレジットが足りません" in lines(view)[4]


def test_many_problems_are_counted_and_not_all_listed():
    view = tab_of([redeemed(1, f"2026-{month:02}-{day:02}") for month in (5, 6) for day in range(1, 16)])

    assert view.rows[3][0].value == "要確認 30 件"
    assert sum("クレジットが足りません" in text for text in lines(view)) == 20
    assert any(text.startswith("ほかに 10 件") for text in lines(view))


def test_a_tab_without_any_credit_says_so():
    assert "クレジットの動きはまだありません。" in lines(tab_of())
