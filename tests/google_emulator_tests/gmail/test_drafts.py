"""Letters that are written and not sent, and what becomes of them when they are."""

from __future__ import annotations

import re

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, letter, raw


def test_a_draft_begins_a_thread_named_after_its_first_message(post: Post) -> None:
    draft = post.draft()

    assert re.fullmatch(r"r-?\d{15,19}", draft["id"])
    assert draft["message"] == {"id": draft["message"]["id"], "threadId": draft["message"]["id"], "labelIds": ["DRAFT"]}


def test_message_ids_are_hex_and_grow_with_time(post: Post) -> None:
    first = post.draft()["message"]["id"]
    second = post.draft()["message"]["id"]
    post.later(60)
    third = post.draft()["message"]["id"]

    assert int(first, 16) < int(second, 16) < int(third, 16)
    assert (int(third, 16) >> 20) == int(post.clock.now().timestamp() * 1000)


def test_a_draft_gets_the_date_the_id_and_the_trace_that_it_lacks(post: Post) -> None:
    draft = post.draft()

    names = [name for name, _ in post.headers(draft["message"]["id"])]

    assert names == ["Received", "From", "To", "Subject", "Date", "Message-Id"]


def test_a_draft_keeps_the_date_and_the_id_that_it_has(post: Post) -> None:
    more = "Date: Tue, 24 Nov 2026 09:00:00 +0900\nMessage-ID: <ours@example.co.jp>\n"

    draft = post.draft(letter(more=more))

    assert ("Message-ID", "<ours@example.co.jp>") in post.headers(draft["message"]["id"])
    assert ("Date", "Tue, 24 Nov 2026 09:00:00 +0900") in post.headers(draft["message"]["id"])


def test_a_changed_draft_keeps_its_labels_and_forgets_the_old_message(post: Post) -> None:
    draft = post.draft()
    post("messages.modify", {"addLabelIds": ["STARRED"]}, path={"id": draft["message"]["id"]})

    changed = post("drafts.update", {"message": raw(letter(text="Better"))}, path={"id": draft["id"]})

    assert changed["message"]["labelIds"] == ["STARRED", "DRAFT"]
    assert post.refusal("messages.get", path={"id": draft["message"]["id"]})[0] == 404
    assert post("drafts.get", path={"id": draft["id"]})["message"]["snippet"] == "Better"


def test_an_answer_re_in_the_subject_is_the_same_subject(post: Post) -> None:
    draft = post.draft()

    changed = post("drafts.update", {"message": raw(letter(subject="RE: result"))}, path={"id": draft["id"]})

    assert changed["message"]["threadId"] == draft["message"]["threadId"]


def test_drafts_are_listed_newest_first_and_in_pages(post: Post) -> None:
    made = [post.draft(letter(subject=f"No {number}"))["id"] for number in range(5)]

    first = post("drafts.list", maxResults=2)
    second = post("drafts.list", maxResults=2, pageToken=first["nextPageToken"])
    third = post("drafts.list", maxResults=2, pageToken=second["nextPageToken"])

    listed = [draft["id"] for page in (first, second, third) for draft in page["drafts"]]
    assert listed == made[::-1]
    assert "nextPageToken" not in third
    assert first["resultSizeEstimate"] == 5
    assert set(first["drafts"][0]["message"]) == {"id", "threadId"}
    assert first["nextPageToken"].isdecimal()


def test_drafts_are_found_by_their_age(post: Post) -> None:
    old = post.draft()["id"]
    post.later(7200)
    post.draft()
    post.later(60)

    listed = post("drafts.list", q=f"before:{int(post.clock.now().timestamp()) - 3600}")

    assert [draft["id"] for draft in listed["drafts"]] == [old]


def test_content_that_is_sent_along_takes_the_place_of_the_draft(post: Post) -> None:
    draft = post.draft()

    post("drafts.send", {"id": draft["id"], "message": raw(letter(subject="Changed at the last moment"))})

    assert post.ledger[0]["subject"] == "Changed at the last moment"
    assert post.refusal("drafts.get", path={"id": draft["id"]})[0] == 404


def test_a_draft_to_nobody_stays_a_draft(post: Post) -> None:
    draft = post.draft(f"From: {ME}\r\nSubject: x\r\n\r\nx")

    assert post.refusal("drafts.send", {"id": draft["id"]}) == (400, "Recipient address required")
    assert post("drafts.get", path={"id": draft["id"]})["id"] == draft["id"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Missing draft message"),
        ({"message": {}}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"),
        ({"message": raw(letter(to="human@f"))}, "Invalid To header"),
        ({"message": raw(letter(more="Cc: nobody\n"))}, "Invalid Cc header"),
        ({"message": {**raw(letter()), "threadId": "zz"}}, "Invalid thread_id value"),
    ],
)
def test_a_draft_that_gmail_cannot_read_is_refused(post: Post, body: dict, words: str) -> None:
    assert post.refusal("drafts.create", body) == (400, words)


def test_a_draft_in_a_thread_that_is_not_there_is_refused(post: Post) -> None:
    message = {**raw(letter()), "threadId": "18c9a1b2c3d4e5f6"}

    assert post.refusal("drafts.create", {"message": message}) == (404, "Requested entity was not found.")


def test_a_deleted_draft_is_gone_past_the_bin(post: Post) -> None:
    draft = post.draft()

    assert post("drafts.delete", path={"id": draft["id"]}) == {}

    assert post("messages.list", includeSpamTrash="true") == {"resultSizeEstimate": 0}
    assert post.refusal("drafts.delete", path={"id": draft["id"]})[0] == 404


def test_deleting_the_message_of_a_draft_deletes_the_draft(post: Post) -> None:
    draft = post.draft()

    post("messages.delete", path={"id": draft["message"]["id"]})

    assert post.refusal("drafts.send", {"id": draft["id"]})[0] == 404


class TestAPersonAtTheSameMailbox:
    def test_sends_our_draft(self, post: Post) -> None:
        draft = post.draft()

        post.edit("send_draft_by_hand", draftId=draft["id"])

        assert post.refusal("drafts.send", {"id": draft["id"]}) == (404, "Requested entity was not found.")
        assert [(one["draftId"], one["via"]) for one in post.ledger] == [(draft["id"], "hand")]
        [message] = post("threads.get", path={"id": draft["message"]["threadId"]})["messages"]
        assert message["labelIds"] == ["SENT"]

    def test_sends_our_draft_and_leaves_its_name_behind(self, post: Post) -> None:
        draft = post.draft()

        post.edit("send_draft_by_hand", draftId=draft["id"], orphan=True)

        path = {"id": draft["id"]}
        assert post("drafts.get", path=path)["message"]["labelIds"] == ["SENT"]
        assert post("drafts.list") == {"resultSizeEstimate": 0}
        refused = (400, "Message not a draft")
        assert post.refusal("drafts.update", {"message": raw(letter())}, path=path) == refused
        assert post.refusal("drafts.send", {"id": draft["id"]}) == refused
        post("drafts.delete", path=path)
        assert post("messages.list", labelIds=["SENT"]) == {"resultSizeEstimate": 0}

    def test_edits_the_subject(self, post: Post) -> None:
        draft = post.draft()

        post.edit("edit_draft_subject", draftId=draft["id"], subject="選考結果")
        sent = post("drafts.send", {"id": draft["id"]})

        assert post.ledger[0]["subject"] == "選考結果"
        assert sent["threadId"] != draft["message"]["threadId"]

    def test_edits_the_text(self, post: Post) -> None:
        draft = post.draft()

        post.edit("edit_draft_body", text="書き直しました。")
        sent = post("drafts.send", {"id": draft["id"]})

        assert post.message(sent["id"])["snippet"] == "書き直しました。"
        assert sent["threadId"] == draft["message"]["threadId"]

    def test_deletes_the_draft_to_somebody(self, post: Post) -> None:
        kept = post.draft(letter(to="a@example.com"))
        post.draft(letter(to="b@example.com"))

        post.edit("delete_draft", to="b@example.com")

        assert [draft["id"] for draft in post("drafts.list")["drafts"]] == [kept["id"]]

    def test_cannot_do_what_a_script_misspells(self, post: Post) -> None:
        post.draft()

        with pytest.raises(LookupError, match="draft_id"):
            post.edit("delete_draft", draft_id="r1")
