from datetime import timedelta

import pytest

from sheets_automation.core.analysis_glance import NO_NAME, glance
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Decision
from tests.core.builders import NOW, candidate, ended, event


def sent_to(one, days_ago=0, kind=EventKind.SENT):
    claim = event(EventKind.PREPARED, to=one.id)
    return claim, ended(claim, kind, at=NOW - timedelta(days=days_ago))


def seen(people, *events):
    return glance(people, fold(events), NOW)


def test_an_empty_workbook_has_no_rates_and_no_waits():
    found = seen([])

    assert (found.stages, found.openings, found.media) == ((), (), ())
    assert (found.median_wait, found.longest_wait, found.follow_up_rate) == (None, None, None)
    assert [month.month for month in found.months][:: len(found.months) - 1] == ["2025-12", "2026-11"]


def test_groups_are_counted_by_name_the_largest_first_and_blank_ones_too():
    one, two = candidate(row=5, opening="営業職"), candidate(row=6, opening="営業職", decision=Decision.HIRED)
    three = candidate(row=7, opening="")

    groups = seen([three, one, two], *sent_to(one)).openings

    assert [(group.name, group.rows, group.rejected, group.sent) for group in groups] == [
        ("営業職", 2, 1, 1),
        (NO_NAME, 1, 1, 0),
    ]


@pytest.mark.parametrize(("days", "median"), [((0,), 3), ((0, 1), 2.5), ((0, 1, 2), 2)])
def test_the_wait_is_from_the_decision_to_the_letter(days, median):
    people = [candidate(row=row) for row in range(5, 5 + len(days))]
    events = [one for person, ago in zip(people, days, strict=True) for one in sent_to(person, ago)]

    found = seen(people, *events)

    assert (found.median_wait, found.longest_wait) == (median, 3)


def test_a_letter_before_the_end_of_the_day_of_its_decision_was_not_waited_for():
    one = candidate(decided_at=NOW + timedelta(hours=5))

    assert seen([one], *sent_to(one)).longest_wait == 0


def test_a_letter_that_came_back_left_and_one_in_doubt_did_not():
    back, doubt, hired = candidate(row=5), candidate(row=6), candidate(row=7, decision=Decision.HIRED)
    sent, left = sent_to(back)
    bounced = event(EventKind.BOUNCED, to=back.id, claim_id=sent.event_id)

    found = seen([back, doubt, hired], sent, left, bounced, *sent_to(doubt, kind=EventKind.UNCERTAIN))

    assert found.follow_up_rate == 0.5


def test_months_count_applications_rejections_and_letters_each_at_its_own_time():
    one = candidate(applied_at=NOW - timedelta(days=60), decided_at=NOW - timedelta(days=30))
    hired = candidate(row=6, decision=Decision.HIRED, decided_at=NOW, applied_at=None)

    months = {month.month: month for month in seen([one, hired], *sent_to(one)).months}

    assert (months["2026-09"].applied, months["2026-10"].rejected, months["2026-11"].sent) == (1, 1, 1)
    assert months["2026-11"].rejected == 0
