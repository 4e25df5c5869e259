"""Something happens between two verbs of a carrier, and what a run says of it."""

from __future__ import annotations

from sheets_automation.carriers.outbox import OutboxCarrier
from sheets_automation.ports import NO_FACTS
from sheets_automation.workbooks.memory import MemoryWorkbook


class Interrupted(OutboxCarrier):
    """An outbox at which something else happens right before a verb."""

    @classmethod
    def of(cls, house, **hooks):
        outbox = house.outbox()
        outbox.__class__ = cls
        outbox.hooks = hooks
        return outbox

    def prepare(self, letters):
        self._fire("before_prepare")
        prepared = super().prepare(letters)
        self._fire("after_prepare")
        return prepared

    def commit(self, prepared):
        self._fire("before_commit")
        return super().commit(prepared)

    def _fire(self, name):
        hook = self.hooks.pop(name, None)
        if hook:
            hook()


class WrittenBehind(MemoryWorkbook):
    """A workbook into whose log another process writes right behind the first claims."""

    def __init__(self, file, row):
        super().__init__(file)
        self._row = row

    def show(self, views, facts=NO_FACTS):
        super().show(views, facts)
        if facts and self._row:
            self.append({"送信記録": [self._row]})
            self._row = None


def reasons(report):
    return sorted(one.reason for one in report.skipped())


def set_cell(house, row, heading, value):
    sheet = house.file.sheets["候補者"]
    column = next(c for c, text in sheet.rows[3].items() if text == heading)
    sheet.put(row, column, value)
