"""A person holds a letter: it is not sent, the sheet says so, and whoever releases it lets it go."""

from __future__ import annotations

import pytest

from sheets_automation.core.delivery_log import Delivery, EventKind
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.settle import Word, settle
from tests.jobs.house import House, people, workbook_of
from tests.jobs.interruptions import Interrupted, WrittenBehind, reasons


class Died(BaseException):
    """The process is gone."""


@pytest.fixture
def house(tmp_path):
    house = House(folder=tmp_path / "outbox", file=workbook_of(people(3)))
    house.send(limit=0)  # the ids stand in the sheet now
    return house


def say(house, word, row=5, note=""):
    run = house.run(actor="花子")
    return settle(house.workbook(), house.desk, run, [house.cell(row, "候補者ID")], word, note=note)


def test_a_held_letter_stays_and_the_others_go(house):
    done = say(house, Word.HOLD, note="面接官に確認中")
    before = house.cell(5, "通知メモ")

    report = house.send()

    assert len(done.settled) == 1
    assert len(house.delivered()) == 2
    assert reasons(report) == [Reason.HELD_BY_PERSON]
    assert "花子 さんが保留にしました(「面接官に確認中」)" in before
    assert house.cell(5, "通知メモ") == before


def test_a_released_letter_goes_with_the_next_run(house):
    say(house, Word.HOLD)
    house.send()

    say(house, Word.RELEASE)
    house.send()

    assert len(house.delivered()) == 3


def test_a_letter_that_is_held_in_mid_run_drops_out(house):
    house.send(carrier=Interrupted.of(house, before_prepare=lambda: say(house, Word.HOLD)))

    assert len(house.delivered()) == 2


def test_a_word_that_comes_into_the_log_right_behind_the_claim_stops_the_letter_all_the_same(house):
    key = DeliveryKey(candidate_id=house.cell(5, "候補者ID"), kind=LetterKind.REJECTION)
    held = to_row(house.run().word(Delivery(key=key), EventKind.HELD))

    report = house.send(workbook=WrittenBehind(house.file, held))

    assert len(house.delivered()) == 2
    assert reasons(report) == [Reason.HELD_BY_PERSON]


def test_what_was_sent_cannot_be_held_and_what_is_not_held_cannot_be_released(house):
    sent = house.send(limit=1).outcomes[0].planned.candidate

    held = settle(house.workbook(), house.desk, house.run(), [sent.id], Word.HOLD)
    released = say(house, Word.RELEASE, row=6)

    assert held.not_settled == ((sent.id, DeliveryState.SENT),)
    assert released.not_settled == ((house.cell(6, "候補者ID"), None),)


@pytest.mark.parametrize("word", [Word.AGAIN, Word.SENT])
def test_of_a_letter_that_a_run_is_sending_right_now_nothing_can_be_said(house, word):
    """Whoever sends it again would be the second to do so: the first has claimed it, and is about to commit it."""
    carrier, heard = house.outbox(), []
    commit = carrier.commit

    def somebody_speaks(prepared):
        if not heard:
            other = house.later(minutes=1)
            heard.append(settle(other.workbook(), other.desk, other.run(), [prepared.outgoing.key.candidate_id], word))
            other.send()
        return commit(prepared)

    carrier.commit = somebody_speaks
    house.send(carrier=carrier)

    assert [state for _, state in heard[0].not_settled] == [DeliveryState.PREPARED]
    assert len(house.delivered()) == 3


def test_an_hour_after_its_run_died_somebody_may_say_that_a_letter_goes_again(house):
    carrier = house.outbox()
    carrier.commit = _die
    with pytest.raises(Died):
        house.send(carrier=carrier)
    later = house.later(minutes=61)
    (claim, *_) = later.plan().plan.situation.log.open_claims()

    assert settle(later.workbook(), later.desk, later.run(), [claim.key.candidate_id], Word.AGAIN).settled


def _die(_prepared):
    raise Died
