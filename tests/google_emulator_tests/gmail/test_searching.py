"""What a search finds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, letter

MAIL = {
    "result": letter(
        to="Sato <sato@example.com>",
        subject="=?utf-8?B?6YG46ICD57WQ5p6c44Gu44GU6YCj57Wh?=",
        text="今回はご期待に沿えず",
    ),
    "offer": letter(to="tanaka@example.org", subject="Offer letter", text="We are happy to say yes"),
    "memo": letter(to=ME, subject="memo", text="ask Sato about the offer"),
}


@pytest.fixture
def ids(post: Post) -> dict[str, str]:
    """A mailbox with three letters that the index knows, and their names by id."""
    sent = {}
    for name, text in MAIL.items():
        sent[post.send(text)["id"]] = name
        post.later(60)
    return sent


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "memo offer result"),
        ("to:sato@example.com", "result"),
        ("to:example.com", "result"),
        ("from:me", "memo offer result"),
        ("to:me", "memo"),
        ("offer", "memo offer"),
        ("OFFER", "memo offer"),
        ("off", ""),
        ("subject:offer", "offer"),
        ("subject:選考結果", "result"),
        ("期待", "result"),
        ('"happy to say"', "offer"),
        ('"happy say"', ""),
        ("happy say", "offer"),
        ("offer -subject:offer", "memo"),
        ("-offer", "result"),
        ("to:sato OR to:tanaka", "offer result"),
        ("{to:sato to:tanaka}", "offer result"),
        ("to:(sato OR tanaka) in:sent", "offer result"),
        ("(subject:memo OR subject:offer) letter", "offer"),
        ("in:sent -in:inbox", "offer result"),
        ("is:unread", "memo"),
        ("is:read", "offer result"),
        ("label:inbox", "memo"),
        ("in:drafts", ""),
        ("has:attachment", ""),
        ("larger:1M", ""),
        ("smaller:1M", "memo offer result"),
        ("newer_than:1d", "memo offer result"),
        ("older_than:1d", ""),
        ("newer_than:1m", "memo offer result"),
        ("after:2026/11/23", "memo offer result"),
        ("before:2026/11/23", ""),
        ("before:2026/11/24", "memo offer result"),
        ("after:1795482000", "memo offer result"),
        ("after:1795482060", "memo offer"),
        ("before:1795482060", "result"),
        ("unknown:operator", ""),
        ("ask:sato", "memo"),
        ("about:the", "memo"),
        ("nothing (unclosed", ""),
        ("- :", "memo offer result"),
    ],
)
def test_a_search_finds_what_its_words_mean(post: Post, ids: dict[str, str], query: str, found: str) -> None:
    assert [ids[name] for name in post.found(query)] == found.split()


def test_a_search_finds_our_own_label_by_its_name(post: Post, ids: dict[str, str]) -> None:
    label = post("labels.create", {"name": "お祈り メール/2026"})["id"]
    offer = next(name for name, kind in ids.items() if kind == "offer")
    post("messages.modify", {"addLabelIds": [label]}, path={"id": offer})

    assert post.found("label:お祈り-メール-2026") == [offer]
    assert post.found("has:userlabels") == [offer]


def test_a_search_by_message_id_finds_gmails_and_not_ours(post: Post) -> None:
    sent = post.send(letter(more="Message-ID: <ours@example.co.jp>\n"))["id"]
    post.later(60)
    [real] = [value for name, value in post.headers(sent) if name == "Message-Id"]

    assert post.found("rfc822msgid:<ours@example.co.jp>") == []
    assert post.found(f"rfc822msgid:{real}") == [sent]
    assert post.found(f"rfc822msgid:{real.strip('<>')}") == [sent]


def test_spam_and_bin_are_found_only_when_asked_for(post: Post, ids: dict[str, str]) -> None:
    offer = next(name for name, kind in ids.items() if kind == "offer")
    post.edit("trash_message", messageId=offer)

    assert post.found("subject:offer") == []
    assert post.found("in:anywhere subject:offer") == [offer]
    assert post.found("in:trash") == [offer]
    assert post.found("subject:offer", includeSpamTrash="true") == [offer]


def test_a_new_message_is_found_after_thirty_seconds_and_listed_at_once(post: Post) -> None:
    sent = post.send()["id"]

    assert post.found("in:sent") == []
    assert [one["id"] for one in post("messages.list", labelIds=["SENT"])["messages"]] == [sent]
    post.later(29)
    assert post.found("in:sent") == []
    post.later(1)
    assert post.found("in:sent") == [sent]


def test_the_delay_of_the_index_can_be_set(post: Post) -> None:
    post.edit("add_mailbox", address=ME, search_delay=0)

    sent = post.send()["id"]

    assert post.found("in:sent") == [sent]


def test_days_begin_at_midnight_in_california(post: Post) -> None:
    post.clock.set(datetime(2026, 11, 24, 7, 59, tzinfo=UTC))
    post.send()
    post.later(60)

    assert post.found("after:2026/11/24") == []
    assert len(post.found("before:2026/11/24")) == 1
