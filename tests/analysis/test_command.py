"""`relay analyse` on Excel files: the tab, the document, and what is said of a mistake."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook

from tests.commands import conftest
from tests.kill.world import tab
from tests.workbooks.xlsx_people import XlsxFile

demo_bytes, relay, say, book = conftest.demo_bytes, conftest.relay, conftest.say, conftest.book


def test_the_command_prints_every_figure_and_rebuilds_the_tab(say, book):
    out = say("analyse", str(book), "--lang", "en").out

    assert "Follow-up rate" in out
    assert re.search(r"Cost per hire +※ ¥1,150,000 +4,600,000 ÷ 4 ", out)
    assert 'Tab "分析" is rebuilt.' in out
    assert load_workbook(book)["分析"]["A1"].value == "採用の分析"


def test_japanese_people_read_japanese(say, book):
    out = say("analyse", str(book), "--lang", "ja").out

    assert "フォロー率" in out
    assert "期間: 全期間" in out


def test_the_document_names_each_figure_with_its_definition_and_no_address(relay, book):
    document = relay("analyse", str(book))

    rate = next(figure for figure in document["figures"] if figure["id"] == "hire_rate")
    assert (rate["numerator"], rate["denominator"], rate["small"]) == (4, 88, False)
    assert rate["definition"].startswith("Hires ÷ applications")
    assert {"figures", "stages", "media", "openings", "tags", "skills", "months", "waiting", "problems"} <= set(
        document
    )
    assert "@" not in str(document["media"]) + str(document["waiting"])


def test_a_period_narrows_what_is_counted(relay, book):
    whole, october = (relay("analyse", str(book), *words)["figures"][0] for words in ((), ("--period", "2026-10")))

    assert (whole["value"], october["value"]) == (88, 45)


def test_the_period_of_the_configuration_holds_where_none_is_asked_for(relay, book, tmp_path):
    config = tmp_path / "relay.toml"
    config.write_text('[analysis]\nperiod = "2026-10"\n')

    assert relay("analyse", str(book), config=str(config))["period"] == "2026-10"
    assert relay("analyse", str(book), "--period", "", config=str(config))["period"] == "all time"


@pytest.mark.parametrize("period", ["2026", "..", "soon"])
def test_a_period_that_names_no_months_is_refused_before_anything_is_opened(relay, period):
    document = relay("analyse", "missing.xlsx", "--period", period, code=2)

    assert "2026-04..2026-09" in document["error"]["text"]


def test_a_period_in_the_configuration_that_names_no_months_is_told(relay, book, tmp_path):
    config = tmp_path / "relay.toml"
    config.write_text('[analysis]\nperiod = "spring"\n')

    assert "analysis" in relay("analyse", str(book), config=str(config), code=2)["error"]["text"]


def test_a_line_of_costs_that_cannot_be_read_needs_a_person(relay, tmp_path):
    costs = [["媒体", "費用"], ["doda", "未定"]]
    file = XlsxFile(tmp_path / "costs.xlsx", {"候補者": tab(), "媒体費用": costs})

    document = relay("analyse", str(file.path), code=7)

    assert [problem["text"] for problem in document["problems"]] == [
        "媒体費用!B2: the cost cannot be read, so the cost in this row is not counted."
    ]


def test_a_tab_of_costs_that_was_never_meant_for_us_is_no_mistake(relay, tmp_path):
    costs = [["月", "リクナビNEXT", "doda"], ["4月", 300, 200]]
    file = XlsxFile(tmp_path / "costs.xlsx", {"候補者": tab(), "媒体費": costs})

    document = relay("analyse", str(file.path))

    assert document["problems"] == []
    assert next(figure["shown"] for figure in document["figures"] if figure["id"] == "cost") == "–"


def test_nothing_but_the_tab_changes(relay, book):
    before = load_workbook(book)

    relay("analyse", str(book))

    after = load_workbook(book)
    assert after.sheetnames == [*before.sheetnames, "分析"]
    for title in before.sheetnames:
        assert [[c.value for c in row] for row in after[title].iter_rows()] == [
            [c.value for c in row] for row in before[title].iter_rows()
        ]
