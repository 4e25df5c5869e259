"""The door: how often one may come, what every answer wears, and who is whom."""

import socket

import pytest

from sheets_automation.service.public_door import Visitors, address_of
from tests.public.links_house import PARTNER, a_code, refusal_link, served

PACE = 5


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def visitors(clock):
    return Visitors(per_minute=PACE, clock=clock)


def waits(visitors, address, times):
    return [visitors.seconds_to_wait(visitors.name(address)) for _ in range(times)]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/r/CODE", 302),
        ("GET", refusal_link(), 200),
        ("POST", refusal_link(), 400),
        ("GET", "/nothing", 404),
        ("DELETE", "/r/CODE", 405),
        ("GET", "/u/" + "x" * 3000, 404),
    ],
)
def test_every_answer_is_shut_tight(visitor, method, path, status):
    answer = visitor.ask(path.replace("CODE", a_code()), method)

    headers = answer.headers
    assert answer.status == status
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Set-Cookie"] is None
    assert headers["Server"] is None
    assert headers["Access-Control-Allow-Origin"] is None


def test_a_flood_from_one_address_is_turned_away_and_others_come_in(tmp_path):
    with served(tmp_path, requests_per_minute=PACE) as house:
        flood, person, code = house.visitor("203.0.113.1"), house.visitor("203.0.113.2"), a_code()
        answers = [flood.click(a_code()) for _ in range(40)]

        assert {answer.status for answer in answers[PACE + 5 :]} == {429}
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert answers[-1].headers["Referrer-Policy"] == "no-referrer"
        assert person.click(code).location == PARTNER.replace("{code}", code)

    assert len(house.records) <= PACE + 5  # a slow machine may have earned one or two more


def test_refusals_are_turned_away_too_when_they_come_too_often(tmp_path):
    with served(tmp_path, requests_per_minute=PACE) as house:
        flood = house.visitor()

        statuses = [flood.refuse(refusal_link(f"a{n}@example.com")).status for n in range(30)]

    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_writing_other_addresses_in_front_does_not_make_another_visitor(tmp_path):
    with served(tmp_path, requests_per_minute=PACE) as house:
        statuses = [house.visitor(f"10.0.0.{n}, 203.0.113.9").click(a_code()).status for n in range(40)]

    assert statuses[-1] == 429


def test_without_a_proxy_of_ours_the_header_is_anybodys_word(tmp_path):
    with served(tmp_path, proxies=0, requests_per_minute=PACE) as house:
        statuses = [house.visitor(f"203.0.113.{n}").click(a_code()).status for n in range(40)]

    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.1", "192.0.2.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1, 203.0.113.1", "203.0.113.1"),
        (2, "10.0.0.1, 203.0.113.1, 198.51.100.1", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
        (1, "<script>", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_an_address_is_what_our_own_proxies_saw(proxies, forwarded, address):
    scope = {"type": "http", "client": ("192.0.2.1", 5000), "headers": [(b"x-forwarded-for", forwarded.encode())]}

    assert address_of(scope, proxies) == address


def test_a_visitor_may_come_a_minutes_worth_at_once_and_then_at_the_pace(visitors, clock):
    assert waits(visitors, "203.0.113.1", PACE + 1) == [0, 0, 0, 0, 0, 12]

    clock.now += 12

    assert waits(visitors, "203.0.113.1", 2) == [0, 12]


def test_a_whole_ipv6_line_is_one_visitor(visitors):
    assert [waits(visitors, f"2001:db8:1:2::{n:x}", 1) for n in range(1, PACE + 2)][-1] == [12]
    assert waits(visitors, "2001:db8:1:3::1", 1) == [0]


def test_an_ipv4_address_is_the_same_written_as_ipv6(visitors):
    waits(visitors, "203.0.113.1", PACE)

    assert waits(visitors, "::ffff:203.0.113.1", 1) == [12]


def test_a_flood_from_everywhere_takes_no_more_memory(visitors, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.public_door._MOST_VISITORS", 100)

    for number in range(1000):
        visitor = visitors.name(f"10.0.{number // 250}.{number % 250}")
        visitors.seconds_to_wait(visitor)
        for code in range(20):
            visitors.codes_opened(visitor, str(code))

    assert len(visitors._visitors) == 100
    assert max(len(one.codes) for one in visitors._visitors.values()) < 10


def test_what_is_remembered_of_a_visitor_names_nobody(visitors):
    other = Visitors(per_minute=PACE)
    waits(visitors, "203.0.113.1", 1)

    assert b"203.0.113.1" not in next(iter(visitors._visitors))
    assert visitors.name("203.0.113.1") != other.name("203.0.113.1")


def test_codes_opened_long_ago_do_not_make_a_machine_of_anybody(visitors, clock):
    visitor = visitors.name("203.0.113.1")
    visitors.seconds_to_wait(visitor)
    for number in range(4):
        visitors.codes_opened(visitor, str(number))

    clock.now += 61

    assert visitors.codes_opened(visitor, "another") == 1


@pytest.mark.parametrize("said", [b"", b"GET /r/", b"POST /u/x HTTP/1.1\r\nHost: a\r\n"])
def test_whoever_connects_and_does_not_say_what_they_want_is_hung_up_on(tmp_path, said):
    with served(tmp_path, patience=0.2) as house, socket.create_connection(("127.0.0.1", house.port), 20) as line:
        line.sendall(said)

        try:
            ended = line.recv(100) == b""
        except ConnectionResetError:
            ended = True

    assert ended


def test_a_head_without_end_is_refused(house):
    with socket.create_connection(("127.0.0.1", house.port), 20) as line:
        line.sendall(b"GET /r/x HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 100_000)

        assert b" 400 " in line.recv(100)
