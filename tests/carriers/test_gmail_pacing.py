"""The quota is kept in every minute, and nothing of it is given away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.carriers.gmail_pacing import Pacer


class Time:
    """A clock that only moves when somebody waits or works."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def pacer(time, limit=6000):
    return Pacer(units_per_minute=limit, monotonic=time.monotonic, sleep=time.sleep)


def test_nobody_waits_below_the_limit():
    time = Time()
    paced = pacer(time)

    for _ in range(60):
        with paced.spending(100):
            pass

    assert time.now == 0


def test_the_first_unit_above_the_limit_waits_for_the_minute_to_pass():
    time = Time()
    paced = pacer(time)
    for _ in range(60):
        with paced.spending(100):
            pass

    with paced.spending(100):
        assert 60 <= time.now < 61


def test_a_call_that_fails_has_spent_its_units():
    time = Time()
    paced = pacer(time, limit=100)
    with pytest.raises(ValueError, match="no"), paced.spending(100):
        raise ValueError("no")

    with paced.spending(100):
        assert 60 <= time.now < 61


@given(st.lists(st.tuples(st.sampled_from([1, 10, 100, 500]), st.floats(0, 5)), max_size=200))
def test_no_minute_ever_exceeds_the_limit(calls):
    time = Time()
    paced = pacer(time, limit=600)
    arrived: list[tuple[float, int]] = []
    for units, seconds in calls:
        with paced.spending(units):
            arrived.append((time.now, units))  # Google counts the call when it arrives: at its very beginning here
            time.now += seconds

    for at, _ in arrived:
        assert sum(units for when, units in arrived if at - 60 < when <= at) <= 600


def test_a_letter_by_draft_goes_as_often_as_the_quota_allows():
    time = Time()
    paced = pacer(time)
    sent = 0

    while time.now < 3600:
        with paced.spending(500):
            pass
        for _ in range(50):
            with paced.spending(100):
                sent += time.now < 3600

    assert sent >= 0.95 * 60 * 6000 / 110
