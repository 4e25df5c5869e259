"""What the guards make of the demo workbook: a believable number of letters, and each trap seen for what it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.rules import no_holidays
from sheets_automation.core.selection import select_for_rejection
from sheets_automation.core.send_window import SendWindow
from sheets_automation.core.table import Snapshot, table_of
from sheets_automation.demo_workbook import build_demo_workbook

LEFT_OUT = {
    "山根 誠司": "decision_too_old",
    "加藤 由美子": "withdrawn",
    "吉田 蓮": "withdrawn",
    "山田 花子": "not_considered",
    "小林 美咲": "person_in_selection",
    "山崎 修": "from_agency",
    "髙橋 直樹": "person_in_selection",
    "中島 亮": "opted_out",
    "小川 真理": "on_hold",
    "村上 結衣": "address_invalid",
    "石井 亜美": "address_missing",
    "": "name_missing",
    "渡\ufffd\ufffd 秀\ufffdO": "name_garbled",
    "遠藤 聡": "decision_unknown",
    "青木 美穂": "decision_too_recent",
    "藤井 康平": "decision_date_in_future",
    "西村 遥": "decision_date_unreadable",
    "太田 芽衣": "address_several",
    "ｱﾙﾍﾞｽ ﾏﾘｱ": "person_in_selection",
    "原田 淳": "address_shared",
    "原田 裕子": "address_shared",
    "中山 航": "decision_too_recent",
    "森田 陸": "in_selection",
    "酒井 瑞希": "in_selection",
}
DUE_IN_SPITE_OF = {
    "a full-width address": "橋本 恵",
    "a second, mobile address": "清水 麻衣",
    "no consent to a referral": "木村 隆",
    "English": "David Miller",
    "a formula in a note": "小野 真央",
    "a row hidden by the filter": "池田 翔",
    "a row hidden by hand": "竹内 美月",
    "a serial number for a date": "阿部 大樹",
    "a decision weeks ago": "松本 健",
}


def select(path, today):
    build_demo_workbook(path, today)
    tables = {
        sheet.title: table_of(
            sheet.title,
            {row[0].row: {cell.column - 1: cell.value for cell in row if cell.value is not None} for row in sheet},
        )
        for sheet in load_workbook(path, data_only=True)
    }
    snapshot = Snapshot(tables=tables, revision="1")
    candidates = read_candidates(snapshot, locate_candidates(snapshot), CandidateRules())
    now = datetime(today.year, today.month, today.day, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    return select_for_rejection(
        candidates, DeliveryLog(), GuardRules(), now=now, window=SendWindow(), is_holiday=no_holidays
    )


@pytest.fixture(scope="module")
def selection(tmp_path_factory):
    return select(tmp_path_factory.mktemp("demo") / "demo.xlsx", date(2026, 11, 24))


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2026, 12, 4), date(2027, 1, 4), date(2028, 2, 29)])
def test_the_demo_sends_a_believable_number_of_letters_whatever_the_day(tmp_path, today):
    selection = select(tmp_path / "demo.xlsx", today)

    assert len(selection.due) == 24
    assert len(selection.due) < 0.3 * selection.rows


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_trap_is_seen_for_what_it_is(selection, name):
    reasons = {skipped.reason.value for skipped in selection.skipped if skipped.candidate.name == name}

    assert reasons == {LEFT_OUT[name]}


@pytest.mark.parametrize("oddity", DUE_IN_SPITE_OF)
def test_an_oddity_that_harms_nobody_keeps_no_letter_back(selection, oddity):
    assert DUE_IN_SPITE_OF[oddity] in {due.candidate.name for due in selection.due}


@pytest.mark.parametrize("name", ["松田 圭", "田村 浩二"])
def test_one_of_two_rejections_of_a_person_is_told(selection, name):
    due = [due for due in selection.due if due.candidate.name == name]
    doubles = [skipped.reason for skipped in selection.skipped if skipped.candidate.name == name]

    assert len(due) == 1
    assert doubles == ["person_told_by_other_row"]
