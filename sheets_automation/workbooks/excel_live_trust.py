r"""Whether Excel for Windows trusts a file enough to run its macros: what this computer's settings say of it.

Names and meanings are those of Microsoft: "Use policies to manage how Office handles macros", "Macros from the internet
are blocked by default in Office", "Trusted Locations for Office files", and the values of the administrative template
excel16.admx. What a policy has set (Software\Policies) wins over what the user has.
"""

from __future__ import annotations

import ntpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Final, NamedTuple

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.workbooks.excel_live_computer import Computer, Premise

_POLICY: Final = r"Software\Policies\Microsoft\office\16.0\excel\security"
_USER: Final = r"Software\Microsoft\Office\16.0\Excel\Security"
_LOCATIONS: Final = "Trusted Locations"
_COMMON_LOCATIONS: Final = r"Software\Policies\Microsoft\office\16.0\common\security\trusted locations"
_BELOW_POLICY: Final = (rf"{_POLICY}\{_LOCATIONS}", rf"{_COMMON_LOCATIONS}\all applications")
_WITHOUT_MACROS: Final = {
    3: (
        "Excel は署名のあるマクロだけを動かします。ボタンのマクロには署名がないので、何も言わずに止められます。",
        "Excel runs signed macros only. Those of the buttons are not signed, and are stopped without a word.",
    ),
    4: (
        "Excel のマクロがすべて無効になっています。ボタンを押しても、何も言わずに止められます。",
        "All macros are switched off in Excel: the buttons are stopped without a word.",
    ),
}
"""What VBAWarnings says where our macros do not run; 1 runs all, 2 asks, and so does Excel without a value."""
_WITHOUT_ADDINS: Final = {
    "DisableAllAddins": (
        "Excel のアドインがすべて無効になっているので、リボンにボタンが出ません。",
        "All add-ins are switched off in Excel: the ribbon shows no buttons.",
        "すべてのアプリケーション アドインを無効にする",
        "Disable all Application Add-ins",
    ),
    "RequireAddinSig": (
        "Excel は署名のあるアドインだけを読み込みます。ボタンのアドインには署名がないので、リボンに出ません。",
        "Excel loads signed add-ins only. That of the buttons is not signed, and the ribbon does not show it.",
        "アプリケーション アドインには、信頼できる発行元の署名が必要",
        "Require Application Add-ins to be signed by Trusted Publisher",
    ),
}
"""What each value means where it is 1, and the box in the Trust Center."""
_FROM_THE_WEB: Final = 3
"""The zone of a file that came by mail or from the web."""


class _Setting(NamedTuple):
    value: object
    is_policy: bool


def trust(workbook: Path | None, computer: Computer) -> Iterator[Premise]:
    """What Excel for Windows thinks of macros and add-ins, and of this file."""
    location = _trusted_location(workbook, computer) if workbook is not None else None
    yield _macros(computer, location)
    if workbook is None or workbook.suffix.lower() != ".xlsm":  # buttons in a workbook need no add-in
        yield _addins(computer, location)
    if workbook is not None:
        yield _location(location, computer)
        yield _mark(workbook, computer, location)


def _macros(computer: Computer, location: str | None) -> Premise:
    """Whether Excel runs macros at all, and whether it lets programs write macros, which nothing of ours needs."""
    warnings, is_policy = _setting(computer, "VBAWarnings")
    error = None
    if location is None and isinstance(warnings, int) and warnings in _WITHOUT_MACROS:
        ja, en = _WITHOUT_MACROS[warnings]
        if is_policy:
            ja += (
                "会社のポリシーで決められています。"
                "管理者に、このブックのフォルダを「信頼できる場所」にするよう頼んでください。"
            )
            en += " A policy says so: ask your administrator to make the folder of the workbook a trusted location."
        else:
            ja += (
                "ファイル→オプション→トラスト センター→マクロの設定で"
                "「警告して、VBA マクロを無効にする」を選んでください。"
            )
            en += " Choose “Disable VBA macros with notification” in File, Options, Trust Center, Macro Settings."
        error = ConfigurationError(ja, en)
    if _setting(computer, "AccessVBOM").value == 1:
        more_ja = "「VBA プロジェクト オブジェクト モデルへのアクセスを信頼する」はオンですが、必要ありません"
        more_en = "“Trust access to the VBA project object model” is on, and not needed"
        return Premise("macros", f"マクロの設定({more_ja})", f"macro settings ({more_en})", error)
    return Premise("macros", "マクロの設定", "macro settings", error)


def _addins(computer: Computer, location: str | None) -> Premise:
    """Whether Excel loads our add-in. A trusted location stands for its signature, and for no more than that."""
    error = None
    for name, (ja, en, box_ja, box_en) in _WITHOUT_ADDINS.items():
        value, is_policy = _setting(computer, name)
        if error is not None or value != 1 or (location is not None and name == "RequireAddinSig"):
            continue
        if is_policy:
            way_ja = "会社のポリシーで決められています。管理者にアドインを許可するよう頼む"
            way_en = "A policy says so: ask your administrator to allow it"
        else:
            way_ja = f"ファイル→オプション→トラスト センター→アドインで「{box_ja}」の印を外す"
            way_en = f"Clear “{box_en}” in File, Options, Trust Center, Add-ins"
        error = ConfigurationError(
            f"{ja}{way_ja}か、アドインの代わりに relay init --add-buttons でブックにボタンを付けてください。",
            f"{en} {way_en}, or give the workbook itself buttons with `relay init --add-buttons`.",
        )
    return Premise("addins", "アドインの設定", "add-in settings", error)


def _location(location: str | None, computer: Computer) -> Premise:
    """A trusted location is never needed: it is told, since it decides what else counts."""
    if location is not None:
        return Premise(
            "trusted_location",
            f"信頼できる場所にあります({location})。マクロは、そのまま動きます",
            f"in a trusted location ({location}), so macros simply run",
        )
    if _setting(computer, "AllLocationsDisabled", _LOCATIONS).value == 1:
        return Premise(
            "trusted_location",
            "信頼できる場所(このコンピューターではすべて無効)",
            "trusted locations (all switched off on this computer)",
        )
    return Premise("trusted_location", "信頼できる場所(その外にあります)", "trusted locations (the file lies in none)")


def _mark(workbook: Path, computer: Computer, location: str | None) -> Premise:
    """Windows marks files that came from the web; Excel blocks their macros unless it is told not to."""
    ja, en = "ファイルのブロック", "block on the file"
    if location is not None or not _is_marked(workbook):
        return Premise("mark", ja, en)
    if _setting(computer, "blockcontentexecutionfrominternet").value == 0:
        return Premise(
            "mark",
            f"{ja}(インターネットから来た印がありますが、この設定では「コンテンツの有効化」で動きます)",
            f"{en} (marked as from the internet; by this computer's settings Enable Content is enough)",
        )
    return Premise(
        "mark",
        ja,
        en,
        ConfigurationError(
            f"「{workbook.name}」はインターネットから来たファイルとして、マクロがブロックされます。"
            "Excel で閉じてから、ファイルを右クリック→プロパティ→「許可する」にチェックを入れて OK を押してください。",
            f'"{workbook.name}" came from the internet, so Excel blocks its macros. '
            "Close it in Excel, right-click the file, Properties, tick Unblock.",
        ),
    )


def _is_marked(workbook: Path) -> bool:
    """Whether the stream Zone.Identifier says that the file came from the web."""
    with suppress(OSError, ValueError):
        stream = Path(f"{workbook}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
        zones = [line.partition("=")[2] for line in stream.splitlines() if line.strip().startswith("ZoneId")]
        return bool(zones) and int(zones[0]) >= _FROM_THE_WEB
    return False


def _trusted_location(workbook: Path, computer: Computer) -> str | None:
    """The trusted location that a file lies in; None where it lies in none that counts."""
    if _setting(computer, "AllLocationsDisabled", _LOCATIONS).value == 1:
        return None
    folder = PureWindowsPath(str(workbook.absolute())).parent
    if folder.drive.startswith("\\\\") and _setting(computer, "AllowNetworkLocations", _LOCATIONS).value != 1:
        return None
    registry = computer.registry
    counts_the_users = registry.value(_COMMON_LOCATIONS, "allow user locations") != 0
    for root in (*_BELOW_POLICY, *((rf"{_USER}\{_LOCATIONS}",) if counts_the_users else ())):
        for name in registry.keys(root):
            path = ntpath.expandvars(str(registry.value(rf"{root}\{name}", "Path") or ""))
            has_more = registry.value(rf"{root}\{name}", "AllowSubFolders") == 1
            place = PureWindowsPath(path)
            if path and (folder == place or (has_more and folder.is_relative_to(place))):
                return path
    return None


def _setting(computer: Computer, name: str, below: str = "") -> _Setting:
    """A value of the Trust Center, and whether a policy has set it."""
    for root in (_POLICY, _USER):
        value = computer.registry.value(rf"{root}\{below}" if below else root, name)
        if value is not None:
            return _Setting(value, root == _POLICY)
    return _Setting(None, is_policy=False)
