"""The tab 同意記録: rows of earlier versions, and rows that somebody has changed."""

from unicodedata import normalize

import pytest

from sheets_automation.core.consents import HEADINGS, mark_of
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.views import Views
from sheets_automation.workbooks.memory import sheet_of
from tests.follow_up.house import NewsHouse, past

SATO = ("佐藤 花", "sato@example.com")


def test_a_tab_of_an_earlier_version_is_read_and_written_on(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO, フォロー同意="")])
    (one,) = house.plan_news().plan.situation.candidates
    fact = ("K-1", "2026-10-03T10:00:00.000+09:00", "同意", mark_of(one), one.id, "2026-04", "電話", "花子")
    house.file.sheets["同意記録"] = sheet_of([HEADINGS, fact])
    assert list(house.due()) == ["佐藤 花"]

    house.hears(agrees=False)

    assert house.reasons() == {"佐藤 花": "news_not_agreed"}
    assert [one.get("記録日時", "")[:10] for one in house.fact_rows("同意記録")] == ["", "2026-11-24"]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("記録ID", "R0-R0001"),
        ("内容", "同意?"),
        ("内容", "同意"),
        ("日時", "2026-01-01T00:00:00.000+09:00"),
        ("宛先の印", "a" + "0" * 32),
        ("候補者ID", "C-2"),
        ("候補者ID", ""),
        ("同意文の版", "2025-10"),
        ("出所", "列「フォロー同意」"),
        ("記録した人", "別の人"),
        ("記録日時", ""),
        ("検査値", ""),
        ("検査値", "x000000000"),
    ],
)
def test_whoever_changes_the_record_stops_all_news(tmp_path, heading, value):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=True)
    house.hears(agrees=False)
    house.workbook().show(Views())
    sheet = house.file.sheets["同意記録"]
    column = next(column for column, text in sheet.rows[1].items() if text == heading)

    sheet.put(3, column, value)

    with pytest.raises(LogDamaged, match="同意記録"):
        house.plan_news()


def test_a_row_that_somebody_adds_to_the_record_stops_all_news(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=False)
    forged = house.fact_rows("同意記録")[0] | {"記録ID": "K-2", "日時": "2026-11-24T11:00:00.000+09:00", "内容": "同意"}

    house.workbook().append({"同意記録": [forged]})

    with pytest.raises(LogDamaged, match="同意記録"):
        house.plan_news()


@pytest.mark.parametrize("typed", ["=電話", "  面談\t会場\r\n二階 ", "電話\x0bにて", "か\u3099き", "'電話"])
def test_what_people_typed_is_no_damage_whatever_a_sheet_makes_of_its_blanks(tmp_path, typed):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.hears(agrees=True, source=typed)
    house.workbook().show(Views())
    sheet = house.file.sheets["同意記録"]
    column = HEADINGS.index("出所")

    sheet.put(2, column, " ".join(normalize("NFC", str(sheet.rows[2][column])).split()))

    assert list(house.due()) == ["佐藤 花"]
