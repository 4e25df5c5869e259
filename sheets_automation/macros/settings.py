"""The hidden sheet xlwings.conf: which program the buttons start, and what they say when it does not start.

Every setting that a button reads stands here, also an empty one. What is missing would be looked for in a file named
xlwings.conf beside the workbook, and whoever puts one into a folder of downloads could have a program of theirs run.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

SHEET: Final = "xlwings.conf"
# Where `uv tool install` puts this program for whoever runs it; so one workbook fits every desk.
_USUAL: Final = {
    "win32": r"%APPDATA%\uv\tools\sheets-automation\Scripts\python.exe",
    "darwin": "$HOME/.local/share/uv/tools/sheets-automation/bin/python",
}
SENTENCES: Final = {
    "RELAY_SAYS_FAILED": (
        "プログラムが動きませんでした。もう一度押しても同じときは、"
        "relay excel doctor を実行するか、管理者に連絡してください。"
    ),
    "RELAY_SAYS_NO_PROGRAM": (
        "このパソコンにプログラムが見つかりません。手順書の「インストール」のとおりに入れてから、もう一度押してください。"
        "入れたあとも同じときは、relay excel doctor を実行してください。"
    ),
    "RELAY_SAYS_NO_BRIDGE": (
        "Excel からプログラムを動かす準備ができていません。"
        "ターミナルで xlwings runpython install を一度実行し、もう一度押してください。"
        "それでも同じときは、relay excel doctor を実行してください。"
    ),
    "RELAY_SAYS_NO_WORKBOOK": "候補者のブックを開いてから、もう一度押してください。",
}
"""What the buttons say, by the word that the macros ask for."""


def settings(xlwings_version: str) -> Mapping[str, str]:
    """All rows of the sheet, in order. The interpreter of this computer is the one that runs now."""
    return {
        "INTERPRETER_WIN": interpreter("win32", sys.platform, sys.executable, Path.home()),
        "INTERPRETER_MAC": interpreter("darwin", sys.platform, sys.executable, Path.home()),
        "INTERPRETER": "",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "PYTHONPATH": "",
        "SHOW CONSOLE": "False",
        "TEMP DIR": "%TEMP%",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "ONEDRIVE_CONSUMER_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "",
        "ONEDRIVE_COMMERCIAL_WIN": "",
        "ONEDRIVE_COMMERCIAL_MAC": "",
        "SHAREPOINT_WIN": "",
        "SHAREPOINT_MAC": "",
        "RELAY_XLWINGS_VERSION": xlwings_version,
        **SENTENCES,
    }


def interpreter(wanted: str, platform: str, executable: str, home: Path) -> str:
    """The interpreter for the buttons on one system: this one where that is the system, else where it usually lies.

    A home folder is written as a variable: its name is a person's, and the workbook goes to others.
    """
    if platform != wanted:
        return _USUAL[wanted]
    kind, variable = (PureWindowsPath, "%USERPROFILE%") if wanted == "win32" else (PurePosixPath, "$HOME")
    path = kind(executable)
    if path.is_relative_to(kind(home)):
        return str(kind(variable) / path.relative_to(kind(home)))
    return str(path)
