"""A log that was lost and rebuilt: what nobody knows any more is in doubt, and a person has to say."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guards import first_finding
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from tests.core.builders import NOW, candidate, ended, event, scene

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)
REBUILT_AT = NOW - timedelta(days=2)


def delivery_of(*events):
    return fold(events).delivery(KEY)


def lost(**more):
    return event(EventKind.LOST, to_address="taro5@example.com", **more)


def rebuilt(at=REBUILT_AT):
    return event(EventKind.REBUILT, to="-", at=at)


def finding_of(*events, **fields):
    return first_finding(candidate(**fields), scene(*events))


def test_a_letter_whose_record_was_lost_is_in_doubt_and_known_as_such():
    delivery = delivery_of(lost(at=NOW, detail="送信済み"))

    assert (delivery.state, delivery.at, delivery.detail) == (DeliveryState.UNCERTAIN, NOW, "送信済み")
    assert delivery.is_record_lost
    assert delivery.is_told


def test_an_ordinary_doubt_is_no_lost_record():
    claim = event(EventKind.PREPARED)

    assert not delivery_of(claim, ended(claim, EventKind.UNCERTAIN)).is_record_lost
    assert not delivery_of(event(EventKind.UNCERTAIN)).is_record_lost


@pytest.mark.parametrize(
    ("word", "state"), [(EventKind.SETTLED_SENT, DeliveryState.SENT), (EventKind.SETTLED_AGAIN, None)]
)
def test_a_persons_word_ends_the_doubt_about_a_lost_record(word, state):
    record = lost()

    delivery = delivery_of(record, ended(record, word))

    assert delivery.state is state
    assert not delivery.is_record_lost


def test_a_letter_that_the_rest_of_the_log_knows_to_be_sent_is_not_lost():
    claim = event(EventKind.PREPARED)

    delivery = delivery_of(claim, ended(claim, EventKind.SENT), lost())

    assert (delivery.state, delivery.claim) == (DeliveryState.SENT, claim)


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN])
def test_a_letter_that_did_not_leave_once_may_have_left_since(kind):
    claim = event(EventKind.PREPARED)

    assert delivery_of(claim, ended(claim, kind), lost()).is_record_lost


def test_the_return_of_an_earlier_letter_does_not_answer_for_one_whose_record_was_lost():
    claim = event(EventKind.PREPARED)
    failed = [claim, ended(claim, EventKind.FAILED), lost()]

    assert delivery_of(*failed, ended(claim, EventKind.BOUNCED, to_address="old@example.com")).is_record_lost


def test_the_return_of_the_very_letter_whose_record_was_lost_ends_the_doubt():
    record = lost()

    back = ended(record, EventKind.BOUNCED, to_address="taro5@example.com")

    assert delivery_of(record, back).state is DeliveryState.BOUNCED


def test_a_letter_that_was_in_doubt_before_its_record_was_lost_stays_in_doubt_when_the_lost_one_comes_back():
    claim, record = event(EventKind.PREPARED), lost()
    back = ended(record, EventKind.BOUNCED, to_address="taro5@example.com")

    assert delivery_of(claim, ended(claim, EventKind.UNCERTAIN), record, back).is_told


def test_nobody_claims_a_letter_whose_record_was_lost():
    record = lost()

    assert delivery_of(record, event(EventKind.PREPARED)).claim is record


def test_the_number_of_a_claim_that_lost_is_used_up_all_the_same():
    assert delivery_of(event(EventKind.PREPARED), event(EventKind.PREPARED, attempt=5)).attempts == 5
    assert delivery_of(event(EventKind.PREPARED, attempt=5), event(EventKind.PREPARED)).attempts == 5


def test_the_rebuilding_of_a_log_is_about_no_candidate_and_what_follows_it_counts():
    claim = event(EventKind.PREPARED)

    log = fold([claim, rebuilt(), rebuilt(NOW), ended(claim, EventKind.SENT)])

    assert log.rebuilt_at == NOW
    assert list(log.deliveries) == [KEY]
    assert log.delivery(KEY).state is DeliveryState.SENT
    assert fold([claim]).rebuilt_at is None


def test_whoever_was_due_before_the_log_was_lost_and_is_not_in_it_is_not_written_to():
    finding = finding_of(rebuilt(), decided_at=NOW - timedelta(days=3))

    assert finding.reason is Reason.RECORD_LOST
    said = Skipped(candidate=candidate(), reason=finding.reason, facts=finding.facts)
    assert "2026/11/22 10:00 に作り直しました" in said.text("ja")


def test_whoever_was_turned_down_since_the_log_was_rebuilt_is_written_to():
    assert finding_of(rebuilt(), decided_at=REBUILT_AT) is None
    assert finding_of(rebuilt(), decided_at=REBUILT_AT + timedelta(hours=1)) is None
    assert finding_of(rebuilt(), decided_at=REBUILT_AT - timedelta(minutes=1)).reason is Reason.RECORD_LOST


def test_whoever_counts_from_this_moment_was_not_due_before():
    assert finding_of(rebuilt(), decided_at=None).reason is Reason.DECISION_TOO_RECENT


def test_whoever_the_rebuilt_log_knows_is_judged_by_it():
    claim = event(EventKind.PREPARED)

    assert finding_of(claim, ended(claim, EventKind.FAILED), rebuilt()) is None
    assert finding_of(event(EventKind.REOPENED), rebuilt()) is None


def test_a_record_that_was_lost_is_told_with_the_moment():
    finding = finding_of(lost(at=REBUILT_AT), rebuilt())

    assert (finding.reason, finding.facts) == (Reason.RECORD_LOST, {"when": "2026/11/22 10:00"})
