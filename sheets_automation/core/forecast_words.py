"""What a forecast says to people, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sheets_automation.core.forecast import FEWEST, FEWEST_DAYS, Forecast, Outlook

_EARLY, _MIDDLE = 10, 20
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_SENTENCES: Final[Mapping[Outlook, tuple[str, str]]] = {
    Outlook.EXPECTED: (
        "あと {missing} 名、今のペースで {expected}(8 割の見込みで {earliest}〜{latest}。{days} 日に {counted} 名)",
        (
            "{missing} to go: {expected} at the present pace (in 8 of 10 cases {earliest} to {latest}; "
            "{counted} in the last {days} days)"
        ),
    ),
    Outlook.TOO_LITTLE: (
        "あと {missing} 名。見込みはまだ出せません(最初の方から {fewest_days} 日、その後の登録 {fewest} 名で出ます)",
        (
            "{missing} to go. Too early for a forecast: it takes {fewest_days} days since the first one, "
            "and {fewest} registrations after it"
        ),
    ),
    Outlook.FAR: (
        "あと {missing} 名。今のペースでは 1 年より先です({days} 日に {counted} 名)",
        "{missing} to go: more than a year from now at the present pace ({counted} in the last {days} days)",
    ),
    Outlook.CAPPED: (
        "あと {missing} 名。ただし、取り決めた上限に達しているので、いま揃っても獲得になりません",
        "{missing} to go, but the agreed limit is reached: the next one would not be granted",
    ),
}


def forecast_text(one: Forecast, today: date, language: str) -> str:
    """The forecast with its evidence."""
    days = {
        name: part_of_month(day, today, language) if day else ""
        for name, day in (("expected", one.expected), ("earliest", one.earliest), ("latest", one.latest))
    }
    return _SENTENCES[one.outlook][0 if language == "ja" else 1].format(
        missing=one.missing,
        counted=one.counted,
        fewest=FEWEST,
        fewest_days=FEWEST_DAYS,
        **days,
        days=one.days,
    )


def part_of_month(day: date, today: date, language: str) -> str:
    """A day no more exactly than it is known: "12月上旬", "early December"; with its year where that is another one."""
    part = 0 if day.day <= _EARLY else 1 if day.day <= _MIDDLE else 2
    if language == "ja":
        year = f"{day.year}年" if day.year != today.year else ""
        return f"{year}{day.month}月{('上旬', '中旬', '下旬')[part]}"
    year = f" {day.year}" if day.year != today.year else ""
    return f"{('early', 'mid', 'late')[part]} {_MONTHS[day.month - 1]}{year}"
