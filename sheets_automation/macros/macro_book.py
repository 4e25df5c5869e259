"""Give buttons to a workbook: the same parts byte for byte, two tabs more, and the macros. Always a new file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sheets_automation.core.errors import WriteRefused
from sheets_automation.macros.own_project import has_our_macros_alone
from sheets_automation.macros.settings import SHEET, settings
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.tabs import BUTTONS_MODULE, BUTTONS_TAB, SETTINGS_MODULE, macro_tabs, settings_tab
from sheets_automation.macros.xlwings_modules import xlwings_modules, xlwings_version
from sheets_automation.vba.modules import DocumentKind, Module, document_module, is_module_name
from sheets_automation.vba.project import vba_project
from sheets_automation.xlsx.donor import Donor
from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.grafting import put_tabs
from sheets_automation.xlsx.macro_part import code_names, has_project, put_project, workbook_code_name
from sheets_automation.xlsx.new_file import write_new_file
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.part_list import settle_content_types
from sheets_automation.xlsx.reading import tables
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.verifying import verify_package
from sheets_automation.xlsx.zip_writing import write_zip

_THIS_WORKBOOK: Final = "ThisWorkbook"
_OF_THE_DESK: Final = ("INTERPRETER_WIN", "INTERPRETER_MAC")
_WORKBOOKS: Final = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroenabled.main+xml",
    }
)


def add_buttons(source: Path, target: Path) -> None:
    """Write `target`: the workbook `source`, which stays as it is, with 操作 at its end.

    Where it has buttons of ours already, and no other macros, these become those of this version, and all else stays.
    Raises WriteRefused for a workbook that has other macros or such tabs, and where nothing may be added.
    """
    with Package.open(source) as package:
        if has_our_macros_alone(package):
            _write(package, [settings_tab(_renewed(package))], target, like=source)
            return
        _refuse(package)
        tabs = macro_tabs(settings(xlwings_version()), date1904=package.date1904)
        _write(package, [tabs], target, like=source)


def finish_macro_book(source: Path, target: Path, more_tabs: Sequence[bytes], *, replace: bool) -> None:
    """Write `target`: the workbook that we have just made with 操作 in it, more tabs of ours, and the macros."""
    with Package.open(source) as package:
        _write(package, more_tabs, target, replace=replace)


def _write(
    package: Package, tabs: Sequence[bytes], target: Path, *, like: Path | None = None, replace: bool = False
) -> None:
    draft = _draft(package, tabs)
    write_new_file(
        target,
        lambda out: write_zip(out, draft),
        lambda path: verify_package(path, draft, {}),
        like=like,
        replace=replace,
    )


def _draft(package: Package, tabs: Sequence[bytes]) -> Draft:
    if package.is_signed:
        raise CellRefused("signed")
    if package.styles_part is None:
        raise CellRefused("styles")
    draft, styles = Draft(package), Styles(package.read(package.styles_part))
    content_types: dict[str, str] = {}
    for made in tabs:
        content_types |= put_tabs(draft, styles, Donor(made, {}))
    draft.put(package.styles_part, styles.to_bytes())
    workbook = workbook_code_name(package)
    workbook = workbook if workbook and is_module_name(workbook) else _THIS_WORKBOOK
    content_types |= put_project(draft, vba_project([*_documents(package, workbook), *_macros()]), workbook)
    settle_content_types(draft, content_types)
    return draft


def _documents(package: Package, workbook: str) -> list[Module]:
    """The modules that belong to the workbook and its tabs, under the names that these give them."""
    kinds = {workbook: DocumentKind.WORKBOOK}
    for tab in code_names(package):
        if is_module_name(tab.name):  # Excel makes the others itself, as for tabs without a name
            kinds.setdefault(tab.name, DocumentKind.CHART if tab.is_chart else DocumentKind.WORKSHEET)
    kinds |= dict.fromkeys((BUTTONS_MODULE, SETTINGS_MODULE), DocumentKind.WORKSHEET)
    return [document_module(name, kind) for name, kind in kinds.items()]


def _macros() -> list[Module]:
    return [*button_modules(), *xlwings_modules()]


def _refuse(package: Package) -> None:
    if has_project(package):
        raise WriteRefused(
            f"「{package.path.name}」にはすでにマクロがあるので、書き換えません。"
            "relay init --addin relay.xlam でアドインを作ると、このブックのままリボンのボタンを使えます。",
            f'"{package.path.name}" has macros of its own, which are left alone. '
            "Make an add-in with `relay init --addin relay.xlam`: its buttons in the ribbon work on this workbook too.",
        )
    if package.content_type(package.workbook_part) not in _WORKBOOKS:
        raise WriteRefused(
            f"「{package.path.name}」はテンプレートかアドインです。Excel で .xlsx として保存し直してください。",
            f'"{package.path.name}" is a template or an add-in; save it as .xlsx in Excel first.',
        )
    ours = {BUTTONS_TAB.casefold(), SHEET.casefold()}
    taken = [tab for tab in _tab_names(package) if tab.casefold() in ours]
    if taken:
        raise WriteRefused(
            f"「{taken[0]}」という名前のタブがすでにあります。タブの名前を変えてから、もう一度実行してください。",
            f'There is a tab named "{taken[0]}" already; rename it and run again.',
        )
    names = {tab.name.casefold() for tab in code_names(package)}
    clash = names & {module.name.casefold() for module in _macros()} | names & {
        BUTTONS_MODULE.casefold(), SETTINGS_MODULE.casefold(),
    }  # fmt: skip
    if clash:
        raise WriteRefused(
            f"タブのオブジェクト名「{min(clash)}」が、ボタンのマクロの名前と重なります。"
            "relay init --addin relay.xlam でアドインをお使いください。",
            f'A tab has the code name "{min(clash)}", which our macros need. '
            "Use the add-in instead: `relay init --addin relay.xlam`.",
        )


def _renewed(package: Package) -> dict[str, str]:
    """The settings of this version, with the programs that the older buttons start."""
    rows = tables(package)[SHEET].rows({0, 1})
    old = {str(row.cells.get(0, "")): str(row.cells.get(1, "")) for row in rows}
    kept = {key: old[key] for key in _OF_THE_DESK if old.get(key)}
    return {**settings(xlwings_version()), **kept}


def _tab_names(package: Package) -> list[str]:
    return [*(sheet.name for sheet in package.sheets), *package.chart_sheets]
