"""The whole way of an answer: a letter with its link, a button, `relay collect`, and what the analysis says."""

import http.client
import re
import socket
import threading
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import uvicorn
from openpyxl import load_workbook

from sheets_automation.config import load_config
from sheets_automation.core.link_records import LinkRecord, LinkUse, to_line
from sheets_automation.core.survey import survey_code
from sheets_automation.service.public import links_of, make_public_app
from sheets_automation.service.public_server import terms
from sheets_automation.service.public_spool import FileSpool
from tests.core.builders import NOW
from tests.public.links_house import KEY, PERSON

EXAMPLE = Path(__file__).parents[2] / "config" / "example.toml"
SURVEY = "https://links.minato.example/s"


@pytest.fixture
def asked(relay, book, tmp_path, monkeypatch):
    """The demo's 24 letters, sent with the question; the configuration that asks it."""
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    config = tmp_path / "relay.toml"
    text = EXAMPLE.read_text()
    config.write_text(text.replace('survey_url = ""', f'survey_url = "{SURVEY}"'))
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", "--expect", "24", config=str(config))
    return str(config)


def letters(tmp_path):
    for file in sorted((tmp_path / "outbox" / "new").iterdir()):
        yield message_from_bytes(file.read_bytes(), policy=policy.default)


def codes(tmp_path):
    texts = [one.get_body(("plain",)).get_content() for one in letters(tmp_path)]
    return [re.search(rf"{re.escape(SURVEY)}/(\w+)", text)[1] for text in texts]


def note(tmp_path, *pressed):
    """What the public app would have kept, an hour after the letters."""
    lines = [to_line(LinkRecord(at=at, use=LinkUse.ANSWER, code=code, score=score)) for code, score, at in pressed]
    (tmp_path / "records.jsonl").write_text("\n".join(lines))


def test_every_letter_carries_a_link_of_its_own_and_none_without_the_setting(relay, book, asked, tmp_path):
    assert len(set(codes(tmp_path))) == 24
    assert all(SURVEY in one.get_body(("html",)).get_content() for one in letters(tmp_path))

    relay("preview", "book.xlsx", "--out", "letters.html")
    assert SURVEY not in Path("letters.html").read_text()


def test_answers_show_in_the_analysis_and_nobody_can_tell_whose_they_are(relay, book, asked, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-25T10:00:00+09:00")
    given = codes(tmp_path)[:7]
    note(tmp_path, *((code, 4, NOW.replace(hour=12)) for code in given), (given[0], 1, NOW.replace(hour=13)))

    first = relay("collect", "book.xlsx", "records.jsonl", config=asked)
    again = relay("collect", "book.xlsx", "records.jsonl", config=asked)
    found = relay("analyse", "book.xlsx", config=asked)["survey"]

    assert (first["answers"], again["answers"]) == (
        {"added": 8, "known": 0, "unknown": 0},
        {"added": 0, "known": 8, "unknown": 0},
    )
    assert (found["answers"], found["mean"]) == (5, 4.0)  # the newest two, a changed one among them, wait
    rows = [*load_workbook(book)["満足度記録"].iter_rows(values_only=True)]
    assert len(rows) == 9
    shown = {str(cell) for row in rows for cell in row}
    log = {str(cell) for row in load_workbook(book)["送信記録"].iter_rows(values_only=True, min_row=2) for cell in row}
    assert shown & log <= {"None", ""}
    assert not any(code in cell for code in given for cell in shown)
    tab = [*load_workbook(book)["分析"].iter_rows(values_only=True)]
    assert any(row[0] == "全体" and row[1:3] == (5, 4.0) for row in tab)


def test_who_has_no_key_sees_no_answer(relay, book, asked, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-25T10:00:00+09:00")
    note(tmp_path, *((code, 5, NOW.replace(hour=12)) for code in codes(tmp_path)))
    relay("collect", "book.xlsx", "records.jsonl", config=asked)

    assert relay("analyse", "book.xlsx", config=asked)["survey"]["answers"] == 20
    assert relay("analyse", "book.xlsx")["survey"]["answers"] == 0  # by a configuration that asks nobody


def test_an_answer_before_the_letter_left_is_a_testers_and_one_of_nobody_is_nobodys(relay, book, asked, tmp_path):
    code = codes(tmp_path)[0]
    note(
        tmp_path,
        (code, 5, NOW.replace(hour=9)),
        (survey_code("C-NOBODY", "nobody@example.com", KEY), 5, NOW.replace(hour=12)),
    )

    found = relay("collect", "book.xlsx", "records.jsonl", config=asked)

    assert found["answers"] == {"added": 0, "known": 0, "unknown": 2}


def test_a_letter_with_the_question_does_not_leave_without_its_key(relay, book, asked, monkeypatch):
    monkeypatch.delenv("RELAY_LINK_KEY")

    assert relay("send", "book.xlsx", config=asked, code=2)["error"]["name"] == "configuration"


def test_from_the_button_to_the_record(asked, tmp_path):
    links = links_of(load_config(Path(asked)), {"RELAY_LINK_KEY": KEY})
    server = uvicorn.Server(terms(make_public_app(links, FileSpool(tmp_path / "kept"), lambda: NOW)))
    code = codes(tmp_path)[0]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        line = http.client.HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=20)
        line.request("POST", f"/s/{code}", b"score=2", {**PERSON, "Content-Type": "application/x-www-form-urlencoded"})
        status = line.getresponse().status
        line.close()
        server.should_exit = True
        thread.join(20)

    assert status == 200
    assert f'"code": "{code}"' in (tmp_path / "kept" / "answers-2026-11-24.jsonl").read_text()
