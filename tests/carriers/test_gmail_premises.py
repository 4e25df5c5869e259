"""The premises of the mailbox, tried against the emulator, and against an emulator in which one of them is broken."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.carriers.gmail_premises import gmail_premises
from sheets_automation.core.errors import CarrierAccess, CarrierError
from tests.carriers.gmail_post import MAILBOX, GmailPost

SEND, GET, LIST = "gmail.users.drafts.send", "gmail.users.drafts.get", "gmail.users.messages.list"
SENT_ONCE = "gmail_sent_once"


@pytest.fixture
def post(google):
    return GmailPost(google)


def tried(post, **mailbox):
    """Whether each premise holds, by its name."""
    with closing(post.mailbox(**mailbox).client) as client:
        return {one.name: one.holds for one in gmail_premises(client, MAILBOX, "0123abcd")}


def broken(premises):
    return [name for name, holds in premises.items() if not holds]


def test_all_of_them_hold(post):
    premises = tried(post)

    assert broken(premises) == []
    assert len(premises) == 8


def test_one_letter_leaves_and_it_goes_to_the_mailbox_itself(post):
    tried(post)

    [letter] = post.google.control.ledger()
    assert letter["recipients"] == [MAILBOX]


def test_no_draft_is_left(post):
    tried(post)

    client = post.mailbox().client
    assert client.ask(client.asked("drafts.list")).get("drafts", []) == []


def test_the_letter_has_a_mark_that_is_no_workbook_s(post):
    tried(post)

    client = post.mailbox().client
    [message] = client.ask(client.asked("messages.list", labelIds=["SENT"]))["messages"]
    headers = client.ask(client.asked("messages.get", id=message["id"], format="metadata"))["payload"]["headers"]
    assert [one["value"] for one in headers if one["name"] == "X-Relay-Letter"] == ["doctor.0123abcd"]


@pytest.mark.parametrize(
    ("premise", "match", "fault"),
    [
        (SENT_ONCE, SEND, {"nth": 2, "status": 409}),
        ("gmail_draft_gone", GET, {"nth": 1, "status": 410}),
        ("gmail_deleted_not_sent", SEND, {"nth": 3, "status": 409}),
    ],
)
def test_a_draft_that_is_refused_in_another_way_breaks_its_premise(post, premise, match, fault):
    post.google.control.fault(match, kind="status", **fault)

    assert broken(tried(post)) == [premise]


@pytest.mark.parametrize(
    ("premise", "method", "edit"),
    [
        ("gmail_listed_at_once", LIST, {"name": "label_message", "remove": ["SENT"]}),
        ("gmail_thread_kept", SEND, {"name": "edit_draft_subject", "subject": "another"}),
    ],
)
def test_what_happens_to_the_letter_meanwhile_breaks_its_premise(post, premise, method, edit):
    post.google.control.edit_before(method, mailbox=MAILBOX, **edit)

    assert broken(tried(post)) == [premise]


def test_another_mailbox_is_found_out_before_anything_is_written(post):
    premises = tried(post, token="owner:taro@example.co.jp")

    assert premises == {"gmail_own_mailbox": False}
    assert [call["method"] for call in post.google.control.calls()] == ["gmail.users.getProfile"]


def test_a_mailbox_that_does_not_let_us_in_says_why(post):
    token = post.google.control.token(MAILBOX, ["https://www.googleapis.com/auth/gmail.readonly"])

    with pytest.raises(CarrierAccess, match="scope"):
        tried(post, token=token)


@pytest.mark.parametrize("nth", [1, 2])
def test_a_gmail_in_trouble_proves_nothing(post, nth):
    post.google.control.fault(SEND, kind="status", status=503, nth=nth)

    with pytest.raises(CarrierError, match="does not answer"):
        tried(post)
