"""Lost answers, and people in the mailbox: each letter leaves once, or nobody is told that it did."""

from __future__ import annotations

import pytest

from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import a_letter, claimed
from tests.carriers.gmail_post import MAILBOX, GmailPost, drafts_in, prepared, sent_in

SEND, CREATE = "gmail.users.drafts.send", "gmail.users.drafts.create"


@pytest.fixture
def post(google):
    return GmailPost(google)


class TestALostAnswer:
    @pytest.mark.parametrize("kind", ["reset_after", "cut_body", "reset_before", "refuse"])
    def test_to_a_send_sends_the_letter_once(self, post, kind):
        carrier, ready = prepared(post)
        post.google.control.fault(SEND, kind=kind)

        assert carrier.commit(ready).state is DeliveryState.SENT

        assert len(post.delivered()) == 1

    @pytest.mark.parametrize("status", [500, 502, 503])
    @pytest.mark.parametrize("effect", [True, False])
    def test_of_the_servers_own_trouble_sends_the_letter_once(self, post, status, effect):
        carrier, ready = prepared(post)
        post.google.control.fault(SEND, kind="html", status=status, effect=effect)

        assert carrier.commit(ready).state is DeliveryState.SENT

        assert len(post.delivered()) == 1

    def test_whose_effect_comes_late_sends_the_letter_once(self, post):
        carrier, ready = prepared(post)
        post.google.control.fault(SEND, kind="late", seconds=1)

        assert carrier.commit(ready).state is DeliveryState.SENT
        post.google.control.advance(3600)

        assert len(post.delivered()) == 1

    def test_that_never_comes_leaves_the_claim_to_the_next_run(self, post):
        carrier, ready = prepared(post)
        post.google.control.fault(SEND, kind="status", status=503, times=None)

        with pytest.raises(CarrierError):
            carrier.commit(ready)

        post.google.control.clear_faults()
        assert post.carrier().resolve(claimed(ready)).state is DeliveryState.WITHDRAWN
        assert post.delivered() == []

    def test_to_the_drafts_leaves_no_letter_out(self, post):
        carrier = post.carrier()
        carrier.prepare([])
        post.google.control.fault(CREATE, kind="reset_after")

        ready = carrier.prepare([a_letter("C-1"), a_letter("C-2")])

        assert [carrier.commit(one).state for one in ready] == [DeliveryState.SENT] * 2
        assert len(post.delivered()) == 2

    @pytest.mark.parametrize("kind", ["reset_before", "cut_body", "refuse"])
    def test_to_the_look_at_the_mailbox_is_asked_again(self, post, kind):
        post.google.control.fault("batch", kind=kind)

        carrier, ready = prepared(post)

        assert carrier.commit(ready).state is DeliveryState.SENT

    def test_to_the_tidying_up_hinders_no_letter(self, post):
        prepared(post)
        post.google.control.advance(2 * 3600)
        carrier = post.carrier()
        post.google.control.fault("gmail.users.drafts.delete", kind="reset_before", times=None)

        carrier.sweep([])

        [ready] = carrier.prepare([a_letter("C-2")])
        assert carrier.commit(ready).state is DeliveryState.SENT

    def test_to_one_draft_of_many_is_asked_for_again_alone(self, post):
        carrier = post.carrier()
        carrier.prepare([])
        post.google.control.fault(CREATE, kind="status", status=429, nth=2)

        ready = carrier.prepare([a_letter(f"C-{number}") for number in range(3)])

        assert all(one.reference for one in ready)
        assert len(drafts_in(post)) == 3


class TestPeopleInTheMailbox:
    def test_a_draft_that_somebody_deleted_is_not_sent_and_says_so(self, post):
        carrier, ready = prepared(post)
        post.google.control.edit("delete_draft", mailbox=MAILBOX, draftId=ready.reference.split("/")[0])

        assert carrier.commit(ready).state is DeliveryState.FAILED

        assert post.delivered() == []

    def test_a_draft_that_somebody_sent_by_hand_is_sent(self, post):
        carrier, ready = prepared(post)
        post.google.control.edit("send_draft_by_hand", mailbox=MAILBOX, draftId=ready.reference.split("/")[0])

        assert carrier.commit(ready).state is DeliveryState.SENT
        assert post.carrier().resolve(claimed(ready)).state is DeliveryState.SENT
        assert len(post.delivered()) == 1

    def test_the_id_of_a_draft_that_was_sent_in_the_browser_may_stay_and_means_the_sent_letter(self, post):
        carrier, ready = prepared(post)
        draft = ready.reference.split("/")[0]
        post.google.control.edit("send_draft_by_hand", mailbox=MAILBOX, draftId=draft, orphan=True)

        assert carrier.commit(ready).state is DeliveryState.SENT
        assert post.carrier().resolve(claimed(ready)).state is DeliveryState.SENT
        assert len(sent_in(post)) == 1

    def test_a_draft_with_another_subject_that_was_sent_by_hand_is_found_by_our_header(self, post):
        carrier, ready = prepared(post)
        draft = ready.reference.split("/")[0]
        post.google.control.edit("edit_draft_subject", mailbox=MAILBOX, draftId=draft, subject="別の件名")
        post.google.control.edit("send_draft_by_hand", mailbox=MAILBOX, draftId=draft)

        assert carrier.commit(ready).state is DeliveryState.SENT
        assert len(post.delivered()) == 1

    def test_a_draft_that_gmail_refuses_and_somebody_sends_by_hand_meanwhile_is_sent(self, post):
        carrier, ready = prepared(post)
        draft = ready.reference.split("/")[0]
        post.google.control.fault(SEND, kind="status", status=400)
        post.google.control.edit_before("gmail.users.drafts.delete", "send_draft_by_hand", draftId=draft)

        assert carrier.commit(ready).state is DeliveryState.SENT
        assert len(post.delivered()) == 1
