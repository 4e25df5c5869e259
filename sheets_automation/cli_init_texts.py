"""What `relay init --help` says, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": (
        "空のブック(.xlsm ならボタン付き)、見本のブック、ボタン、アドインを作る",
        "make an empty workbook (an .xlsm has buttons), a demo, buttons for a workbook, or an add-in",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "init": (
        (
            "例:\n  relay init 候補者.xlsm                     ボタンの付いた空のブック\n"
            "  relay init 候補者.xlsx                     ボタンのない空のブック\n"
            "  relay init --add-buttons 応募者.xlsx       いまのブックにボタンを付ける\n"
            "  relay init --addin relay.xlam              どのブックにも使えるボタン"
        ),
        (
            "examples:\n  relay init candidates.xlsm               an empty workbook with buttons\n"
            "  relay init candidates.xlsx               one without\n"
            "  relay init --add-buttons applicants.xlsx buttons for your workbook\n"
            "  relay init --addin relay.xlam            buttons for any workbook"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "new_workbook": ("作るブック(.xlsm か .xlsx)", "the workbook to make (.xlsm or .xlsx)"),
    "add_buttons": (
        "このブックにボタンを付けた新しい .xlsm を作る。元のブックはそのまま",
        "make a new .xlsm of this workbook, with buttons; it stays as it is",
    ),
    "init_out": ("--add-buttons で作るファイル", "the file that --add-buttons makes"),
    "addin": (
        "リボンにボタンを出すアドイン(.xlam)を作る",
        "make the add-in (.xlam) with buttons in the ribbon",
    ),
}
