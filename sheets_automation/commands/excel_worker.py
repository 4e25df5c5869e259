"""The process behind a button in Excel: one task for one workbook, told in Excel itself, and never with a traceback.

python -m sheets_automation.commands.excel_worker preview C:/saiyo/candidates.xlsm
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Final

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.wiring_live import LIVE, folder_beside, settled, voice_in

LOG: Final = "buttons.log"
_LONGEST_LOG: Final = 100_000
_SAVE = "表示を確かめて、ブックを上書き保存してください(Ctrl+S)。保存しなくても、送信の記録は残っています。"


def main(words: Sequence[str] | None = None) -> int:
    """Do one task; 0 if all went well. What goes wrong is said in Excel and noted without anything of people."""
    task, location = (sys.argv[1:] if words is None else words)[:2]
    try:
        with suppress(OSError):  # what a configuration names relatively lies beside the workbook
            os.chdir(Path(location).parent)
        _TASKS[task](location)
    except BaseException as error:  # noqa: BLE001 - whatever it is, a person has pressed a button and waits
        _note(location, task, error)
        with suppress(Exception):
            voice_in(location).warn(sentence(error))
        return 1
    return 0


def sentence(error: BaseException) -> str:
    """What to say of an error in a box, in Japanese."""
    if isinstance(error, SheetsAutomationError):
        return error.ja
    return (
        f"予期しない問題が起きました({type(error).__name__})。送信済みの記録は残っています。"
        "もう一度ボタンを押しても同じときは、relay excel doctor で確かめて、結果を開発者にお知らせください。"
    )


def _show_page(place: str) -> Callable[[str], None]:
    def show(location: str) -> None:
        from sheets_automation.commands.excel_page import show_page

        show_page(_address(location), place)

    return show


def _update_credits(location: str) -> None:
    from sheets_automation.jobs.analyse import show_analysis
    from sheets_automation.jobs.credits import show_credits
    from sheets_automation.jobs.situation import sit_down
    from sheets_automation.wiring import Office

    voice, address = voice_in(location), _address(location)
    office = Office.open(None, address)
    voice.status("クレジットと分析を集計しています…")
    try:
        with closing(office.open_workbook(address, exclusive=True)) as workbook:
            desk, _ = sit_down(workbook, office.open_desk)
            run, tabs = office.new_run(), desk.rules.tabs
            show_credits(workbook, desk.rules.partners, run, tabs=tabs)
            show_analysis(workbook, office.open_desk, run)
    finally:
        voice.status("")
    voice.tell(f"「{tabs.credits}」と「{tabs.analysis}」シートを更新しました。{_SAVE}")


def _import_file(location: str) -> None:
    """Show what a file would bring, and take it in if the person agrees."""
    voice, address = voice_in(location), settled(LIVE + location)
    path = voice.file_chosen("取り込むファイル(CSV か Excel)を選んでください")
    if not path:
        return
    counts = _counts(_import(address, path, is_preview=True))
    if not voice.agrees(f"「{Path(path).name}」を取り込むと、次のようになります。\n\n{counts}\n\n取り込みますか。"):
        return
    voice.tell(f"取り込みました。\n\n{_counts(_import(address, path, is_preview=False))}\n\n{_SAVE}")


def _import(address: str, path: str, *, is_preview: bool) -> Mapping[str, object]:
    from sheets_automation.cli import build_parser
    from sheets_automation.commands import import_candidates

    words = ["import", *(["--preview"] if is_preview else []), "--", address, path]
    asked = build_parser("ja").parse_args(words)  # so that every option has the value that it has there
    asked.lang = "ja"
    return import_candidates.run(asked).document


def _counts(document: Mapping[str, object]) -> str:
    lines = [f"追加 {document['added']} 名、更新 {document['changed']} 名、変更なし {document['unchanged']} 名"]
    if document["proposed"]:
        lines.append(f"確認が必要 {document['proposed']} 件(「取込確認」シートで答えてください)")
    if document["refused"]:
        lines.append(f"読み取れない行 {document['refused']} 件")
    return "\n".join(lines)


_TASKS: Final[Mapping[str, Callable[[str], None]]] = {
    "preview": _show_page("plan"),
    "send": _show_page("send"),
    "check": _show_page("check"),
    "update_credits": _update_credits,
    "import_file": _import_file,
}


def _address(location: str) -> str:
    """The address of the open workbook, by the full path of its file. Refuses one that has none."""
    return settled(LIVE + location)


def _note(location: str, task: str, error: BaseException) -> None:
    """What happened and where in the program: no message, since it might name people."""
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(extract_tb(error.__traceback__)))
    kind = error.name if isinstance(error, SheetsAutomationError) else type(error).__name__
    with suppress(OSError, SheetsAutomationError):
        log = folder_beside(location) / LOG
        if log.exists() and log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_suffix(".old.log"))
        with log.open("a", encoding="utf-8") as lines:
            lines.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {task} {kind} {places}\n")


if __name__ == "__main__":
    sys.exit(main())
