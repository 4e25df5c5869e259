"""What scripts may say that people do, and what they may not."""

from __future__ import annotations

import base64

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, header, letter


def test_a_mail_arrives_from_words(post: Post) -> None:
    post.edit(
        "receive",
        mailbox=ME,
        subject="ご質問",
        text="いつ頃でしょうか",
        html="<p>いつ頃でしょうか</p>",
        headers={"X-Priority": "1"},
        **{"from": "佐藤 <sato@example.com>"},
    )

    mail = post.newest()
    assert mail["labelIds"] == ["UNREAD", "CATEGORY_PERSONAL", "INBOX"]
    assert header(mail, "From") == "佐藤 <sato@example.com>"
    assert header(mail, "Subject") == "ご質問"
    assert header(mail, "X-Priority") == "1"
    assert [part["mimeType"] for part in mail["payload"]["parts"]] == ["text/plain", "text/html"]


def test_a_mail_arrives_as_it_was_recorded(post: Post) -> None:
    recorded = letter(subject="x", text="é").encode("latin-1")

    post.edit("receive", mailbox=ME, raw64=base64.b64encode(recorded).decode())

    assert post.newest()["sizeEstimate"] == len(recorded)


def test_a_mail_that_answers_ours_lies_beside_it(post: Post) -> None:
    sent = post.send(letter(subject="Result"))
    answered = header(post.message(sent["id"]), "Message-ID")

    post.edit("receive", subject="RE: Result", in_reply_to=answered)

    assert post.newest()["threadId"] == sent["threadId"]


def test_an_answer_out_of_the_blue_begins_a_thread(post: Post) -> None:
    post.edit("receive", mailbox=ME, subject="Re: Result", in_reply_to="<unknown@example.com>")

    mail = post.newest()
    assert mail["threadId"] == mail["id"]


def test_a_script_says_which_mailbox_if_there_are_two(post: Post) -> None:
    post.edit("add_mailbox", address=ME)
    post.edit("add_mailbox", address="jinji@example.co.jp")

    with pytest.raises(LookupError, match="which mailbox"):
        post.edit("receive", subject="x")


def test_nobody_bounces_a_letter_that_did_not_leave(post: Post) -> None:
    post.draft()

    with pytest.raises(LookupError, match="no such letter"):
        post.edit("bounce", to="sato@example.com")


@pytest.mark.parametrize(("style", "cause"), [("docomo", "mailbox_full"), ("qmail", "delay"), ("exchange", "delay")])
def test_nobody_writes_a_report_that_says_two_things(post: Post, style: str, cause: str) -> None:
    post.send()

    with pytest.raises(LookupError, match=style):
        post.edit("bounce", style=style, cause=cause)


def test_a_word_that_an_edit_does_not_know_is_refused(post: Post) -> None:
    with pytest.raises(LookupError, match="add_mailbox does not know cap, only"):
        post.edit("add_mailbox", address=ME, cap=1)


def test_the_same_script_makes_the_same_mail() -> None:
    def mail() -> list[object]:
        post = Post()
        post("drafts.send", {"id": post.draft()["id"]})
        post.edit("bounce", style="docomo")
        return [post.ledger, post("messages.list"), post.newest()["payload"]]

    assert mail() == mail()


def test_all_that_lies_in_a_mailbox_can_be_looked_at(post: Post) -> None:
    draft = post.draft(letter(subject="waits"))
    post.send(letter(subject="left"))

    shown = post.service.show()["mailboxes"][ME]

    assert [one["Subject"] for one in shown["messages"]] == ["waits", "left"]
    assert shown["drafts"] == [{"id": draft["id"], "messageId": draft["message"]["id"], "subject": "waits"}]
    assert shown["sentInADay"] == 1
