"""Two letters of one person wait for a word, the result and its apology: the page tells them apart."""

from contextlib import contextmanager
from dataclasses import dataclass

from sheets_automation.core.model import DeliveryState, LetterKind, Receipt
from sheets_automation.jobs.incident import Span
from sheets_automation.service.house import House
from sheets_automation.service.settling import settle_letters, uncertain_letters
from sheets_automation.service.work_documents import SettleWanted
from tests.incident.test_apology import apologise
from tests.jobs.failing import Failing

IN_DOUBT = Receipt(state=DeliveryState.UNCERTAIN)


@dataclass
class Room:
    """The room of a request, beside a team in memory; it is its own office."""

    team: object
    workbook = "book"
    language = "en"
    kind = LetterKind.REJECTION

    @property
    def office(self):
        return self

    def open_desk(self, snapshot):
        return self.team.desk(snapshot)

    look_at_desk = open_desk

    def new_run(self):
        return self.team.run()

    def clock(self):
        return self.team.now

    @contextmanager
    def writing(self):
        yield self.team.workbook()

    reading = writing


def test_a_word_about_an_apology_in_doubt_leaves_the_result_as_it_is(house):
    one = house.cell(4, "候補者ID")
    house.send(carrier=Failing.of(house, [IN_DOUBT]), only=[one])
    later = house.later(hours=2)
    span = Span(since=later.now.replace(hour=0), only=[one])
    apologise(later, carrier=Failing.of(later, [IN_DOUBT]), span=span, expect=1)
    listed = uncertain_letters(Room(later)).letters
    assert [(line.id, line.kind) for line in listed] == [(one, "rejection"), (one, "apology")]
    assert "apology" in listed[1].text

    done = settle_letters(House(workbook="book"), Room(later), SettleWanted(ids=[one], word="again", kind="apology"))

    assert done.settled == 1
    assert [line.kind for line in uncertain_letters(Room(later)).letters] == ["rejection"]
