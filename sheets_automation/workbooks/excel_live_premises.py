"""What a computer has and lacks for the buttons in Excel. Nothing is changed, and Excel is not started."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.installing import install_line
from sheets_automation.workbooks.excel_live_calls import load_xlwings
from sheets_automation.workbooks.excel_live_computer import Computer, Premise
from sheets_automation.workbooks.excel_live_trust import trust


def premises(workbook: Path | None, computer: Computer) -> Iterator[Premise]:
    """Look at one thing after the other: what is wrong with one does not hide the next."""
    yield _excel(computer)
    yield from _xlwings(workbook, computer)
    if computer.platform == "win32":
        yield from trust(workbook, computer)
    if computer.platform == "darwin":
        yield _macros_on_a_mac(computer)
        yield _bridge(computer)
    yield _keyring()


def _excel(computer: Computer) -> Premise:
    version = _excel_version(computer)
    if version:
        return Premise("excel", f"Excel {version}", f"Excel {version}")
    if computer.platform in {"win32", "darwin"}:
        error = ConfigurationError(
            "Excel が見つかりません。デスクトップ版の Excel を入れてください(ブラウザー版ではボタンは動きません)。",
            "Excel was not found. Install the desktop version; Excel in a browser has no buttons.",
        )
    else:
        error = ConfigurationError(
            "このコンピューターには Excel がありません。ボタンは Windows か macOS の Excel で動きます。"
            "ここでは、閉じたブックを relay send などのコマンドで扱えます。",
            "There is no Excel here: the buttons need Excel for Windows or macOS. "
            "On this computer, commands such as `relay send` work on a closed workbook.",
        )
    return Premise("excel", "Excel", "Excel", error)


def _excel_version(computer: Computer) -> str:
    if computer.platform == "win32":
        found = str(computer.registry.value(r"HKCR\Excel.Application\CurVer", "") or "")
        return found.removeprefix("Excel.Application.")
    if computer.platform == "darwin":
        info = computer.applications / "Microsoft Excel.app" / "Contents" / "Info.plist"
        with suppress(OSError, ValueError, plistlib.InvalidFileException):
            return str(plistlib.loads(info.read_bytes()).get("CFBundleShortVersionString", ""))
    return ""


def _xlwings(workbook: Path | None, computer: Computer) -> Iterator[Premise]:
    try:
        version = str(load_xlwings().__version__)
    except SheetsAutomationError as error:
        yield Premise("xlwings", "xlwings", "xlwings", error)
        return
    yield Premise("xlwings", f"xlwings {version}", f"xlwings {version}")
    if workbook is None:
        return
    try:
        rows = _settings_of(workbook)
    except SheetsAutomationError as error:
        yield Premise("buttons", "ブックのボタン", "buttons of the workbook", error)
        return
    if not rows:
        yield Premise(
            "buttons", "ブックのボタン(なし。アドインのボタンを使うブックです)", "buttons of the workbook (none)"
        )
        return
    yield Premise("buttons", "ブックのボタン", "buttons of the workbook", _other_version(rows, version, workbook))
    yield Premise("interpreter", "ボタンが動かすプログラム", "program of the buttons", _no_program(rows, computer))


def _settings_of(workbook: Path) -> Mapping[str, str]:
    """The hidden sheet that says what the buttons start."""
    from sheets_automation.xlsx.package import Package
    from sheets_automation.xlsx.reading import tables

    with closing(Package.open(workbook)) as package:
        table = tables(package).get("xlwings.conf")
        rows = table.rows({0, 1}) if table is not None else ()
        return {str(row.cells.get(0, "")): str(row.cells.get(1, "")) for row in rows}


def _other_version(rows: Mapping[str, str], version: str, workbook: Path) -> ConfigurationError | None:
    made_with = rows.get("RELAY_XLWINGS_VERSION", version)
    if made_with == version:
        return None
    way_ja = "relay init --addin relay.xlam --force でアドインを作り直してください。"
    way_en = "Make the add-in anew with `relay init --addin relay.xlam --force`."
    if workbook.suffix.lower() != ".xlam":
        way_ja = (
            f"relay init --add-buttons {workbook.name} --out 新しい名前.xlsm で、"
            "ボタンだけを新しくしたブックを作ってください。"
            "ほかのマクロもあるブックは、relay init --addin relay.xlam で作るアドインのボタンを使います。"
        )
        way_en = (
            f"Make a copy whose buttons are new with `relay init --add-buttons {workbook.name} --out NEW.xlsm`. "
            "A workbook with other macros, too, takes the buttons of the add-in: `relay init --addin relay.xlam`."
        )
    return ConfigurationError(
        f"ブックのボタンは xlwings {made_with} 用ですが、このコンピューターの xlwings は {version} です。{way_ja}",
        f"The buttons were made for xlwings {made_with}, and xlwings {version} is installed here. {way_en}",
    )


def _no_program(rows: Mapping[str, str], computer: Computer) -> ConfigurationError | None:
    wanted = rows.get("INTERPRETER_WIN" if computer.platform == "win32" else "INTERPRETER_MAC", "")
    path = os.path.expandvars(wanted)
    if not wanted or computer.platform not in {"win32", "darwin"} or Path(path).exists():
        return None
    return ConfigurationError(
        f"ボタンが動かすプログラム({wanted})がありません。手順書の「インストール」のとおりに入れてください。",
        f"The program that the buttons start ({wanted}) is not there. Install it as the guide says.",
    )


def _macros_on_a_mac(computer: Computer) -> Premise:
    """Whether Excel runs macros, by what Microsoft calls "Set preferences for macro security in Office for Mac"."""
    managed, own = computer.preferences("com.microsoft.office")
    setting = own | managed
    error = None
    if setting.get("VisualBasicEntirelyDisabled") is True:
        error = ConfigurationError(
            "この Mac の Office では、マクロがすべて禁止されています(VisualBasicEntirelyDisabled)。"
            "管理者に、許可するよう頼んでください。",
            "Office on this Mac runs no macros at all (VisualBasicEntirelyDisabled). "
            "Ask your administrator to allow them.",
        )
    elif setting.get("VisualBasicMacroExecutionState") == "DisabledWithoutWarnings":
        way_ja = "Excel→設定→セキュリティで、"
        way_en = "Choose “Disable all macros with notification” in Excel, Settings, Security."
        if "VisualBasicMacroExecutionState" in managed:
            way_ja = "会社の設定で決められているので、管理者に頼んで、"
            way_en = "Your administrator has set it so: ask for “Disable all macros with notification”."
        error = ConfigurationError(
            f"Excel のマクロが、何も言わずに止められます。{way_ja}"
            "「警告を表示してすべてのマクロを無効にする」を選んでください。",
            f"Excel stops all macros without a word. {way_en}",
        )
    return Premise("macros", "マクロの設定", "macro settings", error)


def _bridge(computer: Computer) -> Premise:
    """On a Mac the buttons need a script of just the version that is installed."""
    with suppress(SheetsAutomationError):
        name = f"xlwings-{load_xlwings().__version__}.applescript"
        if (computer.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / name).exists():
            return Premise("bridge", "Excel からの呼び出し", "the way from Excel to Python")
    command = f"{Path(computer.python).with_name('xlwings')} runpython install"
    return Premise(
        "bridge",
        "Excel からの呼び出し",
        "the way from Excel to Python",
        ConfigurationError(
            f"Excel からプログラムを動かす準備ができていません。ターミナルで {command} を一度実行してください"
            "(プログラムを新しくしたあとも、もう一度)。",
            f"Excel cannot start Python yet. Run once in a terminal, and again after each update: {command}",
        ),
    )


def _keyring() -> Premise:
    error = None
    try:
        import keyring
    except ImportError:
        error = ConfigurationError(
            "パスワードと Google のサインインを OS のキーチェーンに保存する部品がありません。"
            f"{install_line('excel')} で入れてください。",
            f"The part that keeps passwords in the OS keyring is missing. Run: {install_line('excel')}",
        )
    else:
        # keyring falls back to one that only fails; what keeps secrets has a higher priority.
        if float(getattr(keyring.get_keyring(), "priority", 0)) <= 0:
            error = ConfigurationError(
                "このコンピューターでは OS のキーチェーンが使えません。"
                "SMTP のパスワードは環境変数 RELAY_SMTP_PASSWORD に入れてください。",
                "This computer has no keyring. Put the SMTP password into the environment variable "
                "RELAY_SMTP_PASSWORD.",
            )
    return Premise("keyring", "OS のキーチェーン", "OS keyring", error)
