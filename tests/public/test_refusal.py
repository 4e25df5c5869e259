"""`/u/CODE`: refusing letters, by a person or by the mail program."""

import errno
import http.client
import os
import socket

import pytest

from sheets_automation.core.link_records import LinkUse
from sheets_automation.core.refusal_codes import ALPHABET, refusal_code
from sheets_automation.service.public_spool import FileSpool
from tests.public.links_house import KEY, ONE_CLICK, PERSON, a_code, refusal_link, served

LINK = refusal_link()
CODE = LINK.removeprefix("/u/")
MULTIPART = "multipart/form-data; boundary=xyz"
PART = b'--xyz\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--xyz--\r\n'


class DiskFull(FileSpool):
    """The disk of the records is full."""

    def keep(self, record):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_the_link_refuses_nothing(house, visitor, method):
    for _ in range(3):
        assert visitor.ask(LINK, method).status == 200

    assert house.refusals == []


@pytest.mark.parametrize(("body", "kind"), [(ONE_CLICK, None), (ONE_CLICK, MULTIPART), (PART, MULTIPART)])
def test_one_click_of_a_mail_program_refuses(house, visitor, body, kind):
    answer = visitor.refuse(LINK, body, kind or "application/x-www-form-urlencoded", Accept_Language="", User_Agent="")

    assert answer.status == 200
    assert answer.location is None  # RFC 8058 forbids it
    assert house.refusals == [CODE]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"List-Unsubscribe=",
        b"List-Unsubscribe=No",
        b"One-Click",
        b"a=List-Unsubscribe=One-Click",
        b"List-Unsubscribe=One-Click&List-Unsubscribe=No",
        b"&" * 1000,
        b'{"List-Unsubscribe": "One-Click"}',
        b"\xff\xfe\x00",
        PART.replace(b"One-Click", b"Two-Clicks"),
        PART.replace(b'"List-Unsubscribe"', b'"other"'),
    ],
)
def test_a_post_that_does_not_say_so_refuses_nothing(house, visitor, body):
    assert visitor.refuse(LINK, body).status == 400
    assert house.refusals == []


def test_refusing_again_gets_the_same_answer_and_is_kept_once(house, visitor):
    answers = [visitor.refuse(LINK) for _ in range(3)]

    assert len({(answer.status, answer.body) for answer in answers}) == 1
    assert house.refusals == [CODE]


def test_a_refusal_is_kept_once_also_after_the_server_began_anew(tmp_path):
    for _ in range(2):
        with served(tmp_path) as house:
            house.visitor().refuse(LINK)

    assert house.refusals == [CODE]


def test_everybody_with_a_genuine_code_gets_the_same_answers(visitor):
    links = [refusal_link(f"person{n}@example.com") for n in range(5)]

    assert len({visitor.ask(link).body for link in links}) == 1
    assert len({visitor.refuse(link).body for link in links}) == 1


def test_no_character_of_a_code_can_be_another(house):
    for place, character in enumerate(CODE):
        other = ALPHABET[(ALPHABET.index(character) + 1) % len(ALPHABET)]
        assert house.visitor().refuse(f"/u/{CODE[:place]}{other}{CODE[place + 1 :]}").status == 404

    assert house.refusals == []


@pytest.mark.parametrize(
    "link",
    [
        refusal_link(key="another key that is long enough for this"),
        "/u/" + a_code(),
        "/u/" + "2" * 27,
        "/u/" + "Z" * 27,
        "/u/" + CODE[:-1],
        "/u/" + CODE + "2",
        "/u/taro@example.com",
        "/u/" + CODE + "/",
        "/u/" + CODE * 40,
        "/u/%00",
        "/u/..%2f..%2fetc%2fpasswd",
    ],
)
def test_what_we_did_not_write_is_told_so_and_not_kept(house, visitor, link):
    assert visitor.ask(link).status == 404
    assert visitor.refuse(link).status == 404
    assert house.refusals == []


def test_a_code_with_the_dot_of_a_sentence_still_refuses(house, visitor):
    assert visitor.refuse(f"{LINK.lower()}.").status == 200
    assert house.refusals == [CODE]


def test_the_link_of_a_letter_that_an_older_key_made_still_refuses(tmp_path):
    with served(tmp_path, keys=("n" * 40, KEY)) as house:
        assert house.visitor().refuse(LINK).status == 200

    assert house.refusals == [CODE]


def test_without_a_key_nothing_is_taken_for_a_refusal(tmp_path):
    with served(tmp_path, keys=()) as house:
        assert house.visitor().refuse(LINK).status == 404

    assert house.records == []


def test_the_code_of_a_mailbox_is_the_same_however_its_address_is_written():
    assert refusal_code("Taro.Yamada+jobs@Gmail.com", KEY) == refusal_code("taroyamada@gmail.com", KEY)
    assert refusal_code("taro@example.com", KEY) != refusal_code("jiro@example.com", KEY)


def test_nobody_is_told_that_it_is_done_when_it_could_not_be_kept(tmp_path):
    with served(tmp_path, spool=DiskFull(tmp_path)) as house:
        answer = house.visitor().refuse(LINK)

    assert answer.status == 503
    assert "まだ停止していません" in answer.body


def test_a_refusal_has_room_when_clicks_have_filled_theirs(tmp_path, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.public_spool._LARGEST_DAY", 500)
    with served(tmp_path) as house:
        for number in range(12):
            house.visitor(f"203.0.113.{number}").click(a_code())

        assert house.visitor().refuse(LINK).status == 200

    assert house.refusals == [CODE]
    assert sum(record.use is LinkUse.CLICK for record in house.records) < 12


@pytest.mark.parametrize("body", [b"x" * 1025, b"List-Unsubscribe=One-Click&" + b"x" * 20_000])
def test_a_large_body_is_not_read(house, visitor, body):
    assert visitor.refuse(LINK, body).status == 413
    assert house.refusals == []


def test_a_body_without_a_length_is_cut_off_as_well(house):
    head = f"POST {LINK} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = f"1f4\r\n{'x' * 500}\r\n" * 4

    with socket.create_connection(("127.0.0.1", house.port), 20) as line:
        line.sendall(f"{head}{chunks}0\r\n\r\n".encode())

        assert b" 413 " in line.recv(100)


def test_whoever_never_ends_a_body_is_answered_nevertheless(tmp_path, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.bodies.SECONDS", 0.2)
    with served(tmp_path) as house:
        line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
        line.request("POST", LINK, b"List-", {**PERSON, "Content-Length": "26"})

        assert line.getresponse().status == 413
        line.close()

    assert house.refusals == []
