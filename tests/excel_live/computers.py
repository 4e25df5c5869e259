"""Computers with Excel, and what `relay excel doctor` finds there."""

from sheets_automation.workbooks.excel_live_computer import Computer
from sheets_automation.workbooks.excel_live_premises import premises

USER = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\office\16.0\excel\security"
COMMON = r"Software\Policies\Microsoft\office\16.0\common\security\trusted locations"
EXCEL = {(r"HKCR\Excel.Application\CurVer", ""): "Excel.Application.16"}


class FakeRegistry:
    """The registry of a computer, by key and value; like the real one it minds no case."""

    def __init__(self, values):
        self._values = {(key.lower(), name.lower()): value for (key, name), value in values.items()}

    def value(self, key, name):
        return self._values.get((key.lower(), name.lower()))

    def keys(self, key):
        below = f"{key.lower()}\\"
        return sorted({one.removeprefix(below).split("\\")[0] for one, _ in self._values if one.startswith(below)})


def windows(values=None):
    """A computer with Excel for Windows, and with these values in its registry."""
    return Computer("win32", registry=FakeRegistry({**EXCEL, **(values or {})}))


def without_excel():
    return Computer("win32", registry=FakeRegistry({}))


def found(computer, workbook=None):
    return {premise.name: premise for premise in premises(workbook, computer)}
