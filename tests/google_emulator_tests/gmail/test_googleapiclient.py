"""What real googleapiclient sees of the mail, over HTTP."""

from __future__ import annotations

import base64
from email import message_from_bytes
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import BatchHttpRequest

from tests.google_emulator import Running
from tests.google_emulator.control import Refused
from tests.google_emulator_tests.gmail.client import (
    LETTER,
    ME,
    drafted,
    error_of,
    headers_of,
    raw,
    sends,
    users_of,
)


@pytest.fixture
def emulator(google_process: Running) -> Running:
    """The one server of this worker, as if it were new."""
    google_process.control.reset()
    return google_process


@pytest.fixture
def users(emulator: Running) -> Any:
    """The users resource of a client that acts as ME."""
    return users_of(emulator, ME)


def test_a_draft_becomes_a_sent_message_of_another_id_in_the_same_thread(users: Any) -> None:
    draft = drafted(users)

    sent = users.drafts().send(userId="me", body={"id": draft["id"]}).execute()

    assert draft["message"]["labelIds"] == ["DRAFT"]
    assert sent.keys() == {"id", "threadId", "labelIds"}
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != draft["message"]["id"]
    assert sent["threadId"] == draft["message"]["threadId"]


def test_a_sent_draft_is_gone_for_every_method(users: Any) -> None:
    draft = drafted(users)
    name = draft["id"]
    users.drafts().send(userId="me", body={"id": name}).execute()

    gone = (404, "Requested entity was not found.", "notFound")
    assert error_of(users.drafts().send(userId="me", body={"id": name})) == gone
    assert error_of(users.drafts().get(userId="me", id=name)) == gone
    assert error_of(users.drafts().update(userId="me", id=name, body={"message": raw()})) == gone
    assert error_of(users.drafts().delete(userId="me", id=name)) == gone
    assert error_of(users.messages().get(userId="me", id=draft["message"]["id"])) == gone
    assert users.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}


def test_the_ledger_has_a_letter_once_however_often_its_draft_is_sent(users: Any, emulator: Running) -> None:
    draft = drafted(users)
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
        sends(users)

    assert [letter["subject"] for letter in emulator.control.ledger()] == ["選考結果"]


def test_our_message_id_is_replaced_and_our_own_header_survives(users: Any) -> None:
    sent = sends(users, "Message-ID: <ours@example.co.jp>\r\n" + LETTER)

    headers = headers_of(users, sent["id"])

    assert headers["message-id"].startswith("<CA")
    assert headers["message-id"].endswith("@mail.gmail.com>")
    assert headers["x-relay-id"] == "C-0042"
    assert headers["subject"] == "選考結果"
    assert "by gmailapi.google.com with HTTPREST" in headers["received"]


def test_a_blind_copy_is_seen_by_the_sender_alone(users: Any, emulator: Running) -> None:
    emulator.control.edit("add_mailbox", address="boss@example.co.jp")
    sent = sends(users, "Bcc: boss@example.co.jp\r\n" + LETTER)
    boss = users_of(emulator, "boss@example.co.jp")

    [copy] = boss.messages().list(userId="me", labelIds=["INBOX"]).execute()["messages"]

    assert "bcc" not in headers_of(boss, copy["id"])
    assert headers_of(users, sent["id"])["bcc"] == "boss@example.co.jp"
    [letter] = emulator.control.ledger()
    assert letter["recipients"] == ["sato@example.com", "boss@example.co.jp"]
    assert b"boss" not in base64.b64decode(letter["raw"])


def test_a_letter_to_oneself_is_one_message_that_was_sent_and_came(users: Any) -> None:
    sent = sends(users, f"To: {ME}\r\nSubject: memo\r\n\r\nx\r\n")

    assert sorted(sent["labelIds"]) == ["INBOX", "SENT", "UNREAD"]
    assert users.getProfile(userId="me").execute()["messagesTotal"] == 1


def test_a_changed_draft_keeps_its_name_and_thread_and_gets_another_message(users: Any) -> None:
    draft = drafted(users)

    body = {"message": raw(LETTER + "追伸\r\n")}
    changed = users.drafts().update(userId="me", id=draft["id"], body=body).execute()

    assert changed["id"] == draft["id"]
    assert changed["message"]["id"] != draft["message"]["id"]
    assert changed["message"]["threadId"] == draft["message"]["threadId"]


def test_a_draft_with_another_subject_leaves_its_thread(users: Any) -> None:
    draft = drafted(users)

    body = {"message": raw(LETTER.replace("Subject: ", "Subject: Hello "))}
    changed = users.drafts().update(userId="me", id=draft["id"], body=body).execute()

    assert changed["message"]["threadId"] != draft["message"]["threadId"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"),
        (raw("Subject: nobody\r\n\r\nx"), "Recipient address required"),
        (raw("To: 佐藤\r\n\r\nx"), "Invalid To header"),
        ({**raw(), "threadId": "not-a-thread"}, "Invalid thread_id value"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused_in_googles_words(
    users: Any, emulator: Running, body: dict[str, str], words: str
) -> None:
    assert error_of(users.messages().send(userId="me", body=body)) == (400, words, "invalidArgument")
    assert emulator.control.ledger() == []


def test_another_mailbox_is_not_open(users: Any) -> None:
    request = users.getProfile(userId="someone@example.co.jp")

    assert error_of(request) == (403, f"Delegation denied for {ME}", "forbidden")


def test_the_formats_show_more_or_less_of_a_message(users: Any) -> None:
    name = sends(users)["id"]

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
    name = sends(users)["id"]

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
    name = sends(users)["id"]

    answer = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()

    [entry] = answer["history"]
    assert [one["message"]["id"] for one in entry["messagesAdded"]] == [name]
    assert int(start) < int(entry["id"]) <= int(answer["historyId"])
    assert error_of(users.history().list(userId="me", startHistoryId="1"))[0] == 404


def test_a_bounce_comes_into_the_thread_of_the_letter(users: Any, emulator: Running) -> None:
    sent = sends(users)
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
            users.drafts().create(userId="me", body={"message": raw(text)}),
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
    sent = sends(users)
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
