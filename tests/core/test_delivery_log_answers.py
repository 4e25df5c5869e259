"""What the log answers to runs and carriers, and that order, repetition and age of its rows mislead nobody."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import (
    Delivery,
    DeliveryEvent,
    DeliveryLog,
    EventKind,
    claim_of,
    whole_run,
)
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Claim, DeliveryKey, DeliveryState, LetterKind
from tests.core.builders import NOW, ended, event

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)


def keys_of(deliveries):
    return [delivery.key.candidate_id for delivery in deliveries]


def one_of_each():
    """Five candidates: a letter under way, one in doubt, one sent, one that failed, one that came back."""
    under_way, doubtful, sent, failed, back = (event(EventKind.PREPARED, to=f"C-{n}", run=f"R{n}") for n in range(5))
    return fold(
        [
            under_way,
            doubtful,
            ended(doubtful, EventKind.UNCERTAIN),
            sent,
            ended(sent, EventKind.SENT),
            failed,
            ended(failed, EventKind.FAILED),
            back,
            ended(back, EventKind.SENT),
            ended(back, EventKind.BOUNCED, to_address=back.to_address),
        ]
    )


def test_letters_whose_end_nobody_recorded_are_found_and_so_are_those_in_doubt():
    log = one_of_each()

    assert keys_of(log.unfinished()) == ["C-0"]
    assert keys_of(log.uncertain()) == ["C-1"]


def test_whoever_has_or_may_have_a_letter_is_told_and_nobody_else():
    told = {key.candidate_id: delivery.is_told for key, delivery in one_of_each().deliveries.items()}

    assert told == {"C-0": True, "C-1": True, "C-2": True, "C-3": False, "C-4": False}


def test_a_candidate_of_whom_the_log_knows_nothing_is_at_the_first_cycle_and_open():
    log = fold([])

    assert log.current_key("C-0005", LetterKind.REJECTION) == KEY
    assert log.delivery(KEY) == Delivery(key=KEY)
    assert (Delivery(key=KEY).attempts, Delivery(key=KEY).failures, Delivery(key=KEY).detail) == (0, 0, "")
    assert not log.delivery(KEY).is_told


def test_a_carrier_learns_of_a_claim_all_that_its_run_wrote_down():
    claim = event(EventKind.PREPARED, run="R7", attempt=3, reference="draft-1", to_address="taro@example.com")

    assert claim_of(claim) == Claim(key=KEY, attempt=3, reference="draft-1", to_address="taro@example.com", run_id="R7")


def test_what_is_not_said_of_an_event_is_blank():
    word = DeliveryEvent(event_id="R1-0001", at=NOW, run_id="R1", key=KEY, kind=EventKind.REOPENED)

    assert (word.attempt, word.claim_id, word.carrier, word.reference, word.to_address) == (1, "", "", "", "")
    assert (word.template, word.subject, word.referral_code, word.detail, word.actor) == ("", "", "", "", "")


def test_a_letter_of_which_only_its_cycle_is_known_was_never_tried():
    delivery = fold([event(EventKind.REOPENED)]).delivery(KEY)

    assert (delivery.attempts, delivery.failures, delivery.detail) == (0, 0, "")


def test_an_empty_log_needs_no_events():
    assert DeliveryLog() == fold([])


def test_a_delivery_says_when_it_reached_its_state_and_why():
    claim = event(EventKind.PREPARED, at=NOW - timedelta(hours=2))
    log = fold([claim, ended(claim, EventKind.REFUSED, at=NOW, detail="550 5.1.1")])

    delivery = log.delivery(KEY)

    assert (delivery.key, delivery.claim) == (KEY, claim)
    assert (delivery.at, delivery.detail) == (NOW, "550 5.1.1")


def test_a_letter_that_may_go_again_is_open_since_a_person_said_so():
    claim = event(EventKind.PREPARED, at=NOW - timedelta(days=2))
    again = event(EventKind.SETTLED_AGAIN, at=NOW)

    assert fold([claim, ended(claim, EventKind.UNCERTAIN), again]).delivery(KEY).at == NOW


def test_a_letter_exactly_as_old_as_the_span_no_longer_burdens_the_budget():
    claim = event(EventKind.PREPARED)
    log = fold([claim, ended(claim, EventKind.SENT, at=NOW - timedelta(hours=24))])

    assert log.sent_within(timedelta(hours=24), NOW) == 0
    assert log.sent_within(timedelta(hours=24, seconds=1), NOW) == 1


def test_a_letter_that_was_in_doubt_and_then_found_sent_burdens_the_budget_once():
    claim = event(EventKind.PREPARED)
    doubt = ended(claim, EventKind.UNCERTAIN, run="R1", at=NOW - timedelta(hours=3))

    log = fold([claim, doubt, ended(claim, EventKind.SENT, run="R2")])

    assert log.sent_at == (("R1", NOW - timedelta(hours=3), LetterKind.REJECTION),)


def test_letters_of_runs_that_name_no_claim_burden_the_budget_each():
    log = fold([event(EventKind.SENT, to="C-1"), event(EventKind.SENT, to="C-2")])

    assert log.sent_within(timedelta(hours=24), NOW) == 2


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_the_usual_number_is_that_of_the_last_runs_only(runs):
    claims = [event(EventKind.PREPARED, to=f"C-{n}") for n in range(6)]
    of_run = ["R1", "R2", "R2", "R3", "R3", "R3"]
    log = fold([*claims, *(ended(c, EventKind.SENT, run=r) for c, r in zip(claims, of_run, strict=True))])

    assert log.letters_of_last_runs(runs, LetterKind.REJECTION) == [1, 2, 3][-runs:]


def test_a_run_that_sent_in_stretches_is_one_run():
    claims = [event(EventKind.PREPARED, to=f"C-{n}") for n in range(4)]
    of_run = ["R1.1", "R1.2", "R2", "R2.1"]
    log = fold([*claims, *(ended(c, EventKind.SENT, run=r) for c, r in zip(claims, of_run, strict=True))])

    assert log.letters_of_last_runs(10, LetterKind.REJECTION) == [2, 2]
    assert [whole_run(run) for run in of_run] == ["R1", "R1", "R2", "R2"]


@pytest.mark.parametrize("kind", [EventKind.PROPOSED, EventKind.APPROVED, EventKind.RECALLED])
def test_what_people_agreed_to_says_nothing_about_what_became_of_a_letter(kind):
    claim = event(EventKind.PREPARED)

    log = fold([event(kind, to="C-0007", to_address="a@example.com"), claim, ended(claim, EventKind.SENT)])

    assert list(log.deliveries) == [KEY]
    assert list(log.by_address) == ["c-0005@example.com"]
    assert log.delivery(KEY).state is DeliveryState.SENT


def test_every_letter_to_an_address_is_found_by_it_in_the_order_of_the_log():
    one = event(EventKind.PREPARED, to="C-1", to_address="taro@example.com")
    other = event(EventKind.PREPARED, to="C-2", to_address="TARO@example.com")

    assert fold([one, other, ended(one, EventKind.SENT)]).by_address == {"taro@example.com": (one.key, other.key)}


def test_letters_without_a_code_lead_back_to_nobody():
    coded = event(EventKind.PREPARED, to="C-1", referral_code="K7QX")

    assert fold([coded, event(EventKind.PREPARED, to="C-2")]).candidate_of_code == {"K7QX": "C-1"}


def test_a_repeated_append_does_not_say_again_what_was_answered_since():
    first, second = event(EventKind.PREPARED, run="R1"), event(EventKind.PREPARED, run="R2", attempt=2)
    again = event(EventKind.SETTLED_AGAIN)

    log = fold([first, ended(first, EventKind.UNCERTAIN), again, second, again])

    assert log.delivery(KEY).state is DeliveryState.PREPARED


def test_what_follows_a_repeated_append_still_counts():
    claim = event(EventKind.PREPARED)

    assert fold([claim, claim, ended(claim, EventKind.SENT)]).delivery(KEY).state is DeliveryState.SENT


def test_a_late_word_about_an_earlier_cycle_does_not_bring_it_back():
    claim, reopened = event(EventKind.PREPARED), event(EventKind.REOPENED, cycle=2)

    log = fold([claim, ended(claim, EventKind.SENT), reopened, ended(claim, EventKind.REPLIED)])

    assert log.current_key("C-0005", LetterKind.REJECTION).cycle == 2
