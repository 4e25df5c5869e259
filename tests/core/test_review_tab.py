"""要確認 tab: those who need a person come first, counted on top."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.core.reasons import Severity
from sheets_automation.core.review_tab import MOST_LINES, TITLE, ReviewEntry, Waiting, review_tab
from sheets_automation.core.views import Look
from tests.core.credit_facts import moment

NOW = moment("2026-11-24T09:03")


def entry(row, severity=Severity.ACT, reason="メールアドレスが空です。", advice="入れてください。"):
    return ReviewEntry(
        cell=f"候補者!E{row}",
        candidate_id=f"C-{row}",
        name=f"候補者{row}",
        reason=reason,
        advice=advice,
        severity=severity,
    )


def listed(view):
    """The rows of the list, without what stands above it."""
    return [[cell.value for cell in cells] for cells in view.rows[view.frozen_rows :]]


def test_the_first_cell_holds_the_title_by_which_the_tab_is_known():
    view = review_tab([], NOW)

    assert view.rows[0][0].value == view.title == TITLE
    assert "2026年11月24日 09:03 現在" in view.rows[1][0].value
    assert view.rows[1][0].is_passing


def test_the_counts_stand_on_top_with_their_meaning():
    entries = [entry(2), entry(3), entry(4, Severity.WAIT), *[entry(n, Severity.NONE) for n in range(5, 9)]]

    counts = [cells for cells in review_tab(entries, NOW).rows if any(c and c.look is Look.BIG_NUMBER for c in cells)]

    assert [(cells[0].value, cells[1].value) for cells in counts] == [("対応が必要", 2), ("待機中", 1), ("対応不要", 4)]
    assert all(cells[2].look is Look.NOTE for cells in counts)


def test_who_needs_a_person_comes_first_and_frequent_reasons_stand_together():
    entries = [
        entry(2, Severity.NONE, "選考中です。"),
        entry(3, reason="氏名が空です。"),
        entry(4, Severity.WAIT, "時間外です。"),
        entry(5),
        entry(6),
    ]

    places = [cells[3] for cells in listed(review_tab(entries, NOW))]

    assert places == ["候補者!E5", "候補者!E6", "候補者!E3", "候補者!E4", "候補者!E2"]


def test_a_line_says_who_where_why_and_what_to_do():
    (cells,) = listed(review_tab([entry(7)], NOW))

    assert cells == ["対応が必要", "候補者7", "C-7", "候補者!E7", "メールアドレスが空です。", "入れてください。"]


def test_the_list_can_be_filtered_below_its_frozen_headings():
    view = review_tab([entry(2)], NOW)

    assert [cell.look for cell in view.rows[view.filter_row]] == [Look.HEADING] * 6
    assert view.frozen_rows == view.filter_row + 1


def test_a_list_that_nobody_would_read_to_its_end_is_cut_and_says_so():
    entries = [entry(n, Severity.NONE) for n in range(MOST_LINES + 1)] + [entry(0, Severity.ACT)]

    lines = listed(review_tab(entries, NOW))

    assert len(lines) == MOST_LINES + 1
    assert lines[0][0] == "対応が必要"
    assert lines[-1][0].startswith("ほかに 2 名います。")


@pytest.mark.parametrize("typed", ["=1+1", "+81", "-2+3", "@SUM(1)", "＝１＋１"])
def test_what_looks_like_a_formula_stays_text_even_in_a_csv_file(typed):
    [cells] = listed(review_tab([replace(entry(2), name=typed, candidate_id=typed)], NOW))

    assert cells[1:3] == [f"'{typed}", f"'{typed}"]


def test_an_empty_list_says_that_nobody_is_left():
    view = review_tab([], NOW)

    assert listed(view) == [["確認が必要な候補者はいません。"]]
    assert view.filter_row is None


def test_who_waits_too_long_is_counted_and_found_on_top():
    view = review_tab([], NOW, waiting=Waiting(days=14, cells=("候補者!B5", "候補者!B9")))

    texts = [str(cell.value) for row in view.rows for cell in row if cell]
    assert "お待たせ中" in texts
    assert any("14 日" in text and "候補者!B5、候補者!B9" in text for text in texts)


def test_where_nobody_waits_nothing_is_said_of_it():
    view = review_tab([], NOW, waiting=Waiting(days=14))

    assert "お待たせ中" not in [cell.value for row in view.rows for cell in row if cell]
