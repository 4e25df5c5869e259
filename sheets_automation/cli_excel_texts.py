"""What help says of `relay excel`."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, str]]

COMMANDS: Texts = {
    "excel": (
        "Excel のボタンが使えるかを調べる(relay excel doctor)",
        "see whether the buttons in Excel will work (relay excel doctor)",
    ),
}
EPILOGS: Texts = {
    "excel": (
        (
            "例:\n"
            "  relay excel doctor                   Excel とマクロの設定など\n"
            "  relay excel doctor 候補者.xlsm       ブックのボタンと、ファイルのブロックも\n\n"
            "開いているブックは live:候補者.xlsm のように、どのコマンドにも指定できます。"
        ),
        (
            "examples:\n"
            "  relay excel doctor                   Excel, xlwings, macro settings, keyring\n"
            "  relay excel doctor candidates.xlsm   a workbook's buttons, too\n\n"
            "A workbook that is open in Excel is live:candidates.xlsm, for every command."
        ),
    ),
}
OPTIONS: Texts = {
    "excel_task": ("doctor: 調べる", "doctor: look"),
}
