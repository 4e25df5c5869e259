"""The contract, kept by Gmail, and what only Gmail does: real HTTP against the emulator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.core.errors import CarrierAccess, MailCapReached
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import CarrierContract, a_letter, as_mail, claimed
from tests.carriers.gmail_post import MAILBOX, GmailPost, drafts_in, prepared, sent_in

SEND, CREATE = "gmail.users.drafts.send", "gmail.users.drafts.create"


@pytest.fixture
def post(google):
    return GmailPost(google)


class TestGmail(CarrierContract):
    pass


class TestBeforeTheFirstLetter:
    def test_another_mailbox_than_the_one_asked_for_is_refused(self, post):
        with pytest.raises(CarrierAccess, match="mailbox"):
            prepared(post, token="owner:somebody@example.co.jp")

        assert post.google.control.calls(CREATE) == []

    def test_an_alias_that_is_not_verified_is_refused(self, post):
        with pytest.raises(CarrierAccess, match="sender"):
            prepared(post, sender="jobs@example.co.jp")

    def test_a_verified_alias_may_be_the_sender(self, post):
        post.google.control.edit(
            "add_mailbox", address=MAILBOX, aliases=[{"address": "jobs@example.co.jp", "verified": True}]
        )

        carrier, ready = prepared(post, sender="jobs@example.co.jp")

        assert carrier.commit(ready).state is DeliveryState.SENT

    def test_a_scope_that_is_missing_is_named_as_a_scope(self, post):
        token = post.google.control.token(MAILBOX, ["https://www.googleapis.com/auth/gmail.send"])

        with pytest.raises(CarrierAccess, match="scope"):
            prepared(post, token=token)


class TestTheLabel:
    def test_is_made_once_and_put_on_what_was_sent(self, post):
        for _ in range(2):
            carrier, ready = prepared(post)
            carrier.commit(ready)
            carrier.close()

        labels = {tuple(sorted(set(message["labelIds"]) - {"SENT"})) for message in sent_in(post)}
        assert len(labels) == 1
        assert len(post.google.control.calls("gmail.users.labels.create")) == 1

    def test_is_left_out_where_none_is_wanted(self, post):
        carrier, ready = prepared(post, label="")
        carrier.commit(ready)
        carrier.close()

        assert [message["labelIds"] for message in sent_in(post)] == [["SENT"]]

    def test_that_fails_is_no_failed_letter(self, post):
        carrier, ready = prepared(post)
        post.google.control.fault("gmail.users.messages.batchModify", kind="status", status=500, times=None)

        assert carrier.commit(ready).state is DeliveryState.SENT
        carrier.close()


class TestTheDailyCap:
    def test_stops_the_run_and_leaves_the_letter_unsent(self, post):
        post.google.control.edit("add_mailbox", address=MAILBOX, daily_messages=1)
        carrier = post.carrier()
        first, second = carrier.prepare([a_letter("C-1"), a_letter("C-2")])
        carrier.commit(first)

        with pytest.raises(MailCapReached):
            carrier.commit(second)

        assert carrier.resolve(claimed(second)).state is DeliveryState.WITHDRAWN
        assert len(post.delivered()) == 1

    def test_is_over_the_next_day(self, post):
        post.google.control.edit("add_mailbox", address=MAILBOX, daily_messages=1)
        carrier, ready = prepared(post)
        carrier.commit(ready)

        post.google.control.advance(25 * 3600)

        carrier, ready = prepared(post)
        assert carrier.commit(ready).state is DeliveryState.SENT


class TestOrphans:
    def test_of_this_workbook_are_swept_after_an_hour(self, post):
        prepared(post)
        post.google.control.advance(2 * 3600)

        post.carrier().sweep([])

        assert drafts_in(post) == []

    def test_that_an_open_claim_names_are_left_for_it_to_be_resolved(self, post):
        _, ready = prepared(post)
        post.google.control.advance(2 * 3600)

        post.carrier().sweep([claimed(ready)])

        assert post.carrier().resolve(claimed(ready)).state is DeliveryState.WITHDRAWN

    def test_that_a_person_has_sent_in_the_browser_are_no_drafts_any_more(self, post):
        _, ready = prepared(post)
        draft = ready.reference.split("/")[0]
        post.google.control.edit("send_draft_by_hand", mailbox=MAILBOX, draftId=draft, orphan=True)
        post.google.control.advance(2 * 3600)

        post.carrier().sweep([])

        assert len(sent_in(post)) == 1

    def test_that_are_younger_are_left_to_their_run(self, post):
        prepared(post)
        post.google.control.advance(50 * 60)

        post.carrier().sweep([])

        assert len(drafts_in(post)) == 1

    def test_of_other_workbooks_and_of_people_are_left_alone(self, post):
        prepared(post, workbook_mark="ffffffffffff")
        client = post.mailbox().client
        client.ask(client.draft(b"Subject: mine\r\nTo: a@example.com\r\n\r\nwait\r\n"))
        post.google.control.advance(2 * 3600)

        post.carrier().sweep([])

        assert len(drafts_in(post)) == 2


class TestTheQuota:
    @pytest.fixture
    def post(self, google):
        google.control.quotas(enabled=True)
        google.control.edit("add_mailbox", address=MAILBOX, daily_messages=9000, daily_external_recipients=9000)
        return GmailPost(google)

    def test_is_used_to_95_percent_in_a_simulated_hour_without_a_single_refusal(self, post):
        carrier = post.carrier()
        begun = post.google.control.now()
        sent = 0
        while (post.google.control.now() - begun).total_seconds() < 3600:
            for ready in carrier.prepare([a_letter(f"C-{sent + n}") for n in range(50)]):
                sent += carrier.commit(ready).state is DeliveryState.SENT

        refused = [call for call in post.google.control.calls() if call["status"] in {403, 429}]
        assert refused == []
        hours = (post.google.control.now() - begun).total_seconds() / 3600
        assert sent / hours >= 0.95 * 60 * 6000 / 110

    def test_that_is_smaller_than_we_know_is_waited_for(self, post):
        post.google.control.quotas(gmail_user=600)
        carrier = post.carrier()

        ready = carrier.prepare([a_letter(f"C-{number}") for number in range(12)])

        assert [carrier.commit(one).state for one in ready] == [DeliveryState.SENT] * 12


def test_letters_take_one_call_each_and_a_batch_one_more(post):
    carrier = post.carrier()
    letters = [a_letter(f"C-{number}") for number in range(120)]
    for start in range(0, 120, 50):
        for ready in carrier.prepare(letters[start : start + 50]):
            carrier.commit(ready)
    carrier.close()

    calls = [call for call in post.google.control.calls() if not call["part"]]
    assert len(calls) <= 120 + 3 + 3


def test_a_new_run_has_a_draft_of_its_own_for_the_same_letter(post):
    _, first = prepared(post)
    _, second = prepared(post)

    assert first.reference != second.reference
    assert as_mail(a_letter()) not in post.delivered()


def test_a_recipient_that_gmail_refuses_is_refused_for_good(post):
    def compose(outgoing):
        return as_mail(outgoing)

    carrier = post.carrier(compose)
    [ready] = carrier.prepare([replace(a_letter(), to_address="nobody at all")])

    receipt = ready.failure or carrier.commit(ready)

    assert receipt.state in {DeliveryState.REFUSED, DeliveryState.FAILED}
    assert post.delivered() == []
