"""What lies outside the workbook goes from wherever somebody is erased: news in an outbox of its own, notes of LINE."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.config.roster import Client
from sheets_automation.core.delivery_log import DeliveryEvent
from sheets_automation.core.line_links import LineFact, LinkState
from sheets_automation.core.line_links import to_row as line_row
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse, to_line
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.refusals import address_mark
from sheets_automation.line_record_files import LineRecordFiles
from sheets_automation.service.cloud import cloud_house
from sheets_automation.service.identity_gate import address_of
from tests.fleet.fleet_house import FleetHouse
from tests.retention.house import LOG, TAB, letters, log_tab, row, sheet
from tests.retention.test_anonymous_rows import grid_of
from tests.service.service_house import running_service
from tests.workbooks.test_excel_file import ExcelFileStore

ROWS = [row(1), row(2)]
NOW, LATER = "2027-12-01T10:00:00+09:00", "2028-01-05T10:00:00+09:00"
GONE, STAYS = "U" + "1" * 32, "U" + "2" * 32


def news_to(candidate_id: str) -> list[DeliveryEvent]:
    """News that left by an outbox of its own."""
    key = DeliveryKey(candidate_id=candidate_id, kind=LetterKind.FOLLOW_UP)
    return [replace(one, key=key) for one in letters(ROWS[:1], run="20260601-090000-BBBBBB")]


@pytest.fixture
def place(tmp_path):
    """A workbook that writes news, an outbox with it, and what the LINE webhook has heard."""
    linked = LineFact(
        fact_id="L-1",
        at=datetime.fromisoformat(NOW) - timedelta(days=500),
        state=LinkState.LINKED,
        candidate_id="C-1",
        mark=address_mark("person1@mail.example"),
        user_id=GONE,
        source="message",
        event_id="E1",
    )
    tabs = {
        TAB: sheet(*ROWS),
        LOG: log_tab([*letters(ROWS), *news_to("C-1")]),
        "LINE連携記録": grid_of([line_row(linked)]),
    }
    ExcelFileStore(tmp_path / "minato.xlsx", tabs)
    news = tmp_path / "news" / "new"
    news.mkdir(parents=True)
    (news / letter_name(DeliveryKey(candidate_id="C-1", kind=LetterKind.FOLLOW_UP), 1)).write_text("Subject: news\n\n")
    (tmp_path / "heard").mkdir()
    (tmp_path / "heard" / "line-20271130.jsonl").write_text("".join(f"{heard(one)}\n" for one in (GONE, STAYS)))
    return tmp_path


def heard(user: str) -> str:
    record = LineRecord(
        at=datetime.fromisoformat(NOW),
        use=LineUse.REFUSE,
        source=LineSource.MESSAGE,
        event_id=f"event{user[1]}",
        user_id=user,
    )
    return to_line(record)


def configure(place):
    """News has a carrier of its own, and the night may erase."""
    text = f'[retention]\nerase_nightly = true\n[follow_up]\ncarrier = "outbox:{place / "news"}"\n'
    (place / "relay.toml").write_text(text, encoding="utf-8")
    return str(place / "relay.toml")


def notes(place):
    return (place / "heard" / "line-20271130.jsonl").read_text()


def test_a_night_that_erases_takes_news_and_notes_of_line_away(place):
    house = FleetHouse(place)
    house.clients.append(("minato", "minato.xlsx"))
    house.write_roster(more='jobs = ["retention"]\nline_records = "heard"')
    configure(place)
    house.run("nightly", RELAY_NOW=NOW)

    house.run("nightly", RELAY_NOW=LATER)

    assert list((place / "news" / "new").iterdir()) == []
    assert GONE not in notes(place)
    assert STAYS in notes(place)


def test_the_page_takes_news_away_with_whoever_is_erased(place):
    config = configure(place)
    with running_service(place / "minato.xlsx", config=config, now=NOW) as service:
        service.post("retention/announce")
    with running_service(place / "minato.xlsx", config=config, now=LATER) as service:
        mark = service.get("retention")["mark"]
        service.post("retention/erase", mark=mark, expect=2)

    assert list((place / "news" / "new").iterdir()) == []


def test_the_service_of_a_roster_knows_where_the_notes_of_line_lie():
    client = Client(name="a", address="1abc", config=None, carrier="", links="", jobs=(), line_records="heard")

    house = cloud_house(None, "", {}, {"1abc": client})

    assert house.line_records_of(address_of("1abc")) == "heard"
    assert house.line_records_of(address_of("1xyz")) == ""


def test_one_file_of_notes_is_as_good_as_a_folder(place):
    count = LineRecordFiles(place / "heard" / "line-20271130.jsonl").forget({GONE})

    assert count == 1
    assert STAYS in notes(place)
