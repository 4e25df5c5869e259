"""What a computer has and lacks for the buttons in Excel. Nothing is changed, and Excel is not started."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.workbooks.excel_live_calls import load_xlwings

_SECURITY: Final = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY: Final = r"Software\Policies\Microsoft\office\16.0\excel\security"
_ONLY_SIGNED, _NONE = 3, 4
"""Of VBAWarnings: macros without a signature do not run, or no macros at all."""
_FROM_THE_WEB: Final = 3
"""The zone of a file that came by mail or from the web."""


class Premise(NamedTuple):
    """One thing that was looked at."""

    name: str
    ja: str
    en: str
    error: SheetsAutomationError | None = None


@dataclass(frozen=True, slots=True)
class Computer:
    """Where to look: on the computer that this runs on, unless a test says otherwise."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    applications: Path = Path("/Applications")
    python: str = sys.executable
    registry: Mapping[tuple[str, str], object] | None = None
    """What stands in the registry, by key and value; None to ask Windows."""

    def registered(self, key: str, value: str = "") -> object:
        """A value of the registry; None where there is none. A key is of the user, or of HKCR."""
        if self.registry is not None:
            return self.registry.get((key, value))
        if sys.platform != "win32":
            return None
        import winreg

        root = winreg.HKEY_CLASSES_ROOT if key.startswith("HKCR\\") else winreg.HKEY_CURRENT_USER
        with suppress(OSError), winreg.OpenKey(root, key.removeprefix("HKCR\\")) as opened:
            return winreg.QueryValueEx(opened, value)[0]
        return None


def premises(workbook: Path | None, computer: Computer) -> Iterator[Premise]:
    """Look at one thing after the other: what is wrong with one does not hide the next."""
    yield _excel(computer)
    yield from _xlwings(workbook, computer)
    if computer.platform == "win32":
        yield _macros(computer)
    if computer.platform == "darwin":
        yield _bridge(computer)
    if workbook is not None:
        yield _mark(workbook)
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
        found = str(computer.registered(r"HKCR\Excel.Application\CurVer") or "")
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
    yield Premise("buttons", "ブックのボタン", "buttons of the workbook", _other_version(rows, version))
    yield Premise("interpreter", "ボタンが動かすプログラム", "program of the buttons", _no_program(rows, computer))


def _settings_of(workbook: Path) -> Mapping[str, str]:
    """The hidden sheet that says what the buttons start."""
    from sheets_automation.xlsx.package import Package
    from sheets_automation.xlsx.reading import tables

    with closing(Package.open(workbook)) as package:
        table = tables(package).get("xlwings.conf")
        rows = table.rows({0, 1}) if table is not None else ()
        return {str(row.cells.get(0, "")): str(row.cells.get(1, "")) for row in rows}


def _other_version(rows: Mapping[str, str], version: str) -> ConfigurationError | None:
    made_with = rows.get("RELAY_XLWINGS_VERSION", version)
    if made_with == version:
        return None
    return ConfigurationError(
        f"ブックのボタンは xlwings {made_with} 用ですが、このコンピューターの xlwings は {version} です。"
        "relay init --addin relay.xlam でアドインを作り、リボンの「採用連絡」のボタンをお使いください"
        "(前のアドインは --force で置き換えます。ブックはそのままです)。",
        f"The buttons were made for xlwings {made_with}, and xlwings {version} is installed here. "
        "Make the add-in with `relay init --addin relay.xlam` (--force replaces an old one), and use its buttons "
        "in the ribbon: the workbook stays as it is.",
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


def _macros(computer: Computer) -> Premise:
    """Whether Excel runs macros at all, and whether it lets programs write macros, which nothing of ours needs."""
    policy = computer.registered(_POLICY, "vbawarnings")
    setting = policy if policy is not None else computer.registered(_SECURITY, "VBAWarnings")
    error = None
    if setting in {_ONLY_SIGNED, _NONE}:
        who = "会社のポリシーで" if policy is not None else ""
        error = ConfigurationError(
            f"Excel のマクロが{who}無効になっています。"
            + (
                "管理者に、このブックのフォルダを「信頼できる場所」にするよう頼んでください。"
                if policy is not None
                else "ファイル→オプション→トラスト センター→マクロの設定で"
                "「警告して、VBA マクロを無効にする」を選んでください。"
            ),
            "Macros are switched off in Excel. "
            + (
                "Ask your administrator to make the folder of the workbook a trusted location."
                if policy is not None
                else "Choose “Disable VBA macros with notification” in File, Options, Trust Center, Macro Settings."
            ),
        )
    if computer.registered(_SECURITY, "AccessVBOM") == 1:
        more_ja = "「VBA プロジェクト オブジェクト モデルへのアクセスを信頼する」はオンですが、必要ありません"
        more_en = "“Trust access to the VBA project object model” is on, and not needed"
        return Premise("macros", f"マクロの設定({more_ja})", f"macro settings ({more_en})", error)
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


def _mark(workbook: Path) -> Premise:
    """Windows marks files that came from the web; Excel blocks their macros without asking."""
    error = None
    with suppress(OSError, ValueError):
        stream = Path(f"{workbook}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
        zones = [line.partition("=")[2] for line in stream.splitlines() if line.strip().startswith("ZoneId")]
        if zones and int(zones[0]) >= _FROM_THE_WEB:
            error = ConfigurationError(
                f"「{workbook.name}」はインターネットから来たファイルとして、マクロがブロックされます。"
                "ファイルを右クリック→プロパティ→「許可する」にチェックを入れて OK を押してください。",
                f'"{workbook.name}" came from the internet, so Excel blocks its macros. '
                "Right-click the file, Properties, tick Unblock.",
            )
    return Premise("mark", "ファイルのブロック", "block on the file", error)


def _keyring() -> Premise:
    error = None
    try:
        import keyring
    except ImportError:
        error = ConfigurationError(
            "パスワードと Google のサインインを OS のキーチェーンに保存する部品がありません。"
            'pip install "sheets-automation[excel]" で入れてください。',
            'The part that keeps passwords in the OS keyring is missing. Run: pip install "sheets-automation[excel]"',
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
