"""What real googleapiclient sees of the mail, over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import google.oauth2.credentials
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import BatchHttpRequest

from tests.google_emulator import Running, running
from tests.google_emulator.control import Refused

ME = "saiyo@example.co.jp"
FULL = "https://mail.google.com/"
LETTER = (
    "To: 佐藤 <sato@example.com>\r\n"
    "Subject: =?utf-8?B?6YG46ICD57WQ5p6c?=\r\n"
    "X-Relay-Id: C-0042\r\n\r\nお世話になります。\r\n"
)


@pytest.fixture(scope="module")
def _server() -> Iterator[Running]:
    with running() as server:
        yield server


@pytest.fixture
def emulator(_server: Running) -> Running:
    _server.control.reset()
    return _server


@pytest.fixture
def users(emulator: Running) -> Any:
    """The users resource of a client that acts as ME."""
    return _users(emulator, ME)


def _users(emulator: Running, email: str) -> Any:
    credentials = google.oauth2.credentials.Credentials(emulator.control.token(email, [FULL]))
    options = {"api_endpoint": f"http://{emulator.address}"}
    return build("gmail", "v1", credentials=credentials, client_options=options).users()


def _raw(text: str = LETTER) -> dict[str, str]:
    return {"raw": base64.urlsafe_b64encode(text.encode()).decode()}


def _draft(users: Any, text: str = LETTER) -> Any:
    return users.drafts().create(userId="me", body={"message": _raw(text)}).execute()


def _sent(users: Any, text: str = LETTER, **more: str) -> Any:
    return users.messages().send(userId="me", body={**_raw(text), **more}).execute()


def _headers(users: Any, name: str) -> dict[str, str]:
    payload = users.messages().get(userId="me", id=name).execute()["payload"]
    return {one["name"].lower(): one["value"] for one in payload["headers"]}


def _error(request: Any) -> tuple[int, str, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value.resp.status, caught.value.reason, caught.value.error_details[0]["reason"]


def test_a_draft_becomes_a_sent_message_of_another_id_in_the_same_thread(users: Any) -> None:
    draft = _draft(users)

    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    assert draft["message"]["labelIds"] == ["DRAFT"]
    assert sent.keys() == {"id", "threadId", "labelIds"}
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != draft["message"]["id"]
    assert sent["threadId"] == draft["message"]["threadId"]


def test_a_sent_draft_is_gone_for_every_method(users: Any) -> None:
    draft = _draft(users)
    name = draft["id"]
    users.drafts().send(userId="me", body={"id": name}).execute()

    gone = (404, "Requested entity was not found.", "notFound")
    assert _error(users.drafts().send(userId="me", body={"id": name})) == gone
    assert _error(users.drafts().get(userId="me", id=name)) == gone
    assert _error(users.drafts().update(userId="me", id=name, body={"message": _raw()})) == gone
    assert _error(users.drafts().delete(userId="me", id=name)) == gone
    assert _error(users.messages().get(userId="me", id=draft["message"]["id"])) == gone
    assert users.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}


def test_the_ledger_has_a_letter_once_however_often_its_draft_is_sent(users: Any, emulator: Running) -> None:
    draft = _draft(users)
    users.drafts().send(userId="me", body={"id": draft["id"]}).execute()
    with pytest.raises(HttpError):
        users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    [letter] = emulator.control.ledger()

    assert letter["draftId"] == draft["id"]
    assert letter["recipients"] == ["sato@example.com"]
    assert letter["subject"] == "選考結果"


def test_the_ledger_has_a_letter_whose_answer_was_lost(users: Any, emulator: Running) -> None:
    emulator.control.fault("gmail.users.messages.send", "reset_after")

    with pytest.raises(OSError, match="reset"):
        _sent(users)

    assert [letter["subject"] for letter in emulator.control.ledger()] == ["選考結果"]


def test_our_message_id_is_replaced_and_our_own_header_survives(users: Any) -> None:
    sent = _sent(users, "Message-ID: <ours@example.co.jp>\r\n" + LETTER)

    headers = _headers(users, sent["id"])

    assert headers["message-id"].startswith("<CA")
    assert headers["message-id"].endswith("@mail.gmail.com>")
    assert headers["x-relay-id"] == "C-0042"
    assert headers["subject"] == "選考結果"
    assert "by gmailapi.google.com with HTTPREST" in headers["received"]


def test_a_blind_copy_is_seen_by_the_sender_alone(users: Any, emulator: Running) -> None:
    emulator.control.edit("add_mailbox", address="boss@example.co.jp")
    sent = _sent(users, "Bcc: boss@example.co.jp\r\n" + LETTER)
    boss = _users(emulator, "boss@example.co.jp")

    [copy] = boss.messages().list(userId="me", labelIds=["INBOX"]).execute()["messages"]

    assert "bcc" not in _headers(boss, copy["id"])
    assert _headers(users, sent["id"])["bcc"] == "boss@example.co.jp"
    [letter] = emulator.control.ledger()
    assert letter["recipients"] == ["sato@example.com", "boss@example.co.jp"]
    assert b"boss" not in base64.b64decode(letter["raw"])


def test_a_letter_to_oneself_is_one_message_that_was_sent_and_came(users: Any) -> None:
    sent = _sent(users, f"To: {ME}\r\nSubject: memo\r\n\r\nx\r\n")

    assert sorted(sent["labelIds"]) == ["INBOX", "SENT", "UNREAD"]
    assert users.getProfile(userId="me").execute()["messagesTotal"] == 1


def test_a_changed_draft_keeps_its_name_and_thread_and_gets_another_message(users: Any) -> None:
    draft = _draft(users)

    body = {"message": _raw(LETTER + "追伸\r\n")}
    changed = users.drafts().update(userId="me", id=draft["id"], body=body).execute()

    assert changed["id"] == draft["id"]
    assert changed["message"]["id"] != draft["message"]["id"]
    assert changed["message"]["threadId"] == draft["message"]["threadId"]


def test_a_draft_with_another_subject_leaves_its_thread(users: Any) -> None:
    draft = _draft(users)

    body = {"message": _raw(LETTER.replace("Subject: ", "Subject: Hello "))}
    changed = users.drafts().update(userId="me", id=draft["id"], body=body).execute()

    assert changed["message"]["threadId"] != draft["message"]["threadId"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"),
        (_raw("Subject: nobody\r\n\r\nx"), "Recipient address required"),
        (_raw("To: 佐藤\r\n\r\nx"), "Invalid To header"),
        ({**_raw(), "threadId": "not-a-thread"}, "Invalid thread_id value"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused_in_googles_words(
    users: Any, emulator: Running, body: dict[str, str], words: str
) -> None:
    assert _error(users.messages().send(userId="me", body=body)) == (400, words, "invalidArgument")
    assert emulator.control.ledger() == []


def test_another_mailbox_is_not_open(users: Any) -> None:
    request = users.getProfile(userId="someone@example.co.jp")

    assert _error(request) == (403, f"Delegation denied for {ME}", "forbidden")


def test_the_formats_show_more_or_less_of_a_message(users: Any) -> None:
    name = _sent(users)["id"]

    minimal = users.messages().get(userId="me", id=name, format="minimal").execute()
    raw = users.messages().get(userId="me", id=name, format="raw").execute()
    full = users.messages().get(userId="me", id=name).execute()
    named = users.messages().get(userId="me", id=name, format="metadata", metadataHeaders=["x-relay-id"]).execute()

    known = {"id", "threadId", "labelIds", "snippet", "sizeEstimate", "historyId", "internalDate"}
    assert minimal.keys() == known - {"snippet"} | {"payload"}
    assert minimal["payload"] == {"partId": ""}
    assert raw.keys() == known | {"raw"}
    assert full.keys() == known | {"payload"}
    assert named["payload"]["headers"] == [{"name": "X-Relay-Id", "value": "C-0042"}]
    assert "body" not in named["payload"]
    assert message_from_bytes(base64.urlsafe_b64decode(raw["raw"]))["X-Relay-Id"] == "C-0042"
    assert base64.urlsafe_b64decode(full["payload"]["body"]["data"]).decode() == "お世話になります。\r\n"
    assert full["snippet"] == "お世話になります。"


def test_a_search_finds_a_message_only_after_a_while_and_a_label_at_once(users: Any, emulator: Running) -> None:
    emulator.control.freeze()
    name = _sent(users)["id"]

    def listed(**query: Any) -> list[str]:
        answer = users.messages().list(userId="me", **query).execute()
        return [one["id"] for one in answer.get("messages", [])]

    assert listed(labelIds=["SENT"]) == [name]
    assert listed(q="to:sato@example.com") == []
    emulator.control.advance(60)
    assert listed(q="to:sato@example.com") == [name]
    assert listed(q="to:sato@example.com subject:選考結果 -in:inbox newer_than:1d") == [name]
    assert listed(q="to:tanaka@example.com") == []


def test_the_history_tells_what_came_since(users: Any, emulator: Running) -> None:
    start = users.getProfile(userId="me").execute()["historyId"]
    name = _sent(users)["id"]

    answer = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()

    [entry] = answer["history"]
    assert [one["message"]["id"] for one in entry["messagesAdded"]] == [name]
    assert int(start) < int(entry["id"]) <= int(answer["historyId"])
    assert _error(users.history().list(userId="me", startHistoryId="1"))[0] == 404


def test_a_bounce_comes_into_the_thread_of_the_letter(users: Any, emulator: Running) -> None:
    sent = _sent(users)
    emulator.control.edit("bounce", messageId=sent["id"])

    thread = users.threads().get(userId="me", id=sent["threadId"]).execute()

    report = thread["messages"][-1]
    headers = {one["name"]: one["value"] for one in report["payload"]["headers"]}
    assert headers["From"] == "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
    assert headers["X-Failed-Recipients"] == "sato@example.com"
    assert report["payload"]["mimeType"] == "multipart/report"
    kinds = [part["mimeType"] for part in report["payload"]["parts"]]
    assert kinds == ["multipart/related", "message/delivery-status", "message/rfc822"]
    assert "INBOX" in report["labelIds"]


def test_a_batch_makes_drafts_and_sends_them(users: Any, emulator: Running) -> None:
    made: list[Any] = []
    batch = BatchHttpRequest(batch_uri=f"http://{emulator.address}/batch/gmail/v1")
    for number in range(3):
        text = LETTER.replace("C-0042", f"C-{number:04}")
        batch.add(
            users.drafts().create(userId="me", body={"message": _raw(text)}),
            callback=lambda _id, answer, _error: made.append(answer),
        )
    batch.execute()

    for draft in made:
        users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    ids = [
        header["value"]
        for one in emulator.control.ledger()
        for header in one["headers"]
        if header["name"] == "X-Relay-Id"
    ]
    assert ids == ["C-0000", "C-0001", "C-0002"]


def test_nothing_that_is_answered_violates_the_discovery_document(users: Any, emulator: Running) -> None:
    sent = _sent(users)
    emulator.control.edit("bounce", messageId=sent["id"])
    for one in users.messages().list(userId="me").execute()["messages"]:
        users.messages().get(userId="me", id=one["id"]).execute()
    users.labels().list(userId="me").execute()
    users.labels().get(userId="me", id="INBOX").execute()
    users.settings().sendAs().list(userId="me").execute()

    state = emulator.control.state()

    assert state["violations"] == []
    assert state["problems"] == []


@pytest.mark.parametrize(
    ("name", "edit", "words"),
    [
        ("bounce", {"messageId": "1"}, "no such letter has left"),
        ("bounce", {"mesageId": "1"}, "bounce does not know mesageId"),
        ("send_draft_by_hand", {"draftId": "r1"}, "no such draft"),
    ],
)
def test_a_script_that_means_nothing_is_refused_in_words(
    emulator: Running, name: str, edit: dict[str, str], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        emulator.control.edit(name, **edit)
