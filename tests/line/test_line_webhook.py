"""What LINE tells us: signed, once, and nothing kept but what links a chat or ends that."""

import http.client
import json
import socket
from datetime import timedelta

import pytest

from sheets_automation.core.line_records import LineSource, LineUse
from sheets_automation.service import line_webhook
from tests.line.webhook_house import NOW, code_of, serving, signed, uses
from tests.line_server.account import user
from tests.line_server.people import body_of, event, signature

TARO = user(1)


@pytest.fixture
def house(tmp_path):
    with serving(tmp_path / "records") as house:
        yield house


def test_a_code_from_a_letter_is_kept_with_whose_chat_it_came_from(house):
    assert house.phones.sends(TARO, f"連携します {code_of()}") == 200

    [record] = house.records()
    assert (record.use, record.source, record.code) == (LineUse.LINK, LineSource.MESSAGE, code_of())
    assert record.user_id == TARO
    assert record.at == NOW


@pytest.mark.parametrize(
    "text", ["こんにちは", "不採用の理由を教えてください", "B" * 27, "停止しないでください", "", "停止" * 30]
)
def test_what_people_write_is_not_kept_but_that_they_did(house, text):
    assert house.phones.sends(TARO, text) == 200

    assert uses(house) == [(LineUse.ANSWER, LineSource.MESSAGE, TARO)]
    assert set(json.loads(house.everything_kept())) == {"line", "at", "event", "source", "user", "code"}
    assert house.records()[0].code == ""


@pytest.mark.parametrize("kind", ["sticker", "image", "video", "audio", "location", "file"])
def test_what_is_no_text_is_an_answer_too(house, kind):
    house.phones.deliver(event(TARO, "message", NOW, message={"type": kind, "id": "1"}))

    assert uses(house) == [(LineUse.ANSWER, LineSource.MESSAGE, TARO)]


def test_of_a_message_with_a_code_only_the_code_is_kept(house):
    house.phones.sends(TARO, f"山田です。秘密の話 {code_of()}")

    assert "山田" not in house.everything_kept()
    assert "\\u" not in house.everything_kept()


@pytest.mark.parametrize(
    ("word", "use"),
    [
        ("解除", LineUse.UNLINK),
        (" 連携解除 ", LineUse.UNLINK),
        ("Unlink", LineUse.UNLINK),
        ("停止", LineUse.REFUSE),
        ("配信停止", LineUse.REFUSE),
        ("STOP", LineUse.REFUSE),
        ("配信を停止してください。", LineUse.REFUSE),
    ],
)
def test_a_word_ends_the_link_or_refuses_letters(house, word, use):
    house.phones.sends(TARO, word)

    assert uses(house) == [(use, LineSource.MESSAGE, TARO)]


def test_a_block_ends_the_link_and_to_add_the_account_again_begins_none(house):
    house.phones.blocks(TARO)
    house.phones.adds(TARO)

    assert uses(house) == [(LineUse.UNLINK, LineSource.UNFOLLOW, TARO)]


def test_an_account_link_with_a_genuine_code_as_its_nonce_links(house):
    house.account.link_tokens |= {"one": TARO, "two": user(2)}

    house.phones.links("one", code_of())
    house.phones.links("two", "nonce-of-somebody-else")

    assert uses(house) == [(LineUse.LINK, LineSource.ACCOUNT_LINK, TARO)]


def test_an_account_link_that_failed_links_nothing(house):
    link = {"result": "failed", "nonce": code_of()}

    house.phones.deliver(event(TARO, "accountLink", NOW, link=link))

    assert house.records() == []


@pytest.mark.parametrize(
    "source", [{"type": "group", "groupId": "C" + "1" * 32, "userId": TARO}, {"type": "room", "userId": TARO}, None]
)
def test_what_is_said_in_a_group_links_nobody(house, source):
    message = {"type": "text", "id": "1", "text": code_of()}

    assert house.phones.deliver(event(TARO, "message", NOW, message=message, source=source)) == 200

    assert house.records() == []


def test_an_account_that_somebody_else_serves_at_the_moment_is_theirs(house):
    house.phones.deliver(event(TARO, "unfollow", NOW, mode="standby"))

    assert house.records() == []


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"type": "somethingNew"},
        {"type": "message", "message": {"id": "1"}},
        {"type": "message", "message": "text"},
        {"type": "unfollow", "timestamp": "soon"},
        {"type": "unfollow", "timestamp": True},
        {"type": "unfollow", "timestamp": 10**30},
        {"type": "unfollow", "webhookEventId": "../../x"},
        {"type": "unfollow", "source": {"type": "user", "userId": "山田"}},
        {"type": "unfollow", "source": {"type": "user"}},
        {"type": "accountLink", "link": None},
        {"type": ["unfollow"]},
        7,
        None,
    ],
)
def test_an_event_that_we_do_not_know_hinders_no_other(house, odd):
    whole = event(TARO, "unfollow", NOW)
    broken = {**whole, **odd, "mode": "active"} if isinstance(odd, dict) and odd else odd

    status = house.phones.deliver(broken, event(user(2), "unfollow", NOW))

    assert status == 200
    assert [record.user_id for record in house.records()] == [user(2)]


@pytest.mark.parametrize("document", ["[]", "{}", '{"events": 7}', "null", '{"events": []}'])
def test_a_signed_delivery_without_events_is_taken(house, document):
    """LINE's own "Verify" sends an empty list."""
    body = document.encode()

    assert house.post(body, signed(body)) == 200


@pytest.mark.parametrize("document", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_signed_body_that_is_no_json_is_refused(house, document):
    assert house.post(document, signed(document)) == 400


def test_what_is_not_signed_by_line_is_refused_and_not_kept(house):
    body = body_of(event(TARO, "unfollow", NOW))
    other = body_of(event(user(2), "unfollow", NOW))
    wrong = [{}, {"x-line-signature": ""}, {"x-line-signature": signature(other)}]
    wrong += [{"x-line-signature": signature(body, "another secret")}, {"x-line-signature": "é"}]
    wrong += [{"x-line-signature": signature(body)[:-1]}, {"x-line-signature": signature(body) + " "}]

    answers = [house.post(body, {name: value.encode("latin-1") for name, value in one.items()}) for one in wrong[:-1]]

    assert set(answers) == {401}
    assert house.post(body.replace(b"unfollow", b"unfollow "), signed(body)) == 401
    assert house.records() == []


def test_two_signatures_are_one_too_many(house):
    body = body_of(event(TARO, "unfollow", NOW))
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    connection.putrequest("POST", "/line")
    for name, value in (("content-length", len(body)), *[("x-line-signature", signature(body))] * 2):
        connection.putheader(name, value)
    connection.endheaders(body)

    assert connection.getresponse().status == 401
    assert house.records() == []
    connection.close()


def test_whoever_sends_slowly_takes_only_so_much_room_and_line_comes_again(tmp_path, monkeypatch):
    monkeypatch.setattr(line_webhook, "_AT_ONCE", 1)
    with serving(tmp_path / "records") as house:
        slow = socket.create_connection(("127.0.0.1", house.port))
        slow.sendall(b"POST /line HTTP/1.1\r\nHost: x\r\nX-Line-Signature: x\r\nContent-Length: 100\r\n\r\n{")
        while house.phones.blocks(TARO) != 503:  # until the slow one is let in
            continue
        slow.close()
        while house.phones.redeliver() != 200:
            continue

    assert uses(house)[-1] == (LineUse.UNLINK, LineSource.UNFOLLOW, TARO)


def test_the_signature_is_over_the_bytes_and_not_over_what_they_mean(house):
    body = json.dumps({"destination": "x", "events": [event(TARO, "unfollow", NOW)]}, indent=3).encode()

    assert house.post(body, signed(body)) == 200
    assert len(house.records()) == 1


@pytest.mark.parametrize(
    ("age", "is_taken"),
    [
        (timedelta(days=29, hours=23), True),
        (timedelta(days=30), False),
        (timedelta(days=4000), False),
        (timedelta(minutes=-9), True),
        (timedelta(minutes=-11), False),
    ],
)
def test_an_event_that_is_older_than_we_remember_or_not_yet_true_says_nothing(house, age, is_taken):
    assert house.phones.deliver(event(TARO, "unfollow", NOW - age)) == 200

    assert bool(house.records()) == is_taken


def test_what_could_not_be_kept_line_brings_again(house):
    folder = house.folder
    folder.rename(folder.with_name("away"))

    assert house.phones.blocks(TARO) == 503
    folder.with_name("away").rename(folder)
    assert house.phones.redeliver() == 200

    assert uses(house) == [(LineUse.UNLINK, LineSource.UNFOLLOW, TARO)]


def test_a_body_too_large_is_not_read_to_its_end(house):
    body = b"x" * 1_000_001

    assert house.post(body, signed(body)) == 413


@pytest.mark.parametrize(("method", "path"), [("GET", "/line"), ("POST", "/"), ("POST", "/line/"), ("GET", "/docs")])
def test_there_is_nothing_else_there(house, method, path):
    body = body_of()

    assert house.post(body, signed(body), path, method) in {404, 405}


def test_an_answer_tells_nothing(house):
    status, headers, body = house.ask(b"{}", {})

    assert (status, body) == (401, b"")
    assert "server" not in {name.lower() for name in headers}


def test_nothing_is_logged_of_anybody(house, caplog):
    caplog.set_level("DEBUG")
    house.phones.sends(TARO, f"山田です {code_of()}")
    house.folder.rename(house.folder.with_name("away"))

    house.phones.blocks(TARO)

    said = caplog.text
    assert "1 events could not be kept" in said
    assert TARO not in said
    assert "山田" not in said
    assert code_of() not in said
