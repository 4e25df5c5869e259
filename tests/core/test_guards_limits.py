"""Where each guard begins and ends: the last moment at which it is silent, and what must never set it off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.model import Contradiction, Decision
from sheets_automation.core.reasons import Reason
from tests.core.builders import NOW, candidate, ended, event, reason_of, scene


def another_letter(kind, **more):
    """A letter to the same address under an id that is gone."""
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")
    return [claim, ended(claim, kind, **more)]


def test_nobody_is_held_back_by_a_tag_that_says_nothing_about_sending():
    assert reason_of(candidate(tags=("スキル強", "再応募候補"))) is None


def test_a_tag_holds_however_wide_it_is_written():
    rules = GuardRules(hold_tags=frozenset({"vip"}))

    assert reason_of(candidate(tags=("ＶＩＰ",)), scene(rules=rules)) is Reason.ON_HOLD


def test_a_decision_dated_up_to_a_day_ahead_is_a_fresh_one_and_no_mistake():
    assert reason_of(candidate(decided_at=NOW + timedelta(days=1))) is Reason.DECISION_TOO_RECENT
    assert reason_of(candidate(decided_at=NOW + timedelta(days=1, minutes=1))) is Reason.DECISION_DATE_IN_FUTURE


def test_a_decision_is_old_only_after_the_last_of_180_days():
    assert reason_of(candidate(decided_at=NOW - timedelta(days=180))) is None
    assert reason_of(candidate(decided_at=NOW - timedelta(days=180, minutes=1))) is Reason.DECISION_TOO_OLD


def test_whoever_was_told_and_is_now_alive_in_one_column_is_asked_about():
    denied = Contradiction(decision_heading="選考結果", other_heading="ステータス", other_word="不採用")
    claim = event(EventKind.PREPARED)
    view = scene(claim, ended(claim, EventKind.SENT))

    assert reason_of(candidate(decision=Decision.OFFERED, contradiction=denied), view) is Reason.DECISION_CONTRADICTED


def test_without_a_delay_a_decision_of_this_very_day_is_told_at_once():
    at_once = scene(rules=GuardRules(min_delay=timedelta()))

    assert reason_of(candidate(decided_at=NOW + timedelta(hours=8)), at_once) is None


@pytest.mark.parametrize(("age", "reason"), [(timedelta(days=180), None), (timedelta(days=179, hours=23), "told")])
def test_the_letter_to_a_person_counts_for_180_days(age, reason):
    found = reason_of(candidate(), scene(*another_letter(EventKind.SENT, at=NOW - age)))

    assert found is (reason and Reason.PERSON_ALREADY_TOLD)


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.WITHDRAWN, EventKind.REFUSED])
def test_a_letter_that_never_left_does_not_count_as_the_persons_letter(kind):
    assert reason_of(candidate(), scene(*another_letter(kind))) is None


def test_a_letter_that_another_run_is_just_sending_to_the_person_counts():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")

    assert reason_of(candidate(), scene(claim)) is Reason.PERSON_ALREADY_TOLD


def test_a_letter_to_a_further_address_of_the_person_counts():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro@docomo.example")
    view = scene(claim, ended(claim, EventKind.SENT))

    assert reason_of(candidate(more_addresses=("taro@docomo.example",)), view) is Reason.PERSON_ALREADY_TOLD


def test_a_letter_to_an_address_in_another_row_of_the_person_counts():
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="old@example.com")
    other = candidate(row=9, address="old@example.com", decision=Decision.WITHDRAWN)
    view = scene(claim, ended(claim, EventKind.SENT), siblings={5: (other,)})

    assert reason_of(candidate(), view) is Reason.PERSON_ALREADY_TOLD


def test_a_row_of_the_person_that_has_no_address_is_passed_over():
    claim = event(EventKind.PREPARED, to="C-0077", to_address="hanako@example.com")
    other = candidate(row=9, address="", decision=Decision.WITHDRAWN)

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.SENT), siblings={5: (other,)})) is None


def test_letters_to_other_people_hold_nobody_back():
    claim = event(EventKind.PREPARED, to="C-0077", to_address="hanako@example.com")

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.SENT))) is None


def test_failures_that_are_fewer_than_the_limit_are_tried_again():
    claim = event(EventKind.PREPARED)
    one_failure = [claim, ended(claim, EventKind.FAILED)]

    assert reason_of(candidate(), scene(*one_failure, rules=GuardRules(max_failures=2))) is None
    assert reason_of(candidate(), scene(*one_failure, rules=GuardRules(max_failures=1))) is Reason.TOO_MANY_FAILURES


def test_an_approval_of_a_row_that_no_run_has_stamped_yet_holds():
    strict = scene(rules=GuardRules(require_approval=True))

    assert reason_of(replace(candidate(approved=True), stored_fingerprint=""), strict) is None


def test_the_first_thing_wrong_is_the_one_that_is_told():
    """As people would ask: is there anything to tell, was it told, who is it, may we, and is it time."""
    closed = {"next_opening": NOW + timedelta(hours=1), "rules": GuardRules(require_approval=True)}
    wrong = candidate(
        decision=Decision.OFFERED, name="", address="", opted_out=True, tags=("保留",), from_agency=True, decided_at=NOW
    )
    mended = [
        {"decision": Decision.REJECTED},
        {"name": "山田 太郎"},
        {"address": candidate().address},
        {"opted_out": False},
        {"tags": ()},
        {"from_agency": False},
        {"approved": True},
        {"decided_at": NOW - timedelta(days=3)},
    ]

    told = [reason_of(wrong, scene(**closed))]
    for step in mended:
        wrong = replace(wrong, **step)
        told.append(reason_of(wrong, scene(**closed)))

    assert told == [
        Reason.OFFERED,
        Reason.NAME_MISSING,
        Reason.ADDRESS_MISSING,
        Reason.OPTED_OUT,
        Reason.ON_HOLD,
        Reason.FROM_AGENCY,
        Reason.NOT_APPROVED,
        Reason.DECISION_TOO_RECENT,
        Reason.WINDOW_CLOSED,
    ]


def test_the_limits_that_hold_where_nothing_is_configured_are_those_of_the_example_configuration():
    rules = GuardRules()

    assert (rules.min_delay, rules.max_wait) == (timedelta(hours=24), timedelta(days=14))
    assert (rules.max_age, rules.one_letter_per_person) == (timedelta(days=180), timedelta(days=180))
    assert rules.max_failures == 3
