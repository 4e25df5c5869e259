"""What bounces and replies make of a letter in the log, and who may be written to again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guards import first_finding
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from tests.core.builders import NOW, candidate, ended, event, scene

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)
OLD, NEW = "old@example.com", "new@example.com"


def claimed(to_address=OLD, **more):
    return event(EventKind.PREPARED, to_address=to_address, **more)


def bounced(claim, **more):
    return ended(claim, EventKind.BOUNCED, to_address=claim.to_address, **more)


def state_of(*events):
    return fold(events).delivery(KEY).state


@pytest.mark.parametrize("outcome", [EventKind.SENT, EventKind.UNCERTAIN])
def test_a_letter_that_came_back_is_not_told(outcome):
    claim = claimed()

    delivery = fold([claim, ended(claim, outcome), bounced(claim, detail="unknown_address 5.1.1")]).delivery(KEY)

    assert (delivery.state, delivery.detail) == (DeliveryState.BOUNCED, "unknown_address 5.1.1")
    assert not delivery.is_told


def test_a_bounce_that_is_read_before_its_letter_is_known_to_have_left_counts_from_then_on():
    claim = claimed()

    assert state_of(claim, bounced(claim)) is DeliveryState.PREPARED
    assert state_of(claim, bounced(claim), ended(claim, EventKind.SENT)) is DeliveryState.BOUNCED


@pytest.mark.parametrize("kind", [EventKind.SENT, EventKind.FAILED, EventKind.WITHDRAWN, EventKind.UNCERTAIN])
def test_nothing_that_is_recorded_of_the_same_letter_later_takes_the_bounce_back(kind):
    claim = claimed()
    events = [claim, ended(claim, EventKind.SENT), bounced(claim, detail="5.1.1"), ended(claim, kind)]

    delivery = fold(events).delivery(KEY)

    assert (delivery.state, delivery.detail) == (DeliveryState.BOUNCED, "5.1.1")


def test_a_letter_to_a_corrected_address_is_another_attempt():
    first = claimed()
    back = [first, ended(first, EventKind.SENT), bounced(first)]
    second = claimed(NEW, attempt=2)

    delivery = fold([*back, second, ended(second, EventKind.SENT)]).delivery(KEY)

    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 2)


def test_a_late_bounce_of_an_earlier_letter_changes_nothing():
    first, second = claimed(), claimed(NEW, attempt=2)
    again = [first, ended(first, EventKind.UNCERTAIN), event(EventKind.SETTLED_AGAIN)]

    assert state_of(*again, second, ended(second, EventKind.SENT), bounced(first)) is DeliveryState.SENT


def test_a_letter_that_left_twice_is_told_until_both_came_back():
    first, second = claimed(run="R1"), claimed(run="R2")
    both = [first, second, ended(first, EventKind.SENT), ended(second, EventKind.SENT)]

    assert state_of(*both, bounced(first)) is DeliveryState.SENT
    assert state_of(*both, bounced(first), bounced(second)) is DeliveryState.BOUNCED


def test_a_letter_that_a_person_called_sent_can_still_come_back():
    claim = claimed()
    settled = [claim, ended(claim, EventKind.UNCERTAIN), event(EventKind.SETTLED_SENT, claim_id=claim.event_id)]

    assert state_of(*settled, bounced(claim)) is DeliveryState.BOUNCED


def test_whoever_was_told_in_another_way_after_the_bounce_stays_told():
    claim = claimed()
    told = [
        claim,
        ended(claim, EventKind.SENT),
        bounced(claim),
        event(EventKind.SETTLED_SENT, claim_id=claim.event_id),
    ]

    assert state_of(*told) is DeliveryState.SENT
    assert state_of(*told, bounced(claim)) is DeliveryState.SENT


def test_a_bounced_letter_is_open_again_when_a_person_says_so():
    claim = claimed()

    assert state_of(claim, ended(claim, EventKind.SENT), bounced(claim), event(EventKind.SETTLED_AGAIN)) is None


def test_an_address_that_bounced_is_known_until_a_person_says_again():
    claim = claimed("Yamada@example.com")
    back = [claim, ended(claim, EventKind.SENT), bounced(claim)]
    freed = event(EventKind.SETTLED_AGAIN, to_address="yamada@example.com")

    assert list(fold(back).bounced) == ["yamada@example.com"]
    assert not fold([*back, freed]).bounced


def test_another_address_of_the_same_mailbox_has_not_bounced():
    claim = claimed("yamada+jobs@example.com")

    assert "yamada@example.com" not in fold([claim, ended(claim, EventKind.SENT), bounced(claim)]).bounced


def test_a_reply_changes_no_state_and_its_last_day_is_remembered():
    claim = claimed()
    replies = [ended(claim, EventKind.REPLIED, at=NOW + timedelta(days=day)) for day in (2, 1)]

    delivery = fold([claim, ended(claim, EventKind.SENT), *replies]).delivery(KEY)

    assert (delivery.state, delivery.replied_at) == (DeliveryState.SENT, NOW + timedelta(days=2))


def test_a_bounced_letter_still_counts_for_the_budget_of_its_day():
    claim = claimed()

    assert fold([claim, ended(claim, EventKind.SENT), bounced(claim)]).sent_within(timedelta(hours=24), NOW) == 1


STEPS = [kind for kind in EventKind if kind not in {EventKind.REOPENED, EventKind.PREPARED}]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=14))
def test_nobody_counts_as_not_told_while_a_letter_that_left_has_not_come_back(steps):
    claims = [claimed(OLD if n % 2 else NEW, run=f"R{n}") for n in range(4)]
    events, left, back, said_again = [*claims], set(), set(), False
    for kind, n in steps:
        events.append(ended(claims[n], kind, to_address=claims[n].to_address if kind is EventKind.BOUNCED else ""))
        if kind in {EventKind.SENT, EventKind.SETTLED_SENT}:
            left.add(n)
        if kind is EventKind.BOUNCED:
            back.add(n)
        if kind is EventKind.SETTLED_AGAIN:
            said_again = True

    delivery = fold(events).delivery(KEY)

    assert said_again or left <= back or delivery.is_told


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=14))
def test_whoever_is_bounced_is_so_at_an_address_that_is_known_to_bounce(steps):
    claims = [claimed(f"a{n}@example.com", run=f"R{n}") for n in range(4)]
    events = [*claims, *(ended(claims[n], kind, to_address=claims[n].to_address) for kind, n in steps)]

    log = fold(events)

    said_again = any(kind is EventKind.SETTLED_AGAIN for kind, _ in steps)
    assert said_again or log.delivery(KEY).state is not DeliveryState.BOUNCED or log.bounced


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=14))
def test_nobody_is_due_while_a_letter_is_out_or_at_an_address_that_bounced(steps):
    steps = [(kind, n) for kind, n in steps if kind is not EventKind.SETTLED_AGAIN]
    claims = [claimed(OLD if n % 2 else NEW, run=f"R{n}") for n in range(4)]
    events = [*claims]
    for kind, n in steps:
        events.append(ended(claims[n], kind, to_address=claims[n].to_address if kind is EventKind.BOUNCED else ""))
    left = {n for kind, n in steps if kind in {EventKind.SENT, EventKind.UNCERTAIN, EventKind.SETTLED_SENT}}
    back = {n for kind, n in steps if kind is EventKind.BOUNCED}

    is_due = first_finding(candidate(address=OLD), scene(*events)) is None

    was_found_not_sent = any(kind in {EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN} for kind, _ in steps)
    assert not is_due or not any(n % 2 for n in back)
    assert not is_due or left <= back or was_found_not_sent
