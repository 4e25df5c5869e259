"""Who gets no letter before a person says "send again", beside those whose letter is in doubt."""

from dataclasses import replace
from datetime import timedelta

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.settle import Word, settle, stopped
from sheets_automation.jobs.situation import understand
from tests.core.builders import event
from tests.jobs.house import House, people, workbook_of
from tests.jobs.test_sync import comes_back, house, tray  # noqa: F401 - the same team, to whom a letter comes back

LOG = "送信記録"


def waiting(team):
    desk = team.desk()
    situation = understand(team.workbook().read(), desk.rules, desk.headings_used)
    return [(one.candidate.row, one.reason, one.candidate.id) for one, _ in stopped(situation, desk, team.now)]


def test_whose_letter_came_back_waits_until_the_word_was_said(house, tray):  # noqa: F811
    comes_back(house, tray)

    ((row, reason, candidate_id),) = waiting(house)
    settle(house.workbook(), house.desk, house.run(), [candidate_id], Word.AGAIN)

    assert (row, reason) == (4, Reason.ADDRESS_BOUNCED)
    assert waiting(house) == []


def test_of_whom_a_rebuilt_log_knows_nothing_waits_for_a_word(tmp_path):
    team = House(tmp_path / "out", workbook_of(people(2)))
    ids = [letter.candidate.id for letter in team.plan().plan.letters]
    at = team.now - timedelta(hours=1)
    rebuilt = replace(event(EventKind.REBUILT, to="-", at=at), event_id="R1-0001", run_id="R1")
    team.workbook().append({LOG: [to_row(rebuilt)]})

    before = waiting(team)
    done = settle(team.workbook(), team.desk, team.run(), ids, Word.AGAIN)

    assert [reason for _, reason, _ in before] == [Reason.RECORD_LOST] * 2
    assert done.settled == (*ids,)
    assert waiting(team) == []


def test_whoever_is_due_or_told_or_in_doubt_is_not_among_them(house):  # noqa: F811
    assert waiting(house) == []
