"""The office for news: whose name it writes in, what it lacks, and what a dead run's message by LINE is judged by."""

import pytest

from sheets_automation.config import Config
from sheets_automation.config.sections import CompanySection, FollowUpSection, SenderSection
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import LetterKind
from sheets_automation.wiring import Office
from sheets_automation.wiring_follow_up import FollowUpOffice
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.follow_up.house import campaign, past, plan_sheet
from tests.jobs.house import workbook_of


def news_office(**settings):
    company = CompanySection(name="株式会社みなと製作所")
    results = SenderSection(name="採用グループ", address="saiyo@minato.example", carrier="outbox:out")
    config = Config(company=company, sender=results, follow_up=FollowUpSection(**settings))
    return FollowUpOffice(Office(config, {}))


def snapshot():
    file = workbook_of([past("佐藤 花", "sato@example.com")])
    file.sheets["フォロー計画"] = plan_sheet([campaign()])
    return MemoryWorkbook(file).read()


def test_news_comes_from_its_own_address_and_leaves_by_its_own_carrier():
    office = news_office(name="採用だより", address="news@minato.example", carrier="outbox:news")

    assert (office.config.sender.name, office.config.sender.address) == ("採用だより", "news@minato.example")
    assert office.leaves_by == "outbox:news"
    assert news_office().leaves_by == "outbox:out"


def test_all_that_lacks_is_told_while_looking_and_stops_whoever_would_send():
    office = news_office(address="SAIYO@minato.example")

    office.look_at_desk(snapshot())

    same, missing = (one.en for one in office.reading.problems)
    assert "differ from [sender] address" in same
    assert "follow_up.wording, company.postal_address, company.contact, links.refusal_url" in missing
    with pytest.raises(ConfigurationError):
        office.open_desk(snapshot())


def test_a_message_by_line_too_needs_a_version_of_what_was_agreed_to():
    office = news_office(carrier="line:")

    office.look_at_desk(snapshot())

    assert [one.en for one in office.reading.problems] == [
        "Follow-ups need these keys of the configuration: follow_up.wording."
    ]


def test_a_message_by_line_of_a_dead_run_is_judged_by_the_campaigns():
    office = news_office(carrier="line:")

    office.look_at_desk(snapshot())

    _, desk = office.seen
    assert desk.kind is LetterKind.FOLLOW_UP
