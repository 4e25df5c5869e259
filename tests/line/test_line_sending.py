"""The main job by LINE: who is reached, what a dead run's letter becomes, and two runs at once.

Longer than a module should be because it is one job told from its beginning to its end.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind, claim_of
from sheets_automation.core.errors import LineBudgetSpent
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events, to_row
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.line_again import written_again
from sheets_automation.jobs.samples import send_samples, write_samples
from sheets_automation.jobs.send import Order
from tests.core.builders import NOW
from tests.jobs.house import rejected
from tests.jobs.interruptions import set_cell
from tests.line.line_house import (
    code_for,
    friends,
    house_of,
    line_carrier,
    link,
    situation_of,
    take_in,
    unlink,
)
from tests.line_server.account import user

TARO = rejected("山田 太郎", "taro@example.com")
HANA = rejected("佐藤 花", "hana@example.com")
LOG = "送信記録"


class Died(BaseException):
    """The process is gone."""


@pytest.fixture
def house(tmp_path, post):
    """Taro and Hana have linked a chat each."""
    house = house_of(tmp_path, TARO, HANA)
    take_in(house)
    take_in(house, link(code_for(house, "山田 太郎"), 1), link(code_for(house, "佐藤 花"), 2))
    friends(post, 1, 2)
    return house


def reached(post):
    return sorted(to for to, _ in post.account.delivered)


def states(house):
    events = read_events(house.workbook().read().tables[LOG])
    return [one.state for one in fold(events).deliveries.values()]


def die(house, post, *, left):
    """A run that is killed right before its first push, or right after it."""
    carrier = line_carrier(house, post)
    commit = carrier.commit

    def dying(prepared):
        if left:
            commit(prepared)
        raise Died

    carrier.commit = dying
    with pytest.raises(Died):
        house.send(carrier=carrier)
    post.account.now += house.now - NOW


def test_a_test_letter_reaches_no_chat(house, post):
    samples = write_samples(house.workbook(), house.desk, house.run(), Order(), "me@example.com")

    (sent,) = send_samples(line_carrier(house, post), samples)

    assert sent.receipt.state is DeliveryState.FAILED
    assert reached(post) == []


def test_everybody_who_linked_a_chat_is_reached_once_in_it(house, post):
    report = house.send(carrier=line_carrier(house, post))
    again = house.send(carrier=line_carrier(house, post))

    assert [one.state for one in report.outcomes] == [DeliveryState.SENT] * 2
    assert again.outcomes == ()
    assert reached(post) == [user(1), user(2)]
    by_chat = dict(post.account.delivered)
    assert "山田 太郎様" in by_chat[user(1)][0]
    assert "佐藤 花様" in by_chat[user(2)][0]
    assert "<" not in by_chat[user(1)][0]


def test_the_log_holds_no_chat(house, post):
    house.send(carrier=line_carrier(house, post))

    cells = str(list(house.file.sheets[LOG].rows.values()))
    assert user(1) not in cells
    assert "request-1" in cells  # LINE's own name for what it took


def test_somebody_who_ends_the_link_while_the_run_goes_gets_nothing(house, post):
    carrier = line_carrier(house, post)
    prepare = carrier.prepare

    def prepare_while_hana_blocks(letters):
        ready = prepare(letters)
        if any(letter.to_name == "佐藤 花" for letter in letters):
            take_in(house, unlink(2, at=NOW))
        return ready

    carrier.prepare = prepare_while_hana_blocks

    report = house.send(carrier=carrier)

    assert reached(post) == [user(1)]
    assert Reason.LINE_NOT_LINKED in [one.reason for one in report.skipped()]


def test_somebody_who_links_another_chat_while_the_run_goes_is_not_written_to_in_the_old_one(house, post):
    carrier = line_carrier(house, post)
    prepare = carrier.prepare

    def prepare_while_hana_changes_phones(letters):
        ready = prepare(letters)
        if any(letter.to_name == "佐藤 花" for letter in letters):
            take_in(house, unlink(2, at=NOW))
            take_in(house.later(minutes=9), link(code_for(house, "佐藤 花"), 3, at=NOW.replace(minute=5)))
        return ready

    carrier.prepare = prepare_while_hana_changes_phones

    house.send(carrier=carrier)

    assert reached(post) == [user(1)]


def test_a_run_that_spends_the_month_says_so_and_the_rest_waits(house, post):
    post.account.quota = 1

    report = house.send(carrier=line_carrier(house, post))

    assert isinstance(report.error, LineBudgetSpent)
    assert len(reached(post)) == 1
    assert len([one for one in read_events(house.workbook().read().tables[LOG]) if one.kind is EventKind.PREPARED]) == 1


@pytest.mark.parametrize("left", [True, False])
def test_a_letter_of_a_dead_run_that_is_still_due_arrives_once(house, post, left):
    die(house, post, left=left)

    later = house.later(hours=2)
    post.account.now += later.now - NOW
    later.send(carrier=line_carrier(later, post))

    assert reached(post) == [user(1), user(2)]
    assert states(later) == [DeliveryState.SENT] * 2


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize(
    ("heading", "value"), [("選考結果", "選考中"), ("選考結果", "内定"), ("タグ", "送信しない"), ("氏名", "山田 次郎")]
)
def test_a_letter_of_a_dead_run_that_is_not_due_any_more_is_not_pushed_to_find_out(house, post, left, heading, value):
    die(house, post, left=left)
    set_cell(house, 4, heading, value)

    later = house.later(hours=2)
    later.send(carrier=line_carrier(later, post))

    assert reached(post).count(user(1)) == left
    assert DeliveryState.UNCERTAIN in states(later)


@pytest.mark.parametrize(("hours", "is_pushed"), [(22, True), (23, False), (25, False), (400, False)])
def test_once_its_retry_key_may_be_dead_a_letter_is_left_to_a_person(house, post, hours, is_pushed):
    house = replace(house, rules=replace(house.rules, window=_always()))
    die(house, post, left=True)

    later = house.later(hours=hours)
    post.account.now += later.now - NOW
    later.send(carrier=line_carrier(later, post))

    assert (DeliveryState.UNCERTAIN in states(later)) is not is_pushed
    assert reached(post) == [user(1), user(2)]


def _always():
    from datetime import time

    from sheets_automation.core.send_window import SendWindow

    return SendWindow(start=time(0), end=time(23, 59), friday_end=time(23, 59), days=frozenset(range(7)))


@pytest.mark.parametrize("change", [{"run_id": "another"}, {"attempt": 2}, {"reference": "another"}])
def test_of_a_claim_that_does_not_stand_in_the_log_nothing_is_written_again(house, post, change):
    die(house, post, left=False)
    situation = situation_of(house)
    [claim] = [claim_of(one) for one in situation.log.open_claims()]

    assert written_again(claim, situation, house.desk(), house.now) is not None
    assert written_again(replace(claim, **change), situation, house.desk(), house.now) is None


def test_of_a_claim_whose_address_was_corrected_meanwhile_nothing_is_written_again(house, post):
    die(house, post, left=False)
    [claim] = [claim_of(one) for one in situation_of(house).log.open_claims()]
    row = 4 if claim.to_address == "taro@example.com" else 5
    set_cell(house, row, "メールアドレス", "corrected@example.com")
    set_cell(house, row, "照合", None)

    assert written_again(claim, situation_of(house), house.desk(), house.now) is None


def test_of_a_claim_that_a_person_has_taken_back_nothing_is_written_again(house, post):
    die(house, post, left=False)
    [claim] = [claim_of(one) for one in situation_of(house).log.open_claims()]
    word = house.run().agreement(claim.key, EventKind.RECALLED, "mark")
    house.workbook().append({LOG: [to_row(word)]})

    assert written_again(claim, situation_of(house), house.desk(), house.now) is None


def test_of_a_claim_from_the_future_nothing_is_written_again(house, post):
    """A clock was put back, and nobody can tell how old the key is."""
    die(house, post, left=False)
    situation = situation_of(house)
    [claim] = [claim_of(one) for one in situation.log.open_claims()]

    assert written_again(claim, situation, house.desk(), house.now - timedelta(minutes=1)) is None


def test_a_letter_whose_words_hr_changed_meanwhile_is_left_to_a_person(house, post):
    die(house, post, left=False)
    later = house.later(hours=2)
    other = line_carrier(later, post)
    other._compose = lambda outgoing: b"other words for " + outgoing.to_name.encode()

    later.send(carrier=other)

    assert DeliveryState.UNCERTAIN in states(later)
    assert user(1) not in reached(post)


def test_two_runs_that_both_believe_they_were_first_deliver_each_letter_once(house, post):
    """A rival is asked about with `resolve`, which may push its letter: under the same key, so that it leaves once."""
    first = line_carrier(house, post)
    prepare = first.prepare

    def prepare_while_another_run_sends(letters):
        ready = prepare(letters)
        house.send(carrier=line_carrier(house, post), run=house.run(id="B"))
        return ready

    first.prepare = prepare_while_another_run_sends
    report = house.send(carrier=first, run=house.run(id="A"))

    assert reached(post) == [user(1), user(2)]
    assert DeliveryState.SENT not in [one.state for one in report.outcomes]
    assert states(house) == [DeliveryState.SENT] * 2


def test_a_rivals_open_claim_is_not_pushed_while_ours_stands_beside_it(house, post):
    rival = line_carrier(house, post)
    rival_prepare = rival.prepare
    mine = line_carrier(house, post)

    def claim_and_die(letters):
        ready = rival_prepare(letters)
        rival.commit = lambda _prepared: (_ for _ in ()).throw(Died())
        return ready

    rival.prepare = claim_and_die
    prepare = mine.prepare

    def prepare_while_the_rival_claims(letters):
        ready = prepare(letters)
        mine.prepare = prepare
        with pytest.raises(Died):
            house.send(carrier=rival, run=house.run(id="B"))
        return ready

    mine.prepare = prepare_while_the_rival_claims

    house.send(carrier=mine, run=house.run(id="A"))
    later = house.later(hours=2)
    post.account.now += later.now - NOW
    later.send(carrier=line_carrier(later, post))

    assert sorted(reached(post)) == sorted(set(reached(post)))
    assert states(later).count(DeliveryState.SENT) + states(later).count(DeliveryState.UNCERTAIN) == 2


@pytest.mark.parametrize(
    "name",
    [
        "<b>山田</b>",
        "山田 <script>alert(1)</script>",
        "山田 & 太郎",
        "𠮷野 𩸽",
        "{{ 氏名 }}",
        "=HYPERLINK(1)",
        "山田\u202e太郎",
    ],
)
def test_a_name_arrives_as_it_stands_in_the_sheet_or_not_at_all(tmp_path, post, name):
    house = house_of(tmp_path, rejected(name, "odd@example.com"), HANA)
    take_in(house)
    odd, _ = situation_of(house).candidates
    for number, one in enumerate(situation_of(house).candidates, 1):
        take_in(house, link(code_for(house, one.name), number))
    friends(post, 1, 2)

    house.send(carrier=line_carrier(house, post))

    arrived = dict(post.account.delivered)
    assert arrived[user(2)][0].startswith("佐藤 花様")
    assert user(1) not in arrived or arrived[user(1)][0].startswith(f"{odd.name}様")
