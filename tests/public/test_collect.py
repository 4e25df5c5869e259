"""Taking clicks and refusals into the workbook, and what a refusal stops."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.errors import LogDamaged, WorkbookBusy
from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.reasons import Reason
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.core.refusals import address_mark, read_marks
from sheets_automation.core.registrations import Registration, RegistrationState
from sheets_automation.jobs.collect import collect
from sheets_automation.jobs.register import register
from sheets_automation.ports import NO_FACTS
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.core.builders import NOW
from tests.jobs.house import House, people, rejected, workbook_of
from tests.public.links_house import KEY, a_code

TARO = rejected("山田 太郎", "taro@example.com")
TAB = "連絡停止記録"


def house_of(tmp_path, *rows):
    return House(folder=tmp_path / "outbox", file=workbook_of(list(rows)))


@pytest.fixture
def house(tmp_path):
    """A company whose letters left an hour ago."""
    house = house_of(tmp_path, *people(3))
    house.send()
    return house.later(hours=1)


def codes_in(house):
    log = house.file.sheets["送信記録"]
    return list(dict.fromkeys(value for row in log.rows.values() for value in row.values() if _is_code(value)))


def _is_code(value):
    return isinstance(value, str) and len(value) == 12 and value.isalnum() and value.isascii()


def click(code, at=NOW + timedelta(minutes=5), sign=""):
    return LinkRecord(at=at, use=LinkUse.CLICK, code=code, sign=sign)


def refusal(address, at=NOW, key=KEY):
    return LinkRecord(at=at, use=LinkUse.REFUSAL, code=refusal_code(address, key))


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


def take_in(house, *records, keys=(KEY,), partner="relay", workbook=None):
    def codes_of(address):
        return [refusal_code(address, key) for key in keys]

    return collect(workbook or house.workbook(), house.desk, house.run(), records, codes_of=codes_of, partner=partner)


def clicks(house):
    events, problems = read_referral_events(house.workbook().read().tables.get("紹介実績"))
    assert problems == ()
    return [(event.code, event.at, event.kind) for event in events]


def marks(house):
    return read_marks(house.workbook().read().tables.get(TAB))


def reasons(house):
    return {one.candidate.name: one.reason for one in house.plan().skipped()}


class TestClicks:
    def test_the_first_click_of_a_person_becomes_a_fact_once(self, house):
        code, at = codes_in(house)[0], NOW + timedelta(minutes=5)

        for _ in range(2):
            report = take_in(house, click(code, at + timedelta(minutes=20)), click(code, at), click(code.lower(), at))

        assert clicks(house) == [(code, at, ReferralKind.CLICKED)]
        assert report.clicks[RegistrationState.ALREADY_KNOWN] == 2

    def test_a_click_is_a_fact_of_the_partner_whose_link_it_is(self, house):
        take_in(house, click(codes_in(house)[0]), partner="another")

        events, _ = read_referral_events(house.workbook().read().tables["紹介実績"])
        assert [(event.partner, event.source) for event in events] == [("another", "link")]

    def test_machines_are_told_and_do_not_count(self, house):
        code = codes_in(house)[0]

        report = take_in(house, click(code, sign="agent"), click(code, sign="agent"), click(code, sign="prefetch"))

        assert report.machines == {"agent": 2, "prefetch": 1}
        assert clicks(house) == []

    def test_a_click_within_seconds_of_the_delivery_is_a_machine(self, house):
        code = codes_in(house)[0]

        report = take_in(house, click(code, NOW + timedelta(seconds=20)), click(code, NOW - timedelta(seconds=3)))

        assert report.machines == {"too_soon": 2}
        assert clicks(house) == []

    def test_the_person_who_clicks_after_the_machine_counts(self, house):
        code = codes_in(house)[0]

        take_in(house, click(code, NOW + timedelta(seconds=2)), click(code, NOW + timedelta(seconds=90)))

        assert [at for _, at, _ in clicks(house)] == [NOW + timedelta(seconds=90)]

    def test_made_up_codes_leave_nothing_in_the_workbook(self, house):
        before = house.workbook().read().tables.keys()

        report = take_in(house, *(click(a_code()) for _ in range(50)), click("=HYPERLINK(1)"), click(""))

        assert report.clicks[RegistrationState.UNKNOWN_CODE] == 50
        assert house.workbook().read().tables.keys() == before

    def test_a_clock_ahead_of_ours_dates_nothing_in_the_future(self, house):
        code = codes_in(house)[0]

        take_in(house, click(code, house.now + timedelta(hours=5)))

        assert clicks(house) == [(code, house.now, ReferralKind.CLICKED)]

    def test_a_click_earns_no_credit_and_hinders_no_registration(self, house):
        code = codes_in(house)[0]
        take_in(house, click(code))

        report = register(
            house.workbook(), [Registration(text=code)], house.run(), partner="relay", source="cli", tabs=None
        )

        assert report.counts[RegistrationState.ADDED] == 1

    def test_without_a_partner_no_click_is_taken_in(self, house):
        take_in(house, click(codes_in(house)[0]), partner="")

        assert clicks(house) == []


class TestRefusals:
    def test_a_refusal_stops_the_next_letter_and_holds_no_address(self, tmp_path):
        house = house_of(tmp_path, TARO)
        assert reasons(house) == {}

        report = take_in(house, refusal("taro@example.com"))

        assert report.refusals_added == 1
        assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
        house.send()
        assert house.delivered() == []
        assert "taro" not in str(house.file.sheets[TAB].rows)

    def test_the_columns_say_so_at_once(self, tmp_path):
        house = house_of(tmp_path, TARO)

        take_in(house, refusal("taro@example.com"))

        assert house.cell(4, "通知状況") not in {None, ""}
        assert any(
            "連絡を希望" in str(value) for row in house.file.sheets["要確認"].rows.values() for value in row.values()
        )

    @pytest.mark.parametrize(
        "written", ["Taro@Example.com", "taro+2026@example.com", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ"]
    )
    def test_it_holds_for_the_mailbox_however_a_later_row_writes_it(self, tmp_path, written):
        house = house_of(tmp_path, TARO, {**TARO, "メールアドレス": written, "応募職種": "経理"})

        take_in(house, refusal("taro@example.com"))

        assert {one.reason for one in house.plan().skipped()} == {Reason.OPTED_OUT}

    def test_it_holds_for_every_row_of_the_person(self, tmp_path):
        phone = {"電話番号": "090-1234-5678"}
        other = rejected("山田 太郎", "other@example.jp", **phone)
        house = house_of(tmp_path, {**TARO, **phone}, other, rejected("鈴木 花", "hana@example.com"))

        take_in(house, refusal("taro@example.com"))

        assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
        assert [letter.to_address for letter in house.plan().plan.letters] == ["hana@example.com"]

    def test_it_outlives_the_row_and_meets_the_person_again(self, tmp_path):
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

    def test_it_finds_an_address_that_only_the_log_still_knows(self, house):
        sheet = house.file.sheets["候補者"]
        sheet.put(4, 1, "corrected@example.com")

        report = take_in(house, refusal("yamada0@example.com"))

        assert report.refusals_added == 1
        assert marks(house) == {address_mark("yamada0@example.com")}

    def test_taking_it_in_again_adds_nothing(self, tmp_path):
        house = house_of(tmp_path, TARO)

        reports = [take_in(house, refusal("taro@example.com"), refusal("taro@example.com", NOW)) for _ in range(2)]

        assert [(one.refusals_added, one.refusals_known) for one in reports] == [(1, 0), (0, 1)]
        assert len(house.file.sheets[TAB].rows) == 2  # with the headings

    def test_a_run_that_dies_before_it_shows_anything_has_kept_the_refusal(self, tmp_path):
        house = house_of(tmp_path, TARO)
        workbook = DyingWorkbook(house.file)

        with pytest.raises(Died):
            take_in(house, refusal("taro@example.com"), workbook=workbook)

        assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
        assert take_in(house, refusal("taro@example.com")).refusals_known == 1
        assert len(house.file.sheets[TAB].rows) == 2

    def test_what_cannot_be_shown_now_is_said_and_kept(self, tmp_path):
        house = house_of(tmp_path, TARO)

        report = take_in(house, refusal("taro@example.com"), workbook=HeldWorkbook(house.file))

        assert isinstance(report.not_shown, WorkbookBusy)
        assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}

    def test_a_link_of_an_older_key_still_refuses(self, tmp_path):
        house = house_of(tmp_path, TARO)

        report = take_in(house, refusal("taro@example.com"), keys=("n" * 40, KEY))

        assert report.refusals_added == 1

    @pytest.mark.parametrize("keys", [(), ("another key that is long enough for this",)])
    def test_without_its_key_nobody_is_taken_for_the_one_who_refused(self, tmp_path, keys):
        house = house_of(tmp_path, TARO)

        report = take_in(house, refusal("taro@example.com"), keys=keys)

        assert (report.refusals_added, report.refusals_unknown) == (0, 1)
        assert reasons(house) == {}

    def test_a_refusal_of_another_workbook_changes_nothing(self, tmp_path):
        house = house_of(tmp_path, TARO)

        report = take_in(house, refusal("nobody@example.com"))

        assert report.refusals_unknown == 1
        assert marks(house) == frozenset()

    def test_a_refusal_in_the_middle_of_a_run_still_stops_the_letter(self, tmp_path):
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
    def test_a_tab_that_somebody_changed_stops_every_letter(self, tmp_path, row, column, value):
        house = house_of(tmp_path, TARO, *people(2))
        take_in(house, refusal("taro@example.com"))

        house.file.sheets[TAB].put(row, column, value)

        with pytest.raises(LogDamaged) as caught:
            house.send()
        assert "taro" not in caught.value.ja + caught.value.en
        assert house.delivered() == []

    def test_a_sorted_tab_with_a_title_above_it_is_the_same(self, tmp_path):
        house = house_of(tmp_path, TARO, *people(2))
        take_in(house, refusal("taro@example.com"), refusal("yamada0@example.com"))
        sheet = house.file.sheets[TAB]
        headings, one, other = (sheet.rows[number] for number in (1, 2, 3))

        sheet.rows = {1: {0: "配信停止の一覧"}, 3: headings, 4: other, 7: one}

        assert len(marks(house)) == 2
        assert [letter.to_address for letter in house.plan().plan.letters] == ["yamada1@example.com"]

    def test_a_workbook_may_give_the_tab_another_name(self, tmp_path):
        house = house_of(tmp_path, TARO)
        house.rules = replace(house.rules, tabs=replace(house.rules.tabs, refusals="停止"))

        take_in(house, refusal("taro@example.com"))

        assert "停止" in house.file.sheets
        assert reasons(house) == {"山田 太郎": Reason.OPTED_OUT}
