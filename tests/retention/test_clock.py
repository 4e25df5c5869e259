"""The clock of a person: what starts it anew, when it ends, and what an announcement is good for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.retention import RetentionScene, Standing, plan_retention
from sheets_automation.core.retention_facts import FactKind, RetentionFact, fold_erasures
from sheets_automation.core.retention_rules import RetentionRules
from tests.core.builders import JST, candidate

NOW = datetime(2027, 12, 1, 10, 0, tzinfo=JST)
OLD = datetime(2026, 5, 1, tzinfo=JST)
DAY = timedelta(days=1)


def old(**fields):
    """A candidate who was turned down long ago."""
    return candidate(**{"decided_at": OLD + DAY, "applied_at": OLD - 20 * DAY, **fields})


def touched(kind, at, to="C-0005"):
    key = DeliveryKey(candidate_id=to, kind=LetterKind.REJECTION)
    return DeliveryEvent(event_id="R-0001", at=at, run_id="R", key=key, kind=kind, claim_id="x")


def announced(one, since, due, at=NOW - 40 * DAY):
    return RetentionFact(fact_id=one.id, at=at, kind=FactKind.ANNOUNCED, candidate_id=one.id, since=since, due=due)


def clocks(*people, events=(), facts=(), now=NOW, keeps=None, rules=None):
    scene = RetentionScene(log=fold(events), events=events, erasures=fold_erasures(facts), now=now, keeps=keeps or {})
    return plan_retention(people, scene, rules or RetentionRules()).clocks


@pytest.mark.parametrize(
    ("fields", "events", "since"),
    [
        ({}, (), date(2026, 5, 1)),
        ({"decided_at": None}, (), date(2026, 4, 11)),
        ({"decided_at": None, "applied_at": None, "first_seen_at": OLD}, (), date(2026, 5, 1)),
        ({}, (touched(EventKind.SENT, OLD + 10 * DAY),), date(2026, 5, 11)),
        ({}, (touched(EventKind.REPLIED, OLD + 30 * DAY),), date(2026, 5, 31)),
        ({}, (touched(EventKind.WITHDRAWN, OLD + 30 * DAY),), date(2026, 5, 1)),
    ],
    ids=["decision", "application", "first seen", "letter", "answer", "a letter that never left is no event"],
)
def test_the_last_event_about_a_person_starts_the_clock(fields, events, since):
    (clock,) = clocks(old(**fields), events=events)

    assert clock.since == since


def test_a_new_application_of_the_same_person_starts_it_anew_for_all_rows():
    first = old(row=5)
    again = old(row=6, address=first.address.value, applied_at=NOW - 60 * DAY, decided_at=NOW - 30 * DAY)

    (clock,) = clocks(first, again)

    assert clock.standing is Standing.RUNNING
    assert set(clock.ids) == {"C-0005", "C-0006"}


@pytest.mark.parametrize(("months", "standing"), [(19, Standing.REACHED), (20, Standing.RUNNING)])
def test_the_time_is_counted_in_months(months, standing):
    (clock,) = clocks(old(), rules=RetentionRules(months=months))

    assert clock.standing is standing


def test_nobody_is_due_before_the_announced_day_nor_by_an_announcement_of_another_event():
    one, since = old(), date(2026, 5, 1)

    def standing(fact, now=NOW):
        return clocks(one, facts=[fact], now=now)[0].standing

    assert standing(announced(one, since, date(2027, 12, 2))) is Standing.ANNOUNCED
    assert standing(announced(one, since, date(2027, 12, 1))) is Standing.DUE
    assert standing(announced(one, date(2026, 1, 1), date(2027, 12, 1))) is Standing.REACHED


def test_a_person_is_due_only_when_every_row_was_announced():
    first = old(row=5)
    second = old(row=6, address=first.address.value)
    since, due = date(2026, 5, 1), date(2027, 11, 1)

    (half,) = clocks(first, second, facts=[announced(first, since, due)])
    (whole,) = clocks(first, second, facts=[announced(first, since, due), announced(second, since, due)])

    assert (half.standing, whole.standing) == (Standing.REACHED, Standing.DUE)


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        ("2027/12/01", Standing.KEPT),
        ("2027/11/30", Standing.DUE),
        ("保留", Standing.KEPT),
        ("本人と相談中", Standing.KEPT),
        (datetime(2028, 1, 1), Standing.KEPT),  # noqa: DTZ001 - a date cell
        (" ", Standing.DUE),
    ],
)
def test_what_hr_writes_keeps_somebody(written, standing):
    one = old()

    (clock,) = clocks(one, facts=[announced(one, date(2026, 5, 1), date(2027, 11, 1))], keeps={one.row: written})

    assert clock.standing is standing


@pytest.mark.parametrize("tag", ["保留", "消去しない"])
def test_a_tag_keeps_somebody_and_one_about_letters_does_not(tag):
    assert clocks(old(tags=(tag,)))[0].standing is Standing.KEPT
    assert clocks(old(tags=("送信しない",)))[0].standing is Standing.REACHED


def test_somebody_without_any_date_is_announced_at_once_and_kept_for_a_whole_time():
    one = replace(old(), decided_at=None, applied_at=None, first_seen_at=None)
    assert clocks(one)[0].standing is Standing.REACHED

    fact = announced(one, None, date(2028, 10, 22), at=NOW - 40 * DAY)
    assert clocks(one, facts=[fact])[0].standing is Standing.ANNOUNCED
    assert clocks(one, facts=[fact], now=NOW + 330 * DAY)[0].standing is Standing.DUE
