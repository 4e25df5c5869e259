"""Who else claims a letter, read from the events behind the claim."""

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.rivals import Rival, rivals_of
from tests.core.builders import ended, event

OURS = event(EventKind.PREPARED, run_id="A", event_id="A-1", to_address="taro@example.com")


def theirs(**fields):
    """The same letter, claimed by run B."""
    return event(EventKind.PREPARED, **{"run_id": "B", "event_id": "B-1", "to_address": "other@example.jp", **fields})


def found(*behind):
    return list(rivals_of(OURS, [OURS, *behind]))


def test_a_claim_that_nobody_else_makes_has_no_rival():
    assert found() == []


def test_another_run_that_claims_the_same_letter_is_a_rival_until_it_ends():
    assert found(theirs()) == [Rival(claim=theirs(), has_left=False)]


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.FAILED, EventKind.REFUSED])
def test_a_claim_that_ended_without_a_letter_is_none(kind):
    assert found(theirs(), ended(theirs(), kind)) == []


@pytest.mark.parametrize("kind", [EventKind.SENT, EventKind.UNCERTAIN, EventKind.SETTLED_SENT])
def test_a_claim_by_which_a_letter_left_or_may_have_is_one_whatever_came_behind(kind):
    claim = theirs()

    assert found(claim, ended(claim, kind)) == [Rival(claim=claim, has_left=True)]
    assert found(claim, ended(claim, kind), ended(claim, EventKind.WITHDRAWN)) == [Rival(claim=claim, has_left=True)]


def test_a_claim_on_the_same_mailbox_under_another_id_is_a_rival_too():
    claim = theirs(to="C-9999", to_address="Taro+jobs@example.com")

    assert found(claim) == [Rival(claim=claim, has_left=False)]


def test_claims_on_other_letters_and_further_claims_of_ours_are_none():
    other = theirs(to="C-9999")
    again = event(EventKind.PREPARED, run_id="A", event_id="A-2", to_address="taro@example.com")

    assert found(other, again, ended(OURS, EventKind.SENT)) == []


def test_the_end_of_one_rival_is_not_the_end_of_another():
    first, second = theirs(), theirs(event_id="C-1", run_id="C")

    assert found(first, second, ended(first, EventKind.WITHDRAWN)) == [Rival(claim=second, has_left=False)]
