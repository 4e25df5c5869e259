"""Which addresses there are, and how requests and answers look on the wire."""

from __future__ import annotations

import gzip
import json
import socket

import pytest
import requests

from tests.google_emulator import Running
from tests.google_emulator_tests.frame.caller import Caller

DRAFT = {"message": {"raw": "QQ"}}


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "/v4/nothing"),
        ("DELETE", "/v4/spreadsheets/abc"),
        ("POST", "/v4/spreadsheets/abc:batchupdate"),
        ("GET", "/gmail/v2/users/me/profile"),
    ],
)
def test_an_address_that_no_method_has_shows_the_404_page(caller: Caller, verb: str, path: str) -> None:
    answer = caller(verb, path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    assert "Error 404 (Not Found)!!1" in answer.text
    assert f"<code>{path}</code>" in answer.text


def test_a_range_with_a_slash_and_a_colon_stays_one_path_parameter(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("GET", f"/v4/spreadsheets/{document}/values/%27a%2Fb%27!A1:B2")

    assert answer.json()["range"] == "'a/b'!A1:B2"


def test_answers_look_like_google_s(caller: Caller) -> None:
    answer = caller("GET", "/gmail/v1/users/me/profile")

    assert answer.text.startswith('{\n  "emailAddress": "hr@example.co.jp",\n')
    assert answer.text.endswith("}\n")
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.headers["Server"] == "ESF"
    assert answer.headers["Content-Encoding"] == "gzip" if len(answer.content) > 200 else True


def test_pretty_print_can_be_switched_off(caller: Caller) -> None:
    answer = caller("GET", "/gmail/v1/users/me/profile?prettyPrint=false")

    assert answer.text == ('{"emailAddress":"hr@example.co.jp","messagesTotal":0,"threadsTotal":0,"historyId":"1"}')


def test_a_method_without_an_answer_gives_204_and_nothing(caller: Caller) -> None:
    answer = caller("DELETE", "/gmail/v1/users/me/labels/Label_1")

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_long_get_may_come_as_a_post(caller: Caller) -> None:
    answer = caller(
        "POST",
        "/gmail/v1/users/me/messages/1a",
        data="format=metadata",
        headers={"X-HTTP-Method-Override": "GET", "Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.json() == {"id": "1a", "snippet": "metadata"}


def test_bodies_may_be_compressed_or_come_in_chunks(caller: Caller) -> None:
    packed = gzip.compress(json.dumps(DRAFT).encode())
    in_chunks = (piece for piece in [b'{"message": ', b'{"raw": "QQ"}}'])

    zipped = caller("POST", "/gmail/v1/users/me/drafts", data=packed, headers={"Content-Encoding": "gzip"})
    chunked = caller("POST", "/gmail/v1/users/me/drafts", data=in_chunks)

    assert [zipped.json()["id"], chunked.json()["id"]] == ["r1", "r2"]


def test_many_requests_go_over_one_connection(emulator: Running, caller: Caller) -> None:
    head = f"GET /gmail/v1/users/me/profile HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {caller.token}\r\n\r\n"
    host, port = emulator.address.split(":")

    with socket.create_connection((host, int(port)), timeout=60) as connection:
        reader = connection.makefile("rb")
        statuses = []
        for _ in range(3):
            connection.sendall(head.encode())
            statuses.append(reader.readline())
            length = 0
            while (line := reader.readline().strip()) != b"":
                length = int(line.split(b":")[1]) if line.startswith(b"Content-Length") else length
            reader.read(length)

    assert statuses == [b"HTTP/1.1 200 OK\r\n"] * 3


def test_the_emulator_may_be_used_as_a_proxy(emulator: Running, caller: Caller) -> None:
    proxies = {"http": f"http://{emulator.address}"}

    answer = requests.get(
        "http://gmail.googleapis.com/gmail/v1/users/me/profile",
        headers={"Authorization": f"Bearer {caller.token}"},
        proxies=proxies,
        timeout=60,
    )

    assert answer.status_code == 200


def test_it_serves_the_discovery_documents_with_its_own_address(emulator: Running) -> None:
    answer = requests.get(f"http://{emulator.address}/discovery/v1/apis/gmail/v1/rest", timeout=60).json()

    assert answer["rootUrl"] == f"http://{emulator.address}/"
    assert answer["id"] == "gmail:v1"


def test_a_method_that_is_not_built_says_so(caller: Caller) -> None:
    error = caller.error("POST", "/gmail/v1/users/me/stop")

    assert (error["code"], error["status"]) == (501, "UNIMPLEMENTED")
    assert "gmail.users.stop" in error["message"]


def test_a_service_that_breaks_answers_500_and_is_found_out(caller: Caller) -> None:
    error = caller.error("POST", "/v4/spreadsheets/x/values/A1:append", {"values": [[1]]})

    assert error == {"code": 500, "message": "Internal error encountered.", "status": "INTERNAL"}
    [problem] = caller.emulator.control.state()["problems"]
    assert "RuntimeError: sheets.spreadsheets.values.append" in problem


def test_an_answer_that_does_not_fit_the_schema_is_found_out(caller: Caller) -> None:
    caller("POST", "/v4/spreadsheets/x/values/A1:clear", {})

    [violation] = caller.emulator.control.state()["violations"]
    assert violation["method"] == "sheets.spreadsheets.values.clear"
    assert 'Unknown name "surprise"' in violation["problem"]
