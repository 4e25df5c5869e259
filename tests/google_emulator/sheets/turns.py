"""Whose turn it is: the document that a call works on, who makes it, and what may be touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tests.google_emulator.sheets.formulas.calculator import Calculator
from tests.google_emulator.sheets.locales import Locale, locale_of
from tests.google_emulator.sheets.model import Document, Json, Rect, Sheet
from tests.google_emulator.sheets.places import area_of
from tests.google_emulator.sheets.refusals import (
    MAX_CELLS,
    MAX_COLUMNS,
    Refused,
    protected,
    too_many_cells,
    too_many_columns,
)
from tests.google_emulator.sheets.serials import local

_MAX_ID = 2_147_483_647


@dataclass(slots=True, kw_only=True)
class Turn:
    """One call on one document."""

    document: Document
    email: str
    is_owner: bool
    now: datetime
    random: Random
    made: list[Json] = field(default_factory=list)
    """Objects that this batch made."""

    @property
    def locale(self) -> Locale:
        """The habits of the document."""
        return locale_of(self.document.locale)

    @property
    def local_time(self) -> datetime:
        """What the document's clock shows."""
        return local(self.now, self.document.time_zone)

    def calculator(self) -> Calculator:
        """Evaluates the document as it is at this moment of the call."""
        return Calculator(self.document, self.now)

    def new_id(self) -> int:
        """A random id, as Google gives sheets, charts, protected ranges and bandings."""
        return self.random.randint(1, _MAX_ID)

    def may_edit(self, protection: Json) -> bool:
        """Whether the caller may change what this protected range covers."""
        if protection.get("warningOnly") or self.is_owner:
            return True
        return self.email in protection.get("editors", {}).get("users", [])

    def guard(self, sheet: Sheet, rect: Rect) -> None:
        """Refuse a change of cells that somebody protected from the caller."""
        for protection in sheet.parts.get("protectedRanges", []):
            if not self.may_edit(protection) and self._covers(sheet, protection, rect):
                raise protected()

    def _covers(self, sheet: Sheet, protection: Json, rect: Rect) -> bool:
        range_ = protection.get("range") or self._named(protection)
        if range_ is None or not _whole(sheet, range_).meets(rect):
            return False
        free = protection.get("unprotectedRanges", [])
        return not any(_whole(sheet, part).holds(rect) for part in free)

    def _named(self, protection: Json) -> Json | None:
        wanted = protection.get("namedRangeId")
        return next((one["range"] for one in self.document.named_ranges if one["namedRangeId"] == wanted), None)

    def allow_growth(self, sheet: Sheet, rows: int, columns: int) -> None:
        """Refuse a grid of this size if the sheet, or the workbook, would be too large."""
        if columns > MAX_COLUMNS:
            raise too_many_columns()
        others = sum(one.row_count * one.column_count for one in self.document.sheets if one is not sheet)
        if others + rows * columns > MAX_CELLS:
            raise too_many_cells()


def _whole(sheet: Sheet, range_: Json) -> Rect:
    try:
        area = area_of(range_)
    except Refused:
        return sheet.all
    return Rect(
        area.top or 0,
        area.left or 0,
        sheet.row_count if area.bottom is None else area.bottom,
        sheet.column_count if area.right is None else area.right,
    )
