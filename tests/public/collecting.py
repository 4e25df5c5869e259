"""A company that takes in what its public links saw."""

from datetime import timedelta

from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.core.refusals import read_marks
from sheets_automation.jobs.collect import collect
from tests.core.builders import NOW
from tests.jobs.house import House, rejected, workbook_of
from tests.public.links_house import KEY

TARO = rejected("山田 太郎", "taro@example.com")
TAB = "連絡停止記録"


def house_of(tmp_path, *rows):
    return House(folder=tmp_path / "outbox", file=workbook_of(list(rows)))


def codes_in(house):
    log = house.file.sheets["送信記録"]
    return list(dict.fromkeys(value for row in log.rows.values() for value in row.values() if _is_code(value)))


def _is_code(value):
    return isinstance(value, str) and len(value) == 12 and value.isalnum() and value.isascii()


def click(code, at=NOW + timedelta(minutes=5), sign=""):
    return LinkRecord(at=at, use=LinkUse.CLICK, code=code, sign=sign)


def refusal(address, at=NOW, key=KEY):
    return LinkRecord(at=at, use=LinkUse.REFUSAL, code=refusal_code(address, key))


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
