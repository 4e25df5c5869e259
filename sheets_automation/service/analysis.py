"""The analysis of a workbook, as the page shows it."""

from __future__ import annotations

from pydantic import TypeAdapter

from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.jobs.analyse import asked_period, look_at
from sheets_automation.service.analysis_documents import AnalysisDocument
from sheets_automation.service.house import Room

_SHAPE = TypeAdapter(AnalysisDocument)


def analysis_shown(room: Room, period: str | None) -> AnalysisDocument:
    """Compute the figures of a period, or of that of the configuration; writes nothing."""
    wanted = None if period is None else asked_period(period)
    with room.reading() as workbook:
        snapshot = workbook.read()
        rules = room.office.look_at_desk(snapshot).rules
        look = look_at(snapshot, rules, room.office.new_run(), wanted)
    return _SHAPE.validate_python(analysis_document(look.analysis, room.language))
