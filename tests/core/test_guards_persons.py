"""The guards that look at every row of a person, and not at one row alone."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guards import first_finding
from sheets_automation.core.model import Contradiction, Decision
from sheets_automation.core.reasons import Reason
from tests.core.builders import NOW, candidate, ended, event, reason_of, scene

DENIED = Contradiction(decision_heading="選考結果", other_heading="ステータス", other_word="内定")


def test_two_names_on_one_address_are_both_held_back_and_told_apart_by_row():
    finding = first_finding(candidate(row=5), scene(shared_addresses={5: (5, 9)}))

    assert finding.reason is Reason.ADDRESS_SHARED
    assert finding.facts["rows"] == "5, 9"


@pytest.mark.parametrize("decision", [Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED, Decision.UNKNOWN])
def test_nobody_is_rejected_while_another_row_of_theirs_is_alive(decision):
    other = candidate(row=9, decision=decision)

    assert reason_of(candidate(), scene(siblings={5: (other,)})) is Reason.PERSON_IN_SELECTION


def test_nobody_is_rejected_while_another_row_of_theirs_contradicts_itself():
    finding = first_finding(candidate(), scene(siblings={5: (candidate(row=9, contradiction=DENIED),)}))

    assert finding.reason is Reason.PERSON_IN_SELECTION
    assert finding.facts == {"rows": "9", "value": "内定"}


@pytest.mark.parametrize("decision", [Decision.WITHDRAWN, Decision.NOT_CONSIDERED])
def test_a_row_that_ended_otherwise_does_not_hold_the_letter_back(decision):
    other = candidate(row=9, decision=decision)

    assert reason_of(candidate(), scene(siblings={5: (other,)})) is None


def test_a_refusal_on_one_row_counts_for_every_row_of_the_person():
    other = candidate(row=9, decision=Decision.WITHDRAWN, opted_out=True)

    assert reason_of(candidate(), scene(siblings={5: (other,)})) is Reason.OPTED_OUT


def test_a_person_told_through_another_row_is_not_told_again():
    claim = event(EventKind.PREPARED, to="C-0009")
    view = scene(claim, ended(claim, EventKind.SENT), siblings={5: (candidate(row=9),)})

    assert reason_of(candidate(), view) is Reason.PERSON_ALREADY_TOLD


def test_a_letter_to_the_same_address_counts_even_when_every_id_is_lost():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.SENT))) is Reason.PERSON_ALREADY_TOLD


def test_an_uncertain_letter_to_the_person_counts_as_told():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.UNCERTAIN))) is Reason.PERSON_ALREADY_TOLD


def test_a_new_application_long_after_an_old_letter_is_answered():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")
    long_ago = NOW - timedelta(days=181)

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.SENT, at=long_ago))) is None
