"""Who gets in: one browser on this computer, by an address that works once, and only from our own page."""

import http.client
import json

import pytest

from sheets_automation.service.local_gate import TOKEN
from tests.service.service_house import OURS

PLAN = "/api/plan"


def raw(service, path, *, method="GET", body=None, **headers):
    """A request with exactly these headers: no client corrects them."""
    connection = http.client.HTTPConnection("127.0.0.1", service.gate.port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    data = body.encode() if body is not None else b""
    if body is not None:
        connection.putheader("content-length", str(len(data)))
    connection.endheaders(data)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def cookie(service):
    return "; ".join(f"{name}={value}" for name, value in service.browser.cookies.items())


def test_the_address_works_once_and_leads_to_one_without_the_word(opened, book):
    service = opened(book)
    first = service.stranger()

    again = first.get(service.gate.address)
    known = service.browser.get(service.gate.address)

    assert again.status_code == 401
    assert not first.cookies
    assert (known.status_code, known.headers["location"]) == (303, "/")
    assert TOKEN not in known.headers["location"]


@pytest.mark.parametrize(
    ("started_from", "ja", "en"),
    [
        ("terminal", "ターミナルで relay open をもう一度始めてください。", "Start `relay open` again in the terminal."),
        ("excel", "Excel のボタンをもう一度押してください。", "Press the button in Excel again."),
    ],
)
@pytest.mark.parametrize("headers", [{"sec-fetch-dest": "document"}, {"accept": "text/html,*/*"}])
def test_whoever_opens_a_used_address_reads_what_to_do_in_both_languages(opened, book, started_from, ja, en, headers):
    service = opened(book, started_from=started_from)

    for address in (service.gate.address, "/"):
        answer = service.stranger().get(address, headers=headers)

        assert (answer.status_code, answer.headers["content-type"]) == (401, "text/html; charset=utf-8")
        assert ja in answer.text
        assert en in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_script_that_is_refused_gets_its_document(opened, book):
    service = opened(book)

    answer = service.stranger().get("/api/session", headers={"sec-fetch-dest": "empty", "accept": "text/html"})

    assert answer.json()["error"]["name"] == "not_signed_in"


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(opened, book):
    service = opened(book)
    service.gate._is_used = False

    answer = service.stranger().get(service.gate.address)

    flags = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert "httponly" in flags
    assert "samesite=strict" in flags


@pytest.mark.parametrize("word", ["", "x", "あ", "A" * 5000])
def test_a_guessed_word_lets_nobody_in(opened, book, word):
    service = opened(book)

    answer = service.stranger().get("/", params={TOKEN: word})

    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", PLAN, "/api/session", "/openapi.json", "/nothing"])
def test_nobody_sees_anything_without_the_cookie(service, path):
    answer = service.stranger().get(path)

    assert answer.status_code == 401
    assert answer.json()["error"]["name"] == "not_signed_in"


def test_a_made_up_cookie_lets_nobody_in(service):
    (name,) = service.browser.cookies

    for value in ("", "x", "é".encode().decode("latin-1"), '"'):
        status, _ = raw(service, PLAN, host=f"127.0.0.1:{service.gate.port}", cookie=f"{name}={value}")
        assert status == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""])
def test_another_name_for_this_computer_is_refused(service, host):
    status, text = raw(service, PLAN, host=host.format(port=service.gate.port), cookie=cookie(service))

    assert status == 403
    assert json.loads(text)["error"]["name"] == "not_allowed"


def test_localhost_is_this_computer_too(service):
    host = f"localhost:{service.gate.port}"

    status, _ = raw(service, "/api/session", host=host, cookie=cookie(service))

    assert status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1", "sec_fetch_site": "same-origin"},
        {},
    ],
)
def test_no_other_page_can_make_us_do_anything(service, headers):
    host = f"127.0.0.1:{service.gate.port}"
    body = json.dumps({"ids": ["C-1"], "word": "sent"})

    status, text = raw(
        service,
        "/api/settle",
        method="POST",
        body=body,
        host=host,
        cookie=cookie(service),
        content_type="application/json",
        **headers,
    )

    assert status == 403
    assert json.loads(text)["error"]["name"] == "not_allowed"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_is_no_request(service, kind):
    answer = service.browser.post("/api/settle", content=b"{}", headers={"content-type": kind})

    assert answer.status_code == 400
    assert "application/json" in answer.json()["error"]["text"]


def test_another_page_cannot_read_either(service):
    answer = service.browser.get(PLAN, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/", "/api/session", PLAN, "/nothing", "/api/letters/x?plan=y"])
def test_every_answer_is_sealed(service, path):
    for browser in (service.browser, service.stranger()):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr")
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert policy.count("unsafe") == 1  # attributes that style a letter in its frame, which inherits this
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/../local.py",
        "/%2e%2e/%2e%2e/pages/gallery.css",
        "/%2e%2e/local.py",
        "/..%2flocal.py",
        "//etc/passwd",
        "/style.css/..",
    ],
)
def test_nothing_but_the_page_is_served(service, path):
    status, text = raw(service, path, host=f"127.0.0.1:{service.gate.port}", cookie=cookie(service))

    assert status == 404
    assert "import" not in text


def test_a_request_without_end_is_refused(service):
    kind = {"content-type": "application/json"}

    small, large = (
        service.browser.post("/api/letters", content=b'{"ids":[],"plan":"x"}' + b" " * size, headers=kind)
        for size in (1_000_000, 3_000_000)
    )

    assert (small.status_code, large.status_code) == (409, 400)
    assert "大きすぎるか" in large.json()["error"]["text"]


def test_whoever_asks_faster_than_a_person_has_to_wait(opened, book):
    slow = {"read": 2, "letters": 2, "write": 2, "send": 2, "test": 2, "small": 2}
    service = opened(book, paces=slow)

    answers = [service.browser.get("/api/session", headers=OURS) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["error"]["name"] == "too_many_requests"
    assert int(answers[-1].headers["retry-after"]) > 0
