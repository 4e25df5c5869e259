"""フォロー計画 as people fill it in: what is read, and what is said of what cannot be."""

from datetime import date, timedelta

import pytest

from sheets_automation.core.campaigns import Means, again_after
from sheets_automation.core.campaigns_tab import campaigns_tab, read_campaigns
from sheets_automation.core.table import Row, Table
from sheets_automation.jobs.follow_up import make_plan_tab
from tests.core.builders import JST
from tests.follow_up.house import NewsHouse, campaign, past


def read(*campaigns):
    house = NewsHouse.of(None, [past("佐藤 花", "s@example.com")], *campaigns)
    return read_campaigns(house.workbook().read().tables["フォロー計画"], JST)


def test_a_row_is_a_campaign():
    (one,) = read(
        campaign(送信手段="ＬＩＮＥ優先", 開始日="2026/12/01", 終了日="令和9年3月31日", くり返し="6か月")
    ).campaigns

    assert (one.name, one.letter, one.means) == ("半年後のご連絡", "check_in", Means.LINE_FIRST)
    assert (one.begins, one.ends, one.again_after) == (date(2026, 12, 1), date(2027, 3, 31), timedelta(days=180))
    assert not one.runs_on(date(2026, 11, 30))
    assert one.runs_on(date(2027, 3, 31))
    assert not one.runs_on(date(2027, 4, 1))


@pytest.mark.parametrize(
    ("word", "days"),
    [("", None), ("一度だけ", None), ("once", None), ("90日", 90), ("９０ 日ごと", 90), ("6ヶ月", 180), ("毎年", 365),
     ("2年", 730), ("半年ごと", 182), ("3 months", 90), ("30 days", 30)],
)  # fmt: skip
def test_a_span_is_read_as_people_write_it(word, days):
    assert again_after(word) == (None if days is None else timedelta(days=days))


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"キャンペーン": ""}, "フォロー計画!B5"),
        ({"文面": ""}, "フォロー計画!C5"),
        ({"送信手段": "伝書鳩"}, "フォロー計画!D5"),
        ({"見出し1": "年齢"}, "フォロー計画!E5"),
        ({"比べ方1": "だいたい"}, "フォロー計画!F5"),
        ({"値1": "半年くらい"}, "フォロー計画!G5"),
        ({"見出し1": "", "比べ方1": "", "値1": ""}, "フォロー計画!E5"),
        ({"開始日": "来月"}, "フォロー計画!N5"),
        ({"開始日": "2026/12/10", "終了日": "2026/12/01"}, "フォロー計画!O5"),
        ({"くり返し": "たまに"}, "フォロー計画!P5"),
        ({"くり返し": "0日"}, "フォロー計画!P5"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_cell_and_the_other_campaigns_go_on(cells, cell):
    found = read(campaign(**cells), campaign("会社だより", "会社だより"))

    assert [problem.where for problem in found.problems] == [cell]
    assert [one.name for one in found.campaigns] == ["会社だより"]


def test_two_campaigns_of_one_name_cannot_be_told_apart():
    found = read(campaign(), campaign())

    assert len(found.campaigns) == 1
    assert "上の行にもあります" in found.problems[0].text("ja")


def test_a_campaign_on_a_heading_or_a_letter_that_does_not_exist_rests(tmp_path):
    house = NewsHouse.of(
        tmp_path,
        [past("佐藤 花", "s@example.com")],
        campaign(見出し2="血液のサラサラ度", 比べ方2="記入あり"),
        campaign("幻", "幻の文面"),
    )

    assert house.due() == {}
    assert [problem.where for problem in house.campaigns.problems] == ["フォロー計画!H5", "フォロー計画!C6"]


def test_a_tab_without_headings_is_told():
    table = Table(title="フォロー計画", source=lambda _columns: iter([Row(1, {0: "memo"})]))

    assert read_campaigns(table, JST).problems[0].where == "フォロー計画"


def test_a_new_tab_reads_back_and_sends_nothing_to_anybody(tmp_path):
    house = NewsHouse.of(tmp_path, [past("佐藤 花", "s@example.com")])
    del house.file.sheets["フォロー計画"]

    assert make_plan_tab(house.workbook(), house.desk)
    assert not make_plan_tab(house.workbook(), house.desk)

    assert house.due() == {}
    assert house.campaigns.problems == ()
    view = campaigns_tab("フォロー計画")
    assert [row[0].value for row in view.rows[view.frozen_rows :]] == ["×"] * 4


def test_every_example_of_a_new_tab_can_be_switched_on(tmp_path):
    house = NewsHouse.of(tmp_path, [past("佐藤 花", "s@example.com", タグ="再応募候補")])
    del house.file.sheets["フォロー計画"]
    make_plan_tab(house.workbook(), house.desk)
    sheet = house.file.sheets["フォロー計画"]
    for row in range(1, 30):
        if sheet.rows.get(row, {}).get(0) == "×":
            sheet.put(row, 0, "○")

    due = house.due()

    assert len(house.campaigns.active) == 4
    assert house.campaigns.problems == ()
    assert due == {"佐藤 花": "半年後のご連絡"}
