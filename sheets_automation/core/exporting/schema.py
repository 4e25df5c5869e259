"""The tables of an export: their columns, in the words that the SQL of the analysis uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

UNDATED: Final = "undated"
"""The partition of what has no date."""


class ColumnType(StrEnum):
    """What a column holds; what each store calls it, the store knows."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"


_TEXT, _WHOLE, _NUMBER, _TRUTH, _DAY = ColumnType
Columns = Mapping[str, ColumnType]

CANDIDATES: Final = "candidates"
LABELS: Final = "labels"
DELIVERIES: Final = "deliveries"
REFERRALS: Final = "referrals"
CREDITS: Final = "credits"
COSTS: Final = "costs"

SCHEMA: Final[Mapping[str, Columns]] = MappingProxyType(
    {
        CANDIDATES: {
            "candidate": _TEXT,
            "person": _TEXT,  # only where somebody stands in several rows
            "applied_month": _TEXT,
            "applied_on": _DAY,
            "outcome": _TEXT,
            "decided_month": _TEXT,
            "decided_on": _DAY,
            "stage": _TEXT,
            "stage_rank": _WHOLE,
            "place": _WHOLE,
            "to_tell": _TRUTH,
            "told": _TRUTH,
            "days_to_letter": _NUMBER,
            "waiting_days": _WHOLE,
            "days_since_last": _NUMBER,
        },
        # One row for each medium, opening, tag and skill of a candidate. What is counted by them stands beside them:
        # ten million candidates need no join then.
        LABELS: {
            "candidate": _TEXT,
            "kind": _TEXT,
            "label": _TEXT,
            "name": _TEXT,
            "applied_month": _TEXT,
            "outcome": _TEXT,
            "place": _WHOLE,
            "to_tell": _TRUTH,
            "told": _TRUTH,
        },
        DELIVERIES: {
            "delivery": _TEXT,
            "candidate": _TEXT,
            "letter": _TEXT,
            "cycle": _WHOLE,
            "state": _TEXT,
            "at_month": _TEXT,
            "at_day": _DAY,
            "link": _TEXT,
            "has_left": _TRUTH,
        },
        REFERRALS: {
            "link": _TEXT,
            "partner": _TEXT,
            "first_month": _TEXT,
            "clicked_on": _DAY,
            "registered_on": _DAY,
            "hired_on": _DAY,
        },
        CREDITS: {
            "partner": _TEXT,
            "entry": _TEXT,
            "amount": _WHOLE,
            "on_month": _TEXT,
            "on_day": _DAY,
        },
        COSTS: {
            "medium": _TEXT,
            "name": _TEXT,
            "in_month": _TEXT,  # of which this is the share
            "yen": _WHOLE,  # of the whole line …
            "months": _WHOLE,  # … which reaches over so many
        },
    }
)
MONTH_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        CANDIDATES: "applied_month",
        LABELS: "applied_month",
        DELIVERIES: "at_month",
        REFERRALS: "first_month",
        CREDITS: "on_month",
        COSTS: "in_month",
    }
)
"""The column by which a table is parted."""
PERSONAL: Final[Columns] = MappingProxyType({"name": _TEXT, "address": _TEXT, "phone": _TEXT})
"""Further columns of the candidates, only where somebody has asked for them in so many words."""

Line = Mapping[str, object]
"""A row by its columns, a day as ISO text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTable:
    """One table of one workbook, by month."""

    name: str
    columns: Columns
    months: Mapping[str, Sequence[Line]]
    """By "2026-11", or `UNDATED`."""

    @property
    def rows(self) -> int:
        """How many in all."""
        return sum(map(len, self.months.values()))


def columns_of(table: str, *, with_personal_data: bool) -> Columns:
    """The columns of a table."""
    return {**SCHEMA[table], **(PERSONAL if with_personal_data and table == CANDIDATES else {})}
