"""What the LINE webhook keeps: each event once, for a month, for our eyes alone."""

import os
import stat
from datetime import timedelta

import pytest

from sheets_automation.core.line_records import LineUse
from sheets_automation.service.line_spool import LineEvents
from tests.line.webhook_house import NOW, code_of, serving, signed
from tests.line_server.account import user
from tests.line_server.people import body_of, event

TARO = user(1)


@pytest.fixture
def house(tmp_path):
    with serving(tmp_path / "records") as house:
        yield house


def test_an_event_that_is_delivered_again_is_kept_once(house):
    one = event(TARO, "unfollow", NOW)
    house.phones.deliver(one)
    house.phones.deliver(one)
    house.phones.deliver({**one, "deliveryContext": {"isRedelivery": True}})

    assert len(house.records()) == 1


def test_a_delivery_that_was_recorded_by_somebody_and_sent_again_later_changes_nothing(house):
    body = body_of(event(TARO, "message", NOW, message={"type": "text", "id": "1", "text": code_of()}))
    house.post(body, signed(body))
    house.account.now += timedelta(minutes=5)
    house.phones.blocks(TARO)

    assert house.post(body, signed(body)) == 200

    assert [record.use for record in house.records()] == [LineUse.LINK, LineUse.UNLINK]


def test_events_are_remembered_when_the_server_begins_anew(tmp_path):
    one = event(TARO, "unfollow", NOW)
    for _ in range(2):
        with serving(tmp_path / "records") as house:
            house.phones.deliver(one)

    assert len(house.records()) == 1


def test_of_what_somebody_chats_one_message_an_hour_is_kept(tmp_path):
    for _ in range(2):  # also where the server begins anew
        with serving(tmp_path / "records") as house:
            house.phones.sends(TARO, "こんにちは")
            house.phones.sends(user(2), "こんにちは")
            house.account.now += timedelta(hours=1)
            house.phones.sends(TARO, "こんにちは")

    assert [record.at for record in house.records() if record.user_id == TARO] == [NOW, NOW + timedelta(hours=1)]


def test_chatter_leaves_room_for_a_word_that_refuses_letters(house, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.line_spool._LARGEST_DAY", 500)
    for number in range(2, 5):
        house.phones.sends(user(number), "こんにちは")
    chatter = event(TARO, "message", NOW, message={"type": "sticker", "id": "1"})
    word = event(TARO, "message", NOW, message={"type": "text", "id": "2", "text": "停止"})

    assert house.phones.deliver(chatter, word) == 503

    assert [record.user_id for record in house.records() if record.use is LineUse.REFUSE] == [TARO]


def test_nobody_else_on_the_machine_can_read_the_records(house):
    house.phones.blocks(TARO)

    [file] = house.folder.iterdir()
    assert stat.S_IMODE(house.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_records_are_deleted_after_a_month(house):
    house.phones.blocks(TARO)
    house.account.now += timedelta(days=31)

    house.phones.blocks(user(2))

    assert [record.user_id for record in house.records()] == [user(2)]


def test_what_a_full_disk_cut_off_takes_no_other_event_along(house):
    house.phones.blocks(TARO)
    [file] = house.folder.iterdir()
    file.write_text(file.read_text() + '{"line": "unl')

    house.phones.blocks(user(2))

    assert [record.user_id for record in house.records()] == [TARO, user(2)]


def test_a_day_holds_only_so_much(house, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.line_spool._LARGEST_DAY", 100)
    house.phones.blocks(TARO)

    assert house.phones.blocks(user(2)) == 503
    assert len(house.records()) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a folder that nobody can make")
def test_a_folder_that_cannot_be_made_is_told_at_the_start(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match=r"."):
        LineEvents(tmp_path / "file" / "records")
