"""Claims that fail, are lost, or end twice: attempts and failures are counted right, and no letter is forgotten."""

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from tests.core.builders import NOW, ended, event

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)


def delivery_of(*events):
    return fold(events).delivery(KEY)


def two_claims():
    """A claim that won and one that lost."""
    return event(EventKind.PREPARED, run="R1"), event(EventKind.PREPARED, run="R2")


def bounced(claim):
    return ended(claim, EventKind.BOUNCED, to_address=claim.to_address)


def test_attempts_are_counted_even_if_two_runs_gave_theirs_the_same_number():
    first, second = event(EventKind.PREPARED, attempt=1), event(EventKind.PREPARED, attempt=1)

    assert delivery_of(first, ended(first, EventKind.FAILED), second).attempts == 2


def test_a_claim_with_a_higher_number_than_the_log_knows_is_believed():
    assert delivery_of(event(EventKind.PREPARED, attempt=4)).attempts == 4


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.REFUSED, EventKind.UNCERTAIN])
def test_only_a_failure_counts_as_one(kind):
    first, second = event(EventKind.PREPARED), event(EventKind.PREPARED, attempt=2)

    assert delivery_of(first, ended(first, EventKind.FAILED), second, ended(second, kind)).failures == 1


def test_the_failure_of_a_claim_that_had_lost_is_not_the_letters_failure():
    winner, loser = two_claims()

    delivery = delivery_of(winner, loser, ended(loser, EventKind.FAILED))

    assert (delivery.state, delivery.failures) == (DeliveryState.PREPARED, 0)


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.FAILED, EventKind.REFUSED])
def test_a_claim_that_lost_and_never_ended_is_asked_about_before_anybody_sends_again(kind):
    winner, loser = two_claims()

    delivery = delivery_of(winner, loser, ended(winner, kind))

    assert (delivery.state, delivery.claim, delivery.at) == (DeliveryState.PREPARED, loser, loser.at)
    assert fold([winner, loser, ended(winner, kind)]).unfinished() == (delivery,)


def test_all_claims_of_a_letter_under_way_are_open_and_none_of_one_that_left():
    winner, loser = two_claims()

    assert fold([winner, loser]).open_claims() == (winner, loser)
    assert fold([winner, loser, ended(loser, EventKind.WITHDRAWN)]).open_claims() == (winner,)
    assert fold([winner, loser, ended(winner, EventKind.WITHDRAWN)]).open_claims() == (loser,)
    assert fold([winner, loser, ended(winner, EventKind.SENT)]).open_claims() == ()


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.FAILED, EventKind.REFUSED])
def test_once_it_has_ended_the_letter_stands_as_it_stood_without_it(kind):
    winner, loser = two_claims()

    delivery = delivery_of(winner, loser, ended(winner, EventKind.FAILED, detail="451"), ended(loser, kind))

    assert (delivery.state, delivery.failures, delivery.detail) == (DeliveryState.FAILED, 1, "451")


def test_of_several_that_lost_each_is_asked_about_in_turn():
    winner, loser = two_claims()
    third = event(EventKind.PREPARED, run="R3", at=NOW)
    events = [winner, loser, third, ended(winner, EventKind.WITHDRAWN)]

    assert (delivery_of(*events).claim, delivery_of(*events).at) == (loser, loser.at)
    assert delivery_of(*events, ended(loser, EventKind.WITHDRAWN)).claim is third
    assert delivery_of(*events, ended(third, EventKind.WITHDRAWN)).claim is loser


@pytest.mark.parametrize(
    ("kind", "state"), [(EventKind.SENT, DeliveryState.SENT), (EventKind.UNCERTAIN, DeliveryState.UNCERTAIN)]
)
def test_where_the_letter_left_nobody_is_asked_about(kind, state):
    winner, loser = two_claims()

    assert delivery_of(winner, loser, ended(winner, kind)).state is state


def test_a_letter_that_came_back_came_back_whoever_else_wanted_to_send_it():
    winner, loser = two_claims()

    assert delivery_of(winner, loser, ended(winner, EventKind.SENT), bounced(winner)).state is DeliveryState.BOUNCED


def test_a_person_who_says_send_again_has_the_last_word():
    winner, loser = two_claims()

    again = [winner, loser, ended(winner, EventKind.UNCERTAIN), ended(winner, EventKind.SETTLED_AGAIN)]

    assert delivery_of(*again).state is None


def test_a_second_end_of_one_claim_is_not_a_second_failure():
    claim = event(EventKind.PREPARED)

    assert delivery_of(claim, ended(claim, EventKind.FAILED), ended(claim, EventKind.FAILED)).failures == 1


def test_an_end_without_any_claim_is_believed_only_if_it_says_that_a_letter_left():
    assert delivery_of(event(EventKind.SENT)).state is DeliveryState.SENT
    assert delivery_of(event(EventKind.UNCERTAIN)).state is DeliveryState.UNCERTAIN
    assert delivery_of(event(EventKind.FAILED)).state is None


@pytest.mark.parametrize(
    ("kind", "state"),
    [(EventKind.WITHDRAWN, None), (EventKind.FAILED, DeliveryState.FAILED), (EventKind.REFUSED, DeliveryState.REFUSED)],
)
def test_what_was_in_doubt_and_is_found_not_sent_is_open_again(kind, state):
    claim = event(EventKind.PREPARED)

    assert delivery_of(claim, ended(claim, EventKind.UNCERTAIN), ended(claim, kind)).state is state


def test_a_person_who_frees_a_letter_in_doubt_is_not_overruled_by_the_same_doubt_said_again():
    claim = event(EventKind.PREPARED)
    freed = [claim, ended(claim, EventKind.UNCERTAIN), event(EventKind.SETTLED_AGAIN)]

    assert delivery_of(*freed, ended(claim, EventKind.UNCERTAIN)).state is None
    assert delivery_of(*freed, ended(claim, EventKind.SENT)).state is DeliveryState.SENT


def test_of_two_letters_that_left_the_one_that_did_not_come_back_was_delivered():
    first, second = two_claims()

    delivery = delivery_of(first, second, ended(first, EventKind.SENT), ended(second, EventKind.SENT), bounced(second))

    assert delivery.state is DeliveryState.SENT


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.WITHDRAWN, EventKind.REFUSED])
def test_a_letter_that_never_left_is_not_waited_for_when_the_next_one_comes_back(kind):
    first, second = event(EventKind.PREPARED), event(EventKind.PREPARED, attempt=2)

    delivery = delivery_of(first, ended(first, kind), second, ended(second, EventKind.SENT), bounced(second))

    assert delivery.state is DeliveryState.BOUNCED


def test_a_persons_word_about_one_letter_does_not_forget_another_that_left():
    first, second = two_claims()
    settled = event(EventKind.SETTLED_SENT, claim_id=second.event_id)

    delivery = delivery_of(first, second, ended(first, EventKind.SENT), settled, bounced(second))

    assert delivery.state is DeliveryState.SENT


def test_the_bounce_of_a_letter_that_nobody_knows_to_have_left_closes_nothing():
    first, second = two_claims()

    assert delivery_of(first, second, bounced(second)).state is DeliveryState.PREPARED


def test_a_letter_that_came_back_before_it_was_recorded_keeps_the_reason_of_its_return():
    claim = event(EventKind.PREPARED)
    back = ended(claim, EventKind.BOUNCED, to_address=claim.to_address, detail="mailbox_full 5.2.2", at=NOW)

    delivery = delivery_of(claim, back, ended(claim, EventKind.SENT))

    assert (delivery.state, delivery.detail, delivery.at) == (DeliveryState.BOUNCED, "mailbox_full 5.2.2", NOW)


def test_a_lost_claim_whose_letter_came_back_leaves_the_winner_under_way():
    winner, loser = two_claims()

    assert delivery_of(winner, loser, bounced(loser), ended(loser, EventKind.SENT)).state is DeliveryState.PREPARED


def test_a_reopened_row_says_nothing_about_the_letter_of_the_new_decision():
    assert delivery_of(event(EventKind.REOPENED)).state is None
    assert delivery_of(event(EventKind.REOPENED)).at is None


def test_a_letter_that_its_run_calls_failed_has_failed_whatever_came_back():
    claim = event(EventKind.PREPARED)

    assert delivery_of(claim, bounced(claim), ended(claim, EventKind.FAILED)).state is DeliveryState.FAILED


def test_a_later_letter_to_an_address_that_bounced_does_not_free_it():
    claim = event(EventKind.PREPARED, to_address="taro@example.com")
    later = event(EventKind.PREPARED, to="C-0009", to_address="taro@example.com")

    log = fold([claim, ended(claim, EventKind.SENT), bounced(claim), later])

    assert list(log.bounced) == ["taro@example.com"]


def test_a_bounced_address_is_free_again_only_if_that_very_address_was_named():
    claim = event(EventKind.PREPARED, to_address="taro@example.com")
    again = event(EventKind.SETTLED_AGAIN, to_address="other@example.com")

    log = fold([claim, ended(claim, EventKind.SENT), bounced(claim), again])

    assert list(log.bounced) == ["taro@example.com"]
