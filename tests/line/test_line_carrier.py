"""The carrier against a LINE that keeps retry keys, a quota and blocks."""

from dataclasses import replace

import pytest

from sheets_automation.carriers.line import retry_key
from sheets_automation.core.errors import CarrierAccess, CarrierError, LineBudgetSpent
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import CarrierContract, a_letter
from tests.line.line_post import linked
from tests.line_server.account import user

QUOTA = "/v2/bot/message/quota"
PUSH = "/v2/bot/message/push"


def text(said):
    return lambda _outgoing: said.encode()


class TestLine(CarrierContract):
    pass


def test_text_and_links_arrive_as_they_are(post):
    said = '山田 <b>太郎</b> 様\n\n本文 & "続き"\nhttps://example.com/?a=1&b=%20'

    [receipt] = post.send(a_letter(), compose=text(said))

    assert receipt.state is DeliveryState.SENT
    assert post.account.delivered == [(linked(a_letter()).line_user, (said,))]


def test_every_request_has_a_retry_key_from_the_first_on(post):
    post.send(a_letter("C-1"), a_letter("C-2"))

    assert post.server.keys == [retry_key(linked(a_letter("C-1"))), retry_key(linked(a_letter("C-2")))]
    assert len(set(post.server.keys)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"attempt": 2},
        {"line_user": user(7)},
        {"key": replace(a_letter().key, cycle=2)},
        {"key": replace(a_letter().key, candidate_id="C-0043")},
    ],
)
def test_another_attempt_person_cycle_or_candidate_has_another_key(other):
    letter = linked(a_letter())

    assert retry_key(replace(letter, **other)) != retry_key(letter)
    assert retry_key(replace(letter, to_name="別の名前")) == retry_key(letter)


def test_ids_that_hold_a_separator_are_not_mixed_up():
    one = linked(replace(a_letter("C\x00rejection"), attempt=1), 1)
    other = linked(replace(a_letter("C"), attempt=1), 1)

    assert retry_key(one) != retry_key(other)


def test_a_lost_answer_is_asked_for_again_with_the_same_key_and_nothing_arrives_twice(post):
    post.switches.lose_answers = 1

    [receipt] = post.send(a_letter())

    assert receipt.state is DeliveryState.SENT
    assert receipt.reference == "request-1"
    assert len(post.delivered()) == 1
    assert len(set(post.server.keys)) == 1
    assert post.server.pushes() == 2


def test_where_line_stays_silent_the_letter_is_uncertain_after_four_tries(post):
    post.switches.hang_up = 100

    [receipt] = post.send(a_letter())

    assert receipt.state is DeliveryState.UNCERTAIN
    assert post.switches.hang_up == 96
    assert post.waits == [1, 2, 4]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([(500, "Internal server error")], DeliveryState.SENT),
        ([(503, "Unavailable")] * 4, DeliveryState.UNCERTAIN),
        ([(302, "elsewhere")] * 4, DeliveryState.UNCERTAIN),
        ([(400, "Failed to send messages")], DeliveryState.REFUSED),
        ([(404, "Not found")], DeliveryState.REFUSED),
        ([(401, "Authentication failed")], DeliveryState.FAILED),
        ([(403, "Not authorized")], DeliveryState.FAILED),
        ([(429, "The API rate limit has been exceeded.")] * 4, DeliveryState.FAILED),
        ([(429, "The API rate limit has been exceeded.")], DeliveryState.SENT),
        ([(429, "You have reached your monthly limit.")], DeliveryState.FAILED),
    ],
)
def test_an_answer_decides_what_becomes_of_a_letter(post, answers, state):
    post.switches.answers[PUSH] = list(answers)

    [receipt] = post.send(a_letter())

    assert receipt.state is state
    assert len(post.delivered()) == (state is DeliveryState.SENT)


@pytest.mark.parametrize("then", [(429, "The API rate limit has been exceeded."), (401, "no"), (400, "no")])
def test_after_a_lost_answer_no_refusal_says_that_nothing_left(post, then):
    post.switches.lose_answers = 1
    post.switches.after_a_loss = [then] * 3

    [receipt] = post.send(a_letter())

    assert len(post.delivered()) == 1
    assert receipt.state is DeliveryState.UNCERTAIN


def test_somebody_who_blocked_us_gets_nothing_and_line_does_not_say_so(post):
    letter = linked(a_letter())
    post.account.blocked_by.add(letter.line_user)

    [receipt] = post.send(letter)

    assert receipt.state is DeliveryState.SENT  # taken, which is not delivered
    assert post.delivered() == []


def test_a_letter_for_somebody_who_is_not_linked_never_leaves(post):
    carrier = post.carrier()

    [prepared] = carrier._carrier.prepare([a_letter()])

    assert prepared.failure.state is DeliveryState.FAILED
    assert carrier.commit(prepared) == prepared.failure
    assert post.server.pushes() == 0


@pytest.mark.parametrize("line_user", ["C" + "0" * 32, "U" + "0" * 31, "U" + "0" * 32 + "\n", "山田 太郎"])
def test_what_is_no_user_id_is_never_pushed_to(post, line_user):
    carrier = post.carrier()

    [prepared] = carrier._carrier.prepare([replace(a_letter(), line_user=line_user)])

    assert prepared.failure is not None


def test_the_result_of_a_selection_does_not_leave_unless_a_person_allowed_it(post):
    [receipt] = post.send(a_letter(), results=False)

    assert receipt.state is DeliveryState.FAILED
    assert "results" in receipt.detail
    assert post.server.pushes() == 0


def test_a_letter_too_long_for_line_fails_alone(post):
    long, short = a_letter("C-long"), a_letter("C-short")

    receipts = post.send(long, short, compose=lambda o: b"x" * 5001 if "long" in o.key.candidate_id else b"x" * 5000)

    assert [receipt.state for receipt in receipts] == [DeliveryState.FAILED, DeliveryState.SENT]


def test_a_run_stops_before_the_month_is_spent_and_claims_nothing_more(post):
    post.account.quota, post.account.used = 10, 8
    carrier = post.carrier()
    for number in range(2):
        assert carrier.commit(carrier.prepare([a_letter(f"C-{number}")])[0]).state is DeliveryState.SENT

    with pytest.raises(LineBudgetSpent):
        carrier.prepare([a_letter("C-3")])

    assert len(post.delivered()) == 2
    assert post.server.seen.count(f"GET {QUOTA}") == 1


def test_what_is_kept_for_others_is_not_touched(post):
    post.account.quota, post.account.used = 10, 5

    with pytest.raises(LineBudgetSpent):
        post.carrier(reserve=5).prepare([a_letter()])
    assert post.carrier(reserve=4).prepare([a_letter()])[0].failure is None


def test_others_who_use_the_account_are_noticed_on_the_way(post):
    post.account.quota = 1000
    carrier = post.carrier()
    for number in range(50):
        carrier.commit(carrier.prepare([a_letter(f"C-{number}")])[0])
    post.account.used = 1000

    with pytest.raises(LineBudgetSpent):
        carrier.prepare([a_letter("C-last")])


def test_a_month_that_line_found_spent_stops_the_run_although_its_count_lags(post):
    post.account.quota, post.account.used, post.account.count_lags = 10, 10, 3
    carrier = post.carrier()

    receipt = carrier.commit(carrier.prepare([a_letter("C-1")])[0])

    assert receipt.state is DeliveryState.FAILED
    with pytest.raises(LineBudgetSpent):
        carrier.prepare([a_letter("C-2")])


@pytest.mark.parametrize("status", [500, 400])
def test_a_line_that_does_not_tell_its_budget_stops_the_run_before_a_claim(post, status):
    post.switches.answers[QUOTA] = [(status, "no")] * 9

    with pytest.raises(CarrierError):
        post.carrier().prepare([a_letter()])

    assert len(post.waits) == (3 if status == 500 else 0)


def test_a_token_that_does_not_open_the_channel_says_so_before_a_claim(post):
    post.channel = lambda: type(post).channel(post, token="another")

    with pytest.raises(CarrierAccess):
        post.carrier().prepare([a_letter()])


@pytest.mark.parametrize(
    ("answer", "error"),
    [((401, "no"), CarrierAccess), ((403, "no"), CarrierAccess), ((429, "rate limit"), CarrierError)],
)
def test_what_hinders_every_letter_stops_the_run_before_the_next_claim(post, answer, error):
    post.switches.answers[PUSH] = [answer] * 4
    carrier = post.carrier()
    carrier.commit(carrier.prepare([a_letter("C-1")])[0])

    with pytest.raises(error):
        carrier.prepare([a_letter("C-2")])


def test_five_refusals_in_a_row_stop_the_run(post):
    post.switches.answers[PUSH] = [(400, "Failed to send messages")] * 5
    carrier = post.carrier()
    for number in range(5):
        carrier.commit(carrier.prepare([a_letter(f"C-{number}")])[0])

    with pytest.raises(CarrierError):
        carrier.prepare([a_letter("C-next")])


def test_refusals_between_letters_that_left_stop_nothing(post):
    carrier = post.carrier()
    for number in range(8):
        post.switches.answers[PUSH] = [(400, "no")] if number % 2 else []
        carrier.commit(carrier.prepare([a_letter(f"C-{number}")])[0])

    assert len(post.delivered()) == 4
