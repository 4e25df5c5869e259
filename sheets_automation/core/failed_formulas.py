"""Cells whose formula has failed, or was never calculated: what people see there is no word of theirs."""

from __future__ import annotations

from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.reasons import Reason
from sheets_automation.core.table import ERROR_VALUES, UNCALCULATED


def unknown_decision(word: str) -> Finding:
    """Why a decision is none that we know: the word is another one, or its formula gives none."""
    if word == UNCALCULATED:
        return Finding(Reason.DECISION_NOT_CALCULATED)
    return Finding(Reason.DECISION_FAILED if word in ERROR_VALUES else Reason.DECISION_UNKNOWN, {"value": word})
