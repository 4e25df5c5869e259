"""Two runs at once, and a log that a person sorts between what the one and the other reads."""

from __future__ import annotations

from itertools import count
from threading import Event, Thread

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events, to_row
from sheets_automation.core.model import DeliveryState, Prepared, Receipt
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.plan import plan_letters, write_again
from sheets_automation.jobs.situation import sit_down
from sheets_automation.workbooks.memory import MemoryFile, MemoryWorkbook
from tests.jobs.house import House, people, workbook_of
from tests.jobs.interruptions import reasons

LOG = "送信記録"


class Mailbox:
    """Drafts, and what was sent of them: letters by reference."""

    def __init__(self):
        self.drafts, self.sent, self.numbers = {}, [], count(1)

    def addresses(self):
        return [letter.to_address for letter in self.sent]


class Drafts:
    """A Carrier over a mailbox, as Gmail's is: each run prepares a letter of its own."""

    name = "drafts"
    batch_size = 50

    def __init__(self, mailbox, before_commit=None):
        self.mailbox, self.before_commit = mailbox, before_commit

    def prepare(self, letters):
        made = {f"d{next(self.mailbox.numbers)}": letter for letter in letters}
        self.mailbox.drafts |= made
        return [Prepared(outgoing=letter, reference=draft) for draft, letter in made.items()]

    def commit(self, prepared):
        if self.before_commit:
            self.before_commit()
        letter = self.mailbox.drafts.pop(prepared.reference, None)
        if letter is None:
            return Receipt(state=DeliveryState.FAILED, detail="no draft")
        self.mailbox.sent.append(letter)
        return Receipt(state=DeliveryState.SENT)

    def resolve(self, claim):
        gone = self.mailbox.drafts.pop(claim.reference, None) is None
        return Receipt(state=DeliveryState.UNCERTAIN if gone else DeliveryState.WITHDRAWN)

    def sweep(self, open_claims):
        pass


class Unreachable(Drafts):
    """A mailbox that cannot be asked about other runs' drafts."""

    def resolve(self, claim):
        if claim.run_id == "B":
            raise CarrierError("つながりません", "not reached")
        return super().resolve(claim)


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path, file=workbook_of(people(3)))


def sort_the_log(house, heading):
    """Sort it by one of its columns; facts that are alike there keep their order."""
    house.workbook().read()
    sheet = house.file.sheets[LOG]
    head, *facts = (sheet.rows[number] for number in sorted(sheet.rows))
    column = next(column for column, title in head.items() if title == heading)
    sheet.rows = dict(enumerate([head, *sorted(facts, key=lambda cells: str(cells[column]))], start=1))


def sorted_when_claimed(house, heading="記録ID"):
    """A workbook whose log somebody sorts right after the first claim in it, before it is read again: run A first."""

    class Sorted(type(house.workbook())):
        def show(self, *views_and_claims):
            super().show(*views_and_claims)
            if len(views_and_claims) > 1:
                sort_the_log(house, heading)

    return Sorted(house.file)


def play(house, carrier_of_a, mailbox, is_committing, goes_on, heading="記録ID"):
    """Run B claims and is about to commit; run A, which planned before, claims in a log that is sorted then."""
    behind = []

    def pause():
        is_committing.set()
        assert goes_on.wait(30)

    class First(type(carrier_of_a)):
        def prepare(self, letters):
            ready = super().prepare(letters)
            run = house.run(id="B")
            other = Thread(target=lambda: behind.append(house.send(carrier=Drafts(mailbox, pause), run=run)))
            other.start()
            behind.append(other)
            assert is_committing.wait(30)
            return ready

    carrier_of_a.__class__ = First
    report = house.send(carrier=carrier_of_a, workbook=sorted_when_claimed(house, heading), run=house.run(id="A"))
    goes_on.set()
    behind[0].join(30)
    return report, behind[1]


def test_whoever_is_first_by_a_sorted_log_takes_the_others_letters_away_before_it_sends(house):
    mailbox = Mailbox()

    first, second = play(house, Drafts(mailbox), mailbox, Event(), Event())

    assert sorted(mailbox.addresses()) == sorted({letter.to_address for letter in mailbox.sent})
    assert [one.state for one in first.outcomes] == [DeliveryState.SENT] * 3
    assert DeliveryState.SENT not in [one.state for one in second.outcomes]
    events = read_events(house.workbook().read().tables[LOG])
    assert {one.state for one in fold(events).deliveries.values()} == {DeliveryState.SENT}
    assert [event.run_id for event in events if event.kind is EventKind.WITHDRAWN][:3] == ["A"] * 3


def test_where_the_sorted_log_mixes_their_claims_nobody_gets_two_letters(house):
    mailbox = Mailbox()

    first, second = play(house, Drafts(mailbox), mailbox, Event(), Event(), heading="候補者ID")

    assert len(mailbox.sent) == len({*mailbox.addresses()}) == 3
    assert [one.state for one in first.outcomes] == [DeliveryState.WITHDRAWN, DeliveryState.SENT, DeliveryState.SENT]
    assert second.outcomes[0].state is DeliveryState.SENT


def test_where_they_cannot_be_taken_away_the_other_run_has_them(house):
    mailbox = Mailbox()

    first, second = play(house, Unreachable(mailbox), mailbox, Event(), Event())

    assert len(mailbox.sent) == 3
    assert {one.state for one in first.outcomes} == {DeliveryState.WITHDRAWN}
    assert isinstance(first.error, CarrierError)
    assert {one.state for one in second.outcomes} == {DeliveryState.SENT}


def test_letters_that_the_other_run_has_sent_are_not_sent_again(house):
    mailbox = Mailbox()
    carrier = Drafts(mailbox)
    prepare = carrier.prepare

    def prepare_while_another_run_sends(letters):
        ready = prepare(letters)
        house.send(carrier=Drafts(mailbox), run=house.run(id="B"))
        return ready

    carrier.prepare = prepare_while_another_run_sends

    report = house.send(carrier=carrier, workbook=sorted_when_claimed(house), run=house.run(id="A"))

    assert len(mailbox.sent) == 3
    assert {one.state for one in report.outcomes} == {DeliveryState.WITHDRAWN}
    assert set(reasons(report)) == {Reason.CLAIMED_ELSEWHERE}


class OneByOne(Drafts):
    """A carrier that cannot take a letter back, as a mail server."""

    batch_size = 1


@pytest.mark.parametrize(
    ("carrier", "state"), [(Drafts, DeliveryState.SENT), (OneByOne, DeliveryState.UNCERTAIN)], ids=["drafts", "server"]
)
def test_whoever_lost_and_died_while_giving_up_leaves_nothing_in_doubt_where_that_can_be_seen(house, carrier, state):
    mailbox = Mailbox()
    claims(house, mailbox, "A")
    claims(house, mailbox, "B")
    mailbox.drafts = {draft: letter for draft, letter in mailbox.drafts.items() if draft in {"d1", "d2", "d3"}}

    later = house.later(hours=2)
    later.send(carrier=carrier(mailbox), run=later.run(id="C"))

    events = read_events(house.workbook().read().tables[LOG])
    assert {one.state for one in fold(events).deliveries.values()} == {state}
    assert len(mailbox.sent) == (3 if state is DeliveryState.SENT else 0)


def claims(house, mailbox, run_id):
    """A run that dies when it has claimed, and had read before anybody else did."""
    run = house.run(id=run_id)
    desk, situation = sit_down(MemoryWorkbook(without_log(house.file)), house.desk)
    letters = [write_again(planned, desk) for planned in plan_letters(situation, desk, run).letters]
    rows = [to_row(run.claim(prepared, "drafts")) for prepared in Drafts(mailbox).prepare(letters)]
    house.workbook().append({LOG: rows})


def without_log(file):
    return MemoryFile(sheets={title: sheet for title, sheet in file.sheets.items() if title != LOG})
