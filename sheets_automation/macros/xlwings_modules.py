"""xlwings' own modules for RunPython, read from the installed package, without what we do not need of them.

They are read when a workbook is made, so macros and package are of one version. Each change must meet exactly the lines
it was written for. The notices of xlwings (BSD) and of its Dictionary (MIT) stay in the source.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.installing import install_line
from sheets_automation.vba.modules import Module, class_module, standard_module

_NOTICE: Final = "'xlwings is distributed under a BSD 3-clause license."
_CHANGED: Final = (
    "'Changed by sheets_automation: only what RunPython needs is left, and what people read comes from RelayButtons.\n"
)
# Functions in cells, the DLL behind them, frozen programs, the writing of settings, and what is left without a caller:
# we use none of it, and virus scanners ask what such code is for.
_DROPPED: Final = (
    "RunFrozenPython",
    "XLPyCommand",
    "XLPyLoadDLL",
    "NDims",
    "XLPy",
    "KillPy",
    "ImportPythonUDFsBase",
    "ImportPythonUDFs",
    "ImportPythonUDFsToAddin",
    "ImportXlwingsUdfsModule",
    "GetDLLVersion",
    "SaveConfigToFile",
    "sql",
    "IsFullName",
    "GetBaseName",
    "has_dynamic_array",
    "ShowError",
)


class _Change(NamedTuple):
    pattern: str
    new: str
    times: int = 1


_LESS: Final = (
    *(_Change(rf"\n(?:P\w+ )?(?:Sub|Function) {name}\(.*?\nEnd (?:Sub|Function)\n", "\n") for name in _DROPPED),
    _Change(r'\n#If App = "Microsoft Excel" Then\nFunction GetUdfModules\(.*?\nEnd Function\n', "\n"),
    _Change(r"\n#If VBA7 Then\n.*?\n#End If\n", "\n"),
    _Change(r"\n    ' PythonCommand with embedded code\n.*?\n    End If\n(?=\n    ' Call Python)", "\n"),  # xlwings PRO
    _Change(r"\n        If OPTIMIZED_CONNECTION = True Then\n.*?\n        Else\n(?= *RunPython = )", "\n"),
    _Change(r"(\n *RunPython = ExecuteWindows[^\n]*)\n        End If\n", r"\1\n"),
    _Change(r"\n    OPTIMIZED_CONNECTION = [^\n]*\n", "\n"),
)
_OUR_SENTENCES: Final = (
    _Change(r'MsgBox "Could not find Interpreter!", vbCritical', 'ShowError "", "NO_PROGRAM"'),
    _Change(r'MsgBox "To enable RunPython, [^"]*", vbCritical', 'ShowError "", "NO_BRIDGE"'),
    _Change(re.escape(_NOTICE), _CHANGED + _NOTICE),
)
# The add-in works on the workbook in front, but takes its settings from itself alone: else a workbook from anywhere
# could bring a sheet of settings that names another program to start.
_ON_THE_ACTIVE_WORKBOOK: Final = (
    _Change(r"(ActiveFullName = (?:ToPosixPath\()?)ThisWorkbook", r"\1ActiveWorkbook", 3),
    _Change(r'(ParameterString \+ "\|" \+ )ThisWorkbook\.Name', r"\1ActiveWorkbook.Name"),
    _Change(r'(" --wb=" & """" & )ThisWorkbook\.Name', r"\1ActiveWorkbook.Name"),
    _Change(r'(If InStr\()ThisWorkbook(\.FullName, "://"\) = 0 Then)', r"\1ActiveWorkbook\2"),
)


def xlwings_modules(*, on_active_workbook: bool = False) -> list[Module]:
    """The standalone module and the class that it needs on a Mac. ConfigurationError where xlwings is not installed."""
    folder = _folder()
    source = _read(folder / "xlwings.bas")
    changes = _LESS + _OUR_SENTENCES + (_ON_THE_ACTIVE_WORKBOOK if on_active_workbook else ())
    for change in changes:
        source = _changed(source, change)
    return [
        standard_module("xlwings", source),
        class_module("Dictionary", _read(folder / "addin" / "Dictionary.cls")),
    ]


def xlwings_version() -> str:
    """The version that the installed modules say they are of."""
    found = re.search(r'XLWINGS_VERSION As String = "([^"]+)"', _read(_folder() / "xlwings.bas"))
    return found[1] if found else ""


def _folder() -> Path:
    spec = find_spec("xlwings")  # finds it without importing it, which would take a second
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            f"ボタン付きのブックを作るには xlwings が必要です。{install_line('excel')} を実行してください。",
            f"A workbook with buttons needs xlwings. Run: {install_line('excel')}",
        )
    return Path(spec.origin).parent


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").replace("\r\n", "\n")


def _changed(source: str, change: _Change) -> str:
    new, times = re.subn(change.pattern, change.new, source, flags=re.DOTALL)
    if times != change.times:
        raise ConfigurationError(
            f"この版の xlwings には対応していません（{change.pattern}）。"
            f"{install_line('excel')} で入れ直してください。",
            f"This version of xlwings is not supported ({change.pattern}). Run: {install_line('excel')}",
        )
    return new
