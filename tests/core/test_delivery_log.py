from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from tests.core.builders import NOW, ended, event

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)


def state_of(*events):
    return fold(events).delivery(KEY).state


def test_a_letter_nobody_spoke_of_is_open():
    assert state_of() is None


def test_the_first_claim_wins_and_later_ones_change_nothing():
    first, second = event(EventKind.PREPARED, run="R1"), event(EventKind.PREPARED, run="R2")

    delivery = fold([first, second]).delivery(KEY)

    assert delivery.claim is first
    assert delivery.state is DeliveryState.PREPARED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.SENT, DeliveryState.SENT),
        (EventKind.FAILED, DeliveryState.FAILED),
        (EventKind.REFUSED, DeliveryState.REFUSED),
        (EventKind.UNCERTAIN, DeliveryState.UNCERTAIN),
        (EventKind.WITHDRAWN, None),
    ],
)
def test_the_outcome_of_a_claim_is_the_state_of_the_letter(kind, state):
    claim = event(EventKind.PREPARED)

    assert state_of(claim, ended(claim, kind)) is state


def test_the_withdrawal_of_a_lost_claim_leaves_the_winner_alone():
    winner, loser = event(EventKind.PREPARED, run="R1"), event(EventKind.PREPARED, run="R2")

    assert state_of(winner, loser, ended(loser, EventKind.WITHDRAWN)) is DeliveryState.PREPARED


def test_a_letter_that_left_under_a_lost_claim_has_left_all_the_same():
    winner, loser = event(EventKind.PREPARED, run="R1"), event(EventKind.PREPARED, run="R2")

    assert state_of(winner, loser, ended(loser, EventKind.SENT)) is DeliveryState.SENT
    assert state_of(winner, loser, ended(loser, EventKind.UNCERTAIN)) is DeliveryState.UNCERTAIN


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.WITHDRAWN, EventKind.UNCERTAIN, EventKind.REFUSED])
def test_nothing_takes_back_that_a_letter_was_sent(kind):
    claim = event(EventKind.PREPARED)

    assert state_of(claim, ended(claim, EventKind.SENT), ended(claim, kind)) is DeliveryState.SENT


def test_a_late_word_that_an_uncertain_letter_left_settles_it():
    claim = event(EventKind.PREPARED)

    assert state_of(claim, ended(claim, EventKind.UNCERTAIN), ended(claim, EventKind.SENT)) is DeliveryState.SENT


def test_an_uncertain_letter_cannot_be_claimed():
    claim = event(EventKind.PREPARED, run="R1")

    folded = fold([claim, ended(claim, EventKind.UNCERTAIN), event(EventKind.PREPARED, run="R2")])

    assert folded.delivery(KEY).state is DeliveryState.UNCERTAIN
    assert folded.delivery(KEY).claim is claim


def test_a_person_settles_an_uncertain_letter_as_sent():
    claim = event(EventKind.PREPARED)

    assert state_of(claim, ended(claim, EventKind.UNCERTAIN), event(EventKind.SETTLED_SENT)) is DeliveryState.SENT


def test_a_letter_settled_as_not_sent_can_be_claimed_again_as_another_attempt():
    claim = event(EventKind.PREPARED)
    settled = [claim, ended(claim, EventKind.UNCERTAIN), event(EventKind.SETTLED_AGAIN)]
    again = event(EventKind.PREPARED, run="R2", attempt=2)

    assert fold(settled).delivery(KEY).state is None
    assert fold([*settled, again]).delivery(KEY).claim is again
    assert fold([*settled, again]).delivery(KEY).attempts == 2


def test_failures_are_counted_in_a_row_until_a_person_says_again():
    first, second = event(EventKind.PREPARED), event(EventKind.PREPARED, run="R2", attempt=2)
    failed = [first, ended(first, EventKind.FAILED), second, ended(second, EventKind.FAILED)]

    assert fold(failed).delivery(KEY).failures == 2
    assert fold([*failed, event(EventKind.SETTLED_AGAIN)]).delivery(KEY).failures == 0


def test_a_new_decision_on_the_same_row_opens_a_new_cycle():
    claim = event(EventKind.PREPARED)
    log = fold([claim, ended(claim, EventKind.SENT), event(EventKind.REOPENED, cycle=2)])

    assert log.current_key("C-0005", LetterKind.REJECTION).cycle == 2
    assert log.delivery(log.current_key("C-0005", LetterKind.REJECTION)).state is None


def test_an_event_that_was_appended_twice_counts_once():
    claim = event(EventKind.PREPARED)
    sent = ended(claim, EventKind.SENT)

    log = fold([claim, sent, claim, sent])

    assert len(log.sent_at) == 1
    assert log.delivery(KEY).attempts == 1


def test_the_budget_counts_letters_that_left_or_may_have_within_the_span():
    claims = [event(EventKind.PREPARED, to=f"C-{n}") for n in range(4)]
    log = fold(
        [
            *claims,
            ended(claims[0], EventKind.SENT),
            ended(claims[1], EventKind.UNCERTAIN),
            ended(claims[2], EventKind.FAILED),
            ended(claims[3], EventKind.SENT, at=NOW - timedelta(hours=25)),
        ]
    )

    assert log.sent_within(timedelta(hours=24), NOW) == 2


def test_runs_without_a_letter_do_not_count_as_usual_runs():
    claims = [event(EventKind.PREPARED, to=f"C-{n}") for n in range(4)]
    log = fold(
        [
            *claims,
            ended(claims[0], EventKind.SENT, run="R1"),
            ended(claims[1], EventKind.SENT, run="R2"),
            ended(claims[2], EventKind.SENT, run="R2"),
            ended(claims[3], EventKind.FAILED, run="R3"),
        ]
    )

    assert log.letters_of_last_runs(10, LetterKind.REJECTION) == [1, 2]
    assert log.letters_of_last_runs(1, LetterKind.REJECTION) == [2]


def test_a_code_leads_back_to_its_candidate_and_an_address_to_its_letters():
    log = fold([event(EventKind.PREPARED, referral_code="K7QX", to_address="Taro+jobs@gmail.com")])

    assert log.candidate_of_code == {"K7QX": "C-0005"}
    assert log.by_address["taro@gmail.com"] == (KEY,)


@given(st.lists(st.tuples(st.sampled_from(list(EventKind)), st.integers(0, 3)), max_size=12))
def test_once_sent_always_sent_whatever_else_is_recorded(words):
    claims = [event(EventKind.PREPARED, run=f"R{n}") for n in range(4)]
    takes_back = {EventKind.SETTLED_AGAIN, EventKind.REOPENED, EventKind.BOUNCED}
    noise = [ended(claims[n], kind) for kind, n in words if kind not in takes_back]

    assert state_of(*claims, ended(claims[2], EventKind.SENT), *noise) is DeliveryState.SENT


def test_a_letter_is_held_until_it_is_released_and_can_be_held_again():
    first, released, again = event(EventKind.HELD), event(EventKind.RELEASED), event(EventKind.HELD)

    assert fold([]).delivery(KEY).held is None
    assert fold([first]).delivery(KEY).held is first
    assert fold([first, released]).delivery(KEY).held is None
    assert fold([first, released, again]).delivery(KEY).held is again


def test_holding_a_letter_says_nothing_of_whether_it_left():
    claim = event(EventKind.PREPARED)

    assert state_of(claim, ended(claim, EventKind.SENT), event(EventKind.HELD)) is DeliveryState.SENT
    assert state_of(claim, event(EventKind.HELD), ended(claim, EventKind.FAILED)) is DeliveryState.FAILED
