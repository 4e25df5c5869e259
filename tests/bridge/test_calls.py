"""What the project does with a call of the page: to whom it goes, with what, and what comes back."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.service.cloud_service import HANAKO, TARO

GOOGLES_PAGE = "<html><head><title>{0} Error</title></head><body><h1>Error: {0}</h1></body></html>"


class Front:
    """What stands at an address in place of the service: the same answer to everybody, and a memory for what came."""

    def __init__(self):
        self.status, self.text, self.headers, self.pause = 200, "{}", {}, 0
        self.asked = []


@pytest.fixture
def front():
    front = Front()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            front.asked.append((self.command, self.path, self.headers, body))
            time.sleep(front.pause)
            self.send_response(front.status)
            for name, value in front.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(front.text.encode())

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    front.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield front
    server.shutdown()
    server.server_close()


@pytest.fixture
def before(stage, front):
    """The project, set up for the front."""
    stage.sets(token="header.e30.signature")
    stage.reaches(front.url)
    return stage


def test_the_page_gets_the_documents_of_the_service(opened, stage):
    opened()

    status, session = stage.calls("GET", "/api/session?lang=ja")

    assert status == 200
    assert session["actor"] == HANAKO
    assert session["mode"] == "cloud"
    assert session["workbook"]["kind"] == "google"


def test_everything_about_one_person_reaches_the_sidebar(opened, stage):
    opened()

    _, found = stage.calls("POST", "/api/person/find?lang=ja", {"words": "佐藤 花"})
    (one,) = found["people"]
    status, shown = stage.calls("POST", "/api/person?lang=ja", {"id": one["ids"][0]})

    assert status == 200
    assert shown["rows"][0]["cells"]["氏名"] == "佐藤 花"
    assert "佐藤 花" in shown["page"]


def test_a_call_goes_out_with_the_token_twice_and_the_spreadsheet_and_nothing_else(before, front):
    before.calls("POST", "/api/letters?lang=ja", {"ids": ["C-1"], "plan": "x"})

    ((method, path, headers, body),) = front.asked
    assert (method, path) == ("POST", "/api/letters?lang=ja")
    assert headers["Authorization"] == headers["X-Serverless-Authorization"] == "Bearer header.e30.signature"
    assert headers["X-Relay-Workbook"] == "sheet-1"
    assert json.loads(body) == {"ids": ["C-1"], "plan": "x"}
    assert headers["Content-Type"] == "application/json"
    assert not {"Cookie", "Origin", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin"),
        ("GET", "//evil.example/api/"),
        ("GET", "/api/../admin"),
        ("DELETE", "/api/plan"),
        ("GET", "@evil/api/"),
    ],
)
def test_a_call_that_is_none_never_leaves(before, front, method, path):
    status, document = before.calls(method, path)

    assert (status, document["error"]["name"]) == (503, "bad_call")
    assert front.asked == []


def test_an_address_that_somebody_wrote_into_the_properties_is_not_believed(before, front):
    before.sets(properties={"relay.service": f"{front.url}@evil.example"})

    _, document = before.calls("GET", "/api/plan")

    assert document["error"]["name"] == "no_address"
    assert front.asked == []


def test_an_address_beside_the_manifest_gets_no_token(before, front):
    before.sets(whitelist=["https://relay.example/"])

    _, document = before.calls("GET", "/api/plan")

    assert document["error"]["name"] == "unreachable_service"
    assert front.asked == []


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (401, "token_refused"),
        (403, "invoker_missing"),
        (404, "no_such_service"),
        (429, "too_many_requests"),
        (500, "service_down"),
        (503, "service_down"),
        (504, "service_down"),
        (302, "redirected"),
        (200, "not_our_service"),
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_of_googles_own_becomes_a_sentence_that_says_what_to_do(before, front, status, name, language):
    front.status, front.text = status, GOOGLES_PAGE.format(status)
    front.headers = {"Location": "https://accounts.google.com/"} if status == 302 else {}

    told, document = before.calls("GET", f"/api/plan?lang={language}")

    assert document["error"]["name"] == name
    assert told == (status if status >= 300 else 503)
    assert ("。" in document["error"]["text"]) == (language == "ja")
    assert len(front.asked) == 1


def test_a_refusal_by_the_service_itself_reaches_the_page_in_its_own_words(opened, stage):
    opened(who=TARO)

    status, document = stage.calls("GET", "/api/plan?lang=ja")

    assert status == 403
    assert document["error"]["name"] == "not_allowed"


def test_an_answer_that_does_not_come_is_cut_off_and_told(before, front):
    front.pause = 3
    before.sets(patience=150)

    _, document = before.calls("POST", "/api/send?lang=ja", {"approval": "x", "seconds": 20})

    assert document["error"]["name"] == "cut_off"


def test_a_service_that_is_not_there_is_told(before):
    before.reaches("http://127.0.0.1:19")

    _, document = before.calls("GET", "/api/plan?lang=en")

    assert document["error"]["name"] == "unreachable_service"


def test_whoever_google_does_not_name_is_told_to_agree_and_nothing_is_asked(before, front):
    before.sets(token=None)

    status, document = before.calls("GET", "/api/plan")

    assert (status, document["error"]["name"]) == (401, "no_token")
    assert front.asked == []


def test_a_sign_in_that_google_has_not_signed_is_refused_by_the_service(opened, stage):
    opened()
    header, claims, _ = stage.state["token"].split(".")
    stage.sets(token=f"{header}.{claims}.SIGNATURE_REMOVED_BY_GOOGLE")

    status, document = stage.calls("GET", "/api/plan?lang=ja")

    assert status == 401
    assert document["error"]["name"] == "not_signed_in"


def test_a_sign_in_for_another_program_is_refused(opened, stage):
    opened(audience="somebody-elses.apps.googleusercontent.com")

    status, document = stage.calls("GET", "/api/plan?lang=en")

    assert status == 401
    assert "another service" in document["error"]["text"]
