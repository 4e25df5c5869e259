"""Taking refusals into the workbook, and what they stop."""

from dataclasses import replace

import pytest

from sheets_automation.core.errors import LogDamaged, WorkbookBusy
from sheets_automation.core.reasons import Reason
from sheets_automation.core.refusals import address_mark
from sheets_automation.ports import NO_FACTS
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.core.builders import NOW
from tests.jobs.house import people, rejected
from tests.public.collecting import TAB, TARO, house_of, marks, reasons, refusal, take_in
from tests.public.links_house import KEY


class Died(BaseException):
    """The process is gone."""


class DyingWorkbook(MemoryWorkbook):
    """The process dies when it begins to show."""

    def show(self, views, facts=NO_FACTS):
        raise Died


class HeldWorkbook(MemoryWorkbook):
    """Somebody has the workbook open when we want to show."""

    def show(self, views, facts=NO_FACTS):
        raise WorkbookBusy("使用中です。", "It is in use.")


def test_a_refusal_stops_the_next_letter_and_holds_no_address(tmp_path):
    house = house_of(tmp_path, TARO)
    assert reasons(house) == {}

    report = take_in(house, refusal("taro@example.com"))

    assert report.refusals_added == 1
    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
    house.send()
    assert house.delivered() == []
    assert "taro" not in str(house.file.sheets[TAB].rows)


def test_the_columns_say_so_at_once(tmp_path):
    house = house_of(tmp_path, TARO)

    take_in(house, refusal("taro@example.com"))

    assert house.cell(4, "通知状況") not in {None, ""}
    assert any(
        "連絡を希望" in str(value) for row in house.file.sheets["要確認"].rows.values() for value in row.values()
    )


@pytest.mark.parametrize("written", ["Taro@Example.com", "taro+2026@example.com", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"])
def test_it_holds_for_the_mailbox_however_a_later_row_writes_it(tmp_path, written):
    house = house_of(tmp_path, TARO, {**TARO, "メールアドレス": written, "応募職種": "経理"})

    take_in(house, refusal("taro@example.com"))

    assert {one.reason for one in house.plan().skipped()} == {Reason.OPTED_OUT}


def test_it_holds_for_every_row_of_the_person(tmp_path):
    phone = {"電話番号": "090-1234-5678"}
    other = rejected("山田 太郎", "other@example.jp", **phone)
    house = house_of(tmp_path, {**TARO, **phone}, other, rejected("鈴木 花", "hana@example.com"))

    take_in(house, refusal("taro@example.com"))

    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
    assert [letter.to_address for letter in house.plan().plan.letters] == ["hana@example.com"]


def test_it_outlives_the_row_and_meets_the_person_again(tmp_path):
    house = house_of(tmp_path, TARO)
    take_in(house, refusal("taro@example.com"))
    sheet = house.file.sheets["候補者"]
    sheet.rows.pop(4)
    assert house.plan().plan.letters == ()

    sheet.put(5, 0, "山田 太郎")
    sheet.put(5, 1, "taro@example.com")
    sheet.put(5, 3, "不採用")
    sheet.put(5, 4, "2026/11/18")

    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}


def test_it_finds_an_address_that_only_the_log_still_knows(tmp_path):
    house = house_of(tmp_path, *people(1))
    house.send()
    sheet = house.file.sheets["候補者"]
    sheet.put(4, 1, "corrected@example.com")

    report = take_in(house, refusal("yamada0@example.com"))

    assert report.refusals_added == 1
    assert marks(house) == {address_mark("yamada0@example.com")}


def test_taking_it_in_again_adds_nothing(tmp_path):
    house = house_of(tmp_path, TARO)

    reports = [take_in(house, refusal("taro@example.com"), refusal("taro@example.com", NOW)) for _ in range(2)]

    assert [(one.refusals_added, one.refusals_known) for one in reports] == [(1, 0), (0, 1)]
    assert len(house.file.sheets[TAB].rows) == 2  # with the headings


def test_a_run_that_dies_before_it_shows_anything_has_kept_the_refusal(tmp_path):
    house = house_of(tmp_path, TARO)
    workbook = DyingWorkbook(house.file)

    with pytest.raises(Died):
        take_in(house, refusal("taro@example.com"), workbook=workbook)

    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
    assert take_in(house, refusal("taro@example.com")).refusals_known == 1
    assert len(house.file.sheets[TAB].rows) == 2


def test_what_cannot_be_shown_now_is_said_and_kept(tmp_path):
    house = house_of(tmp_path, TARO)

    report = take_in(house, refusal("taro@example.com"), workbook=HeldWorkbook(house.file))

    assert isinstance(report.not_shown, WorkbookBusy)
    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}


def test_a_link_of_an_older_key_still_refuses(tmp_path):
    house = house_of(tmp_path, TARO)

    report = take_in(house, refusal("taro@example.com"), keys=("n" * 40, KEY))

    assert report.refusals_added == 1


@pytest.mark.parametrize("keys", [(), ("another key that is long enough for this",)])
def test_without_its_key_nobody_is_taken_for_the_one_who_refused(tmp_path, keys):
    house = house_of(tmp_path, TARO)

    report = take_in(house, refusal("taro@example.com"), keys=keys)

    assert (report.refusals_added, report.refusals_unknown) == (0, 1)
    assert reasons(house) == {}


def test_a_refusal_of_another_workbook_changes_nothing(tmp_path):
    house = house_of(tmp_path, TARO)

    report = take_in(house, refusal("nobody@example.com"))

    assert report.refusals_unknown == 1
    assert marks(house) == frozenset()


def test_a_refusal_in_the_middle_of_a_run_still_stops_the_letter(tmp_path):
    house = house_of(tmp_path, TARO)
    carrier = house.outbox()
    prepare = carrier.prepare

    def refuse_meanwhile(letters):
        take_in(house, refusal("taro@example.com"))
        return prepare(letters)

    carrier.prepare = refuse_meanwhile
    report = house.send(carrier=carrier)

    assert house.delivered() == []
    assert [one.reason for one in report.outcomes] == [Reason.OPTED_OUT]


@pytest.mark.parametrize(
    ("row", "column", "value"), [(2, 2, "taro@example.com"), (2, 2, ""), (1, 2, "印"), (3, 0, "a note")]
)
def test_a_tab_that_somebody_changed_stops_every_letter(tmp_path, row, column, value):
    house = house_of(tmp_path, TARO, *people(2))
    take_in(house, refusal("taro@example.com"))

    house.file.sheets[TAB].put(row, column, value)

    with pytest.raises(LogDamaged) as caught:
        house.send()
    assert "taro" not in caught.value.ja + caught.value.en
    assert house.delivered() == []


def test_a_sorted_tab_with_a_title_above_it_is_the_same(tmp_path):
    house = house_of(tmp_path, TARO, *people(2))
    take_in(house, refusal("taro@example.com"), refusal("yamada0@example.com"))
    sheet = house.file.sheets[TAB]
    headings, one, other = (sheet.rows[number] for number in (1, 2, 3))

    sheet.rows = {1: {0: "配信停止の一覧"}, 3: headings, 4: other, 7: one}

    assert len(marks(house)) == 2
    assert [letter.to_address for letter in house.plan().plan.letters] == ["yamada1@example.com"]


def test_a_workbook_may_give_the_tab_another_name(tmp_path):
    house = house_of(tmp_path, TARO)
    house.rules = replace(house.rules, tabs=replace(house.rules.tabs, refusals="停止"))

    take_in(house, refusal("taro@example.com"))

    assert "停止" in house.file.sheets
    assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
