"""Real time on the nights on which clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.model import LetterKind
from sheets_automation.core.moments import ago

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "an_hour_ago"),
    [
        (datetime(2026, 11, 1, 2, 57, tzinfo=NEW_YORK), datetime(2026, 11, 1, 6, 57, tzinfo=UTC)),  # clocks went back
        (datetime(2027, 3, 14, 3, 10, tzinfo=NEW_YORK), datetime(2027, 3, 14, 6, 10, tzinfo=UTC)),  # and forward
        (datetime(2026, 11, 24, 10, 0, tzinfo=NEW_YORK), datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_an_hour(now, an_hour_ago):
    assert ago(now, HOUR) == an_hour_ago


def test_a_rolling_day_has_twenty_four_hours_though_the_calendar_day_has_more():
    now = datetime(2026, 11, 1, 12, 0, tzinfo=NEW_YORK)
    left = now.astimezone(UTC) - timedelta(hours=24, minutes=30)  # 23:30 of wall time

    assert DeliveryLog(sent_at=(("R1", left, LetterKind.REJECTION),)).sent_within(timedelta(hours=24), now) == 0
