"""After the log was rebuilt, nobody is written to of whom it knows nothing and who was due before."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guards import first_finding, is_not_told_yet, is_on_record
from sheets_automation.core.reasons import Reason
from tests.core.builders import NOW, candidate, event, scene

REBUILT = event(EventKind.REBUILT, to="-", at=NOW - timedelta(days=2))
BEFORE = candidate(decided_at=NOW - timedelta(days=3))
AFTER = candidate(decided_at=NOW - timedelta(days=2) + timedelta(seconds=1))


def reason(found):
    return found and found.reason


def test_whoever_was_decided_before_and_is_not_known_is_held():
    found = first_finding(BEFORE, scene(REBUILT))

    assert (found.reason, found.facts["when"]) == (Reason.RECORD_LOST, "2026/11/22 10:00")


def test_whoever_was_decided_since_is_not():
    assert first_finding(AFTER, scene(REBUILT)) is None


def test_where_no_log_was_lost_nobody_is_held():
    assert first_finding(BEFORE, scene()) is None


def test_without_a_date_it_counts_when_the_rejection_was_first_seen():
    seen = candidate(decided_at=None, first_seen_at=NOW - timedelta(days=3))
    never = candidate(decided_at=None)

    assert reason(is_on_record(seen, scene(REBUILT))) is Reason.RECORD_LOST
    assert is_on_record(never, scene(REBUILT)) is None


@pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.SETTLED_AGAIN])
def test_whatever_is_known_of_the_letter_counts(kind):
    assert is_on_record(BEFORE, scene(REBUILT, event(kind, to=BEFORE.id))) is None


def test_who_was_held_by_the_rebuilding_waits_for_a_word():
    lost = event(EventKind.LOST, to=AFTER.id, at=NOW - timedelta(days=2))

    assert reason(is_not_told_yet(AFTER, scene(lost, REBUILT))) is Reason.RECORD_LOST
    again = event(EventKind.SETTLED_AGAIN, to=AFTER.id)
    assert first_finding(AFTER, scene(lost, REBUILT, again)) is None
