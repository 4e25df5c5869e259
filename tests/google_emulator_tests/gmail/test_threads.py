"""Which thread a message lies in."""

from __future__ import annotations

from tests.google_emulator_tests.gmail.post import ME, Post, header, letter


def _answer_to(message_id: str, subject: str = "Re: Result") -> str:
    return letter(subject=subject, more=f"In-Reply-To: {message_id}\nReferences: {message_id}\n")


def _rfc822_id(post: Post, message_id: str) -> str:
    return header(post.message(message_id), "Message-ID")


def test_an_answer_lies_with_what_it_answers(post: Post) -> None:
    first = post.send()

    second = post.send(_answer_to(_rfc822_id(post, first["id"])))

    assert second["threadId"] == first["threadId"]
    thread = post("threads.get", path={"id": first["threadId"]}, format="minimal")
    assert [one["id"] for one in thread["messages"]] == [first["id"], second["id"]]
    assert thread.keys() == {"id", "historyId", "messages"}


def test_an_answer_with_another_subject_begins_a_thread(post: Post) -> None:
    first = post.send()

    second = post.send(_answer_to(_rfc822_id(post, first["id"]), subject="Something else"))

    assert second["threadId"] == second["id"]


def test_the_same_subject_alone_makes_no_thread(post: Post) -> None:
    assert post.send()["threadId"] != post.send()["threadId"]


def test_a_thread_that_is_asked_for_is_taken_if_the_subject_fits(post: Post) -> None:
    first = post.send()

    fitting = post.send(letter(subject="Re: result"), threadId=first["threadId"])
    other = post.send(letter(subject="Other"), threadId=first["threadId"])

    assert fitting["threadId"] == first["threadId"]
    assert other["threadId"] == other["id"]


def test_an_answer_that_comes_in_lies_with_our_letter(post: Post) -> None:
    sent = post.send(letter(to="Sato <sato@example.com>", text="いかがでしょうか"))

    post.edit("reply", messageId=sent["id"], text="承知しました。")

    answer = post.newest()
    assert answer["threadId"] == sent["threadId"]
    assert header(answer, "From") == "sato@example.com"
    assert header(answer, "In-Reply-To") == _rfc822_id(post, sent["id"])
    assert answer["snippet"].startswith("承知しました。")
    assert "&gt; いかがでしょうか" in answer["snippet"]


def test_an_automatic_answer_says_that_it_is_one(post: Post) -> None:
    sent = post.send(letter(subject="=?utf-8?B?6YG46ICD?="))

    post.edit("out_of_office", to="sato@example.com")

    answer = post.newest()
    assert header(answer, "Subject") == "自動応答: 選考"
    assert header(answer, "Auto-Submitted") == "auto-generated"
    assert answer["threadId"] == sent["threadId"]


def test_threads_are_listed_by_their_newest_message_and_without_words(post: Post) -> None:
    first = post.send(letter(text="one"))
    post.later(1)
    other = post.send(letter(subject="Other"))
    post.later(1)
    post.send(letter(text="two"), threadId=first["threadId"])

    listed = post("threads.list")

    assert [thread["id"] for thread in listed["threads"]] == [first["threadId"], other["threadId"]]
    assert listed["threads"][0].keys() == {"id", "historyId"}
    assert listed["resultSizeEstimate"] == 2


def test_a_thread_is_found_by_its_own_id_only(post: Post) -> None:
    first = post.send()
    second = post.send(threadId=first["threadId"])

    assert post.refusal("threads.get", path={"id": second["id"]}) == (404, "Requested entity was not found.")
    assert post.refusal("threads.get", path={"id": "nothex"}) == (400, "Invalid id value")


def test_a_whole_thread_is_labelled_thrown_away_and_deleted(post: Post) -> None:
    thread = post.send(letter(to=ME))["threadId"]
    path = {"id": thread}

    starred = post("threads.modify", {"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]}, path=path)
    thrown = post("threads.trash", path=path)
    rescued = post("threads.untrash", path=path)
    post("threads.delete", path=path)

    assert starred["messages"][0]["labelIds"] == ["STARRED", "SENT", "INBOX"]
    assert thrown["messages"][0]["labelIds"] == ["STARRED", "TRASH", "SENT"]
    assert rescued["messages"][0]["labelIds"] == ["STARRED", "SENT"]
    assert post("threads.list", includeSpamTrash="true") == {"resultSizeEstimate": 0}
