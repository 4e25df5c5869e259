"""Export: read → choose what may leave. The workbook is only read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.analysis_groups import SKILL_HEADINGS
from sheets_automation.core.exporting.naming import Naming
from sheets_automation.core.exporting.rows import export_tables
from sheets_automation.core.exporting.schema import ExportTable
from sheets_automation.jobs.analyse import material_of
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, understand
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What is to leave one workbook."""

    tables: tuple[ExportTable, ...]
    at: datetime


def tables_of(workbook: Workbook, open_desk: OpenDesk, run: Run, naming: Naming) -> Exported:
    """Read the workbook once and make its tables; writes nothing."""
    snapshot = workbook.read()
    rules = open_desk(snapshot).rules
    material = material_of(understand(snapshot, rules, SKILL_HEADINGS), rules, run)
    return Exported(tables=export_tables(material, rules.analysis, naming), at=material.credits.as_of)
