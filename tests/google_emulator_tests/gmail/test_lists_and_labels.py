"""Lists in pages, and labels that move a message."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, letter


def test_pages_give_every_message_once_and_newest_first(post: Post) -> None:
    sent = [post.send()["id"] for _ in range(5)]

    first = post("messages.list", maxResults=3)
    second = post("messages.list", maxResults=3, pageToken=first["nextPageToken"])

    assert [one["id"] for one in first["messages"] + second["messages"]] == sent[::-1]
    assert "nextPageToken" not in second
    assert first["resultSizeEstimate"] == 5
    assert len(first["nextPageToken"]) == 20


def test_a_long_list_is_not_counted(post: Post) -> None:
    for _ in range(205):
        post.draft()

    answer = post("messages.list")

    assert len(answer["messages"]) == 100
    assert answer["resultSizeEstimate"] == 201


def test_an_empty_list_has_an_estimate_only(post: Post) -> None:
    assert post("messages.list") == {"resultSizeEstimate": 0}
    assert post("threads.list") == {"resultSizeEstimate": 0}
    assert post("drafts.list") == {"resultSizeEstimate": 0}


@pytest.mark.parametrize("place", ["SPAM", "TRASH"])
def test_what_is_thrown_away_leaves_the_inbox_and_does_not_come_back_by_itself(post: Post, place: str) -> None:
    message = post.send(letter(ME))
    path = {"id": message["id"]}

    away = post("messages.modify", {"addLabelIds": [place]}, path=path)
    back = post("messages.modify", {"removeLabelIds": [place]}, path=path)

    assert sorted(away["labelIds"]) == sorted(["UNREAD", "SENT", place])
    assert sorted(back["labelIds"]) == ["SENT", "UNREAD"]


def test_the_bin_is_listed_only_if_asked_for(post: Post) -> None:
    name = post.send()["id"]
    post("messages.trash", path={"id": name})

    assert post("messages.list") == {"resultSizeEstimate": 0}
    assert [one["id"] for one in post("messages.list", labelIds=["TRASH"])["messages"]] == [name]
    assert [one["id"] for one in post("messages.list", includeSpamTrash="true")["messages"]] == [name]


def test_what_a_message_is_cannot_be_taken_off(post: Post) -> None:
    path = {"id": post.send()["id"]}

    assert post.refusal("messages.modify", {"removeLabelIds": ["SENT"]}, path=path) == (400, "Invalid label: SENT")
    assert post.refusal("messages.modify", {}, path=path) == (400, "No label add or removes specified")


def test_a_message_without_labels_has_no_such_field(post: Post) -> None:
    post.edit("receive", mailbox=ME, **{"from": "a@example.com"}, subject="x", text="x", labels=["INBOX"])
    name = post.newest()["id"]

    assert post("messages.modify", {"removeLabelIds": ["INBOX"]}, path={"id": name}).keys() == {"id", "threadId"}


@pytest.mark.parametrize("method", ["messages.modify", "messages.trash", "messages.untrash"])
def test_a_change_is_answered_shortly_and_no_change_with_more_words(post: Post, method: str) -> None:
    sent = post.send()
    path, body = {"id": sent["id"]}, {"addLabelIds": ["STARRED"]}
    if method == "messages.untrash":
        post("messages.trash", path=path)

    news = post(method, body, path=path)
    none = post(method, body, path=path)

    assert news.keys() == {"id", "threadId", "labelIds"}
    stored = {"snippet", "sizeEstimate", "historyId", "internalDate"}
    assert none.keys() == news.keys() | stored
    assert none["snippet"] == "Hello"


def test_a_thread_is_answered_in_the_same_two_ways(post: Post) -> None:
    sent = post.send()
    path = {"id": sent["threadId"]}

    news = post("threads.trash", path=path)
    none = post("threads.trash", path=path)

    assert news == {"id": sent["threadId"], "messages": [{**sent, "labelIds": ["TRASH", "SENT"]}]}
    assert none.keys() == {"id", "historyId", "messages"}
    assert none["messages"][0]["historyId"] == none["historyId"]
    assert none["messages"][0]["snippet"] == "Hello"


def test_labels_have_names_once(post: Post) -> None:
    made = post("labels.create", {"name": "不採用通知"})

    assert "type" not in made
    assert post("labels.get", path={"id": made["id"]})["type"] == "user"
    assert post.refusal("labels.create", {"name": "不採用通知"}) == (409, "Label name exists or conflicts")
    assert post.refusal("labels.create", {"name": "Inbox"}) == (400, "Invalid label name")
    assert post.refusal("labels.get", path={"id": "Label_99"}) == (404, "Requested entity was not found.")
    assert post.refusal("labels.delete", path={"id": "INBOX"})[0] == 400
