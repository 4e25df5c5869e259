"""What becomes of a letter whose run died before or after its push."""

from datetime import timedelta

import pytest

from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import a_letter, as_mail, claimed
from tests.line.line_post import linked

PUSH = "/v2/bot/message/push"


def dead_run(post, *, left, compose=as_mail):
    """A run that died before or after its push, and its claim."""
    carrier = post.carrier(compose)
    [prepared] = carrier.prepare([a_letter()])
    if left:
        carrier.commit(prepared)
    return claimed(prepared)


def test_a_letter_that_left_is_known_by_its_key_and_does_not_arrive_again(post):
    claim = dead_run(post, left=True)

    receipt = post.carrier(written_again=lambda _claim: linked(a_letter())).resolve(claim)

    assert receipt.state is DeliveryState.SENT
    assert receipt.reference == "request-1"
    assert len(post.delivered()) == 1


def test_a_letter_that_never_left_and_is_still_due_leaves_now(post):
    claim = dead_run(post, left=False)

    receipt = post.carrier(written_again=lambda _claim: linked(a_letter())).resolve(claim)

    assert receipt.state is DeliveryState.SENT
    assert len(post.delivered()) == 1


def test_a_letter_that_is_no_longer_due_is_not_pushed_to_find_out(post):
    claim = dead_run(post, left=False)

    receipt = post.carrier(written_again=lambda _claim: None).resolve(claim)

    assert receipt.state is DeliveryState.UNCERTAIN
    assert post.server.pushes() == 0


@pytest.mark.parametrize("left", [True, False])
def test_a_letter_that_says_something_else_by_now_is_not_pushed_to_find_out(post, left):
    claim = dead_run(post, left=left)

    carrier = post.carrier(lambda _outgoing: "他の文面".encode(), written_again=lambda _claim: linked(a_letter()))
    receipt = carrier.resolve(claim)

    assert receipt.state is DeliveryState.UNCERTAIN
    assert len(post.delivered()) == left


def test_a_letter_to_a_chat_that_was_linked_meanwhile_is_not_pushed_to_find_out(post):
    claim = dead_run(post, left=False)

    receipt = post.carrier(written_again=lambda _claim: linked(a_letter(), 99)).resolve(claim)

    assert receipt.state is DeliveryState.UNCERTAIN
    assert post.server.pushes() == 0


@pytest.mark.parametrize("answer", [(400, "no"), (401, "no"), (429, "rate limit"), (500, "down")])
def test_a_refusal_to_a_repeated_push_says_nothing_of_the_first(post, answer):
    claim = dead_run(post, left=True)
    post.switches.answers[PUSH] = [answer] * 4

    receipt = post.carrier(written_again=lambda _claim: linked(a_letter())).resolve(claim)

    assert receipt.state is DeliveryState.UNCERTAIN


def test_two_runs_with_the_same_claim_deliver_once(post):
    one, other = post.carrier(), post.carrier()
    [mine], [theirs] = one.prepare([a_letter()]), other.prepare([a_letter()])

    assert one.commit(mine).state is DeliveryState.SENT
    assert other.commit(theirs).state is DeliveryState.SENT
    assert len(post.delivered()) == 1


def test_once_the_key_is_dead_a_push_would_arrive_twice(post):
    """Why `written_again` looks at the age of a claim: this is what it keeps us from."""
    claim = dead_run(post, left=True)
    post.account.now += timedelta(hours=25)

    post.carrier(written_again=lambda _claim: linked(a_letter())).resolve(claim)

    assert len(post.delivered()) == 2
