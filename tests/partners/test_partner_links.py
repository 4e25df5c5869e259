"""The public links of several partners: each leads to its own, and a click is a fact of the partner it led to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sheets_automation.core.link_records import LinkRecord, LinkUse, read_records, to_line
from sheets_automation.core.referral_rows import read_referral_events
from tests.core.builders import NOW
from tests.jobs.house import people
from tests.public.collecting import codes_in, house_of, take_in
from tests.public.links_house import PARTNER, a_code, served

TECH = "https://tech.example/go?ref={code}"


@pytest.fixture
def links(tmp_path):
    folder = tmp_path / "records"
    with served(folder, partner_urls={"tech": TECH}) as house:
        yield house


def test_the_link_of_a_partner_leads_to_it_and_the_record_says_so(links):
    code = a_code()

    answer = links.visitor().ask(f"/r/tech/{code}")

    assert (answer.status, answer.location) == (302, TECH.replace("{code}", code))
    assert [(record.code, record.partner) for record in links.records] == [(code, "tech")]


def test_the_link_without_a_partner_leads_to_the_first(links):
    code = a_code()

    answer = links.visitor().ask(f"/r/{code}")

    assert answer.location == PARTNER.replace("{code}", code)
    assert links.records[0].partner == ""


@pytest.mark.parametrize(
    "path", ["/r/nobody/{code}", "/r/TECH/{code}", "/r/tech/x", "/r/https:%2F%2Fevil.example/{code}"]
)
def test_a_partner_that_nobody_set_up_leads_nowhere(links, path):
    answer = links.visitor().ask(path.replace("{code}", a_code()))

    assert (answer.status, answer.location) == (404, None)


def test_a_record_keeps_its_partner_on_the_way_through_a_file():
    record = LinkRecord(at=NOW, use=LinkUse.CLICK, code=a_code(), partner="tech")

    assert read_records(to_line(record)).records == (record,)


def test_a_click_is_a_fact_of_the_partner_it_led_to(tmp_path):
    house = house_of(tmp_path, *people(2))
    house.send()
    house.later(hours=1)
    first, other = codes_in(house)[:2]
    at = NOW + timedelta(minutes=5)
    clicks = [
        LinkRecord(at=at, use=LinkUse.CLICK, code=first),
        LinkRecord(at=at, use=LinkUse.CLICK, code=other, partner="tech"),
    ]

    take_in(house, *clicks, partner="mirai")

    events, _ = read_referral_events(house.workbook().read().tables["紹介実績"])
    assert {event.code: event.partner for event in events} == {first: "mirai", other: "tech"}
