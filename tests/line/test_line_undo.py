"""Taking an approval back, after a run died with a claim of LINE open: its letter is not pushed to find out."""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from sheets_automation.core.model import LetterKind
from sheets_automation.jobs.approve import Wish, approve
from sheets_automation.jobs.freeze import flagged, freeze
from sheets_automation.jobs.marking import mark_plan
from sheets_automation.jobs.situation import sit_down
from sheets_automation.service.approving import take_back
from sheets_automation.service.house import House
from tests.core.builders import NOW
from tests.jobs.house import no_news
from tests.line.line_house import code_for, friends, house_of, line_carrier, link, situation_of, take_in
from tests.line.test_line_sending import HANA, TARO, Died, reached


@dataclass
class Room:
    """The room of a request, beside a team in memory; it is its own office."""

    team: object
    post: object
    workbook = "book"
    carrier = "line:"
    language = "en"
    kind = LetterKind.REJECTION

    @property
    def office(self):
        return self

    def open_desk(self, snapshot):
        return self.team.desk(snapshot)

    def new_run(self):
        return self.team.run()

    @contextmanager
    def writing(self):
        yield self.team.workbook()

    @contextmanager
    def posting(self):
        yield line_carrier(self.team, self.post)


@pytest.mark.parametrize("is_frozen", [False, True])
def test_what_was_taken_back_is_pushed_to_nobody_also_while_all_sending_is_stopped(tmp_path, post, is_frozen):
    house = house_of(tmp_path, TARO, HANA)
    take_in(house)
    take_in(house, link(code_for(house, "山田 太郎"), 1), link(code_for(house, "佐藤 花"), 2))
    friends(post, 1, 2)
    marked = mark_plan(sit_down(house.workbook(), house.desk)[1], house.desk(), lambda: house.now)
    agreed = approve(house.workbook(), house.desk, house.run(), Wish(plan=marked.mark, workbook="book"))
    carrier = line_carrier(house, post)
    carrier.commit = _die
    with pytest.raises(Died):
        house.send(carrier=carrier, approval=agreed.approval)
    later = house.later(hours=2)
    post.account.now += later.now - NOW
    if is_frozen:
        run = later.run()
        freeze(later.workbook(), later.desk, no_news, run, flagged(run, "別の方に届いた"))

    answer = take_back(House(workbook="book"), Room(later, post), agreed.approval)

    assert answer.withdrawn == 1  # of the claimed one nobody can tell
    assert reached(post) == []
    assert bool(situation_of(later).log.unfinished()) is is_frozen  # nobody is asked about while all sending is stopped


def _die(_prepared):
    raise Died
