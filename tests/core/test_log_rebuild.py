"""Which facts the letters that were found add to a log, and of whom nothing is known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rebuild import aside_title, may_have_been_told, rebuild
from sheets_automation.core.message import letter_key
from sheets_automation.core.model import Decision, DeliveryKey, DeliveryState, LetterKind
from sheets_automation.core.sent_mail import NOTHING_TOLD, DeliveryTold, FoundLetter
from tests.core.builders import NOW, candidate, event, scene

TARO = candidate(row=5)
HANAKO = candidate(row=6)
PREPARED, SENT = EventKind.PREPARED, EventKind.SENT


def key_of(one, cycle=1):
    return DeliveryKey(candidate_id=one.id, kind=LetterKind.REJECTION, cycle=cycle)


def letter(to=TARO, *, word="w1", at=NOW, cycle=1, **fields):
    """A letter to a candidate as it lies in the mailbox."""
    ready = FoundLetter(
        carrier="gmail",
        reference=f"m-{word}/t",
        claim_reference=f"-/t/{word}",
        claim_mark=word,
        letter_key=letter_key(key_of(to, cycle), to.address.value),
        to_address=to.address.value,
        subject="選考結果のご連絡",
        at=at,
        is_of_workbook=True,
    )
    return replace(ready, **fields)


def claim(to=TARO, *, word="w1", **fields):
    fields = {"at": NOW, "to_address": to.address.value, "carrier": "gmail", **fields}
    return event(PREPARED, to=to.id, reference=f"r-1/t/{word}", **fields)


def sent(of, *, word="w1", **fields):
    ready = {"at": NOW, "carrier": "gmail", "reference": f"m-{word}/t", **fields}
    return event(SENT, to=of.key.candidate_id, claim_id=of.event_id, **ready)


def state_of(one, events):
    return fold(events).delivery(key_of(one)).state


def test_a_letter_that_the_log_does_not_know_becomes_two_facts():
    work = rebuild([], [letter(referral_code="ZHNT5RW3NQ64")], [TARO, HANAKO])

    prepared, left = work.events
    assert (prepared.kind, left.kind, left.claim_id) == (PREPARED, SENT, prepared.event_id)
    assert (prepared.key, prepared.to_address, prepared.referral_code) == (
        key_of(TARO),
        TARO.address.value,
        "ZHNT5RW3NQ64",
    )
    assert state_of(TARO, work.events) is DeliveryState.SENT
    assert work.is_damaged


@pytest.mark.parametrize("says_so", [False, True])
def test_a_letter_of_a_later_cycle_is_known_again_where_it_says_so(says_so):
    told = DeliveryTold(LetterKind.FOLLOW_UP, 7, "check_in.ja") if says_so else NOTHING_TOLD
    key = replace(key_of(TARO, 7), kind=LetterKind.FOLLOW_UP)

    work = rebuild([], [letter(letter_key=letter_key(key, TARO.address.value), told=told)], [TARO, HANAKO])

    prepared = work.events[0]
    assert (prepared.key == key) is says_so
    assert prepared.template == told.template


def test_news_to_somebody_whose_row_is_gone_is_no_result():
    told = DeliveryTold(LetterKind.FOLLOW_UP, 2, "check_in.ja")

    work = rebuild([], [letter(told=told)], [HANAKO])

    assert work.events[0].key.candidate_id.startswith("X-")
    assert work.events[0].key.kind is LetterKind.FOLLOW_UP


def test_found_twice_it_counts_once():
    first, second = (rebuild([], [letter()], [TARO]).events for _ in range(2))

    assert first == second


def test_a_letter_that_the_log_knows_adds_nothing():
    kept = [one := claim(), sent(one)]

    work = rebuild(kept, [letter()], [TARO])

    assert (work.events, work.restored, work.is_damaged) == (kept, [], False)


def test_a_claim_without_an_end_gets_it_and_is_no_sign_of_damage():
    one = claim()

    work = rebuild([one], [letter()], [TARO])

    assert [e.kind for e in work.events] == [PREPARED, SENT]
    assert work.events[1].claim_id == one.event_id
    assert not work.is_damaged


def test_an_end_without_its_claim_gets_the_claim_back_under_its_own_id():
    one = claim()

    work = rebuild([sent(one)], [letter()], [TARO])

    assert {e.event_id for e in work.events if e.kind is PREPARED} == {one.event_id}
    assert len(work.events) == 2
    assert work.is_damaged


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.WITHDRAWN, EventKind.UNCERTAIN])
def test_a_letter_that_was_found_left_whatever_the_log_says(kind):
    one = claim()

    work = rebuild([one, replace(sent(one), kind=kind)], [letter()], [TARO])

    assert state_of(TARO, work.events) is DeliveryState.SENT


def test_a_person_who_said_send_again_after_it_left_is_still_heard():
    one = claim(at=NOW - timedelta(days=2))
    again = event(EventKind.SETTLED_AGAIN, to=TARO.id, claim_id=one.event_id, at=NOW - timedelta(days=1))

    work = rebuild([one, again], [letter(at=NOW - timedelta(days=2))], [TARO])

    assert [e.kind for e in work.events] == [PREPARED, SENT, EventKind.SETTLED_AGAIN]
    assert state_of(TARO, work.events) is None


def test_facts_that_a_letter_contradicts_are_put_right():
    wrong = claim(to=HANAKO)  # somebody typed another id and address into the row
    end = sent(wrong)

    work = rebuild([wrong, end], [letter()], [TARO, HANAKO])

    assert {e.key for e in work.events} == {key_of(TARO)}
    assert work.contradicted == {wrong.event_id, end.event_id}
    assert state_of(HANAKO, work.events) is None


def test_an_end_that_was_given_another_candidate_is_put_right():
    one = claim()

    work = rebuild([one, replace(sent(one), key=key_of(HANAKO))], [letter()], [TARO, HANAKO])

    assert state_of(TARO, work.events) is DeliveryState.SENT
    assert state_of(HANAKO, work.events) is None


def test_an_address_that_was_corrected_since_hides_no_letter():
    moved = candidate(row=5, address="new@example.com")

    work = rebuild([], [letter()], [moved, HANAKO])

    assert state_of(TARO, work.events) is DeliveryState.SENT


def test_a_letter_of_a_later_cycle_is_known_as_one():
    work = rebuild([], [letter(), letter(word="w2", cycle=2)], [TARO])

    assert fold(work.events).current_key(TARO.id, LetterKind.REJECTION).cycle == 2


def test_attempts_are_counted_on():
    work = rebuild([], [letter(), letter(word="w2", at=NOW + timedelta(days=1))], [TARO])

    assert [e.attempt for e in work.events if e.kind is PREPARED] == [1, 2]
    assert fold(work.events).delivery(key_of(TARO)).attempts == 2


def test_an_attempt_that_the_letter_tells_is_its_own():
    work = rebuild([], [letter(attempt=3)], [TARO])

    assert fold(work.events).delivery(key_of(TARO)).attempts == 3


def test_a_letter_of_this_workbook_to_nobody_here_is_kept_under_an_id_of_no_row():
    stranger = candidate(row=99)

    work = rebuild([], [letter(to=stranger)], [TARO])

    [key] = {e.key for e in work.events}
    assert key.candidate_id.startswith("X-")
    assert fold(work.events).by_address[stranger.address.value] == (key,)


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [({"is_of_workbook": False}, 1), ({"subject": "【テスト】選考結果"}, 0), ({"letter_key": ""}, 1)],
)
def test_what_cannot_be_tied_to_anybody_is_not_taken(changes, unknown):
    work = rebuild([], [letter(to=candidate(row=99), **changes)], [TARO])

    assert (work.events, work.unknown) == ([], unknown)


def test_a_bounce_after_the_letter_still_tells_that_it_came_back():
    one = claim()
    bounce = event(EventKind.BOUNCED, to=TARO.id, claim_id=one.event_id, at=NOW + timedelta(days=1))

    work = rebuild([one, bounce], [letter()], [TARO])

    assert state_of(TARO, work.events) is DeliveryState.BOUNCED


def held(*events, people=(TARO, HANAKO), shown=()):
    return [one.row for one in may_have_been_told(people, fold(events), dict.fromkeys(shown, "送信済み"))]


def test_whoever_is_rejected_and_not_known_to_be_told_may_have_been_told():
    one = claim()

    assert held(one, sent(one)) == [HANAKO.row]


@pytest.mark.parametrize("decision", [one for one in Decision if one is not Decision.REJECTED])
def test_who_is_not_rejected_may_have_been_told_only_where_our_columns_say_so(decision):
    other = replace(TARO, decision=decision)

    assert held(people=[other]) == []
    assert held(people=[other], shown=[other.row]) == [other.row]


def test_a_claim_without_an_end_is_no_letter_that_is_known():
    assert held(claim(), people=[TARO]) == [TARO.row]


def test_a_letter_to_the_same_address_is_a_letter_to_the_person():
    one = claim(to=candidate(row=77), to_address=TARO.address.value)

    assert held(one, sent(one), people=[TARO]) == []


def test_an_address_that_gave_the_letter_back_is_stopped_by_that_until_it_changes():
    one = claim()
    bounce = event(EventKind.BOUNCED, to=TARO.id, claim_id=one.event_id)

    assert held(one, sent(one), bounce, people=[TARO]) == []
    assert held(one, sent(one), bounce, people=[candidate(row=5, address="new@example.com")]) == [5]


def test_a_lost_record_is_in_doubt_whatever_was_known_before_and_counts_as_no_letter():
    one = claim()
    lost = event(EventKind.LOST, to=TARO.id)

    log = fold([one, replace(sent(one), kind=EventKind.FAILED), lost])

    assert log.delivery(key_of(TARO)).is_record_lost
    assert log.sent_at == ()


def test_a_lost_record_takes_nothing_from_a_letter_that_is_known():
    one = claim()

    assert state_of(TARO, [one, sent(one), event(EventKind.LOST, to=TARO.id)]) is DeliveryState.SENT


def test_a_rebuilding_is_no_delivery():
    rebuilt = event(EventKind.REBUILT, to="-", at=NOW)

    log = fold([rebuilt])

    assert (log.rebuilt_at, dict(log.deliveries)) == (NOW, {})
    assert scene(rebuilt).log.rebuilt_at == NOW


def test_the_old_tab_gets_a_free_title_that_excel_allows():
    first = aside_title("送信記録", NOW, ["送信記録"])

    assert first == "送信記録 旧 20261124-100000"
    assert aside_title("送信記録", NOW, [first]) == f"{first}-2"
    assert len(aside_title("送" * 31, NOW, [])) == 31
